import { isObject, type Json, type JsonObject } from '../canonical-json.ts'

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** The names under which an object has something. */
export const fieldNames = (object: JsonObject): readonly string[] =>
  Object.keys(object).filter((name) => object[name] !== undefined)

/** The names of both, each once. */
export const allNames = (...objects: readonly JsonObject[]): readonly string[] => [
  ...new Set(objects.flatMap(fieldNames)),
]

/** Are they the same but for the order of names? The same as equal canonical text, without writing it. */
export const sameJson = (one: Json | undefined, other: Json | undefined): boolean => {
  if (one === other) return true
  if (isList(one)) {
    return isList(other) && one.length === other.length && one.every((item, index) => sameJson(item, other[index]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const names = fieldNames(one)
  return (
    names.length === fieldNames(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameJson(one[name], other[name]))
  )
}
