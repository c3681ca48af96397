import type { ActorName } from '../../domain/booking/appointment.ts'
import type { AgentId } from '../../domain/ids.ts'
import { type Instant, MINUTE } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { AgentRollout, LiveDecision } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'

/** How often it is looked at how callers fare. */
export const guardEvery = 5 * MINUTE
export const guardKey = (agent: AgentId): string => `agent-guard:${agent}`

export const endedRollout = (
  rollout: AgentRollout,
  state: 'finished' | 'taken-back',
  reason: string | undefined,
  now: Instant,
): AgentRollout => ({
  ...rollout,
  ...{ state, reason, changedAt: now, endedAt: now },
  percent: state === 'finished' ? 100 : rollout.percent,
})

/** With the word on it, which stays. */
export const saveRollout = async (
  tx: CompanyTx,
  { ids }: { readonly ids: Ids },
  kind: LiveDecision['kind'],
  rollout: AgentRollout,
  actor: ActorName,
  now: Instant,
): Promise<void> => {
  await tx.releases.saveRollout(rollout)
  const isBack = rollout.state === 'taken-back'
  await tx.releases.decide({
    ...{ id: ids.next('decision'), agent: rollout.agent, kind, actor, at: now },
    version: isBack ? rollout.live : rollout.candidate,
    retellVersion: isBack ? rollout.liveAtRetell : rollout.candidateAtRetell,
    percent: isBack ? 100 : rollout.percent,
    numbers: [],
    reason: rollout.reason,
  })
}
