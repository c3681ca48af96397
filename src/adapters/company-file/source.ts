import { Buffer } from 'node:buffer'
import type { Finding, Path } from './problem.ts'
import { pointer } from './problem.ts'

/** Where a company file came from: its values as plain data, and where each of them stands. */
export interface Source {
  readonly value: unknown
  /** The line of the place or of the nearest one around it; undefined for objects. */
  readonly lineOf: (path: Path) => number | undefined
  /** A number as it was written: `030` and not 30. */
  readonly writtenAt: (path: Path) => string | undefined
  /** Mistakes that still leave a document to look at. */
  readonly findings: readonly Finding[]
}

export const mostBytes = 2 * 1024 * 1024
export const deepest = 32
export const mostValues = 500_000

export const tooLarge = (text: string): boolean => text.length > mostBytes || Buffer.byteLength(text) > mostBytes
export const tooLargeMessage = 'The file is larger than 2 MB. Split it: one file a company, without attachments.'
export const tooDeepMessage = `The file nests deeper than ${deepest} levels. Flatten it.`

export type Mapping = { readonly [key: string]: unknown }
export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A mapping without inherited keys, so that no name in a file means more than it says. */
export const newMapping = (): { [key: string]: unknown } => Object.create(null)

/** The value at a place, and whether there is any. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inside, step) => {
    if (Array.isArray(inside)) return inside[Number(step)]
    return isMapping(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined
  }, value)

/** A copy with `change` applied to everything that holds nothing else; what becomes undefined leaves its mapping. */
export const mapLeaves = (value: unknown, change: (leaf: unknown, path: Path) => unknown, path: Path = []): unknown => {
  if (Array.isArray(value)) return value.map((item, at) => mapLeaves(item, change, [...path, at]))
  if (!isMapping(value)) return change(value, path)
  const copy = newMapping()
  for (const [key, inside] of Object.entries(value)) {
    const changed = mapLeaves(inside, change, [...path, key])
    if (changed !== undefined) copy[key] = changed
  }
  return copy
}

/** A copy in which a key without a value is no key at all. */
export const withoutEmpty = (value: unknown): unknown =>
  mapLeaves(value, (leaf, path) => (leaf === null && typeof path.at(-1) === 'string' ? undefined : leaf))

/** Reads an object as if it had been a file. Undefined: too deep, too large, circular, or it throws when looked at. */
export const readObject = (object: object): Source | undefined => {
  const findings: Finding[] = []
  let letters = 0
  let values = 0
  const copy = (value: unknown, path: Path): unknown => {
    values += 1
    if (typeof value === 'string') letters += value.length
    if (path.length > deepest || values > mostValues || letters > mostBytes) throw new Unreadable()
    if (Array.isArray(value)) return Array.from(value, (item, at) => copy(item, [...path, at]))
    if (!isMapping(value)) return value
    const mapping = newMapping()
    for (const key of Object.keys(value)) {
      const inside = value[key]
      if (inside === undefined) continue
      if (key === '__proto__') findings.push({ path: [...path, key], complaint: 'is no known key. Remove it.' })
      else mapping[key] = copy(inside, [...path, key])
    }
    return mapping
  }
  try {
    return { value: copy(object, []), lineOf: () => undefined, writtenAt: () => undefined, findings }
  } catch {
    return undefined
  }
}

class Unreadable extends Error {}

/** Lines by place; a place that is not in the file has the line of the nearest one around it. */
export const lineBook = (lines: ReadonlyMap<string, number>): Source['lineOf'] => {
  const lineOf = (path: Path): number | undefined =>
    lines.get(pointer(path)) ?? (path.length > 0 ? lineOf(path.slice(0, -1)) : undefined)
  return lineOf
}
