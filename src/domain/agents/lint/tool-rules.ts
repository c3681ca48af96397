import type { Json } from '../../canonical-json.ts'
import { type AgentText, textsOf } from '../agent-texts.ts'
import { type AgentTool, isCalled, toolsOf } from '../agent-tools.ts'
import { checkTool } from '../check-tool.ts'
import type { AgentConfiguration } from '../configuration.ts'
import { below, listIn, objectIn, own, textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'
import type { KnownTool, LintContext } from './lint-context.ts'
import { functionsAddress, hostOf, isOurServer, isOurs } from './our-address.ts'

const when = (holds: boolean, finding: LintFinding): readonly LintFinding[] => (holds ? [finding] : [])

/** What is wrong with the tools themselves, whoever uses them. */
export const toolRules = (configuration: AgentConfiguration, context: LintContext): readonly LintFinding[] => {
  const tools = toolsOf(configuration)
  return [
    ...tools.flatMap((tool) => [
      ...checkTool(tool.document).map(
        ({ path, wrong }): LintFinding => ({
          code: 'tool-malformed',
          path: `${tool.path}${path}`,
          tool: named(tool),
          wrong,
        }),
      ),
      ...kindRules(tool),
      ...(tool.kind === 'custom' ? customRules(tool, context) : []),
    ]),
    ...duplicates(tools),
    ...setRules(configuration, tools, context),
    ...liveRules(tools, context),
    ...mentionRules(textsOf(configuration), tools, configuration, context),
  ]
}

const named = ({ name, path }: AgentTool): string => name ?? path

const calcomTools: ReadonlySet<string> = new Set(['check_availability_cal', 'book_appointment_cal'])

const kindRules = (tool: AgentTool): readonly LintFinding[] => {
  if (tool.kind !== undefined && calcomTools.has(tool.kind))
    return [{ code: 'tool-deprecated', path: tool.path, tool: named(tool) }]
  return tool.kind === 'agent_swap' ? swapRule(tool.document, tool.path, named(tool)) : []
}

/** Retell takes the newest version that was created where none is named, and that may be somebody's draft. */
export const swapRule = (swap: Json, path: string, tool: string): readonly LintFinding[] => {
  const version = own(swap, 'agent_version') ?? 'latest'
  const at = own(swap, 'agent_version') === undefined ? path : below(path, 'agent_version')
  return when(version === 'latest' || version === '', { code: 'swap-unpinned', path: at, tool })
}

const customRules = (tool: AgentTool, context: LintContext): readonly LintFinding[] => {
  const url = (textIn(tool.document, 'url') ?? '').trim()
  const path = below(tool.path, 'url')
  if (url === '' || url.startsWith('{{')) return []
  if (isOurServer(url, context.publicUrl)) {
    return isOurs(url, context.publicUrl)
      ? ourToolRules(tool, url, context)
      : [{ code: 'tool-url-path', path, tool: named(tool) }]
  }
  const host = hostOf(url)
  if (host === undefined) return []
  return [
    ...when(!/^https:/i.test(url), { code: 'tool-url-insecure', path, tool: named(tool) }),
    ...when(!context.knownHosts.includes(host), { code: 'tool-url-foreign', path, tool: named(tool), host }),
  ]
}

/** The tool that we answer to this one's name or, with a body of arguments alone, to the end of its address. */
export const knownTool = (tool: AgentTool, context: LintContext): KnownTool | undefined => {
  const url = textIn(tool.document, 'url') ?? ''
  if (tool.kind !== 'custom' || !isOurs(url, context.publicUrl)) return undefined
  const last = url
    .slice(functionsAddress(context.publicUrl).length)
    .replace(/[?#].*$/, '')
    .replace(/^\//, '')
  return context.toolOf(tool.name ?? '') ?? context.toolOf(last)
}

const ourToolRules = (tool: AgentTool, url: string, context: LintContext): readonly LintFinding[] => {
  const known = knownTool(tool, context)
  const path = below(tool.path, 'name')
  if (!known) return [{ code: 'tool-not-ours', path: tool.name === undefined ? tool.path : path, tool: named(tool) }]
  const { document } = tool
  const method = (textIn(document, 'method') ?? 'POST').toUpperCase()
  const properties = Object.keys(objectIn(own(document, 'parameters'), 'properties'))
  const missing = known.required.find((spellings) => !spellings.some((one) => properties.includes(one)))
  return [
    ...when(/^http:/i.test(url) && /^https:/i.test(context.publicUrl), {
      code: 'tool-url-insecure',
      path: below(tool.path, 'url'),
      tool: named(tool),
    }),
    ...when(own(document, 'args_at_root') === true, {
      code: 'tool-without-call',
      path: below(tool.path, 'args_at_root'),
      tool: named(tool),
    }),
    ...when(method === 'GET' || method === 'DELETE', {
      code: 'tool-without-call',
      path: below(tool.path, 'method'),
      tool: named(tool),
    }),
    ...(missing?.[0] === undefined
      ? []
      : [{ code: 'tool-argument-missing', path: tool.path, tool: named(tool), argument: missing[0] } as const]),
    ...when(known.needsBooking && !context.company.company.booking, {
      code: 'tool-without-booking',
      path: tool.path,
      tool: named(tool),
    }),
  ]
}

/** The model knows tools by their names alone. Nodes and states see their own beside those of the agent. */
const duplicates = (tools: readonly AgentTool[]): readonly LintFinding[] => {
  const scopeOf = ({ owner }: AgentTool): string => ('name' in owner ? `${owner.kind} ${owner.name}` : owner.kind)
  const first = new Map<string, AgentTool>()
  return tools.flatMap((tool): readonly LintFinding[] => {
    if (tool.name === undefined || tool.name === '') return []
    const clashes =
      first.has(`${scopeOf(tool)} ${tool.name}`) || (tool.owner.kind !== 'component' && first.has(`agent ${tool.name}`))
    first.set(`${scopeOf(tool)} ${tool.name}`, tool)
    return when(clashes, { code: 'tool-duplicate', path: below(tool.path, 'name'), tool: tool.name })
  })
}

const setRules = (
  { agent, engine }: AgentConfiguration,
  tools: readonly AgentTool[],
  context: LintContext,
): readonly LintFinding[] => {
  if (engine === undefined) return []
  const booking = context.company.company.booking
  const books = tools.some((tool) => tool.kind === 'custom' && knownTool(tool, context)?.makes === 'booked')
  const lostAll = tools.length === 0 && context.live !== undefined && toolsOf(context.live).length > 0
  if (tools.length === 0) return [{ code: lostAll ? 'no-tools-left' : 'no-tools', path: '/response_engine' }]
  return when(booking && !books && Object.keys(agent).length > 0, { code: 'no-booking-tool', path: '/response_engine' })
}

/** What callers can do now and could not do any more. */
const liveRules = (
  tools: readonly AgentTool[],
  { live, confirmedRemovals, publicUrl }: LintContext,
): readonly LintFinding[] => {
  if (!live || tools.length === 0) return []
  const before = new Map(toolsOf(live).map((tool) => [tool.name ?? '', tool] as const))
  const now = new Set(tools.map(({ name }) => name))
  const gone = [...before.keys()].filter((name) => name !== '' && !now.has(name))
  return [
    ...gone.map(
      (tool): LintFinding => ({
        code: confirmedRemovals.includes(tool) ? 'tool-removal-confirmed' : 'tool-removed',
        path: '/response_engine',
        tool,
      }),
    ),
    ...tools.flatMap((tool): readonly LintFinding[] => {
      const old = textIn(before.get(tool.name ?? '')?.document, 'url')
      const url = textIn(tool.document, 'url')
      if (tool.kind !== 'custom' || old === undefined || url === undefined || old === url || isOurs(url, publicUrl))
        return []
      return [{ code: 'tool-url-changed', path: below(tool.path, 'url'), tool: named(tool), host: hostOf(url) ?? url }]
    }),
  ]
}

const snakeWord = /(?<![\w{-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w}])/g
const orders =
  /(?:\b(?:tools?|functions?|funktion(?:en)?|werkzeuge?|call|invoke|rufe?n?|nutzen?|verwenden?|use|execute|trigger)\s+(?:the\s+|die\s+|das\s+)?(?:tools?\s+|functions?\s+|funktion\s+)?)[`'"„“]?$/i
const forbids = /\b(?:nie|niemals|nicht|keine?|never|not|don't|without|ohne)\b[^.!?\n]*$/i

/** Tools that a prompt tells the model to use. A model without them makes something up. */
const mentionRules = (
  texts: readonly AgentText[],
  tools: readonly AgentTool[],
  { engine }: AgentConfiguration,
  { toolOf }: LintContext,
): readonly LintFinding[] => {
  const known = new Set<string | undefined>([
    ...tools.flatMap((tool) => [tool.name, tool.toolId, tool.kind, ...argumentsOf(tool)]),
    ...listIn(engine, 'states').map((state) => textIn(state, 'name')),
    ...listIn(engine, 'nodes').flatMap((node) => [textIn(node, 'name'), textIn(node, 'id'), textIn(node, 'type')]),
  ])
  const ourNames = new Set(tools.map(({ name }) => toolOf(name ?? '')?.name))
  const judge = (text: string, word: string, at: number): LintFinding['code'] | undefined => {
    if (known.has(word)) return undefined
    const ours = toolOf(word)
    const before = text.slice(Math.max(0, at - 80), at)
    if (ours) return ourNames.has(ours.name) || forbids.test(before) ? undefined : 'tool-mentioned'
    return orders.test(before) && !forbids.test(before) ? 'tool-mentioned-unknown' : undefined
  }
  return texts
    .filter(({ kind }) => kind !== 'spoken')
    .flatMap(({ text, path }) => {
      const found = new Map<string, 'tool-mentioned' | 'tool-mentioned-unknown'>()
      for (const { 0: word, index } of text.matchAll(snakeWord)) {
        const code = judge(text, word, index)
        if (code === 'tool-mentioned' || code === 'tool-mentioned-unknown') found.set(word, code)
      }
      return [...found].map(([tool, code]): LintFinding => ({ code, path, tool }))
    })
}

const argumentsOf = ({ document }: AgentTool): readonly string[] => [
  ...Object.keys(objectIn(own(document, 'parameters'), 'properties')),
  ...Object.keys(objectIn(document, 'response_variables')),
]

/** Nodes and their lists of tools that name one which is not there, among the tools they can see. */
export const isThere = (tools: readonly AgentTool[], called: string): AgentTool | undefined =>
  tools.find((tool) => isCalled(tool, called)) ?? tools.find(({ name }) => name === called)
