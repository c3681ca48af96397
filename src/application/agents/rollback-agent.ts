import { err, type Result } from 'neverthrow'
import type { AgentId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import type { RetellNotConnected } from './agent-failures.ts'
import { begin, ownOf, seenToItsEnd } from './begin-publication.ts'
import type { Publishing } from './open-publication.ts'
import { ownAgents } from './own-agents.ts'
import type { NothingToRollBack, PublicationRunning } from './release-failures.ts'
import { endedRollout, saveRollout } from './rollout-state.ts'

export interface RollbackRequest {
  /** Ours; it was live once. Undefined: while a rollout runs, what most callers reach; else what was live before. */
  readonly to?: number | undefined
  readonly message?: string | undefined
}

export type RollbackFailure = NotFound | InvalidInput | RetellNotConnected | PublicationRunning | NothingToRollBack

/**
 * Begins to bind all numbers that ring the agent to a version that was live once; a new decision, proven like a
 * publication. A rollout that runs ends at once. No gate: callers have reached that version before.
 */
export const startRollback =
  (ports: Publishing) =>
  async (
    scope: CompanyScope,
    agent: AgentId,
    { to, message = '' }: RollbackRequest,
  ): Promise<Result<Publication, RollbackFailure>> => {
    const profile = await ports.directory.profile(scope.company)
    const managed = await ports.store.read(scope, (tx) => tx.agents.find(agent))
    if (!profile || !managed || managed.isGone) return err({ kind: 'not-found' })
    if (!(await ports.voiceAccounts.of(profile))) return err({ kind: 'retell-not-connected' })
    const { isOwnNumber } = await ownAgents(ports, profile)
    const numbers = await ownOf(managed.numbers, isOwnNumber)
    return ports.store.transact(scope, async (tx): Promise<Result<Publication, RollbackFailure>> => {
      const known = await tx.agents.find(agent)
      if (!known) return err({ kind: 'not-found' })
      const now = ports.clock.now()
      const rollout = await tx.releases.runningRollout(agent)
      const target =
        to === undefined ? (rollout ? placeOf(known) : await liveBefore(tx, known)) : await onceLive(tx, known, to)
      if (!target) {
        return to === undefined
          ? err({ kind: 'nothing-to-roll-back' })
          : invalid('/to', 'Callers never reached this version. Publish it instead.')
      }
      if (rollout)
        await saveRollout(
          tx,
          ports,
          'rollout-taken-back',
          endedRollout(rollout, 'taken-back', 'rolled back', now),
          scope.actor,
          now,
        )
      const what = { ...target, numbers, isCandidate: false, kind: 'rollback', message } as const
      return begin(tx, ports, scope, known, what, now)
    })
  }

interface LivePlace {
  readonly version: number
  readonly retellVersion: number
}

const place = (version: number | undefined, retellVersion: number | undefined): LivePlace | undefined =>
  version === undefined || retellVersion === undefined ? undefined : { version, retellVersion }

const placeOf = ({ live, liveAtRetell }: ManagedAgent): LivePlace | undefined => place(live, liveAtRetell)

const all = { limit: 200, cursor: undefined }

/** What the publication that made it live replaced, so that going back twice goes back two versions. */
const liveBefore = async (tx: CompanyTx, { id, live }: ManagedAgent): Promise<LivePlace | undefined> => {
  const { items } = await tx.releases.publications(id, all)
  const made = items.find((one) => isLiveBy(one) && one.kind === 'publish' && one.version === live)
  return made && place(made.before.liveVersion, made.before.liveAtRetell)
}

const onceLive = async (tx: CompanyTx, agent: ManagedAgent, version: number): Promise<LivePlace | undefined> => {
  const decided = (await tx.releases.decisions(agent.id, all)).items.find((one) => one.version === version)
  if (decided) return place(version, decided.retellVersion)
  const { items } = await tx.releases.publications(agent.id, all)
  const replaced = items.find(({ before }) => before.liveVersion === version)
  return place(version, replaced?.before.liveAtRetell) ?? (agent.live === version ? placeOf(agent) : undefined)
}

const isLiveBy = ({ state, isCandidate }: Publication): boolean => state === 'published' && !isCandidate

/** As `startRollback`, and waits for the end of it so many milliseconds of real time. */
export const rollbackAndWait =
  (ports: Publishing, worker: Pick<JobWorker, 'workNow'>) =>
  async (
    scope: CompanyScope,
    agent: AgentId,
    request: RollbackRequest,
    patienceMs: number,
  ): Promise<Result<Publication, RollbackFailure>> => {
    const started = await startRollback(ports)(scope, agent, request)
    return started.isErr() ? started : started.asyncMap((one) => seenToItsEnd(ports, worker)(scope, one, patienceMs))
  }
