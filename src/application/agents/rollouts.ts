import { err, ok, type Result } from 'neverthrow'
import type { AgentId } from '../../domain/ids.ts'
import { after, type Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import { needsFlag } from '../access/flags.ts'
import type { FeatureOff } from '../access/known-flags.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { AgentRollout, Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import { failureOf, type RetellNotConnected, type RetellRefused, type RetellUnreachable } from './agent-failures.ts'
import { begin, ownOf } from './begin-publication.ts'
import type { Publishing } from './open-publication.ts'
import { ownAgents } from './own-agents.ts'
import type { StartingPublish } from './publish-agent.ts'
import type { GateClosed, NothingLive, PublicationRunning, RolloutRunning } from './release-failures.ts'
import { endedRollout, guardEvery, guardKey, saveRollout } from './rollout-state.ts'

export interface RolloutRequest {
  /** Ours; published at Retell, and not what callers reach. */
  readonly version: number
  /** 1 to 100 of a hundred callers. With 100 its numbers are bound to it, and the rollout ends. */
  readonly percent: number
  /** Undefined: as it was; a new one waits for people. */
  readonly isAutomatic?: boolean | undefined
}

export type RolloutFailure =
  | NotFound
  | InvalidInput
  | RetellNotConnected
  | RetellUnreachable
  | RetellRefused
  | GateClosed
  | PublicationRunning
  | RolloutRunning
  | NothingLive
  | FeatureOff

export type ShareFailure = NotFound | PublicationRunning | RolloutRunning | NothingLive

export interface RolloutChange {
  readonly rollout: AgentRollout
  /** What makes it live for all, once they all reach it. */
  readonly publication: Publication | undefined
}

/**
 * Sends so many of a hundred callers to a version, or another share of them to the one that some reach already. It
 * counts at once, for the next call that comes in; Retell is only asked whether it has that version published.
 */
export const rollOut =
  (ports: StartingPublish & Pick<Ports, 'flags'>) =>
  async (
    scope: CompanyScope,
    agent: AgentId,
    request: RolloutRequest,
  ): Promise<Result<RolloutChange, RolloutFailure>> => {
    const { percent } = request
    if (!Number.isInteger(percent) || percent < 1 || percent > 100) {
      return invalid('/percent', 'This is no whole number from 1 to 100.')
    }
    const managed = await ports.store.read(scope, (tx) => tx.agents.find(agent))
    if (!managed || managed.isGone) return err({ kind: 'not-found' })
    const allowed = request.isAutomatic ? await needsFlag(ports)(scope, 'automatic-rollouts') : ok()
    if (allowed.isErr()) return err(allowed.error)
    const running = await ports.store.read(scope, (tx) => tx.releases.runningRollout(agent))
    if (running && running.candidate !== request.version)
      return err({ kind: 'rollout-running', version: running.candidate })
    const candidate = running
      ? ok(running.candidateAtRetell)
      : await fitCandidate(ports, scope, managed, request.version)
    if (candidate.isErr()) return err(candidate.error)
    return shareOut(ports)(scope, managed, { ...request, candidateAtRetell: candidate.value })
  }

interface Share extends RolloutRequest {
  readonly candidateAtRetell: number
}

/** As `rollOut`, for a version of which it is known that Retell has it published. */
export const shareOut =
  (ports: Publishing) =>
  async (scope: CompanyScope, managed: ManagedAgent, share: Share): Promise<Result<RolloutChange, ShareFailure>> => {
    const agent = managed.id
    const numbers = await finishing(ports, scope, managed)
    return ports.store.transact(scope, async (tx): Promise<Result<RolloutChange, ShareFailure>> => {
      const known = await tx.agents.find(agent)
      if (!known) return err({ kind: 'not-found' })
      const now = ports.clock.now()
      const current = await tx.releases.runningRollout(agent)
      const next = current ? changed(current, share, now) : started(ports, scope, known, share, now)
      if (!next) return err({ kind: 'nothing-live' })
      if (next.candidate !== share.version) return err({ kind: 'rollout-running', version: next.candidate })
      await saveRollout(tx, ports, current ? 'rollout-changed' : 'rollout-started', next, scope.actor, now)
      if (!current) await queueGuard(tx, ports, agent, now)
      tx.publish(agentUpdated(known))
      if (share.percent < 100) return ok({ rollout: next, publication: undefined })
      const what = {
        ...{ version: next.candidate, retellVersion: next.candidateAtRetell, numbers },
        ...{ isCandidate: false, kind: 'publish' as const, message: '' },
      } as const
      const publication = await begin(tx, ports, scope, known, what, now)
      return publication.map((one) => ({ rollout: next, publication: one }))
    })
  }

/** All that ring it, for all callers are to reach the candidate. */
const finishing = async (ports: Publishing, scope: CompanyScope, { numbers }: ManagedAgent) => {
  const profile = await ports.directory.profile(scope.company)
  return profile ? ownOf(numbers, (await ownAgents(ports, profile)).isOwnNumber) : []
}

/** Retell's number of a version that callers can be sent to. */
const fitCandidate = async (
  ports: StartingPublish,
  scope: CompanyScope,
  { id, retellAgentId, liveAtRetell }: ManagedAgent,
  number: number,
): Promise<Result<number, RolloutFailure>> => {
  const profile = await ports.directory.profile(scope.company)
  const account = profile && (await ports.voiceAccounts.of(profile))
  if (!profile || !account) return err({ kind: 'retell-not-connected' })
  if (liveAtRetell === undefined) return err({ kind: 'nothing-live' })
  const version = await ports.store.read(scope, (tx) => tx.agents.version(id, number))
  if (!version) return invalid('/version', 'There is no such version.')
  const atRetell = version.retellVersion
  if (retellAgentId === undefined || atRetell === undefined) return invalid('/version', unpublished)
  if (atRetell === liveAtRetell) return invalid('/version', 'Callers reach this version already.')
  const versions = await account.versions(retellAgentId)
  if (versions.isErr()) return err(failureOf(versions.error))
  if (!versions.value?.some((one) => one.version === atRetell && one.isPublished))
    return invalid('/version', unpublished)
  const gate = await ports.gate(scope, id, { version: number, confirmedRemovals: [] })
  return gate?.isClosed ? err({ kind: 'gate-closed', findings: gate.findings }) : ok(atRetell)
}

const unpublished = 'Retell does not have this version published. Publish it without numbers first.'

const changed = (rollout: AgentRollout, { percent, isAutomatic }: RolloutRequest, now: Instant): AgentRollout => ({
  ...rollout,
  percent,
  isAutomatic: isAutomatic ?? rollout.isAutomatic,
  changedAt: now,
})

const started = (
  { ids }: Pick<Publishing, 'ids'>,
  { actor }: CompanyScope,
  { id: agent, live, liveAtRetell }: ManagedAgent,
  { version, candidateAtRetell, percent, isAutomatic = false }: Share,
  now: Instant,
): AgentRollout | undefined => {
  if (live === undefined || liveAtRetell === undefined) return undefined
  return {
    ...{ id: ids.next('rollout'), agent, live, liveAtRetell, candidate: version, candidateAtRetell },
    ...{ percent, isAutomatic, state: 'running', actor, startedAt: now, changedAt: now },
    endedAt: undefined,
    reason: undefined,
  }
}

export const queueGuard = (
  tx: CompanyTx,
  { ids }: Pick<Publishing, 'ids'>,
  agent: AgentId,
  now: Instant,
): Promise<void> =>
  tx.jobs.enqueue({
    ...{ id: ids.next('job'), kind: 'agent-guard', key: guardKey(agent), payload: { agent } },
    ...{ runAt: after(now, guardEvery), createdAt: now },
  })

/** From the next call on everybody reaches again what most did all the time. Undefined: none runs. */
export const takeBackRollout =
  ({ store, ids, clock }: Pick<Publishing, 'store' | 'ids' | 'clock'>) =>
  async (scope: CompanyScope, agent: AgentId, reason?: string): Promise<Result<AgentRollout, NotFound>> =>
    store.transact(scope, async (tx): Promise<Result<AgentRollout, NotFound>> => {
      const known = await tx.agents.find(agent)
      const rollout = known && (await tx.releases.runningRollout(agent))
      if (!rollout) return err({ kind: 'not-found' })
      const now = clock.now()
      const ended = endedRollout(rollout, 'taken-back', reason, now)
      await saveRollout(tx, { ids }, 'rollout-taken-back', ended, scope.actor, now)
      tx.publish(agentUpdated(known))
      return ok(ended)
    })
