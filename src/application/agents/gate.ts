import { toolsOf } from '../../domain/agents/agent-tools.ts'
import { type AgentConfiguration, documentOf } from '../../domain/agents/configuration.ts'
import { placeholders } from '../../domain/agents/find-secret.ts'
import { inboundVariables } from '../../domain/agents/known-variables.ts'
import { blocks } from '../../domain/agents/lint/finding.ts'
import { lintConfiguration } from '../../domain/agents/lint/lint.ts'
import type { KnownTool } from '../../domain/agents/lint/lint-context.ts'
import { isOurServer } from '../../domain/agents/lint/our-address.ts'
import { sealedIds } from '../../domain/agents/sealed-values.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { findTool, type ToolName } from '../tools/registry.ts'
import { currentVersion } from './current-version.ts'
import type { AskedFinding, GateFinding } from './gate-finding.ts'
import { rehearse } from './rehearse.ts'

export interface GateSettings {
  readonly publicUrl: string
  /** Hosts of other people's functions that are known and meant. */
  readonly knownHosts?: readonly string[]
}

export interface GateRequest {
  /** Ours. Undefined: the draft, else what is live. */
  readonly version?: number | undefined
  /** Tools of the live version that somebody said may go. */
  readonly confirmedRemovals?: readonly string[] | undefined
  /** False: what stands in the configuration is looked at, and nobody is asked. */
  readonly asks?: boolean | undefined
}

export interface Gate {
  readonly version: number
  /** What matters most first. */
  readonly findings: readonly GateFinding[]
  /** Would callers be harmed? Then it is not published. */
  readonly isClosed: boolean
}

type Needs = Pick<Ports, 'store' | 'directory' | 'copies' | 'clock' | 'ids' | 'readScript' | 'outsideTools'>

const makes: { readonly [Name in ToolName]?: KnownTool['makes'] } = {
  book_appointment: 'booked',
  collect_appointment: 'booked',
  reschedule_appointment: 'moved',
  cancel_appointment: 'cancelled',
}

const knownTool = (name: string): KnownTool | undefined => {
  const tool = findTool(name)
  return (
    tool && {
      name: tool.name,
      needsBooking: tool.needsBooking,
      makes: makes[tool.name],
      required: tool.required.map((argument) => [argument, ...aliasesOf(tool.args, argument)]),
    }
  )
}

const aliasesOf = (
  args: { readonly [name: string]: { readonly aliases: readonly string[] } | undefined },
  name: string,
): readonly string[] => args[name]?.aliases ?? []

/**
 * Looks a version over before callers reach it: what stands in it, whether whoever answers its tools is there, and, with
 * scripts played on a copy of the company's calendar, whether it does what callers want. Undefined: there is no such version.
 */
export const gate =
  (ports: Needs, settings: GateSettings) =>
  async (scope: CompanyScope, agent: AgentId, request: GateRequest = {}): Promise<Gate | undefined> => {
    const profile = await ports.directory.profile(scope.company)
    const looked = profile && (await ports.store.read(scope, (tx) => lookedOver(tx, profile, agent, request, settings)))
    if (!looked) return undefined
    const { version, configuration, findings } = looked
    // What is wrong on paper is mended first; asking others would only say it again.
    const asks = request.asks !== false && !blocks(findings)
    const asked = asks
      ? [
          ...(await reached(ports, configuration, settings)),
          ...(await rehearsed(ports, settings, scope, agent, version)),
        ]
      : []
    const all = [
      ...asked.filter(({ severity }) => severity === 'error'),
      ...findings,
      ...asked.filter(({ severity }) => severity !== 'error'),
    ]
    return { version, findings: all, isClosed: blocks(all) }
  }

const lookedOver = async (
  tx: CompanyTx,
  profile: CompanyProfile,
  agent: AgentId,
  request: GateRequest,
  { publicUrl, knownHosts = [] }: GateSettings,
) => {
  const managed = await tx.agents.find(agent)
  const version = request.version ?? (managed && currentVersion(managed))
  const configuration = version === undefined ? undefined : await tx.agents.configuration(agent, version)
  if (!managed || version === undefined || !configuration) return undefined
  const live = managed.live === undefined ? undefined : await tx.agents.configuration(agent, managed.live)
  const kept = new Set<string>()
  for (const id of sealedIds(documentOf(configuration))) if (await tx.agents.secret(id)) kept.add(id)
  const findings = lintConfiguration(configuration, {
    publicUrl,
    knownHosts,
    toolOf: knownTool,
    company: profile,
    variables: inboundVariables,
    live,
    confirmedRemovals: request.confirmedRemovals ?? [],
    missingSecrets: (text) =>
      [...text.matchAll(placeholders)].flatMap(({ 0: whole, groups }) => (kept.has(groups?.id ?? '') ? [] : [whole])),
  })
  return { version, configuration, findings }
}

/** More servers than the functions of any agent have. */
const mostServers = 40

/**
 * Our own functions are there, or nobody would be asked this. Each server is asked once, and told nothing of what stands in
 * the addresses.
 */
const reached = async (
  { outsideTools }: Needs,
  configuration: AgentConfiguration,
  { publicUrl }: GateSettings,
): Promise<readonly AskedFinding[]> => {
  const elsewhere = toolsOf(configuration).flatMap(({ document, name, path }) => {
    const { url } = document
    const isAsked = typeof url === 'string' && URL.canParse(url) && !url.includes('{{') && !isOurServer(url, publicUrl)
    if (!isAsked) return []
    const { origin, host } = new URL(url)
    return [{ origin, host, tool: name ?? '', path: `${path}/url` }]
  })
  const servers = [...new Set(elsewhere.map(({ origin }) => origin))].slice(0, mostServers)
  const answers = new Map(
    await Promise.all(servers.map(async (origin) => [origin, await outsideTools.reach(origin)] as const)),
  )
  return elsewhere.flatMap(({ origin, host, tool, path }): readonly AskedFinding[] => {
    const answer = answers.get(origin)
    if (!answer?.isErr()) return []
    const code = answer.error.kind === 'forbidden' ? 'tool-address-forbidden' : 'tool-unreachable'
    return [{ code, severity: 'error', path, tool, host }]
  })
}

/** A script that somebody wrote has to pass. The usual one may fail for a full calendar, which is no fault of the agent. */
const rehearsed = async (
  ports: Needs,
  settings: GateSettings,
  scope: CompanyScope,
  agent: AgentId,
  version: number,
): Promise<readonly AskedFinding[]> => {
  const played = await rehearse(ports, settings)(scope, agent, { version })
  if (played.isErr()) {
    return played.error.kind === 'unusable-script'
      ? [{ code: 'rehearsal-failed', severity: 'error', path: '', script: played.error.name }]
      : []
  }
  return played.value.scripts
    .filter(({ passed }) => !passed)
    .map(({ name, isUsual }) => ({
      code: 'rehearsal-failed',
      severity: isUsual ? 'warning' : 'error',
      path: '',
      script: name,
    }))
}
