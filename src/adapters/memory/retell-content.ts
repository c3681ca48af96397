import type {
  NumberAgent,
  RetellVersion,
  VersionReference,
  VoiceNumber,
} from '../../application/ports/voice-accounts.ts'
import { engineOf } from '../../domain/agents/configuration.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'

/** One version of an agent with its engine, without what is said about them. */
export interface KeptVersion extends RetellVersion {
  readonly agent: JsonObject
  readonly engine: JsonObject | undefined
}

/** An agent with all that was ever made of it, oldest first. */
export interface KeptAgent {
  readonly id: string
  /** Of its engine, where that is kept with it. */
  readonly engineId: string | undefined
  readonly versions: readonly KeptVersion[]
}

const idNames: { readonly [kind: string]: string } = {
  'retell-llm': 'llm_id',
  'conversation-flow': 'conversation_flow_id',
}

export const newestOf = ({ versions }: KeptAgent): KeptVersion | undefined =>
  versions.toSorted((one, other) => other.version - one.version)[0]

/** What a reference means now. */
export const meantBy = (agent: KeptAgent, reference: VersionReference): KeptVersion | undefined => {
  if (reference === 'latest') return newestOf(agent)
  if (reference === 'latest_published') {
    return newestOf({ ...agent, versions: agent.versions.filter(({ isPublished }) => isPublished) })
  }
  return agent.versions.find(({ version }) => version === reference)
}

/** The whole document, as Retell shows it. */
export const agentDocument = ({ id, engineId }: KeptAgent, kept: KeptVersion): JsonObject => {
  const { agent, version, isPublished, baseVersion, title, modifiedAt } = kept
  const idName = idNames[engineOf(agent)?.kind ?? '']
  const named = isObject(agent.response_engine) ? agent.response_engine : {}
  return {
    ...agent,
    agent_id: id,
    version,
    is_published: isPublished,
    ...(baseVersion === undefined ? {} : { base_version: baseVersion }),
    ...(title === undefined ? {} : { version_title: title }),
    last_modification_timestamp: modifiedAt ?? 0,
    response_engine: idName && engineId !== undefined ? { ...named, [idName]: engineId, version } : named,
  }
}

export const engineDocument = ({ engineId }: KeptAgent, kept: KeptVersion): JsonObject | undefined => {
  const idName = idNames[engineOf(kept.agent)?.kind ?? '']
  if (!kept.engine || !idName || engineId === undefined) return undefined
  const { version, isPublished, modifiedAt } = kept
  const said = { version, is_published: isPublished, last_modification_timestamp: modifiedAt ?? 0 }
  return { ...kept.engine, ...said, [idName]: engineId }
}

const agentsIn = (list: Json | undefined): readonly NumberAgent[] =>
  (Array.isArray(list) ? list : []).filter(isObject).map(({ agent_id: id, agent_version: version, weight }) => ({
    retellAgentId: String(id),
    version: typeof version === 'number' || typeof version === 'string' ? version : undefined,
    weight: typeof weight === 'number' ? weight : undefined,
  }))

/** What makes a list of bindings none that Retell would take. */
export const bindingFault = (list: Json | undefined): string | undefined => {
  const agents = agentsIn(list)
  const sum = agents.reduce((total, { weight }) => total + (weight ?? 0), 0)
  return agents.length > 0 && Math.abs(sum - 1) > 0.001 ? 'The weights have to add up to 1.' : undefined
}

export const voiceNumber = (number: PhoneNumber, document: JsonObject): VoiceNumber => {
  const { inbound_webhook_url: url } = document
  return {
    number,
    inbound: agentsIn(document.inbound_agents),
    outbound: agentsIn(document.outbound_agents),
    inboundWebhookUrl: typeof url === 'string' ? url : undefined,
    document,
  }
}

/** The tools of an engine, wherever its kind keeps them, are gone. */
export const withoutTools = (engine: JsonObject | undefined): JsonObject | undefined =>
  engine && {
    ...engine,
    ...(engine.general_tools ? { general_tools: [] } : {}),
    ...(engine.tools ? { tools: [] } : {}),
  }
