import { isObject, type Json } from '../canonical-json.ts'
import { own } from './json-places.ts'

/** What the items of a list are known by, first choice first. Lists that are not named here go by `usual`. */
const namedBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['general_tools', ['tool_id', 'name']],
  ['tools', ['tool_id', 'name']],
  ['pre_session_tools', ['tool_id', 'name']],
  ['post_session_tools', ['tool_id', 'name']],
  ['states', ['name']],
  ['edges', ['id', 'destination_state_name']],
  ['mcps', ['id', 'mcp_id', 'name']],
  ['components', ['id', 'component_id', 'conversation_flow_component_id', 'name']],
  ['pronunciation_dictionary', ['word']],
])
const usual = ['id', 'name']

/** The text by which an item is known, if it has one. */
const nameIn = (item: Json, field: string): string | undefined => {
  const name = isObject(item) ? own(item, field) : undefined
  return typeof name === 'string' ? name : undefined
}

/**
 * The field by which the items of these lists (one list in several versions) are known: each has it, and no two of a
 * list have the same. Undefined: they are known by their places only.
 */
export const identityField = (list: string, versions: readonly (readonly Json[])[]): string | undefined => {
  if (versions.every((items) => items.length === 0)) return undefined
  return (namedBy.get(list) ?? usual).find((field) =>
    versions.every((items) => {
      const names = items.map((item) => nameIn(item, field))
      return !names.includes(undefined) && new Set(names).size === names.length
    }),
  )
}

const hasDoubles = (items: readonly Json[], field: string): boolean => {
  const names = items.map((item) => nameIn(item, field)).filter((name) => name !== undefined)
  return new Set(names).size < names.length
}

/** Has a list two things of one name, or of one id, that none of its versions has? */
export const nowClashes = (list: string, versions: readonly (readonly Json[])[], items: readonly Json[]): boolean =>
  (namedBy.get(list) ?? usual).some(
    (field) => hasDoubles(items, field) && !versions.some((version) => hasDoubles(version, field)),
  )

/**
 * Does an id stand in two versions under two names? Where not everything has an id, the things of a list are known by
 * their names, and what was renamed would look like one thing that went and another that came.
 */
export const hasRenamed = (list: string, versions: readonly (readonly Json[])[], field: string): boolean => {
  const fields = namedBy.get(list) ?? usual
  return fields.slice(0, fields.indexOf(field)).some((better) => {
    const items = versions.flatMap((version) => [...itemsByName(version, better)])
    const names = new Map(items.map(([id, item]) => [id, nameIn(item, field)]))
    return items.some(([id, item]) => names.get(id) !== nameIn(item, field))
  })
}

/** The items of a list by their names, in order. */
export const itemsByName = (items: readonly Json[], field: string): ReadonlyMap<string, Json> =>
  new Map(
    items.flatMap((item) => {
      const name = nameIn(item, field)
      return name === undefined ? [] : [[name, item] as const]
    }),
  )

/** How a path names an item of a list, such as `name=book_appointment`. A list without names has places: `0`, `1`, … */
export const itemToken = (field: string, name: string): string => `${field}=${name}`

/** Where in a list a token leads. Undefined: nowhere. */
export const itemIndex = (items: readonly Json[], token: string): number | undefined => {
  if (/^\d+$/.test(token)) return Number(token) < items.length ? Number(token) : undefined
  const [field = ''] = token.split('=', 1)
  const found = items.findIndex((item) => nameIn(item, field) === token.slice(field.length + 1))
  return found < 0 ? undefined : found
}
