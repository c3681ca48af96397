import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { below, objectsIn, own, textIn } from './json-places.ts'

/** A step of a conversation flow. */
export interface FlowNode {
  readonly id: string
  /** `conversation`, `function`, `branch`, `end`, ...; open, for Retell adds kinds. */
  readonly kind: string
  /** What people call it, else its id. */
  readonly name: string
  /** Can it be entered from everywhere? */
  readonly isGlobal: boolean
  readonly path: string
  readonly document: JsonObject
}

/** How a conversation gets from one node to another. */
export interface FlowEdge {
  readonly from: string
  /** Undefined: it leads nowhere yet. */
  readonly to: string | undefined
  /** `skip-response`: without waiting for the caller. `always`: whatever the caller said. `failed`: what was tried did not work. */
  readonly kind: 'edge' | 'else' | 'skip-response' | 'always' | 'success' | 'failed'
  /** `prompt`: the model judges. `equation`: variables are compared. */
  readonly condition: 'prompt' | 'equation' | 'none'
  readonly path: string
  readonly document: JsonObject
}

/** A conversation flow, or a component of one. */
export interface Flow {
  /** Of the node that everything begins with, if it is named. */
  readonly start: string | undefined
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly path: string
}

/** The flow of an engine's document, then its components. Whatever has another shape than expected is passed over. */
export const flowsOf = (engine: JsonObject, path: string): readonly Flow[] => [
  readFlow(engine, path),
  ...objectsIn(engine, 'components', path).map((component) => readFlow(component.value, component.path)),
]

const readFlow = (document: JsonObject, path: string): Flow => {
  const nodes = objectsIn(document, 'nodes', path).flatMap((placed) => readNode(placed.value, placed.path))
  return { start: textIn(document, 'start_node_id'), nodes, edges: nodes.flatMap(edgesOf), path }
}

const readNode = (document: JsonObject, path: string): readonly FlowNode[] => {
  const id = textIn(document, 'id')
  if (id === undefined) return []
  return [
    {
      id,
      kind: textIn(document, 'type') ?? '',
      name: textIn(document, 'name') ?? id,
      isGlobal: isObject(own(document, 'global_node_setting')),
      path,
      document,
    },
  ]
}

/** Nodes without `edges` have one `edge`, taken when what they do did not work. */
const kinds: { readonly [name: string]: FlowEdge['kind'] } = {
  edges: 'edge',
  edge: 'failed',
  else_edge: 'else',
  skip_response_edge: 'skip-response',
  always_edge: 'always',
  success_edge: 'success',
  failed_edge: 'failed',
}

/** Every edge of a node, under any name that ends in `edge` or `edges`. */
const edgesOf = ({ id, path, document }: FlowNode): readonly FlowEdge[] =>
  Object.entries(document).flatMap(([name, value]) => {
    const kind = own(kinds, name)
    if (!/(^|_)edges?$/.test(name)) return []
    const found: readonly (readonly [string, Json])[] = Array.isArray(value)
      ? value.map((one, index) => [below(path, name, index), one] as const)
      : [[below(path, name), value]]
    return found.flatMap(([at, edge]) => (isObject(edge) ? [readEdge(id, isKind(kind) ? kind : 'edge', edge, at)] : []))
  })

const isKind = (kind: Json | undefined): kind is FlowEdge['kind'] => typeof kind === 'string'

const readEdge = (from: string, kind: FlowEdge['kind'], document: JsonObject, path: string): FlowEdge => {
  const to = textIn(document, 'destination_node_id')
  const condition = textIn(own(document, 'transition_condition'), 'type')
  return {
    from,
    to: to === '' ? undefined : to,
    kind,
    condition: condition === 'prompt' || condition === 'equation' ? condition : 'none',
    path,
    document,
  }
}

/** Nodes that listen to the caller before anything goes on. What is not known is taken to. */
const silentKinds: ReadonlySet<string> = new Set([
  'function',
  'code',
  'branch',
  'extract_dynamic_variables',
  'sms',
  'mcp',
  'press_digit',
])

