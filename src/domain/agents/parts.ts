import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { type AgentConfiguration, contentOf } from './configuration.ts'
import { changesBetween } from './patch.ts'
import { sameJson } from './same-json.ts'

/** An agent and what answers for it: what Retell versions together. Which numbers ring it is no part of a version there. */
export type VersionedConfiguration = Pick<AgentConfiguration, 'agent' | 'engine'>

/** The two documents of which a version consists. */
export type PartName = 'agent' | 'engine'

const partNames = ['agent', 'engine'] as const satisfies readonly PartName[]

/** The content of one of them by field. Nothing and null are the same, for Retell makes one of the other. */
export const fieldsOf = (parts: VersionedConfiguration, part: PartName): JsonObject => {
  const content = contentOf({ ...parts, numbers: [] })[part]
  return isObject(content) ? Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null)) : {}
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean => sameJson(one ?? null, other ?? null)

/**
 * What has to be sent so that a version becomes `to`, after `from`: each field that `to` names and that differs, whole, and
 * null for those that only `from` named. What neither names is Retell's own default and is left alone.
 */
export const changesTo = (
  part: PartName,
  there: VersionedConfiguration,
  { from, to }: { readonly from: VersionedConfiguration | undefined; readonly to: VersionedConfiguration },
): JsonObject => {
  const [now, before] = [fieldsOf(there, part), from ? fieldsOf(from, part) : {}]
  return Object.fromEntries(
    Object.entries(changesBetween(part, there[part] ?? {}, to[part] ?? {})).filter(
      ([name]) =>
        Object.hasOwn(to[part] ?? {}, name) || (before[name] !== undefined && isSame(now[name], before[name])),
    ),
  )
}

/** The fields of which a version is not `to` yet, such as `engine.general_tools`. */
export const fieldsLeft = (there: VersionedConfiguration, ends: Parameters<typeof changesTo>[2]): readonly string[] =>
  partNames.flatMap((part) => Object.keys(changesTo(part, there, ends)).map((name) => `${part}.${name}`))

/** Are both the same in every field? */
export const isEqual = (one: VersionedConfiguration, other: VersionedConfiguration): boolean =>
  partNames.every((part) => sameJson(fieldsOf(one, part), fieldsOf(other, part)))

/**
 * Is every field that either end names as in one of them? Whatever lies on the way from the one to the other is so, and
 * nothing in it was written by anybody else that sending the rest could overwrite.
 */
export const isBetween = (
  there: VersionedConfiguration,
  from: VersionedConfiguration,
  to: VersionedConfiguration,
): boolean =>
  partNames.every((part) => {
    const now = fieldsOf(there, part)
    const ends = [fieldsOf(from, part), fieldsOf(to, part)]
    return ends.flatMap(Object.keys).every((name) => ends.some((end) => isSame(now[name], end[name])))
  })
