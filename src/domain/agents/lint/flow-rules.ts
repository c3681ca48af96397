import { toolsOf } from '../agent-tools.ts'
import type { AgentConfiguration } from '../configuration.ts'
import {
  edgesByNode,
  entrances,
  type Flow,
  type FlowEdge,
  type FlowNode,
  flowsOf,
  isLast,
  loopsOf,
  reachableFrom,
  waits,
} from '../flow-graph.ts'
import { below, listIn, objectIn, own, textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'
import { isToldToBeSilent } from './spoken-words.ts'
import { isThere, swapRule } from './tool-rules.ts'

/** Where a conversation that follows these nodes would get stuck, go round in circles or never arrive. */
export const flowRules = (configuration: AgentConfiguration): readonly LintFinding[] => {
  const { engine } = configuration
  if (engine === undefined) return []
  const [main, ...components] = flowsOf(engine, '/response_engine')
  const isOne = Object.hasOwn(engine, 'nodes') || Object.hasOwn(engine, 'conversation_flow_id')
  return [
    ...(main && isOne ? [...graphRules(main), ...endRule(main)] : []),
    ...components.flatMap((component) => graphRules(component)),
    ...[...(main && isOne ? [main] : []), ...components].flatMap((flow) => nodeRules(flow, configuration)),
  ]
}

const graphRules = (flow: Flow): readonly LintFinding[] => {
  const { nodes, path, start } = flow
  if (nodes.length === 0) return [{ code: 'flow-empty', path }]
  const ids = new Set(nodes.map(({ id }) => id))
  const hasStart = start !== undefined && ids.has(start)
  return [
    ...(hasStart
      ? unreachable(flow)
      : [{ code: 'flow-start-missing', path: start === undefined ? path : below(path, 'start_node_id') } as const]),
    ...duplicates(nodes),
    ...brokenEdges(flow, ids),
    ...deadEnds(flow),
    ...silentLoops(flow),
  ]
}

const unreachable = (flow: Flow): readonly LintFinding[] => {
  const reached = reachableFrom(flow, entrances(flow))
  return flow.nodes
    .filter(({ id }) => !reached.has(id))
    .map(({ kind, name, path }) => ({
      code: kind === 'function' ? 'tool-node-unreachable' : 'node-unreachable',
      path,
      node: name,
    }))
}

const duplicates = (nodes: readonly FlowNode[]): readonly LintFinding[] => {
  const seen = new Set<string>()
  return nodes.flatMap(({ id, path }): readonly LintFinding[] => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [{ code: 'node-duplicate', path: below(path, 'id'), node: id }] : []
  })
}

const nameOf = ({ nodes }: Flow, id: string): string => nodes.find((node) => node.id === id)?.name ?? id

const brokenEdges = (flow: Flow, ids: ReadonlySet<string>): readonly LintFinding[] =>
  flow.edges.flatMap(({ from, to, path }): readonly LintFinding[] => {
    if (to === undefined) return [{ code: 'edge-open', path, node: nameOf(flow, from) }]
    if (ids.has(to)) return []
    return [{ code: 'edge-unknown-node', path: below(path, 'destination_node_id'), node: nameOf(flow, from), to }]
  })

/** A node that listens can still be left for one that is entered from everywhere. */
const deadEnds = (flow: Flow): readonly LintFinding[] => {
  const leaving = edgesByNode(flow)
  const isEscapable = flow.nodes.some(({ isGlobal }) => isGlobal)
  return flow.nodes.flatMap((node): readonly LintFinding[] => {
    const edges = leaving.get(node.id) ?? []
    const goesBack = listIn(own(node.document, 'global_node_setting'), 'go_back_conditions').length > 0
    if (isLast(node) || goesBack || edges.some(({ to }) => to !== undefined)) return []
    const listens = waits(node, edges)
    return [{ code: isEscapable && listens ? 'dead-end-escapable' : 'dead-end', path: node.path, node: node.name }]
  })
}

