import { ok } from 'neverthrow'
import type { JobId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { letOthers } from '../in-parts.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import { seeJob } from '../jobs/see-job.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { AgentSync } from '../ports/agent-syncs.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { VoiceFailure } from '../ports/voice-accounts.ts'
import { raiseIn, resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated, jobProgress } from './agent-events.ts'
import { type AgentLook, lookAtAgent } from './agent-look.ts'
import { awaitedNames } from './awaited-agents.ts'
import { learnAgent, nameIn, type SeenAgent } from './learn-agent.ts'
import { listAccount } from './list-account.ts'
import { namedAgents } from './named-agents.ts'
import { ownAgents } from './own-agents.ts'
import { linesByAgent } from './read-numbers.ts'
import { sealLook } from './sealed-look.ts'
import { inTransaction, type SyncDesk, type Syncing, saveSync } from './sync-desk.ts'

const kind = 'agents-sync'
const alertKind = 'sync_failed'

/** How much of a sync one run of its job does. Whoever holds a job for two minutes is taken for dead. */
export interface SyncPortion {
  /** Real milliseconds after which nothing more is begun. */
  readonly ms: number
  readonly agents: number
  /** Questions in flight; how many there may be in a second is the account's business. */
  readonly atOnce: number
}

const usualPortion: SyncPortion = { ms: 45_000, agents: 400, atOnce: 8 }

/**
 * Has all agents of the company read from Retell, one such job at a time: while one is under way, it is the answer.
 * Nothing of ours is overwritten by it.
 */
export const startAgentSync =
  ({ store, ids, clock }: Pick<Ports, 'store' | 'ids' | 'clock'>) =>
  async (scope: CompanyScope): Promise<AgentSync> => {
    const now = clock.now()
    return inTransaction(store, scope, async (tx) => {
      const newest = await tx.agentSyncs.newest()
      const isWaiting = newest && (await tx.jobs.find(newest.id))?.state === 'waiting'
      if (newest?.state === 'running' && isWaiting) return newest
      const id = ids.next('job')
      await tx.jobs.enqueue({ id, kind, payload: {}, key: kind, runAt: now, createdAt: now })
      // The last one is over, and its job is just ending: it goes round once more.
      const isLast = newest !== undefined && (await tx.jobs.find(id)) === undefined
      const sync = newSync(isLast ? newest.id : id, scope, now)
      await tx.agentSyncs.save(sync)
      tx.publish(jobProgress(sync.id))
      return sync
    })
  }

/** The one that is under way, or the last one. Undefined: there was none. */
export const newestAgentSync =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope): Promise<AgentSync | undefined> =>
    store.read(scope, (tx) => tx.agentSyncs.newest())

/**
 * Has the one that is under way done at once, or waits for whoever does it, for so many milliseconds of real time: how far
 * it is then. Undefined: there was none.
 */
export const seeAgentSync =
  (ports: Pick<Ports, 'store' | 'realTime'>, worker: Pick<JobWorker, 'workNow'>) =>
  (scope: CompanyScope, patienceMs: number): Promise<AgentSync | undefined> =>
    seeJob(ports.realTime, worker)(
      { company: scope.company, key: kind },
      () => newestAgentSync(ports)(scope),
      (sync) => sync?.state !== 'running',
      patienceMs,
    )

const newSync = (id: JobId, { actor }: CompanyScope, startedAt: Instant): AgentSync => ({
  id,
  state: 'running',
  cursor: undefined,
  waiting: [],
  isListed: false,
  total: 0,
  read: 0,
  changed: 0,
  failed: 0,
  error: undefined,
  actor,
  startedAt,
  endedAt: undefined,
})

/**
 * Reads a portion and says that there is more. Each few agents are kept together with how far it came, so that whoever
 * goes on after a killed worker reads only those again that were in flight. One agent that fails stays as it was known;
 * when Retell fails altogether, the sync ends, and everything stays as it was known.
 */
export const syncAgents = (ports: Syncing, portion: SyncPortion = usualPortion): JobHandler => {
  const bringNamed = namedAgents(ports)
  return async (scope, job) => {
    const deadline = ports.realTime.deadlineIn(portion.ms)
    const profile = await ports.directory.profile(scope.company)
    const begun = await ports.store.read(
      scope,
      async (tx) => (await tx.agentSyncs.find(job.id)) ?? (await tx.agentSyncs.newest()),
    )
    if (!profile || begun?.state !== 'running') return { kind: 'done' }
    const account = await ports.voiceAccounts.of(profile, 'background')
    if (!account) return end(ports, scope, begun, notConnected)
    const desk: SyncDesk = { ports, scope, profile, account, own: await ownAgents(ports, profile), deadline }

    await bringNamed(scope, profile)
    const listed = begun.isListed ? ok(begun) : await listAccount(desk, begun)
    if (listed.isErr()) return end(ports, scope, begun, listed.error.detail)
    let sync = listed.value
    const known = await knownNow(desk)
    let inARow = 0
    for (let read = 0; sync.isListed && sync.waiting.length > 0; read += portion.atOnce) {
      if (deadline.left() === 0 || read >= portion.agents) break
      const looks = await lookAtSome(desk, sync.waiting.slice(0, portion.atOnce), known)
      const turns = inShortTurns(looks)
      for (const few of turns) {
        sync = await keepSome(desk, sync, few, few === turns.at(-1))
        await letOthers(ports.realTime)
      }
      const failures = looks.map(({ look }) => (look.kind === 'failed' ? look.failure : undefined))
      for (const failure of failures) inARow = failure?.kind === 'unreachable' ? inARow + 1 : 0
      const why = hopeless(failures, inARow, Math.min(portion.atOnce, sync.total))
      if (why !== undefined) return end(ports, scope, sync, why)
    }
    if (!sync.isListed || sync.waiting.length > 0) return { kind: 'done', again: ports.clock.now() }
    return end(ports, scope, sync, undefined)
  }
}

