import { err, ok, type Result } from 'neverthrow'
import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { type Secret, secret as secretOf } from '../secret.ts'
import type { AgentConfiguration } from './configuration.ts'
import { type KnownSecrets, knownSecrets, placeholders, secretInPlace, secretsIn } from './find-secret.ts'
import type { Path } from './patch.ts'
import { isList } from './same-json.ts'
import { placeInList, placeUnder, type SecretPlace } from './secret-places.ts'

/** A secret that was taken out of a document, under the id that its placeholder names. */
export interface SealedValue {
  readonly id: string
  readonly value: Secret
}

/** The id of a secret: the same for equal ones, another for others; at most 128 letters, digits and `_.:-`. */
type IdOf = (secret: string, path: Path) => string
type IsKnown = (id: string) => boolean

/** Placeholders of which nobody knows what they stand for, with their places. */
export type UnknownSecrets = {
  readonly kind: 'unknown-secrets'
  readonly places: readonly { readonly path: Path; readonly id: string }[]
}

/** One way through a document. */
interface Pass {
  readonly idOf: (secret: string, path: Path) => string
  readonly isKnown: IsKnown
  /** Secrets that nobody writes for another reason: they are sealed wherever they stand. */
  readonly special: KnownSecrets
  /** Of them, those that were found on this way. */
  readonly found: Set<string>
  readonly used: Map<string, string>
}

/** What stands in the place of a secret. */
export const placeholder = (id: string): string => `[secret ${id}]`

const isUsable = (id: string): boolean => placeholder(id).replace(placeholders, '') === ''

/**
 * The document with a placeholder for each secret: `[secret id]`. Secret is what stands in headers (harmless ones aside),
 * in parameters and fields whose names say so, and what looks like a key in any text, prompts included. Numbers and
 * references such as `{{token}}` are none. Placeholders whose ids are known stay; a text that only looks like one is a
 * secret itself, so that `openValues` gives the same document again.
 */
export const sealValues = (document: JsonObject, idOf: IdOf, isKnown?: IsKnown): SealedDocument =>
  atOnce(sealParts(document, idOf, isKnown))

interface SealedDocument {
  readonly document: JsonObject
  readonly secrets: readonly SealedValue[]
}

/** Work that can be left and gone on with after each of its parts. */
type Parts<T> = Generator<undefined, T>

const atOnce = <T>(parts: Parts<T>): T => {
  for (;;) {
    const { done, value } = parts.next()
    if (done) return value
  }
}

const sealParts = function* (document: JsonObject, idOf: IdOf, isKnown: IsKnown = () => false): Parts<SealedDocument> {
  const ids = minted(idOf)
  const special = knownSecrets()
  for (let round = 1; ; round += 1) {
    const pass: Pass = { idOf: ids, isKnown, special, found: new Set(), used: new Map() }
    const sealed = yield* sealPartsOf(document, 'open', [], pass, partDepth)
    const before = special.size()
    for (const secret of pass.found) special.add(secret)
    // Each round seals what the last one found. Only somebody who hides secrets in each other needs many.
    if (special.size() === before || round === mostRounds) {
      return {
        document: isObject(sealed) ? sealed : {},
        secrets: [...pass.used].map(([value, id]) => ({ id, value: secretOf(value) })),
      }
    }
  }
}

const mostRounds = 12

/** A text as anybody may read it: what looks like a secret in it is only numbered. */
export const shownText = (text: string): string => {
  let count = 0
  const numbered = () => {
    count += 1
    return String(count)
  }
  return String(sealValues({ text }, numbered).document.text)
}

/** Asks once for each secret, and refuses an id that would lose one. */
const minted = (idOf: IdOf): IdOf => {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  return (secret, path) => {
    const known = ids.get(secret)
    if (known !== undefined) return known
    const id = idOf(secret, path)
    if (!isUsable(id) || taken.has(id)) throw new RangeError('The id of a secret is malformed or of another secret.')
    ids.set(secret, id)
    taken.add(id)
    return id
  }
}

