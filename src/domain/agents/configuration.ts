import { canonicalJson, isObject, type JsonObject } from '../canonical-json.ts'
import type { PhoneNumber } from '../phone-number.ts'

/**
 * Everything that an agent is at Retell. The documents are Retell's own and are kept whole: what is not understood is
 * neither dropped nor given a default. Secrets in them stand as placeholders (`sealed-values.ts`).
 */
export interface AgentConfiguration {
  readonly agent: JsonObject
  /** The whole LLM or conversation flow. Undefined: the agent is answered for by a language model of somebody's own. */
  readonly engine: JsonObject | undefined
  /** The numbers that ring this agent, sorted, each once. */
  readonly numbers: readonly PhoneNumber[]
}

/** What answers for an agent, as its `response_engine` names it. Open, for Retell adds kinds. */
export type EngineKind = 'retell-llm' | 'conversation-flow' | 'custom-llm' | (string & {})

/** An engine by its name at Retell. */
export interface EngineReference {
  readonly kind: EngineKind
  /** Undefined: it is not kept at Retell. */
  readonly id: string | undefined
  readonly version: number | undefined
}

/**
 * What Retell says about a document rather than in it; it changes without anybody having changed the agent. Ids of the
 * agent and its engine are among them, so that a copy has the content of its original.
 */
const saidAboutAgent = [
  'agent_id',
  'version',
  'is_published',
  'base_version',
  'assigned_tags',
  'last_modification_timestamp',
  'version_title',
  'version_description',
] as const
const saidAboutEngine = [
  'llm_id',
  'conversation_flow_id',
  'version',
  'is_published',
  'last_modification_timestamp',
] as const

const without = (document: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)))

/** The engine that the agent's document names. */
export const engineOf = (agent: JsonObject): EngineReference | undefined => {
  const named = agent.response_engine
  if (!isObject(named) || typeof named.type !== 'string') return undefined
  const id = named.llm_id ?? named.conversation_flow_id
  return {
    kind: named.type,
    id: typeof id === 'string' ? id : undefined,
    version: typeof named.version === 'number' ? named.version : undefined,
  }
}

/** Only what a person can change: equal contents are the same agent, whatever Retell calls their versions. */
export const contentOf = ({ agent, engine, numbers }: AgentConfiguration): JsonObject => {
  const { response_engine: named, ...rest } = without(agent, saidAboutAgent)
  const engineContent = isObject(named) ? without(named, saidAboutEngine) : named
  return {
    agent: { ...rest, ...(engineContent === undefined ? {} : { response_engine: engineContent }) },
    engine: engine ? without(engine, saidAboutEngine) : null,
    numbers: [...new Set(numbers)].toSorted(),
  }
}

/** Equal for equal contents, in whatever order their names stand. Its digest is the content hash. */
export const contentText = (configuration: AgentConfiguration): string => canonicalJson(contentOf(configuration))

/** A configuration as one document, the way it is shown and exported. Pointers of tools and findings lead into it. */
export const documentOf = ({ agent, engine, numbers }: AgentConfiguration): JsonObject => ({
  agent,
  response_engine: engine ?? null,
  numbers: [...numbers],
})
