import { err, ok, type Result } from 'neverthrow'
import { type AgentTool, toolsOf } from '../../domain/agents/agent-tools.ts'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { isOurs } from '../../domain/agents/lint/our-address.ts'
import { type CallScript, filledArguments, type ScriptStep, unmet } from '../../domain/agents/script.ts'
import { type SentArgumentFault, sentArgumentFaults, withConstants } from '../../domain/agents/sent-arguments.ts'
import type { Turn } from '../../domain/calling/call.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import type { AgentId } from '../../domain/ids.ts'
import { type Instant, instantAt, parseLocalDate, parseMinuteOfDay } from '../../domain/time.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import { betweenTools, type CompanyCopy, type CopiedCall } from '../ports/copies.ts'
import type { Ports } from '../ports/ports.ts'
import type { Rehearsal, ScriptProblem } from '../ports/rehearsals.ts'
import type { CompanyScope } from '../scope.ts'
import { findTool } from '../tools/registry.ts'
import { currentVersion } from './current-version.ts'
import { openCopy } from './open-copy.ts'
import { usualScript } from './usual-script.ts'

/** What somebody who listened to a rehearsal would have noted, line by line. */
export type RehearsalLine =
  | { readonly kind: 'agent' | 'caller'; readonly text: string }
  | {
      readonly kind: 'tool'
      readonly tool: string
      readonly args: JsonObject
      readonly answer: JsonObject | undefined
      readonly faults: readonly RehearsalFault[]
    }

export type RehearsalFault =
  | SentArgumentFault
  /** The version has no tool that could have been asked. */
  | { readonly kind: 'tool-missing'; readonly name: string }
  /** It leads to somebody else, who is not asked in a rehearsal. */
  | { readonly kind: 'tool-elsewhere'; readonly name: string }
  | { readonly kind: 'failed'; readonly status: string }
  | { readonly kind: 'unmet'; readonly wanted: string; readonly found: string }
  /** The agent says what no tool had said. */
  | { readonly kind: 'claim'; readonly sentence: string }

export interface PlayedScript {
  readonly name: string
  /** Nobody wrote it: it is what every company's callers want. */
  readonly isUsual: boolean
  readonly passed: boolean
  readonly at: Instant
  readonly lines: readonly RehearsalLine[]
  /** Those of the call as a whole. */
  readonly faults: readonly RehearsalFault[]
  readonly effects: { readonly booked: number; readonly rescheduled: number; readonly cancelled: number }
}

export interface RehearsalRequest {
  /** Undefined: the draft, else what is live. */
  readonly version?: number | undefined
  /** In place of those that the company keeps. */
  readonly scripts?: readonly { readonly name: string; readonly source: string }[] | undefined
}

export type CannotRehearse =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unusable-script'; readonly name: string; readonly problems: readonly ScriptProblem[] }

export interface PlayedRehearsal extends Omit<Rehearsal, 'report'> {
  readonly scripts: readonly PlayedScript[]
}

type Needs = Pick<Ports, 'store' | 'directory' | 'copies' | 'clock' | 'ids' | 'readScript'>

/**
 * Plays scripts against the tools of a version, on a copy of the company's calendar made for each of them: nothing that is
 * said or booked in it reaches anybody. Without scripts of the company's own the usual wish is played. Kept with its report.
 */
export const rehearse =
  (ports: Needs, { publicUrl }: { readonly publicUrl: string }) =>
  async (
    scope: CompanyScope,
    agent: AgentId,
    request: RehearsalRequest = {},
  ): Promise<Result<PlayedRehearsal, CannotRehearse>> => {
    const profile = await ports.directory.profile(scope.company)
    const found = await ports.store.read(scope, async (tx) => {
      const managed = await tx.agents.find(agent)
      const version = request.version ?? (managed && currentVersion(managed))
      const configuration = version === undefined ? undefined : await tx.agents.configuration(agent, version)
      if (!managed || version === undefined || !configuration) return undefined
      return { managed, version, configuration, kept: await tx.rehearsals.scripts() }
    })
    if (!profile || !found) return err({ kind: 'not-found' })
    const scripts = scriptsOf(ports, request.scripts ?? found.kept)
    if (scripts.isErr()) return err(scripts.error)
    const branch = answeringBranch(profile, found.managed)
    const now = ports.clock.now()
    const usual = { ...usualScript(profile, branch), isUsual: true }
    const playing = scripts.value.length === 0 ? [usual] : scripts.value
    const played: PlayedScript[] = []
    for (const script of playing) {
      played.push(
        await play(ports, scope, { profile, branch, script, configuration: found.configuration, publicUrl, now }),
      )
    }
    const rehearsal: PlayedRehearsal = {
      id: ports.ids.next('rehearsal'),
      agent,
      version: found.version,
      passed: played.every(({ passed }) => passed),
      at: now,
      scripts: played,
    }
    await ports.store.transact(scope, async (tx) => {
      const { scripts: report, ...rest } = rehearsal
      await tx.rehearsals.save({ ...rest, report: JSON.parse(JSON.stringify({ scripts: report })) })
      tx.publish({ kind: 'agent.updated', data: { agent_id: agent } })
      return ok()
    })
    return ok(rehearsal)
  }

