import type { AgentSyncs } from '../../application/ports/agent-syncs.ts'
import type { Draft } from './tables.ts'

export const agentSyncsIn = (draft: Draft): AgentSyncs => ({
  find: async (id) => draft.row('agentSyncs', id),
  newest: async () =>
    draft
      .rows('agentSyncs')
      .toSorted((one, other) => other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1))
      .at(0),
  save: async (sync) => draft.put('agentSyncs', sync.id, sync),
})
