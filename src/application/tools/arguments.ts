import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { ArgumentName, ToolDefinition } from './registry.ts'

/** The arguments of a request under their own names, as text. What means "unknown" is absent. */
export interface ToolArguments {
  readonly text: (name: ArgumentName) => string | undefined
  /** `true`, "true", "ja", 1 */
  readonly isTrue: (name: ArgumentName) => boolean
  /** For the trace and the fingerprint: canonical names, empty ones left out. */
  readonly given: JsonObject
}

const longest = 4000

export const readArguments = (tool: ToolDefinition, sent: JsonObject): ToolArguments => {
  const given: Record<string, Json> = {}
  for (const [name, { aliases, schema }] of Object.entries(tool.args)) {
    for (const spelling of [name, ...aliases]) {
      const value = Object.hasOwn(sent, spelling) ? meaningOf(sent[spelling], schema.type === 'object') : undefined
      if (value === undefined) continue
      given[name] = value
      break
    }
  }
  return {
    given,
    text: (name) => {
      const value = given[name]
      return value === undefined || value === null || typeof value === 'object' ? undefined : String(value)
    },
    isTrue: (name) => /^(true|1|ja|yes)$/i.test(String(given[name] ?? '')),
  }
}

/** May this request change something? Asking tools are answered anew each time, until they loop. */
export const changesNow = ({ changes }: ToolDefinition, args: ToolArguments): boolean =>
  changes === 'when-confirmed' ? args.isTrue('confirmed') : changes

/** Empty text, `null`, and the placeholders that language models and flows leave behind all mean: not given. */
const placeholder = /^(|null|none|undefined|unknown|unbekannt|n\/?a|\{\{[^}]*\}\})$/i

const meaningOf = (value: Json | undefined, mayBeObject: boolean): Json | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'object') return mayBeObject ? value : undefined
  if (typeof value !== 'string') return value
  const trimmed = value.trim().slice(0, longest)
  return placeholder.test(trimmed) ? undefined : trimmed
}
