import type { ManagedAgent } from '../../../src/application/ports/agents.ts'
import type { AgentId } from '../../../src/domain/ids.ts'

/** An agent that answers for the branch in the middle, of which nothing is known yet. */
export const managedAgent = (id: AgentId, known: Partial<ManagedAgent> = {}): ManagedAgent => ({
  id,
  slug: 'empfang',
  retellAgentId: 'agent_mitte',
  name: 'Empfang',
  language: 'de-DE',
  engine: 'retell-llm',
  draft: undefined,
  base: undefined,
  theirs: undefined,
  live: undefined,
  liveAtRetell: undefined,
  seen: undefined,
  numbers: [],
  syncStatus: 'unknown',
  syncedAt: undefined,
  syncError: undefined,
  isGone: false,
  ...known,
})
