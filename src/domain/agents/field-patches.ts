import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { below } from './json-places.ts'
import { sameJson } from './same-json.ts'
import type { FieldPatch } from './tool-editing.ts'

/**
 * What makes the one document of the other, as values at pointers: only what differs is named, as deep inside as it can be.
 * Lists are named as a whole, and so is an object inside whose names would else come in another order.
 */
export const fieldPatches = (before: JsonObject, after: JsonObject): readonly FieldPatch[] => inside(before, after, '')

const inside = (before: JsonObject, after: JsonObject, path: string): readonly FieldPatch[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const at = below(path, name)
    if (!Object.hasOwn(after, name)) return [{ path: at, value: undefined }]
    return Object.hasOwn(before, name)
      ? between(before[name] ?? null, after[name] ?? null, at)
      : [{ path: at, value: after[name] }]
  })

const between = (before: Json, after: Json, path: string): readonly FieldPatch[] => {
  if (sameJson(before, after)) return []
  return isObject(before) && isObject(after) && keepsOrder(before, after)
    ? inside(before, after, path)
    : [{ path, value: after }]
}

/** Do names that are taken away and added one by one come to stand where they are wanted? */
const keepsOrder = (before: JsonObject, after: JsonObject): boolean => {
  const wanted = Object.keys(after)
  const [kept, added] = [
    Object.keys(before).filter((name) => Object.hasOwn(after, name)),
    wanted.filter((name) => !Object.hasOwn(before, name)),
  ]
  return [...kept, ...added].every((name, index) => wanted[index] === name)
}

/** Places in which both want something else, or one wants what lies inside of what the other replaces. */
export const contradictions = (ours: readonly FieldPatch[], theirs: readonly FieldPatch[]): readonly string[] =>
  ours.flatMap(({ path, value }) =>
    theirs.some((one) =>
      one.path === path ? !same(one.value, value) : one.path.startsWith(`${path}/`) || path.startsWith(`${one.path}/`),
    )
      ? [path]
      : [],
  )

const same = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other)
