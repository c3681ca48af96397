import { type AgentText, textsOf } from '../agent-texts.ts'
import { type AgentTool, toolsOf } from '../agent-tools.ts'
import type { AgentConfiguration } from '../configuration.ts'
import { edgesByNode, entrances, type Flow, type FlowNode, flowsOf, reachableFrom } from '../flow-graph.ts'
import { textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'
import type { KnownTool, LintContext } from './lint-context.ts'
import { claimsOf } from './spoken-words.ts'
import { isThere, knownTool } from './tool-rules.ts'

type Done = NonNullable<KnownTool['makes']>

/**
 * Fixed sentences that claim a booking which nobody made yet. In a flow they may stand behind the node of the tool that makes
 * it, on a way that is taken when it did; what a model words itself is held against the facts after the call.
 */
export const successRules = (configuration: AgentConfiguration, context: LintContext): readonly LintFinding[] => {
  const { engine } = configuration
  const flows = engine === undefined ? [] : flowsOf(engine, '/response_engine')
  // What a component says depends on where the flow enters it.
  const early = flows.slice(0, 1).map((flow) => earlyNodes(flow, configuration, context))
  const nodePaths = new Set(flows.flatMap(({ nodes }) => nodes.map(({ path }) => path)))
  return textsOf(configuration)
    .filter(({ kind, of }) => kind === 'spoken' || (of !== undefined && !nodePaths.has(of)))
    .filter(({ kind }) => kind !== 'condition')
    .flatMap((text) => claimRules(text, (done) => isEarly(text, done, nodePaths, early)))
}

const isEarly = (
  { of }: AgentText,
  done: Done,
  nodePaths: ReadonlySet<string>,
  early: readonly ((done: Done) => ReadonlySet<string>)[],
): boolean => of === undefined || !nodePaths.has(of) || early.some((paths) => paths(done).has(of))

const claimRules = ({ text, path }: AgentText, early: (done: Done) => boolean): readonly LintFinding[] =>
  claimsOf(text)
    .filter(({ claim }) => early(claim))
    .slice(0, 1)
    .map(({ sentence }): LintFinding => ({ code: 'success-early', path, text: sentence.slice(0, 120) }))

/** The paths of nodes that a conversation can reach without the tool having done it. */
const earlyNodes = (
  flow: Flow,
  configuration: AgentConfiguration,
  context: LintContext,
): ((done: Done) => ReadonlySet<string>) => {
  const tools = toolsOf(configuration)
  const leaving = edgesByNode(flow)
  const of = new Map<Done, ReadonlySet<string>>()
  return (done) => {
    const known = of.get(done)
    if (known) return known
    const doing = new Set(flow.nodes.filter((node) => does(node, done, tools, context)).map(({ id }) => id))
    const reached = reachableFrom(flow, entrances(flow), (edge) => {
      if (!doing.has(edge.from)) return true
      const hasOthers = (leaving.get(edge.from) ?? []).some((one) => one.kind === 'edge' && one.to !== undefined)
      return edge.kind === 'failed' || (edge.kind === 'else' && hasOthers)
    })
    const paths = new Set(flow.nodes.filter(({ id }) => reached.has(id)).map(({ path }) => path))
    of.set(done, paths)
    return paths
  }
}

const does = (node: FlowNode, done: Done, tools: readonly AgentTool[], context: LintContext): boolean => {
  if (node.kind === 'subagent') return true
  if (node.kind === 'component' || node.kind === 'mcp' || node.kind === 'code') return true
  if (node.kind !== 'function') return false
  const called = textIn(node.document, 'tool_id') ?? ''
  const tool = isThere(tools, called)
  const ours = tool && knownTool(tool, context)
  if (ours) return ours.makes === done
  return foreign[done].test(tool?.name ?? called)
}

/** What tools of others that do this are called. */
const foreign: { readonly [Kind in Done]: RegExp } = {
  booked: /book|buch|reserv|schedul|collect/i,
  moved: /resched|move|umbuch|versch|verleg/i,
  cancelled: /cancel|storn|absag/i,
}
