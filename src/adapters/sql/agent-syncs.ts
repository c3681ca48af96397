import type { Selectable } from 'kysely'
import type { AgentSync, AgentSyncs } from '../../application/ports/agent-syncs.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Readings of all agents of a company. */
export const sqlAgentSyncs = (db: TenantDb, seal: Sealing): AgentSyncs => {
  const read = (row: Selectable<Schema['agent_syncs']> | undefined) => {
    if (!row) return undefined
    const body = fromDocument(seal.open('agent_syncs', 'body', row.id, row.body)) as object
    const stored = { ...body, id: row.id, state: row.state, startedAt: row.started_at }
    return stored as unknown as AgentSync
  }
  return {
    find: async (id) => read(await db.locked('agent_syncs').selectAll().where('id', '=', id).executeTakeFirst()),
    newest: async () => {
      const all = db.from('agent_syncs').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc')
      return read(await all.limit(1).executeTakeFirst())
    },
    save: async ({ id, state, startedAt, ...rest }) => {
      const body = seal.seal('agent_syncs', 'body', id, toDocument(rest))
      const changed = { state, started_at: startedAt, body }
      await db
        .insert('agent_syncs', { id, ...changed })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
  }
}
