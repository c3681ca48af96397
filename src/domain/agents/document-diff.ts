import { canonicalJson, isObject, type Json, type JsonObject } from '../canonical-json.ts'
import type { DiffEntry, SectionEntry } from './diff-entry.ts'
import type { DocumentShape, SectionName } from './document-shape.ts'
import { own } from './json-places.ts'
import { identityField, itemToken } from './named-lists.ts'
import { diff, type Patch, type Path } from './patch.ts'
import { allNames, isList, sameJson } from './same-json.ts'
import { textDiff } from './text-diff.ts'

const changeOf = (before: Json | undefined, after: Json | undefined): 'added' | 'removed' | 'changed' => {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/** A list without names shows an item by its place, and a list in another order as a value of its own. */
const settings = (section: SectionName, patch: Patch): readonly SectionEntry[] =>
  patch.flatMap((change): readonly SectionEntry[] => {
    if (change.kind === 'order') return orderDiff(section, change.path, change.before, change.after)
    return [{ section, entry: { ...change, kind: 'setting', change: changeOf(change.before, change.after) } }]
  })

/** What differs in a whole document: its settings go into `section`, the rest where it belongs. */
export const documentDiff = (
  section: SectionName,
  shape: DocumentShape,
  path: Path,
  before: Json | undefined,
  after: Json | undefined,
): readonly SectionEntry[] => {
  if (sameJson(before, after)) return []
  const { fields, found } = partDiff(shape, path, objectOf(before), objectOf(after))
  const shown = [...found, ...settings(section, fields)]
  return shown.length > 0 ? shown : settings(section, [{ kind: 'value', path, before, after }])
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

interface PartDiff {
  /** What differs in fields that are neither texts nor lists of things. */
  readonly fields: Patch
  readonly found: readonly SectionEntry[]
}

const partDiff = (shape: DocumentShape, path: Path, before: JsonObject, after: JsonObject): PartDiff => {
  const fields: Patch[number][] = []
  const found: SectionEntry[] = []
  for (const name of allNames(before, after)) {
    const [one, other, at] = [own(before, name), own(after, name), [...path, name]]
    if (sameJson(one, other)) continue
    const inner = innerDiff(shape, name, at, one, other)
    if (inner === undefined) fields.push(...diff(one, other, at))
    else {
      fields.push(...inner.fields)
      found.push(...inner.found)
    }
  }
  return { fields, found }
}

const isNothing = (value: Json | undefined): boolean => value === undefined || value === null

/** What a field of the shape has to tell. Undefined: nothing, although it differs, so that it is a value like others. */
const innerDiff = (
  shape: DocumentShape,
  name: string,
  path: Path,
  before: Json | undefined,
  after: Json | undefined,
): PartDiff | undefined => {
  const list = shape.lists.get(name)
  if (list !== undefined && [before, after].every((value) => isNothing(value) || isList(value))) {
    const found = thingsDiff(list.section, list.item, path, listOf(before), listOf(after))
    return found.length === 0 ? undefined : { fields: [], found }
  }
  if (shape.texts.has(name) && [before, after].every((value) => isNothing(value) || typeof value === 'string')) {
    return textPart(path, before, after)
  }
  const part = shape.parts.get(name)
  if (part === undefined || !isObject(before ?? {}) || !isObject(after ?? {})) return undefined
  const inner = partDiff(part, path, objectOf(before), objectOf(after))
  return inner.fields.length + inner.found.length === 0 ? undefined : inner
}

const textPart = (path: Path, before: Json | undefined, after: Json | undefined): PartDiff | undefined => {
  if (typeof before !== 'string' && typeof after !== 'string') return undefined
  const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
  const change = changeOf(before ?? undefined, after ?? undefined)
  const entry = { kind: 'text', path, change, before, after, diff: textDiff(textOf(before), textOf(after)) } as const
  return { fields: [], found: [{ section: 'prompts', entry }] }
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : [])

/** A thing of a list, by what it is known by in both versions. */
interface Thing {
  readonly token: string
  readonly name: string
  readonly value: Json
}

const shownName = (thing: JsonObject): string => {
  const names = ['name', 'word', 'id', 'tool_id', 'destination_state_name'].map((field) => own(thing, field))
  return names.find((name) => typeof name === 'string' && name !== '')?.toString() ?? ''
}

/** By the field that tells them apart; things without one by their shown names, and those of one name by their order. */
const thingsOf = (items: readonly Json[], field: string | undefined): readonly Thing[] => {
  const times = new Map<string, number>()
  return items.map((value) => {
    const name = isObject(value) ? shownName(value) : canonicalJson(value).slice(0, 40)
    const known = field === undefined ? undefined : own(value, field)
    if (field !== undefined && typeof known === 'string') return { token: itemToken(field, known), name, value }
    const time = (times.get(name) ?? 0) + 1
    times.set(name, time)
    return { token: `${time === 1 ? '' : `${time}:`}${itemToken('name', name)}`, name, value }
  })
}

const thingsDiff = (
  section: SectionName,
  shape: DocumentShape,
  path: Path,
  before: readonly Json[],
  after: readonly Json[],
): readonly SectionEntry[] => {
  const field = identityField(path.at(-1) ?? '', [before, after])
  const [ones, others] = [thingsOf(before, field), thingsOf(after, field)]
  const renamed = renamedOnes(ones, others)
  const byToken = new Map(ones.map((one) => [one.token, one]))
  const matched = new Set([...renamed.values(), ...others.map(({ token }) => byToken.get(token))])
  return [
    ...ones
      .filter((one) => !matched.has(one))
      .flatMap((one) => thingDiff(section, shape, [...path, one.token], one, undefined)),
    ...others.flatMap((other) =>
      thingDiff(section, shape, [...path, other.token], renamed.get(other) ?? byToken.get(other.token), other),
    ),
    ...orderDiff(
      section,
      path,
      ones.map(({ token }) => token),
      others.map(({ token }) => token),
    ),
  ]
}

/** What went under one name and came under another, with nothing else about it changed: the new thing, and what it was. */
const renamedOnes = (ones: readonly Thing[], others: readonly Thing[]): ReadonlyMap<Thing, Thing> => {
  const [tokens, otherTokens] = [ones, others].map((things) => new Set(things.map(({ token }) => token)))
  const contents = new Map<string, Thing[]>()
  for (const one of ones.filter(({ token }) => otherTokens?.has(token) === false)) {
    const content = contentBesidesNames(one)
    contents.set(content, [...(contents.get(content) ?? []), one])
  }
  return new Map(
    others.flatMap((other) => {
      const one = tokens?.has(other.token) ? undefined : contents.get(contentBesidesNames(other))?.shift()
      return one === undefined ? [] : [[other, one] as const]
    }),
  )
}

const contentBesidesNames = ({ value }: Thing): string =>
  isObject(value) ? canonicalJson(withoutNames(value)) : `not an object: ${canonicalJson(value)}`

const withoutNames = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !/^(?:name|id|tool_id|word)$/.test(name)))