/** What is asked for once in a run. Whoever changes something of it meanwhile knows more than the rest of the run. */
interface KnownNow {
  readonly at: Instant
  readonly lines: ReturnType<typeof linesByAgent>
  readonly awaited: ReadonlySet<string>
}

const knownNow = ({ ports: { store, clock }, scope }: SyncDesk): Promise<KnownNow> => {
  const at = clock.now()
  return store.read(scope, async (tx) => ({
    at,
    lines: linesByAgent(await tx.seenNumbers.list()),
    awaited: await awaitedNames(tx),
  }))
}

const lookAtSome = async (
  { ports, scope, account, own }: SyncDesk,
  some: readonly string[],
  { at: askedAt, lines, awaited }: KnownNow,
): Promise<readonly SeenAgent[]> => {
  const known = await ports.store.read(scope, async (tx) => {
    const found = new Map<string, ManagedAgent>()
    for (const id of some) {
      const agent = await tx.agents.byRetellId(id)
      if (agent) found.set(id, agent)
    }
    return found
  })
  const lookAt = async (id: string): Promise<Omit<SeenAgent, 'look'> & { readonly look: AgentLook }> => {
    const { numbers, pins } = lines(id)
    if (await own.isForeign(id)) return { retellAgentId: id, look: { kind: 'gone' }, askedAt, numbers: [] }
    const look = await lookAtAgent(account, id, { known: known.get(id)?.seen, pins })
    return { retellAgentId: id, look, askedAt, numbers }
  }
  const seen: SeenAgent[] = []
  for (const one of await Promise.all(some.map(lookAt))) {
    const agent = known.get(one.retellAgentId)
    const look = await sealLook(ports, scope, one.look, agent)
    seen.push({ ...one, look, isAwaited: awaited.has(nameIn(look) ?? '') })
    await letOthers(ports.realTime)
  }
  return seen
}

/** In their order, each stretch ending with an agent that brings documents. */
const inShortTurns = (looks: readonly SeenAgent[]): readonly (readonly SeenAgent[])[] => {
  const turns: SeenAgent[][] = []
  let turn: SeenAgent[] = []
  for (const one of looks) {
    turn.push(one)
    if (!bringsDocuments(one)) continue
    turns.push(turn)
    turn = []
  }
  return turn.length === 0 ? turns : [...turns, turn]
}

const bringsDocuments = ({ look }: SeenAgent): boolean =>
  look.kind === 'seen' && (look.newest !== undefined || look.live?.documents !== undefined)

/** `tells`: those who watch hear how far it came. */
const keepSome = (
  { ports, scope }: SyncDesk,
  sync: AgentSync,
  looks: readonly SeenAgent[],
  tells: boolean,
): Promise<AgentSync> => {
  const now = ports.clock.now()
  return inTransaction(ports.store, scope, async (tx) => {
    let { read, changed, failed } = sync
    for (const look of looks) {
      const { outcome, agent } = await learnAgent(tx, ports.ids, look, now)
      if (outcome === 'failed') failed += 1
      else read += 1
      if (outcome === 'changed' || outcome === 'gone') changed += 1
      if (agent && outcome !== 'same' && outcome !== 'left') tx.publish(agentUpdated(agent))
    }
    const next = { ...sync, waiting: sync.waiting.slice(looks.length), read, changed, failed }
    if (tells) await saveSync(tx, next)
    else await tx.agentSyncs.save(next)
    return next
  })
}

/** Why there is no use in asking on. */
const hopeless = (
  failures: readonly (VoiceFailure | undefined)[],
  inARow: number,
  most: number,
): string | undefined => {
  const misconfigured = failures.find((one) => one?.kind === 'misconfigured')
  if (misconfigured) return misconfigured.detail
  return inARow >= most ? failures.findLast((one) => one !== undefined)?.detail : undefined
}

const end = async (
  { store, ids, clock }: Syncing,
  scope: CompanyScope,
  sync: AgentSync,
  why: string | undefined,
): Promise<{ readonly kind: 'done' }> => {
  const now = clock.now()
  await inTransaction(store, scope, async (tx) => {
    const error = why ?? (sync.failed > 0 ? someFailed : undefined)
    await saveSync(tx, { ...sync, state: why === undefined ? 'done' : 'failed', error, waiting: [], endedAt: now })
    if (why === undefined) await resolveIn(tx, alertKind, kind, now)
    else await raiseIn(tx, ids, { kind: alertKind, about: kind, message: failedAlert }, now)
  })
  return { kind: 'done' }
}

const notConnected =
  'There is no key for Retell. Put one under api_key of retell in the company file, or into RETELL_API_KEY.'
const someFailed = 'Some agents could not be read; each of them says why, and stays as it was known.'
const failedAlert =
  'The agents could not be read from Retell and stay as they were last known. Look at the page of the agents for why, and read them again.'
