import type { ManagedAgent } from '../ports/agents.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import { everyAgent } from './every-agent.ts'

/**
 * The names of agents that were made here, that Retell was told to make, and of which nobody knows whether it did: a
 * publication is at it, or stopped there and may be resumed. What bears such a name at Retell and is known to nobody is
 * left to it.
 */
export const awaitedNames = async (tx: CompanyTx): Promise<ReadonlySet<string>> => {
  const names = new Set<string>()
  for (const agent of await everyAgent(tx)) {
    const name = agent.retellAgentId === undefined ? await awaitedName(tx, agent) : undefined
    if (name !== undefined) names.add(name)
  }
  return names
}

const awaitedName = async (tx: CompanyTx, { id, name }: ManagedAgent): Promise<string | undefined> => {
  const [newest] = (await tx.releases.publications(id, { limit: 1, cursor: undefined })).items
  if (!newest || !isMaking(newest)) return undefined
  const configuration = await tx.agents.configuration(id, newest.version)
  const { agent_name: given } = configuration?.agent ?? {}
  return typeof given === 'string' ? given : name
}

const isMaking = ({ state, steps }: Publication): boolean =>
  (state === 'running' || state === 'failed') &&
  steps.some((step) => step.name === 'draft-version' && step.startedAt !== undefined)
