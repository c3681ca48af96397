import { isObject, type Json, type JsonObject } from '../../../domain/canonical-json.ts'

/** What Retell says about a document; nobody may write it. */
const readOnly = ['agent_id', 'version', 'is_published', 'base_version', 'assigned_tags', 'last_modification_timestamp']
const readOnlyInEngines = [...readOnly, 'llm_id', 'conversation_flow_id']

const foreign = (body: JsonObject, names: readonly string[]): string | undefined =>
  names.some((name) => Object.hasOwn(body, name)) ? 'body must NOT have additional properties' : undefined

/** Agents, of which only some ranges are looked at. */
export const agentFault = (body: JsonObject): string | undefined => {
  const { response_engine: engine, voice_id: voice, webhook_timeout_ms: timeout } = body
  if (engine !== undefined && !isObject(engine)) return 'body/response_engine must be object'
  if (voice !== undefined && typeof voice !== 'string') return 'body/voice_id must be string'
  if (timeout !== undefined && typeof timeout !== 'number') return 'body/webhook_timeout_ms must be number'
  return foreign(body, readOnly)
}

const gone = new Set<Json | undefined>(['check_availability_cal', 'book_appointment_cal'])

const toolFault = (tool: Json, at: string): string | undefined => {
  if (!isObject(tool)) return `${at} must be object`
  if (gone.has(tool.type)) return `${at}/type check_availability_cal and book_appointment_cal are not supported anymore`
  if (typeof tool.name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(tool.name))
    return `${at}/name must match pattern "^[A-Za-z0-9_-]{1,64}$"`
  const { timeout_ms: timeout } = tool
  if (tool.type === 'custom' && typeof tool.url !== 'string') return `${at}/url must be string`
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 1000 && timeout <= 600_000))
    return `${at}/timeout_ms must be >= 1000 and <= 600000`
  return undefined
}

const toolsFault = (tools: Json | undefined, at: string): string | undefined => {
  if (tools === undefined || tools === null) return undefined
  if (!Array.isArray(tools)) return `${at} must be array`
  const names = tools.map((tool: Json) => (isObject(tool) ? tool.name : undefined))
  if (new Set(names).size < names.length) return `${at} must have unique tool names`
  return tools.map((tool: Json, index) => toolFault(tool, `${at}/${index}`)).find((fault) => fault !== undefined)
}

/** LLMs and flows: what they say about themselves, and their tools wherever they have them. */
export const engineFault = (body: JsonObject): string | undefined => {
  const inner = ['states', 'nodes', 'components'].flatMap((list) => {
    const parts = body[list]
    return Array.isArray(parts)
      ? parts.map((part: Json, index) =>
          isObject(part) ? toolsFault(part.tools, `body/${list}/${index}/tools`) : undefined,
        )
      : []
  })
  return [
    foreign(body, readOnlyInEngines),
    toolsFault(body.general_tools, 'body/general_tools'),
    toolsFault(body.tools, 'body/tools'),
    ...inner,
  ].find((fault) => fault !== undefined)
}

/** The tools of an engine are gone, wherever its kind keeps them. */
export const withoutTools = (document: JsonObject): JsonObject => ({
  ...document,
  ...(document.general_tools === undefined ? {} : { general_tools: [] }),
  ...(document.tools === undefined ? {} : { tools: [] }),
})