type Named = CallScript & { readonly name: string; readonly isUsual: boolean }

const scriptsOf = (
  { readScript }: Needs,
  sources: readonly { readonly name: string; readonly source: string }[],
): Result<readonly Named[], CannotRehearse> => {
  const read: Named[] = []
  for (const { name, source } of sources) {
    const script = readScript(source)
    if (script.isErr()) return err({ kind: 'unusable-script', name, problems: script.error })
    read.push({ ...script.value, name: script.value.name ?? name, isUsual: false })
  }
  return ok(read)
}

/** The branch that the agent answers for, or else the first one: its hours and staff are what is played on. */
export const answeringBranch = (
  profile: CompanyProfile,
  { retellAgentId, slug }: Pick<ManagedAgent, 'retellAgentId' | 'slug'>,
): Branch | undefined => {
  const spec = profile.agents.find((one) => one.retellAgentId === retellAgentId || one.slug === slug)
  return (
    profile.branches.find((one) => retellAgentId !== undefined && one.retellAgentId === retellAgentId) ??
    profile.branches.find((one) => spec?.branches.includes(one.slug)) ??
    profile.branches[0]
  )
}

interface Playing {
  readonly profile: CompanyProfile
  readonly branch: Branch | undefined
  readonly script: Named
  readonly configuration: AgentConfiguration
  readonly publicUrl: string
  readonly now: Instant
}

const play = async (ports: Needs, scope: CompanyScope, playing: Playing): Promise<PlayedScript> => {
  const { profile, script, configuration, publicUrl, now } = playing
  const branch = profile.branches.find(({ slug }) => slug === script.branch) ?? playing.branch
  const at = (branch && momentOf(script.at, branch)) ?? now
  const begun = { name: script.name, isUsual: script.isUsual, at }
  if (!branch) return { ...begun, passed: true, lines: [], faults: [], effects: noEffects }
  const copy = await openCopy(ports)(scope, profile, at, script.caller)
  const call: CopiedCall = {
    id: `rehearsal_${ports.ids.next('rehearsal')}`,
    caller: script.caller,
    branch: branch.id,
    agentId: undefined,
  }
  const lines = await speak(copy, call, script.steps, toolsOf(configuration), publicUrl)
  const { effects, claims } = await copy.conclude(call, turnsOf(lines))
  const count = (status: string) =>
    new Set(effects.filter((one) => one.status === status).map((one) => one.appointment)).size
  const counted = { booked: count('booked'), rescheduled: count('rescheduled'), cancelled: count('cancelled') }
  const faults: readonly RehearsalFault[] = [
    ...claims.map((sentence) => ({ kind: 'claim', sentence }) as const),
    ...Object.entries(script.appointments ?? {})
      .filter(([name, wanted]) => wanted !== undefined && wanted !== counted[name as keyof typeof counted])
      .map(([name, wanted]) => ({
        kind: 'unmet' as const,
        wanted: `${name}: ${wanted}`,
        found: String(counted[name as keyof typeof counted]),
      })),
  ]
  const passed = faults.length === 0 && lines.every((line) => line.kind !== 'tool' || line.faults.every(isNoFailure))
  return { ...begun, passed, lines, faults, effects: counted }
}

/** What somebody else answers is left out of a rehearsal, and that is said. */
const isNoFailure = ({ kind }: RehearsalFault): boolean => kind === 'tool-elsewhere'