const thingDiff = (
  section: SectionName,
  shape: DocumentShape,
  path: Path,
  one: Thing | undefined,
  other: Thing | undefined,
): readonly SectionEntry[] => {
  const [before, after] = [one?.value, other?.value]
  if (sameJson(before, after)) return []
  const isWhole = isObject(before ?? {}) && isObject(after ?? {})
  const { fields, found } = isWhole
    ? partDiff(shape, path, objectOf(before), objectOf(after))
    : { fields: diff(before, after, path), found: [] }
  if (one !== undefined && other !== undefined && fields.length === 0) return found
  const isRenamed = isObject(before) && isObject(after) && sameJson(withoutNames(before), withoutNames(after))
  const entry: DiffEntry = {
    kind: 'thing',
    path,
    name: other?.name ?? one?.name ?? '',
    previously: one !== undefined && other !== undefined && one.name !== other.name ? one.name : undefined,
    change: isRenamed ? 'renamed' : changeOf(before, after),
    before,
    after,
    fields: one === undefined || other === undefined ? [] : fields,
  }
  return [{ section, entry }, ...found]
}

/** Only what is in both versions can stand in another order. */
const orderDiff = (
  section: SectionName,
  path: Path,
  before: readonly string[],
  after: readonly string[],
): readonly SectionEntry[] => {
  const [inBefore, inAfter] = [new Set(before), new Set(after)]
  const isSameOrder = sameJson(
    before.filter((token) => inAfter.has(token)),
    after.filter((token) => inBefore.has(token)),
  )
  return isSameOrder ? [] : [{ section, entry: { kind: 'order', path, change: 'reordered', before, after } }]
}
