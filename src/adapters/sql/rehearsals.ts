import type { Selectable } from 'kysely'
import type { Rehearsal, Rehearsals, StoredScript } from '../../application/ports/rehearsals.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Scripted calls and what came of playing them. What is said in them is sealed. */
export const sqlRehearsals = (db: TenantDb, seal: Sealing): Rehearsals => {
  const rehearsals = () => db.from('rehearsals').selectAll()
  const read = (row: Selectable<Schema['rehearsals']>) => fromRow(seal, row)
  return {
    scripts: async () => {
      const rows = await db.from('rehearsal_scripts').selectAll().execute()
      // Ordered here: each database has an order of its own for text.
      return rows.map((row) => scriptFromRow(seal, row)).toSorted((one, other) => (one.name < other.name ? -1 : 1))
    },
    saveScript: async ({ id, name, source, changedAt }) => {
      const changed = { name, changed_at: changedAt, source: seal.seal('rehearsal_scripts', 'source', id, source) }
      await db
        .insert('rehearsal_scripts', { id, ...changed })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
    removeScript: async (id) => {
      await db.delete('rehearsal_scripts').where('id', '=', id).execute()
    },
    save: async ({ id, agent, version, passed, at, report }) => {
      const sealed = seal.seal('rehearsals', 'report', id, JSON.stringify(report))
      const changed = { agent_id: agent, version, passed: passed ? 1 : 0, at, report: sealed } as const
      await db
        .insert('rehearsals', { id, ...changed })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
    find: async (id) => {
      const row = await rehearsals().where('id', '=', id).executeTakeFirst()
      return row && read(row)
    },
    list: (agent, request) =>
      readPage(rehearsals().where('agent_id', '=', agent), { by: 'at', first: 'highest' }, request, read),
  }
}

const scriptFromRow = (seal: Sealing, row: Selectable<Schema['rehearsal_scripts']>): StoredScript => {
  const stored = {
    id: row.id,
    name: row.name,
    source: seal.open('rehearsal_scripts', 'source', row.id, row.source),
    changedAt: row.changed_at,
  }
  return stored as StoredScript
}

const fromRow = (seal: Sealing, row: Selectable<Schema['rehearsals']>): Rehearsal => {
  const stored = {
    id: row.id,
    agent: row.agent_id,
    version: row.version,
    passed: row.passed === 1,
    at: row.at,
    report: JSON.parse(seal.open('rehearsals', 'report', row.id, row.report)) as Rehearsal['report'],
  }
  return stored as Rehearsal
}
