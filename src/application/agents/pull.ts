import { err, ok, type Result } from 'neverthrow'
import type { NotFound } from '../access/authenticate.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyScope } from '../scope.ts'
import { backUp, changeAgent, type Editing, type SeenVersion, saveSettled } from './agent-desk.ts'
import type { AgentChangedMeanwhile, AgentDiverged, AgentNeverSeen } from './agent-failures.ts'
import { type RefreshFailure, type Refreshing, refreshAgent } from './refresh-agent.ts'

export interface PulledAgent {
  readonly agent: ManagedAgent
  /** What our side had before, in our numbers. Undefined: there was nothing to take over. */
  readonly backup: number | undefined
}

export interface PullWish extends SeenVersion {
  /** Retell's newest as it was shown, in our numbers; something else is not taken over. */
  readonly theirs?: number | undefined
  /** Our draft gives way to what Retell has, and is only kept as a backup. */
  readonly overwrite?: boolean
}

/**
 * What Retell has becomes what both sides have, and our draft as long as callers do not reach it: Retell is asked afresh,
 * and what our side had is kept as a backup first. Where both sides changed, nothing is done unless the draft is to give
 * way: merging keeps both.
 */
export const pullAgent =
  (ports: Refreshing & Editing) =>
  async (
    scope: CompanyScope,
    name: string,
    { theirs: shown, overwrite = false, ifVersion }: PullWish = {},
  ): Promise<Result<PulledAgent, RefreshFailure | AgentChangedMeanwhile | AgentDiverged | AgentNeverSeen>> => {
    const refreshed = await refreshAgent(ports)(scope, name, { fresh: true })
    if (refreshed.isErr()) return err(refreshed.error)
    const createdAt = ports.clock.now()
    type Refusal = NotFound | AgentChangedMeanwhile | AgentDiverged | AgentNeverSeen
    return changeAgent(ports)<PulledAgent, Refusal>(scope, name, { ifVersion }, async (tx, agent) => {
      const { theirs, syncStatus } = agent
      if (theirs === undefined) return err({ kind: 'agent-never-seen' })
      if (shown !== undefined && shown !== theirs) return err({ kind: 'agent-changed-meanwhile', version: theirs })
      if (syncStatus === 'diverged' && !overwrite) return err({ kind: 'agent-diverged' })
      // Both have the same; what callers do not reach yet becomes the draft.
      if (syncStatus === 'clean') {
        return ok({ agent: await saveSettled(tx, { ...agent, draft: agent.draft ?? theirs }), backup: undefined })
      }
      if (syncStatus === 'ours_ahead' && !overwrite) return ok({ agent, backup: undefined })
      const backup = await backUp(tx, scope, agent, { message: 'Kept before it was pulled from Retell', createdAt })
      return ok({ agent: await saveSettled(tx, { ...agent, draft: theirs, base: theirs }), backup })
    })
  }
