import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { toolsOf } from './agent-tools.ts'
import { type AgentConfiguration, documentOf } from './configuration.ts'
import { flowsOf } from './flow-graph.ts'
import { below, objectsIn, own, textIn } from './json-places.ts'

/** A text of a configuration, and what becomes of it. */
export interface AgentText {
  /** A pointer into the configuration's document. */
  readonly path: string
  readonly text: string
  /** `spoken`: callers hear it word for word. `prompt`: the model reads it as its orders. `condition`: the model judges by it. */
  readonly kind: 'spoken' | 'prompt' | 'condition'
  /** Of the node or tool that it belongs to: their path. */
  readonly of: string | undefined
}

type Found = readonly AgentText[]

const engineAt = '/response_engine'

/** Every text of a configuration that says what the agent says or does, in the order of its document. */
export const textsOf = (configuration: AgentConfiguration): Found => {
  const { agent, engine } = configuration
  return [
    ...voicemailTexts(agent),
    ...(engine === undefined ? [] : [...promptTexts(engine), ...nodeTexts(engine)]),
    ...toolsOf(configuration).flatMap(({ document, path }) => toolTexts(document, path)),
  ]
}

const textAt = (holder: Json | undefined, name: string, path: string, kind: AgentText['kind'], of?: string): Found => {
  const text = textIn(holder, name)
  return text === undefined ? [] : [{ path: below(path, name), text, kind, of }]
}

const voicemailTexts = (agent: JsonObject): Found => {
  const action = own(own(agent, 'voicemail_option'), 'action')
  const kind = textIn(action, 'type') === 'static_text' ? 'spoken' : 'prompt'
  return [
    ...textAt(action, 'text', '/agent/voicemail_option/action', kind),
    ...textAt(agent, 'voicemail_message', '/agent', 'spoken'),
  ]
}

const promptTexts = (engine: JsonObject): Found => [
  ...textAt(engine, 'begin_message', engineAt, 'spoken'),
  ...textAt(engine, 'general_prompt', engineAt, 'prompt'),
  ...textAt(engine, 'global_prompt', engineAt, 'prompt'),
  ...objectsIn(engine, 'states', engineAt).flatMap(({ path, value }) => [
    ...textAt(value, 'state_prompt', path, 'prompt'),
    ...objectsIn(value, 'edges', path).flatMap((edge) => textAt(edge.value, 'description', edge.path, 'condition')),
  ]),
]

const nodeTexts = (engine: JsonObject): Found =>
  flowsOf(engine, engineAt).flatMap(({ nodes, edges }) => [
    ...nodes.flatMap(({ document, path }) => [
      ...instructionTexts(document, path),
      ...textAt(
        own(document, 'global_node_setting'),
        'condition',
        below(path, 'global_node_setting'),
        'condition',
        path,
      ),
    ]),
    ...edges.flatMap(({ document, path }) =>
      textAt(own(document, 'transition_condition'), 'prompt', below(path, 'transition_condition'), 'condition'),
    ),
  ])

const instructionTexts = (node: JsonObject, path: string): Found => {
  const instruction = own(node, 'instruction')
  if (typeof instruction === 'string')
    return [{ path: below(path, 'instruction'), text: instruction, kind: 'prompt', of: path }]
  return textAt(
    instruction,
    'text',
    below(path, 'instruction'),
    textIn(instruction, 'type') === 'static_text' ? 'spoken' : 'prompt',
    path,
  )
}

const toolTexts = (tool: JsonObject, path: string): Found =>
  textAt(
    tool,
    'execution_message_description',
    path,
    textIn(tool, 'execution_message_type') === 'static_text' ? 'spoken' : 'prompt',
    path,
  )

/** Every text anywhere in a configuration, whatever it is for. */
export const allTexts = (
  configuration: AgentConfiguration,
): readonly { readonly path: string; readonly text: string }[] => textsBelow(documentOf(configuration), '')

const textsBelow = (value: Json, path: string): readonly { readonly path: string; readonly text: string }[] => {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((one, index) => textsBelow(one, below(path, index)))
  return isObject(value) ? Object.entries(value).flatMap(([name, one]) => textsBelow(one, below(path, name))) : []
}
