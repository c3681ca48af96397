import { ok, type Result } from 'neverthrow'
import {
  compareOutcomes,
  defaultGuard,
  type GuardDecision,
  guardOf,
  type OutcomeDifference,
  type OutcomeKind,
} from '../../domain/agents/outcome-guard.ts'
import { nextStage } from '../../domain/agents/rollout.ts'
import { type AgentId, parseId } from '../../domain/ids.ts'
import { after, type Instant } from '../../domain/time.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { AgentRollout, VersionTally } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import { raiseIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import type { Publishing } from './open-publication.ts'
import { endedRollout, guardEvery, saveRollout } from './rollout-state.ts'
import { shareOut } from './rollouts.ts'
import { noCalls } from './tally-versions.ts'

/** How callers of both versions have fared since the rollout began. */
export interface RolloutOutcomes {
  readonly live: VersionTally
  readonly candidate: VersionTally
  readonly differences: readonly OutcomeDifference[]
  readonly guard: GuardDecision
}

export interface RolloutDetail {
  readonly rollout: AgentRollout
  readonly outcomes: RolloutOutcomes
  /** The share that would come next. Undefined: it is over, or everybody reaches it. */
  readonly nextPercent: number | undefined
}

/** The one that runs, else the last one. Undefined: there never was one. */
export const rolloutDetail =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, agent: AgentId): Promise<RolloutDetail | undefined> =>
    store.read(scope, async (tx) => {
      const managed = await tx.agents.find(agent)
      const [rollout] = managed ? (await tx.releases.rollouts(agent, { limit: 1, cursor: undefined })).items : []
      if (!managed || !rollout) return undefined
      const isRunning = rollout.state === 'running'
      return {
        rollout,
        outcomes: await outcomesOf(tx, managed, rollout, rollout.startedAt),
        nextPercent: isRunning ? nextStage(rollout.percent) : undefined,
      }
    })

const outcomesOf = async (
  tx: CompanyTx,
  { retellAgentId }: ManagedAgent,
  { liveAtRetell, candidateAtRetell }: AgentRollout,
  since: Instant,
): Promise<RolloutOutcomes> => {
  const tallies = retellAgentId === undefined ? [] : await tx.releases.tallyByVersion(retellAgentId, since)
  const of = (version: number): VersionTally =>
    tallies.find(({ retellVersion }) => retellVersion === version) ?? { ...noCalls, retellVersion: version }
  const sides = { live: of(liveAtRetell), candidate: of(candidateAtRetell) }
  return { ...sides, differences: compareOutcomes(sides), guard: guardOf(sides) }
}

/** So many calls of a stage have to have gone no worse before a rollout goes on by itself. */
const callsOfAStage = 2 * defaultGuard.leastCalls

/**
 * Looks at a rollout every few minutes as long as it runs. A candidate with which callers fare worse is taken back, with an
 * alert, from the next call on; one that goes on by itself does so once enough of them have fared no worse.
 */
export const guardRollout =
  (ports: Publishing): JobHandler =>
  async (scope, job, now) => {
    const agent = parseId('agent', String(job.payload.agent))
    if (agent.isErr()) return { kind: 'given-up', error: 'It names no agent.' }
    const looked = await ports.store.transact(scope, (tx) => lookAt(ports, tx, agent.value, scope, now))
    const goesOn = looked.unwrapOr(undefined)
    if (!goesOn) return { kind: 'done' }
    if (goesOn.percent !== undefined) {
      const { managed, rollout, percent } = goesOn
      const { candidate: version, candidateAtRetell } = rollout
      // Refused while a publication is under way; it is looked at again.
      await shareOut(ports)(scope, managed, { version, candidateAtRetell, percent })
    }
    return { kind: 'done', again: after(now, guardEvery) }
  }

interface GoesOn {
  readonly managed: ManagedAgent
  readonly rollout: AgentRollout
  /** Undefined: with the share that it has. */
  readonly percent: number | undefined
}

const lookAt = async (
  { ids }: Publishing,
  tx: CompanyTx,
  agent: AgentId,
  { actor }: CompanyScope,
  now: Instant,
): Promise<Result<GoesOn | undefined, never>> => {
  const managed = await tx.agents.find(agent)
  const rollout = managed && (await tx.releases.runningRollout(agent))
  if (!rollout) return ok(undefined)
  const { guard } = await outcomesOf(tx, managed, rollout, rollout.startedAt)
  if (guard.kind === 'keep') {
    const stage = await outcomesOf(tx, managed, rollout, rollout.changedAt)
    const isProven = guard.reason === 'no-worse' && stage.candidate.calls >= callsOfAStage
    return ok({ managed, rollout, percent: rollout.isAutomatic && isProven ? nextStage(rollout.percent) : undefined })
  }
  const why = reasonOf(guard)
  await saveRollout(tx, { ids }, 'rollout-taken-back', endedRollout(rollout, 'taken-back', why, now), actor, now)
  const message = `The version ${rollout.candidate} of the agent ${managed.name} is taken back, because ${why}. Compare the calls of both versions, mend it, and start a new rollout.`
  await raiseIn(tx, ids, { kind: 'rollout_rolled_back', about: rollout.id, message }, now)
  tx.publish(agentUpdated(managed))
  return ok(undefined)
}

const reasonOf = (guard: Extract<GuardDecision, { readonly kind: 'roll-back' }>): string =>
  guard.reason === 'fails-at-once' ? 'its first calls failed' : worse[guard.by.kind]

const worse: { readonly [Kind in OutcomeKind]: string } = {
  booked: 'its callers book less',
  failed: 'more of its calls fail',
  negative: 'more of its callers are displeased',
  short: 'more of its callers hang up at once',
  looping: 'it repeats itself more',
  'tool-failures': 'its tools fail more',
}