/** Items of the lists of a configuration's documents, such as its functions and nodes, are sealed in one go. */
const partDepth = 3

const sealPartsOf = function* (value: Json, place: SecretPlace, path: Path, pass: Pass, depth: number): Parts<Json> {
  if (depth > 0 && isList(value)) {
    const items: Json[] = []
    for (const [index, item] of value.entries()) {
      items.push(yield* sealPartsOf(item, placeInList(place), [...path, String(index)], pass, depth - 1))
    }
    return items
  }
  if (depth > 0 && isObject(value)) {
    const entries: [string, Json][] = []
    for (const [name, inner] of Object.entries(value)) {
      const { sealed, placeInside } = sealName(name, place, path, pass, value)
      entries.push([sealed, yield* sealPartsOf(inner, placeInside, [...path, name], pass, depth - 1)])
    }
    return Object.fromEntries(entries)
  }
  yield
  return sealValue(value, place, path, pass)
}

/** A name may hold a secret itself, and says what place its value is. */
const sealName = (name: string, place: SecretPlace, path: Path, pass: Pass, object: JsonObject) => {
  const sealed = sealText(name, 'open', path, pass)
  const said = sealed.replace(placeholders, '')
  return { sealed, placeInside: placeUnder(place, said, object[name] ?? null, object) }
}

const sealObject = (object: JsonObject, place: SecretPlace, path: Path, pass: Pass): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const { sealed, placeInside } = sealName(name, place, path, pass, object)
      return [sealed, sealValue(value, placeInside, [...path, name], pass)]
    }),
  )

const sealValue = (value: Json, place: SecretPlace, path: Path, pass: Pass): Json => {
  if (typeof value === 'string') return sealText(value, place, path, pass)
  if (isList(value)) {
    return value.map((item, index) => sealValue(item, placeInList(place), [...path, String(index)], pass))
  }
  return isObject(value) ? sealObject(value, place, path, pass) : value
}

/** Known placeholders stand; what is between them is looked at piece by piece. */
const sealText = (text: string, place: SecretPlace, path: Path, pass: Pass): string => {
  let [sealed, from] = ['', 0]
  for (const match of text.matchAll(placeholders)) {
    if (!pass.isKnown(match.groups?.id ?? '')) continue
    sealed += sealPiece(text.slice(from, match.index), place, path, pass) + match[0]
    from = match.index + match[0].length
  }
  return sealed + sealPiece(text.slice(from), place, path, pass)
}

/** What is left in the end was itself looked at and has no secret in it, so that sealing again finds none. */
const sealPiece = (text: string, place: SecretPlace, path: Path, pass: Pass): string => {
  if (place === 'secret' || place === 'private') {
    const span = secretInPlace(text)
    if (span) return sealSpan(text, 0, span, place, path, pass)
  }
  const next = secretsIn(text, pass.special)
  let [sealed, from] = ['', 0]
  while (from < text.length) {
    const span = next(from)
    if (span === undefined) return sealed + text.slice(from)
    sealed += sealSpan(text, from, span, place, path, pass)
    from = span.to
  }
  return sealed
}

type Where = NonNullable<ReturnType<typeof secretInPlace>>

/** What is sealed of a text from a place on to where the secret ends. */
const sealSpan = (text: string, start: number, span: Where, place: SecretPlace, path: Path, pass: Pass): string => {
  const secret = text.slice(span.from, span.to)
  if (isSpecial(secret, place)) pass.found.add(secret)
  const id = pass.idOf(secret, path)
  pass.used.set(secret, id)
  return sealPiece(text.slice(start, span.from), place, path, pass) + placeholder(id)
}

/** Words such as `string` may be somebody's password and are words all the same. */
const isSpecial = (secret: string, place: SecretPlace): boolean =>
  secret.length >= (place === 'private' ? 12 : 8) &&
  secret.length <= longestSpecial &&
  /^(?=\S*\d)(?=\S*\p{L})\S+$/u.test(secret)