/** Does the conversation wait for the caller in this node, whatever edge it leaves by? */
export const waits = ({ kind }: FlowNode, edges: readonly FlowEdge[]): boolean =>
  !silentKinds.has(kind) && !edges.some((edge) => edge.kind === 'skip-response' && edge.to !== undefined)

/** Nodes after which there is nothing. */
const lastKinds: ReadonlySet<string> = new Set([
  'end',
  'bridge_transfer',
  'cancel_transfer',
  'transfer_call',
  'agent_swap',
])

/** Can the conversation end here, by hanging up or by going to somebody else? */
export const isLast = ({ kind, document }: FlowNode): boolean =>
  lastKinds.has(kind) ||
  objectsIn(document, 'tools', '').some(({ value }) => lastTools.has(textIn(value, 'type') ?? ''))

const lastTools: ReadonlySet<string> = new Set(['end_call', 'transfer_call', 'agent_swap', 'bridge_transfer'])

/** The edges by the node that they leave. */
export const edgesByNode = ({ edges }: Flow): ReadonlyMap<string, readonly FlowEdge[]> => {
  const leaving = new Map<string, FlowEdge[]>()
  for (const edge of edges) {
    const known = leaving.get(edge.from)
    if (known) known.push(edge)
    else leaving.set(edge.from, [edge])
  }
  return leaving
}

/** Every node that edges lead to from these, which are among them as far as they exist. */
export const reachableFrom = (
  flow: Flow,
  from: readonly string[],
  follows: (edge: FlowEdge) => boolean = () => true,
): ReadonlySet<string> => {
  const known = new Set(flow.nodes.map(({ id }) => id))
  const leaving = edgesByNode(flow)
  const reached = new Set<string>()
  const open = [...from]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next) || !known.has(next)) continue
    reached.add(next)
    for (const edge of leaving.get(next) ?? []) if (edge.to !== undefined && follows(edge)) open.push(edge.to)
  }
  return reached
}

/** Where a flow begins, and every node that can be entered from everywhere. */
export const entrances = ({ start, nodes }: Flow): readonly string[] => [
  ...(start === undefined ? [] : [start]),
  ...nodes.filter(({ isGlobal }) => isGlobal).map(({ id }) => id),
]

/** Groups of nodes that lead back to each other along edges that are followed; a node alone only if it leads to itself. */
export const loopsOf = (flow: Flow, follows: (edge: FlowEdge) => boolean): readonly (readonly string[])[] => {
  const next = new Map([...new Set(flow.nodes.map(({ id }) => id))].map((id) => [id, new Set<string>()] as const))
  for (const edge of flow.edges)
    if (edge.to !== undefined && next.has(edge.to) && follows(edge)) next.get(edge.from)?.add(edge.to)
  return components(next).filter(([first = '', ...others]) => others.length > 0 || next.get(first)?.has(first))
}

/** Tarjan's strongly connected components, without recursion. */
const components = (next: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] => {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const found: (readonly string[])[] = []
  const least = (id: string, value: number) => low.set(id, Math.min(low.get(id) ?? value, value))

  for (const root of next.keys()) {
    if (index.has(root)) continue
    const work: { readonly id: string; readonly rest: Iterator<string> }[] = []
    const enter = (id: string) => {
      index.set(id, index.size)
      low.set(id, index.size - 1)
      stack.push(id)
      onStack.add(id)
      work.push({ id, rest: (next.get(id) ?? new Set<string>()).values() })
    }
    enter(root)
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const step = top.rest.next()
      if (!step.done) {
        if (!index.has(step.value)) enter(step.value)
        else if (onStack.has(step.value)) least(top.id, index.get(step.value) ?? 0)
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above) least(above.id, low.get(top.id) ?? 0)
      if (low.get(top.id) === index.get(top.id)) {
        const group = stack.splice(stack.lastIndexOf(top.id))
        for (const id of group) onStack.delete(id)
        found.push(group)
      }
    }
  }
  return found
}
