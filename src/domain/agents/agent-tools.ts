import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import type { AgentConfiguration } from './configuration.ts'
import { below, listIn, objectsIn, own, textIn } from './json-places.ts'

/** Who may use a tool: the whole agent, one of its states, nodes or components, or what runs before and after a call. */
export type ToolOwner =
  | { readonly kind: 'agent' | 'before-calls' | 'after-calls' }
  | { readonly kind: 'state' | 'node' | 'component'; readonly name: string }

/** A tool in an agent's configuration. */
export interface AgentTool {
  /** A pointer into the configuration's document. */
  readonly path: string
  readonly owner: ToolOwner
  readonly name: string | undefined
  /** What nodes of a flow name it by. */
  readonly toolId: string | undefined
  /** `custom`, `end_call`, ...; open, for Retell adds kinds. */
  readonly kind: string | undefined
  readonly document: JsonObject
}

/** A place where a configuration keeps tools. */
export interface ToolPlace {
  /** A pointer into the configuration's document. The list may be missing there. */
  readonly path: string
  readonly owner: ToolOwner
}

const engineAt = '/response_engine'

/** Is it a conversation flow? What has neither nodes nor the names of one is a language model. */
export const isFlow = (engine: JsonObject): boolean =>
  Object.hasOwn(engine, 'nodes') ||
  Object.hasOwn(engine, 'conversation_flow_id') ||
  Object.hasOwn(engine, 'start_node_id')

/** Every place in which this configuration has tools or could have them. */
export const toolPlaces = ({ agent, engine }: AgentConfiguration): readonly ToolPlace[] => [
  ...(engine === undefined ? [] : [...ownPlaces(engine), ...statePlaces(engine), ...flowPlaces(engine)]),
  ...(['pre_session_tools', 'post_session_tools'] as const)
    .filter((name) => Object.hasOwn(agent, name))
    .map((name) => ({
      path: below('/agent', name),
      owner: { kind: name === 'pre_session_tools' ? 'before-calls' : 'after-calls' } as const,
    })),
]

const ownPlaces = (engine: JsonObject): readonly ToolPlace[] => {
  const usual = isFlow(engine) ? 'tools' : 'general_tools'
  const other = usual === 'tools' ? 'general_tools' : 'tools'
  return [usual, ...(Object.hasOwn(engine, other) ? [other] : [])].map((name) => ({
    path: below(engineAt, name),
    owner: { kind: 'agent' },
  }))
}

const statePlaces = (engine: JsonObject): readonly ToolPlace[] =>
  objectsIn(engine, 'states', engineAt).map(({ path, value }) => ({
    path: below(path, 'tools'),
    owner: { kind: 'state', name: textIn(value, 'name') ?? '' },
  }))

const flowPlaces = (flow: JsonObject): readonly ToolPlace[] => [
  ...nodePlaces(flow, engineAt),
  ...objectsIn(flow, 'components', engineAt).flatMap(({ path, value }) => [
    { path: below(path, 'tools'), owner: { kind: 'component', name: textIn(value, 'name') ?? '' } as const },
    ...nodePlaces(value, path),
  ]),
]

const nodePlaces = (flow: JsonObject, at: string): readonly ToolPlace[] =>
  objectsIn(flow, 'nodes', at)
    .filter(({ value }) => textIn(value, 'type') === 'subagent' || Object.hasOwn(value, 'tools'))
    .map(({ path, value }) => ({
      path: below(path, 'tools'),
      owner: { kind: 'node', name: textIn(value, 'name') ?? textIn(value, 'id') ?? '' },
    }))

/** Every tool of a configuration, wherever it stands, in the order of its document. What is no object is passed over. */
export const toolsOf = (configuration: AgentConfiguration): readonly AgentTool[] =>
  toolPlaces(configuration).flatMap(({ path, owner }) =>
    membersAt(configuration, path).flatMap((document, index) =>
      isObject(document) ? [agentTool(document, below(path, index), owner)] : [],
    ),
  )

const agentTool = (document: JsonObject, path: string, owner: ToolOwner): AgentTool => ({
  path,
  owner,
  name: textIn(document, 'name'),
  toolId: textIn(document, 'tool_id'),
  kind: textIn(document, 'type'),
  document,
})

const membersAt = ({ agent, engine }: AgentConfiguration, path: string): readonly Json[] => {
  const [, part = '', ...names] = path.split('/')
  const root: Json | undefined = part === 'agent' ? agent : engine
  const list = names.slice(0, -1).reduce<Json | undefined>(own, root)
  return listIn(list, names.at(-1) ?? '')
}

/** Does a node or a state of a configuration mean this tool by the name it uses? */
export const isCalled = ({ toolId, name }: AgentTool, called: string): boolean =>
  toolId === undefined ? name === called : toolId === called