/** Circles in which nobody listens to the caller. A comparison that leads out can become true; a model asked the same again rarely says otherwise. */
const silentLoops = (flow: Flow): readonly LintFinding[] => {
  const leaving = edgesByNode(flow)
  const nodes = new Map(flow.nodes.map((node) => [node.id, node] as const))
  const goesOnAlone = ({ from, kind }: FlowEdge): boolean => {
    const node = nodes.get(from)
    return node !== undefined && !isLast(node) && (kind === 'skip-response' || !waits(node, leaving.get(from) ?? []))
  }
  return loopsOf(flow, goesOnAlone).flatMap((loop): readonly LintFinding[] => {
    const [first] = flow.nodes.filter(({ id }) => loop.includes(id))
    if (!first) return []
    const out = loop
      .flatMap((id) => leaving.get(id) ?? [])
      .filter(({ to }) => to !== undefined && nodes.has(to) && !loop.includes(to))
    const isGuarded = out.some(({ condition }) => condition === 'equation')
    return [
      {
        code: isGuarded ? 'silent-loop-guarded' : 'silent-loop',
        path: first.path,
        nodes: flow.nodes.filter(({ id }) => loop.includes(id)).map(({ name }) => name),
      },
    ]
  })
}

/** Somebody has to hang up. */
const endRule = (flow: Flow): readonly LintFinding[] => {
  const reached = reachableFrom(flow, entrances(flow))
  const last = flow.nodes.some((node) => reached.has(node.id) && isLast(node))
  return last || flow.nodes.length === 0 ? [] : [{ code: 'no-way-out', path: flow.path }]
}

const nodeRules = (flow: Flow, configuration: AgentConfiguration): readonly LintFinding[] => {
  const leaving = edgesByNode(flow)
  const tools = toolsOf(configuration)
  return flow.nodes.flatMap((node): readonly LintFinding[] => {
    const { document, path, kind, name } = node
    const edges = leaving.get(node.id) ?? []
    const instruction = textIn(own(document, 'instruction'), 'text') ?? ''
    const isPrompt = textIn(own(document, 'instruction'), 'type') !== 'static_text'
    const judged = edges.filter(({ condition, kind: way }) => condition === 'prompt' && way === 'edge')
    return [
      ...(kind === 'function' ? functionRules(node, edges, configuration) : []),
      ...(kind === 'agent_swap' ? swapRule(document, path, name) : []),
      ...listIn(document, 'tool_ids').flatMap((called, index): readonly LintFinding[] =>
        typeof called !== 'string' || isThere(tools, called)
          ? []
          : [{ code: 'tool-unknown', path: below(path, 'tool_ids', index), tool: called }],
      ),
      ...(kind === 'conversation' && isPrompt && isToldToBeSilent(instruction)
        ? [{ code: 'silent-node', path, node: name } as const]
        : []),
      ...(!waits(node, []) && judged.length > 1
        ? [{ code: 'prompt-edges', path, node: name, edges: judged.length } as const]
        : []),
    ]
  })
}

const functionRules = (
  { document, path, name }: FlowNode,
  edges: readonly FlowEdge[],
  configuration: AgentConfiguration,
): readonly LintFinding[] => {
  const called = textIn(document, 'tool_id') ?? ''
  const at = called === '' && textIn(document, 'tool_id') === undefined ? path : below(path, 'tool_id')
  // A shared tool is kept elsewhere in the account, where nobody here can look.
  if (textIn(document, 'tool_type') === 'shared') return []
  const tool = isThere(toolsOf(configuration), called)
  if (!tool) return [{ code: 'tool-unknown', path: at, tool: called }]
  const isUsed =
    Object.keys(objectIn(tool.document, 'response_variables')).length > 0 ||
    edges.filter(({ to }) => to !== undefined).length > 1 ||
    edges.some(({ condition }) => condition === 'equation')
  return own(document, 'wait_for_result') === false && isUsed
    ? [{ code: 'result-not-awaited', path: below(path, 'wait_for_result'), node: name, tool: tool.name ?? called }]
    : []
}
