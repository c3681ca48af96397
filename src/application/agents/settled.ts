import { driftOf } from '../../domain/agents/drift.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { AgentVersion, ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'

/**
 * The agent with what follows from its versions, by their content alone. What both sides have is `base`; at first sight,
 * while there is nothing of our own, that is what Retell has. A draft that comes to the same as `base` is none, unless
 * callers reach something else: then it is still to be published.
 */
export const settled = async (tx: CompanyTx, agent: ManagedAgent): Promise<ManagedAgent> => {
  const at = (number: number | undefined) => versionAt(tx, agent.id, number)
  const [draft, base, theirs, live] = [
    await at(agent.draft),
    await at(agent.base),
    await at(agent.theirs),
    await at(agent.live),
  ]
  const ours = draft ?? base
  const isEqual = theirs !== undefined && (ours === undefined || ours.hash === theirs.hash)
  const agreed = isEqual ? theirs : base
  const isLive = live === undefined || live.hash === draft?.hash
  const ahead = draft && isLive && draft.hash === agreed?.hash ? undefined : draft
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
