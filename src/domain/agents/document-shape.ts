/** A kind of thing that an agent is made of, in the order in which a person reads of them. */
export const sectionNames = [
  'prompts',
  'tools',
  'states',
  'nodes',
  'edges',
  'components',
  'mcps',
  'analysis',
  'engine',
  'agent',
  'numbers',
] as const
export type SectionName = (typeof sectionNames)[number]

interface ThingList {
  readonly section: SectionName
  readonly item: DocumentShape
}

/**
 * What is known of a document: which of its fields are lists of things with names, which are texts to be read by
 * sentence, and which are maps whose entries stand for themselves. Every other field is one value.
 */
export interface DocumentShape {
  readonly lists: ReadonlyMap<string, ThingList>
  readonly texts: ReadonlySet<string>
  readonly maps: ReadonlySet<string>
  /** Objects that are a stretch of the document rather than a value of it. */
  readonly parts: ReadonlyMap<string, DocumentShape>
}

const shape = (known: {
  readonly lists?: { readonly [name: string]: ThingList }
  readonly texts?: readonly string[]
  readonly maps?: readonly string[]
  readonly parts?: { readonly [name: string]: DocumentShape }
}): DocumentShape => ({
  lists: new Map(Object.entries(known.lists ?? {})),
  texts: new Set(known.texts),
  maps: new Set(known.maps),
  parts: new Map(Object.entries(known.parts ?? {})),
})

const plain = shape({})
const tool = shape({ maps: ['headers', 'query_params', 'response_variables', 'parameter_mapping'] })
const tools: ThingList = { section: 'tools', item: tool }
const edges: ThingList = { section: 'edges', item: plain }
const mcps: ThingList = { section: 'mcps', item: tool }

const state = shape({ lists: { tools, edges }, texts: ['state_prompt'] })
const node = shape({
  lists: { tools, edges },
  maps: ['parameter_mapping'],
  parts: { instruction: shape({ texts: ['text'] }) },
})
const nodes: ThingList = { section: 'nodes', item: node }
const component = shape({ lists: { nodes, tools, mcps } })

/** A language model or a conversation flow: what the one has the other has not. */
export const engineShape: DocumentShape = shape({
  lists: {
    general_tools: tools,
    tools,
    states: { section: 'states', item: state },
    nodes,
    components: { section: 'components', item: component },
    mcps,
  },
  texts: ['general_prompt', 'global_prompt', 'begin_message'],
  maps: ['default_dynamic_variables'],
})

export const agentShape: DocumentShape = shape({
  lists: {
    post_call_analysis_data: { section: 'analysis', item: plain },
    pronunciation_dictionary: { section: 'agent', item: plain },
    pre_session_tools: tools,
    post_session_tools: tools,
  },
})