const longestSpecial = 10_000

/** The agent and its engine together: what is a secret in the one is one in the other. */
export const sealConfiguration = (
  configuration: AgentConfiguration,
  idOf: IdOf,
  isKnown?: IsKnown,
): SealedConfiguration => atOnce(sealConfigurationInParts(configuration, idOf, isKnown))

interface SealedConfiguration {
  readonly configuration: AgentConfiguration
  readonly secrets: readonly SealedValue[]
}

/** The same, for whoever has others waiting: each part of it is short. */
export const sealConfigurationInParts = function* (
  { agent, engine, numbers }: AgentConfiguration,
  idOf: IdOf,
  isKnown?: IsKnown,
): Parts<SealedConfiguration> {
  const { document, secrets } = yield* sealParts({ agent, engine: engine ?? null }, idOf, isKnown)
  return { configuration: { ...partsOf(document), numbers }, secrets }
}

const partsOf = ({ agent, engine }: JsonObject): Pick<AgentConfiguration, 'agent' | 'engine'> => ({
  agent: isObject(agent) ? agent : {},
  engine: isObject(engine) ? engine : undefined,
})

type Found = UnknownSecrets['places'][number]

const placeholdersIn = (value: Json, path: Path): readonly Found[] => {
  if (typeof value === 'string') return idsIn(value).map((id) => ({ path, id }))
  if (isList(value)) return value.flatMap((item, index) => placeholdersIn(item, [...path, String(index)]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...idsIn(name).map((id) => ({ path: [...path, name], id })),
    ...placeholdersIn(inner, [...path, name]),
  ])
}

const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholders)].map(({ groups }) => groups?.id ?? '')

/** The ids of all placeholders of a document. */
export const sealedIds = (document: JsonObject): ReadonlySet<string> =>
  new Set(placeholdersIn(document, []).map(({ id }) => id))

const mapTexts = (value: Json, change: (text: string) => string): Json => {
  if (typeof value === 'string') return change(value)
  if (isList(value)) return value.map((item) => mapTexts(item, change))
  return isObject(value) ? mapObject(value, change) : value
}

/** With every text of it changed, names of fields included. */
export const mapObject = (object: JsonObject, change: (text: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [change(name), mapTexts(value, change)]))

/** Puts the secrets back. Refused, with the places, when one of them is not known: a placeholder is told to nobody. */
export const openValues = (
  document: JsonObject,
  lookup: (id: string) => Secret | undefined,
): Result<JsonObject, UnknownSecrets> =>
  keepKnown(document, (id) => lookup(id) !== undefined).map((known) =>
    mapObject(known, (text) =>
      text.replace(placeholders, (whole, id: string) => lookup(id)?.use((plain) => plain) ?? whole),
    ),
  )

/** As `openValues`, for what Retell is to be told of a whole configuration. */
export const openConfiguration = (
  { agent, engine, numbers }: AgentConfiguration,
  lookup: (id: string) => Secret | undefined,
): Result<AgentConfiguration, UnknownSecrets> =>
  openValues({ agent, engine: engine ?? null }, lookup).map((document) => ({ ...partsOf(document), numbers }))

const keepKnown = (document: JsonObject, isKnown: IsKnown): Result<JsonObject, UnknownSecrets> => {
  const places = placeholdersIn(document, []).filter(({ id }) => !isKnown(id))
  return places.length === 0 ? ok(document) : err({ kind: 'unknown-secrets', places })
}

/**
 * What somebody made of a sealed document. Its placeholders may be moved, copied and left out; one that was not in
 * `before` is refused, for it would bring in a secret of something else. New secrets in it are still in plain text.
 */
export const keepSealed = (before: JsonObject, edited: JsonObject): Result<JsonObject, UnknownSecrets> => {
  const known = sealedIds(before)
  return keepKnown(edited, (id) => known.has(id))
}