const noEffects = { booked: 0, rescheduled: 0, cancelled: 0 }

const momentOf = (text: string | undefined, { timeZone }: Branch): Instant | undefined => {
  const [day = '', time = ''] = (text ?? '').split('T')
  const date = parseLocalDate(day)
  const minute = parseMinuteOfDay(time)
  return date.isOk() && minute.isOk() ? instantAt(date.value, minute.value, timeZone) : undefined
}

const speak = async (
  copy: CompanyCopy,
  call: CopiedCall,
  steps: readonly ScriptStep[],
  tools: readonly AgentTool[],
  publicUrl: string,
): Promise<readonly RehearsalLine[]> => {
  const lines: RehearsalLine[] = []
  let last: JsonObject = {}
  for (const step of steps) {
    if ('pause' in step) continue
    if ('tool' in step) {
      const { said, line } = await ask(copy, call, { step, last, tools, publicUrl })
      last = line.answer ?? {}
      lines.push(...said, line)
    } else if (step.says === 'answer') lines.push({ kind: 'agent', text: String(last.message ?? '') })
    else lines.push({ kind: step.says === 'agent' ? 'agent' : 'caller', text: step.text })
  }
  return lines
}

interface Asking {
  readonly step: Extract<ScriptStep, { readonly tool: string }>
  readonly last: JsonObject
  readonly tools: readonly AgentTool[]
  readonly publicUrl: string
}
type ToolLine = Extract<RehearsalLine, { readonly kind: 'tool' }>

const ask = async (
  copy: CompanyCopy,
  call: CopiedCall,
  { step, last, tools, publicUrl }: Asking,
): Promise<{ readonly said: readonly RehearsalLine[]; readonly line: ToolLine }> => {
  const given = filledArguments(step.args, last)
  const tool = tools.find(({ name }) => name === step.tool) ?? tools.find(({ name }) => isSame(name, step.tool))
  const line = (faults: readonly RehearsalFault[], args = given, answer?: JsonObject): ToolLine => ({
    kind: 'tool',
    tool: tool?.name ?? step.tool,
    args,
    answer,
    faults,
  })
  if (!tool) return { said: [], line: line([{ kind: 'tool-missing', name: step.tool }]) }
  const { url } = tool.document
  if (tool.kind !== 'custom' || typeof url !== 'string' || !isOurs(url, publicUrl)) {
    return { said: [], line: line([{ kind: 'tool-elsewhere', name: step.tool }]) }
  }
  const unsendable = sentArgumentFaults(tool.document, given)
  const args = withConstants(tool.document, given)
  const answer = await copy.ask(nameOnTheWay(tool, url), args, call)
  const failed = answer.success === false ? [{ kind: 'failed' as const, status: String(answer.status) }] : []
  const missed = unmet(step.expect, answer).map((one) => ({ kind: 'unmet' as const, ...one }))
  return { said: saidMeanwhile(tool), line: line([...unsendable, ...failed, ...missed], args, answer) }
}

const isSame = (name: string | undefined, wanted: string): boolean =>
  name !== undefined && findTool(name) !== undefined && findTool(name)?.name === findTool(wanted)?.name

/** Retell sends the tool's name; one whose body is its arguments alone is named by the path. */
const nameOnTheWay = ({ name, document }: AgentTool, url: string): string =>
  document.args_at_root === true ? (new URL(url).pathname.split('/').at(-1) ?? '') : (name ?? '')

/** A fixed sentence that is spoken before the answer is there, whatever it is. */
const saidMeanwhile = ({ document }: AgentTool): readonly RehearsalLine[] => {
  const { speak_during_execution: speaks, execution_message_type: type, execution_message_description: text } = document
  return speaks === true && type === 'static_text' && typeof text === 'string' ? [{ kind: 'agent', text }] : []
}

/** Half way between two tools; before one is asked everybody has finished speaking. */
const turnsOf = (lines: readonly RehearsalLine[]): readonly Turn[] => {
  let asked = 0
  return lines.flatMap((line): readonly Turn[] => {
    const atMs = (asked + 0.5) * betweenTools
    if (line.kind !== 'tool') return [{ role: line.kind === 'agent' ? 'agent' : 'user', content: line.text, atMs }]
    if (!line.answer) return []
    asked += 1
    return [{ role: 'user', content: '', atMs: atMs + 1 }]
  })
}
