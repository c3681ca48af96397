import { err, ok, type Result } from 'neverthrow'
import { canonicalJson, isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { type AgentConfiguration, documentOf } from './configuration.ts'
import { below, listIn, own, textIn, valueAt, withValue } from './json-places.ts'

/**
 * How somebody wrote an agent down: `export` as we do, `settings` and `configuration` as older systems kept it under that
 * name, `agent` as Retell has it or its dashboard downloads it, `engine` as a prompt or flow alone.
 */
export type ConfigurationKind = 'export' | 'settings' | 'configuration' | 'agent' | 'engine'

/** A document that is no agent in any way we know. */
export type UnknownConfiguration = { readonly kind: 'unknown-configuration' }

/** A value that was understood: where it stood, and where it is in the configuration's document. */
interface Moved {
  readonly from: string
  readonly to: string
}

/** An agent as it was written down. `originalOf` gives the document again. */
export interface ReadConfiguration {
  readonly kind: ConfigurationKind
  /** Without numbers, for those are still to be read. */
  readonly configuration: AgentConfiguration
  /** The numbers that it names, in any spelling, each once. */
  readonly numbers: readonly string[]
  /** What was not understood, in its place and under its own name; what was is missing in it. */
  readonly leftover: JsonObject
  readonly moved: readonly Moved[]
  /** Parts that were JSON written as text, by their place. */
  readonly texts: { readonly [path: string]: string }
}

/** Reads an agent in any shape that one was kept in, or is exported in today. Nothing is lost and nothing made up. */
export const readConfiguration = (json: Json): Result<ReadConfiguration, UnknownConfiguration> => {
  if (!isObject(json)) return err({ kind: 'unknown-configuration' })
  const { document, texts } = opened(json)
  const plan = planOf(document)
  if (!plan) return err({ kind: 'unknown-configuration' })
  const { kind, hasEngine, inner } = plan
  const moved = withoutClashes(plan.moved)
  const start: Json = { agent: {}, response_engine: hasEngine ? {} : null, numbers: [] }
  const whole = moved.reduce<Json>((so, { from, to }) => withValue(so, to, valueAt(document, from)), start)
  const [agent, engine] = [own(whole, 'agent'), own(whole, 'response_engine')]
  const leftover = moved.reduce<Json>((so, { from }) => withValue(so, from, undefined), document)
  return ok({
    kind,
    configuration: { agent: isObject(agent) ? agent : {}, engine: isObject(engine) ? engine : undefined, numbers: [] },
    numbers: [...new Set([document, inner].flatMap(numbersIn))],
    leftover: isObject(leftover) ? leftover : {},
    moved,
    texts,
  })
}

/** The document that was read. What was changed in the configuration since then is changed in it as well. */
export const originalOf = ({ configuration, leftover, moved, texts }: ReadConfiguration): JsonObject => {
  const document = documentOf(configuration)
  const whole = moved.reduce<Json>((so, { from, to }) => withValue(so, from, valueAt(document, to)), leftover)
  const written = Object.entries(texts).reduce<Json>((so, [path, text]) => {
    const value = valueAt(so, path)
    return withValue(so, path, canonicalJson(value) === canonicalJson(JSON.parse(text)) ? text : JSON.stringify(value))
  }, whole)
  return isObject(written) ? written : {}
}

interface Plan {
  readonly kind: ConfigurationKind
  readonly moved: readonly Moved[]
  readonly hasEngine: boolean
  /** In which the agent's own fields stand. */
  readonly inner: JsonObject
}

const wrappers = ['configuration', 'settings'] as const

/** Databases keep JSON as text now and then. */
const opened = (
  document: JsonObject,
): { readonly document: JsonObject; readonly texts: { readonly [path: string]: string } } => {
  const texts = wrappers.flatMap((name) => {
    const text = textIn(document, name)
    return text !== undefined && parsed(text) ? [[below('', name), text] as const] : []
  })
  const whole = texts.reduce<Json>((so, [path, text]) => withValue(so, path, parsed(text)), document)
  return { document: isObject(whole) ? whole : document, texts: Object.fromEntries(texts) }
}

const parsed = (text: string): JsonObject | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const planOf = (document: JsonObject): Plan | undefined => {
  const exported = exportPlan(document, '', 'export')
  if (exported) return exported
  for (const name of wrappers) {
    const inner = own(document, name)
    if (!isObject(inner) || Object.keys(inner).length === 0) continue
    const path = below('', name)
    const plan = exportPlan(inner, path, name) ?? flatPlan(inner, path, name)
    return {
      ...plan,
      moved: [...plan.moved, ...outerMoves(document, plan.hasEngine)],
      hasEngine: plan.hasEngine || hasTools(document),
    }
  }
  if (isBareEngine(document)) {
    return { kind: 'engine', moved: fieldMoves(document, '', '/response_engine'), hasEngine: true, inner: document }
  }
  return agentFields.some((name) => Object.hasOwn(document, name)) || engineIn(document)
    ? flatPlan(document, '', 'agent')
    : undefined
}

/** An agent's document and its engine's side by side. */
const exportPlan = (document: JsonObject, path: string, kind: ConfigurationKind): Plan | undefined => {
  const agent = own(document, 'agent')
  if (!isObject(agent)) return undefined
  const whole = own(document, 'response_engine')
  const engine = isObject(whole) ? ({ name: 'response_engine', value: whole } as const) : engineIn(document)
  return {
    kind,
    moved: [
      ...fieldMoves(agent, below(path, 'agent'), '/agent'),
      ...(engine ? fieldMoves(engine.value, below(path, engine.name), '/response_engine') : []),
    ],
    hasEngine: engine !== undefined,
    inner: agent,
  }
}

/** An agent's fields, with its engine under a name among them, or with the engine's own fields among them. */
const flatPlan = (document: JsonObject, path: string, kind: ConfigurationKind): Plan => {
  const engine = engineIn(document)
  const names = Object.keys(document).filter((name) => !engineIsNamed(name) && !notOfAgent.has(name))
  const isAmong = !engine && names.some((name) => engineFields.has(name))
  const isEngineField = (name: string): boolean => isAmong && (engineFields.has(name) || engineIds.has(name))
  const moves = [
    ...names.map((name) => ({
      from: below(path, name),
      to: below(isEngineField(name) ? '/response_engine' : '/agent', name),
    })),
    ...(engine ? fieldMoves(engine.value, below(path, engine.name), '/response_engine') : []),
    ...looseMoves(document, path),
  ]
  return {
    kind,
    moved: moves,
    hasEngine: engine !== undefined || moves.some(({ to }) => to.startsWith('/response_engine/')),
    inner: document,
  }
}

const fieldMoves = (document: JsonObject, from: string, to: string): readonly Moved[] =>
  Object.keys(document).map((name) => ({ from: below(from, name), to: below(to, name) }))

const engineNames = [
  'retellLlmData',
  'conversationFlow',
  'retell_llm',
  'retell_llm_data',
  'retellLlm',
  'llm_configuration',
  'llm_config',
  'llm_data',
  'llm',
  'conversation_flow',
  'conversation_flow_data',
] as const

const engineIsNamed = (name: string): boolean => engineNames.some((one) => one === name)

const engineIn = (document: JsonObject): { readonly name: string; readonly value: JsonObject } | undefined => {
  for (const name of engineNames) {
    const value = own(document, name)
    if (isObject(value)) return { name, value }
  }
  return undefined
}

/** Names of an engine's fields that no agent's document has. */
const engineFields: ReadonlySet<string> = new Set([
  'general_prompt',
  'general_tools',
  'states',
  'starting_state',
  'begin_message',
  'begin_after_user_silence_ms',
  'start_speaker',
  'model',
  's2s_model',
  'model_temperature',
  'model_high_priority',
  'model_choice',
  'tool_call_strict_mode',
  'knowledge_base_ids',
  'kb_config',
  'mcps',
  'default_dynamic_variables',
  'global_prompt',
  'nodes',
  'start_node_id',
  'components',
])

/** These alone only say which engine it is. */
const engineIds: ReadonlySet<string> = new Set(['llm_id', 'conversation_flow_id'])

const isBareEngine = (document: JsonObject): boolean =>
  !['voice_id', 'agent_id', 'agent_name', 'response_engine'].some((name) => Object.hasOwn(document, name)) &&
  ['general_prompt', 'general_tools', 'nodes', 'global_prompt', 'llm_id', 'conversation_flow_id'].some((name) =>
    Object.hasOwn(document, name),
  )

const agentFields = ['response_engine', 'voice_id', 'agent_id', 'agent_name', 'webhook_url', 'post_call_analysis_data']

/** Under which documents name numbers. */
export const numberNames = [
  'numbers',
  'phone_numbers',
  'phoneNumbers',
  'phone_number',
  'inbound_phone_numbers',
] as const
const toolNames = ['functions', 'custom_functions'] as const
const promptNames = ['prompt', 'system_prompt'] as const
const notOfAgent: ReadonlySet<string> = new Set([...numberNames, ...toolNames, ...promptNames, ...wrappers])

/** What older documents called by names of their own. The first of two stands; the other stays where it was. */
const looseMoves = (document: JsonObject, path: string): readonly Moved[] => [
  ...toolNames
    .filter((name) => Array.isArray(own(document, name)))
    .map((name) => ({ from: below(path, name), to: '/response_engine/general_tools' })),
  ...promptNames
    .filter((name) => textIn(document, name) !== undefined)
    .map((name) => ({ from: below(path, name), to: '/response_engine/general_prompt' })),
]

const hasTools = (document: JsonObject): boolean => looseMoves(document, '').length > 0

/** What stands beside the part that holds the agent, as far as it is the agent's. */
const outerMoves = (document: JsonObject, hasEngine: boolean): readonly Moved[] => {
  const engine = hasEngine ? undefined : engineIn(document)
  return [
    ...[...agentFields, 'language']
      .filter((name) => Object.hasOwn(document, name))
      .map((name) => ({ from: below('', name), to: below('/agent', name) })),
    ...(textIn(document, 'retell_agent_id') === undefined ? [] : [{ from: '/retell_agent_id', to: '/agent/agent_id' }]),
    ...(textIn(document, 'name') === undefined ? [] : [{ from: '/name', to: '/agent/agent_name' }]),
    ...(engine ? fieldMoves(engine.value, below('', engine.name), '/response_engine') : []),
    ...looseMoves(document, ''),
  ]
}

/** Each place is taken once, by what comes first. */
const withoutClashes = (moved: readonly Moved[]): readonly Moved[] => {
  const taken = new Set<string>()
  return moved.filter(({ to }) => {
    const isFree = !taken.has(to)
    taken.add(to)
    return isFree
  })
}

const numbersIn = (document: JsonObject): readonly string[] =>
  numberNames.flatMap((name) => {
    const value = own(document, name)
    return (Array.isArray(value) ? listIn(document, name) : [value]).flatMap((one) => {
      const text = typeof one === 'string' ? one : (textIn(one, 'phone_number') ?? textIn(one, 'number'))
      return text === undefined || text.trim() === '' ? [] : [text]
    })
  })
