import { driftOf } from '../../domain/agents/drift.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { AgentVersion, ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'

/**
 * The agent with what follows from its versions, by their content alone. Nothing is ahead of what both sides have, so a
 * draft that comes to the same as Retell's newest or as `base` is none; what both sides have is `base`, and at first
 * sight, while there is nothing of our own, that is what Retell has.
 */
export const settled = async (tx: CompanyTx, agent: ManagedAgent): Promise<ManagedAgent> => {
  const [draft, base, theirs] = [
    await versionAt(tx, agent.id, agent.draft),
    await versionAt(tx, agent.id, agent.base),
    await versionAt(tx, agent.id, agent.theirs),
  ]
  const ours = draft ?? base
  const isEqual = theirs !== undefined && (ours === undefined || ours.hash === theirs.hash)
  const agreed = isEqual ? theirs : base
  const ahead = draft && draft.hash !== agreed?.hash ? draft : undefined
  return {
    ...agent,
    draft: ahead?.number,
    base: agreed?.number,
    syncStatus: driftOf({ ours: ahead?.hash, base: agreed?.hash, theirs: theirs?.hash }),
  }
}

export const versionAt = async (
  tx: CompanyTx,
  agent: AgentId,
  number: number | undefined,
): Promise<AgentVersion | undefined> => (number === undefined ? undefined : tx.agents.version(agent, number))
