import { err, ok, type Result } from 'neverthrow'
import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { contentOf } from './configuration.ts'
import { below, own } from './json-places.ts'
import { identityField, itemIndex, itemsByName, itemToken } from './named-lists.ts'
import { allNames, isList, sameJson } from './same-json.ts'

/**
 * Where in a document something stands, name by name from its top. Items of lists of named things go by their name
 * (`name=book_appointment`), so that a path survives what happens to their neighbours.
 */
export type Path = readonly string[]

/** A path as one text (RFC 6901), to be shown and to be looked up by. */
export const pathText = (path: Path): string => below('', ...path)

/** One place in which two documents differ. */
export type Change =
  | {
      readonly kind: 'value'
      readonly path: Path
      /** Undefined: nothing stands there. */
      readonly before: Json | undefined
      readonly after: Json | undefined
    }
  /** The things of a list in another order, each by its name. */
  | { readonly kind: 'order'; readonly path: Path; readonly before: Path; readonly after: Path }

/** What turns one document into another, to be done in this order. */
export type Patch = readonly Change[]

/** What stands in the document at `path` is not what the patch was made of. */
export type NotApplicable = { readonly kind: 'not-applicable'; readonly path: Path }

/** Nothing for equal documents; `applyPatch` makes the one the other. */
export const diff = (before: Json | undefined, after: Json | undefined, at: Path = []): Patch => {
  if (before === after) return []
  if (isObject(before) && isObject(after)) {
    return allNames(before, after).flatMap((name) => diff(own(before, name), own(after, name), [...at, name]))
  }
  if (isList(before) && isList(after)) return listDiff(before, after, at)
  return [{ kind: 'value', path: at, before, after }]
}

const isContainer = (value: Json): boolean => typeof value === 'object' && value !== null

const listDiff = (before: readonly Json[], after: readonly Json[], at: Path): Patch => {
  const field = identityField(at.at(-1) ?? '', [before, after])
  if (field !== undefined) return namedDiff(itemsByName(before, field), itemsByName(after, field), field, at)
  if (sameJson(before, after)) return []
  return before.length === after.length && [...before, ...after].every(isContainer)
    ? before.flatMap((item, index) => diff(item, after[index], [...at, String(index)]))
    : [{ kind: 'value', path: at, before, after }]
}

const namedDiff = (
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  field: string,
  at: Path,
): Patch => {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const untilThen = names.filter((name) => after.has(name))
  const inTheEnd = [...after.keys()]
  return [
    ...names.flatMap((name) => diff(before.get(name), after.get(name), [...at, itemToken(field, name)])),
    ...(sameJson(untilThen, inTheEnd)
      ? []
      : [
          {
            kind: 'order' as const,
            path: at,
            before: [...before.keys()].map((name) => itemToken(field, name)),
            after: inTheEnd.map((name) => itemToken(field, name)),
          },
        ]),
  ]
}

/** The document that the patch leads to. Refused where something else stands than what the patch was made of. */
export const applyPatch = (document: Json, patch: Patch): Result<Json, NotApplicable> =>
  patch
    .reduce<Result<Json | undefined, NotApplicable>>(
      (so, change) => so.andThen((value) => changed(value, change.path, change)),
      ok(document),
    )
    .andThen((value) => (value === undefined ? err(misfit([])) : ok(value)))

const misfit = (path: Path): NotApplicable => ({ kind: 'not-applicable', path })

type Changed = Result<Json | undefined, NotApplicable>

const changed = (value: Json | undefined, way: Path, change: Change): Changed => {
  const [name, ...rest] = way
  if (name === undefined) return changedHere(value, change)
  if (isObject(value)) return changed(own(value, name), rest, change).map((inner) => withField(value, name, inner))
  if (!isList(value)) return err(misfit(change.path))
  const index = itemIndex(value, name) ?? value.length
  return changed(value[index], rest, change).map((item) =>
    item === undefined ? value.toSpliced(index, 1) : value.toSpliced(index, 1, item),
  )
}

const changedHere = (value: Json | undefined, change: Change): Changed => {
  if (change.kind === 'value') return sameJson(value, change.before) ? ok(change.after) : err(misfit(change.path))
  if (!isList(value) || value.length !== change.after.length) return err(misfit(change.path))
  const places = change.after.map((token) => itemIndex(value, token))
  const items = places.flatMap((place) => (place === undefined ? [] : value.slice(place, place + 1)))
  return new Set(places).size === items.length && items.length === value.length ? ok(items) : err(misfit(change.path))
}

const withField = (object: JsonObject, name: string, value: Json | undefined): JsonObject =>
  value === undefined
    ? Object.fromEntries(Object.entries(object).filter(([other]) => other !== name))
    : { ...object, [name]: value }

/**
 * What Retell has to be sent to make one document of an agent the other: top-level fields that differ, whole, and null
 * for those that go. What Retell says about the document is never sent.
 */
export const changesBetween = (part: 'agent' | 'engine', before: JsonObject, after: JsonObject): JsonObject => {
  const [from, to] = [contentIn(part, before), contentIn(part, after)]
  return Object.fromEntries(
    allNames(from, to)
      .filter((name) => !sameJson(own(from, name) ?? null, own(to, name) ?? null))
      .map((name) => [name, own(to, name) === undefined ? null : (own(after, name) ?? null)]),
  )
}

const contentIn = (part: 'agent' | 'engine', document: JsonObject): JsonObject => {
  const nothing = { agent: {}, engine: undefined, numbers: [] }
  const content = contentOf({ ...nothing, [part]: document })[part]
  return isObject(content) ? content : {}
}
