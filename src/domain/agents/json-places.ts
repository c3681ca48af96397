import { isObject, type Json, type JsonObject } from '../canonical-json.ts'

type Names = readonly (string | number)[]

/** The pointer (RFC 6901) of what lies under these names, seen from `path`. */
export const below = (path: string, ...names: Names): string =>
  names.reduce<string>((so, name) => `${so}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`, path)

/** The names that a pointer goes through. */
export const namesOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What a document itself has under a name, and nothing that it inherits. */
export const own = (value: Json | undefined, name: string): Json | undefined => {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** What a pointer leads to. Undefined: nothing. */
export const valueAt = (document: Json | undefined, path: string): Json | undefined =>
  namesOf(path).reduce<Json | undefined>(own, document)

export const textIn = (value: Json | undefined, name: string): string | undefined => {
  const found = own(value, name)
  return typeof found === 'string' ? found : undefined
}

export const numberIn = (value: Json | undefined, name: string): number | undefined => {
  const found = own(value, name)
  return typeof found === 'number' ? found : undefined
}

/** An object without anything where there is none. */
export const objectIn = (value: Json | undefined, name: string): JsonObject => {
  const found = own(value, name)
  return isObject(found) ? found : {}
}

/** An empty list where there is none. */
export const listIn = (value: Json | undefined, name: string): readonly Json[] => {
  const found = own(value, name)
  return Array.isArray(found) ? found : []
}

/** A member of a list with where it stands. */
interface Placed {
  readonly path: string
  readonly value: JsonObject
}

/** The objects of a list; what else stands in it is passed over. */
export const objectsIn = (value: Json | undefined, name: string, path: string): readonly Placed[] =>
  listIn(value, name).flatMap((one, index) => (isObject(one) ? [{ path: below(path, name, index), value: one }] : []))

/** The document with another value under a pointer, or without it where the value is undefined. A path that leads nowhere changes nothing. */
export const withValue = (document: Json, path: string, value: Json | undefined): Json =>
  placed(document, namesOf(path), value) ?? document

const placed = (document: Json, [name, ...rest]: readonly string[], value: Json | undefined): Json | undefined => {
  if (name === undefined) return value
  const inner = own(document, name)
  const next = rest.length === 0 ? value : inner === undefined ? undefined : placed(inner, rest, value)
  if (rest.length > 0 && next === undefined) return document
  if (Array.isArray(document)) {
    const index = /^\d+$/.test(name) ? Number(name) : -1
    if (index < 0 || index > document.length) return document
    return next === undefined ? document.toSpliced(index, 1) : document.toSpliced(index, 1, next)
  }
  if (!isObject(document)) return document
  if (next === undefined) return Object.fromEntries(Object.entries(document).filter(([key]) => key !== name))
  return Object.hasOwn(document, name)
    ? Object.fromEntries(Object.entries(document).map(([key, old]) => [key, key === name ? next : old]))
    : Object.fromEntries([...Object.entries(document), [name, next]])
}
