import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { sameJson } from './same-json.ts'

/** The lists of a number at Retell that name agents, each with the version and the share of calls. */
const listNames = ['inbound_agents', 'outbound_agents', 'inbound_sms_agents', 'outbound_sms_agents'] as const
const webhookName = 'inbound_webhook_url'

const listIn = (document: JsonObject, name: string): readonly Json[] => {
  const list = document[name]
  return Array.isArray(list) ? list : []
}

const isOf = (entry: Json, agent: string): entry is JsonObject => isObject(entry) && entry.agent_id === agent

const wanted = (document: JsonObject, agent: string, version: number, webhookUrl: string): JsonObject => {
  const pinned = (name: string): readonly Json[] =>
    listIn(document, name).map((entry) => (isOf(entry, agent) ? { ...entry, agent_version: version } : entry))
  const lists = Object.fromEntries(listNames.map((name) => [name, pinned(name)]))
  const rings = listIn(document, 'inbound_agents').some((entry) => isOf(entry, agent))
  const inbound = rings ? {} : { inbound_agents: [{ agent_id: agent, agent_version: version, weight: 1 }] }
  return { ...lists, ...inbound, [webhookName]: webhookUrl }
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean => sameJson(one ?? [], other ?? [])

/**
 * What of a number has to change so that it rings this version of the agent, and tells us of its calls: wherever the agent
 * stands the version is new, and its share and all other agents stay. A number that does not ring it rings it alone.
 */
export const pinning = (document: JsonObject, agent: string, version: number, webhookUrl: string): JsonObject =>
  Object.fromEntries(
    Object.entries(wanted(document, agent, version, webhookUrl)).filter(
      ([name, value]) => !isSame(document[name], value),
    ),
  )

/** The other agents that a number rings and will ring no more once it is pinned. */
export const displacedBy = (document: JsonObject, agent: string): readonly string[] => {
  const inbound = listIn(document, 'inbound_agents')
  if (inbound.some((entry) => isOf(entry, agent))) return []
  return inbound.flatMap((entry) => (isObject(entry) && typeof entry.agent_id === 'string' ? [entry.agent_id] : []))
}

/** Only what pinning may change: what a number goes back to. */
export const bindingOf = (document: JsonObject): JsonObject =>
  Object.fromEntries([...listNames, webhookName].map((name) => [name, document[name] ?? null]))

/** What has to be sent so that a number is bound as it was. */
export const rebinding = (document: JsonObject, before: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(bindingOf(document)).flatMap(([name, now]) =>
      isSame(now, before[name]) ? [] : [[name, before[name] ?? null]],
    ),
  )

/** Does the number name this version of the agent anywhere? */
export const names = (document: JsonObject, agent: string, version: number): boolean =>
  listNames.some((list) =>
    listIn(document, list).some((entry) => isOf(entry, agent) && entry.agent_version === version),
  )
