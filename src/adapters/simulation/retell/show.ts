import { isObject, type Json, type JsonObject } from '../../../domain/canonical-json.ts'
import { type AgentEntry, type EngineEntry, type EngineName, modifiedAt, type VersionEntry } from './store.ts'

export const idNames: { readonly [Kind in EngineName]: string } = {
  'retell-llm': 'llm_id',
  'conversation-flow': 'conversation_flow_id',
}

export const isEngineName = (kind: unknown): kind is EngineName => kind === 'retell-llm' || kind === 'conversation-flow'

/** The engine that a document names, if it is kept at Retell. */
export const engineNamed = (
  named: Json | undefined,
): { readonly kind: EngineName; readonly id: string; readonly version: Json | undefined } | undefined => {
  if (!isObject(named) || !isEngineName(named.type)) return undefined
  const id = named[idNames[named.type]]
  return typeof id === 'string' ? { kind: named.type, id, version: named.version } : undefined
}

/** AgentResponse: the engine's version is always the agent's. */
export const showAgent = ({ id, tags }: AgentEntry, version: VersionEntry): JsonObject => {
  const { document, base, title, description } = version
  const assigned = Object.keys(tags).filter((tag) => tags[tag] === version.version)
  const engine = engineNamed(document.response_engine)
  return {
    ...document,
    agent_id: id,
    version: version.version,
    is_published: version.isPublished,
    ...(base === undefined ? {} : { base_version: base }),
    ...(title === undefined ? {} : { version_title: title }),
    ...(description === undefined ? {} : { version_description: description }),
    ...(assigned.length > 0 ? { assigned_tags: assigned } : {}),
    ...(engine && isObject(document.response_engine)
      ? { response_engine: { ...document.response_engine, version: version.version } }
      : {}),
    last_modification_timestamp: version.modifiedAt,
  }
}

/** An item of list-agents: nothing of its configuration and no versions. */
export const showListing = (agent: AgentEntry): JsonObject => ({
  agent_id: agent.id,
  agent_name: agent.versions.at(-1)?.document.agent_name ?? null,
  channel: agent.channel,
  tags: Object.fromEntries(Object.entries(agent.tags).map(([tag, version]) => [tag, { version }])),
  user_modified_timestamp: modifiedAt(agent),
})

export const showVersion = ({
  version,
  isPublished,
  base,
  title,
  description,
  modifiedAt: at,
}: VersionEntry): JsonObject => ({
  version,
  is_published: isPublished,
  ...(base === undefined ? {} : { base_version: base }),
  ...(title === undefined ? {} : { version_title: title }),
  ...(description === undefined ? {} : { version_description: description }),
  last_modification_timestamp: at,
})

/** A flow does not say whether it is published. */
export const showEngine = ({ id, kind }: EngineEntry, version: VersionEntry): JsonObject => ({
  ...version.document,
  [idNames[kind]]: id,
  version: version.version,
  ...(kind === 'retell-llm' ? { is_published: version.isPublished } : {}),
  last_modification_timestamp: version.modifiedAt,
})

/** An item of list-calls has nothing of what was said. */
export const showListedCall = (call: JsonObject): JsonObject => {
  const {
    transcript: _,
    transcript_object: __,
    transcript_with_tool_calls: ___,
    scrubbed_transcript_with_tool_calls: ____,
    ...rest
  } = call
  return rest
}
