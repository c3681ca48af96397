import type { Json, JsonObject } from '../canonical-json.ts'
import { below } from './json-places.ts'

/** Fields that name something of the Retell account: knowledge bases, apps, and agents that calls are handed to. */
const naming: ReadonlySet<string> = new Set(['knowledge_base_ids', 'app_id', 'agent_id'])

/** Where the documents of an agent name something else of its account, and what; each means nothing in another account. */
export const accountIds = (document: JsonObject): readonly { readonly path: string; readonly id: string }[] => {
  const found: { readonly path: string; readonly id: string }[] = []
  const walk = (value: Json, path: string, isNamed: boolean): void => {
    if (typeof value === 'string') {
      if (isNamed && value !== '' && !value.includes('{{')) found.push({ path, id: value })
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      walk(inner, below(path, name), Array.isArray(value) ? isNamed : naming.has(name))
    }
  }
  walk(document, '', false)
  return found
}
