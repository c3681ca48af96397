import type { Selectable } from 'kysely'
import type { Ring, Rings } from '../../application/ports/calls.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Ringing without a call id. Who rings is sealed. */
export const sqlRings = (db: TenantDb, seal: Sealing): Rings => ({
  add: async ({ id, branch, fromNumber, toNumber, at }) => {
    await db
      .insert('rings', {
        id,
        branch_id: branch,
        from_sealed: fromNumber === undefined ? null : seal.seal('rings', 'from_sealed', id, fromNumber),
        from_index: fromNumber === undefined ? null : fromIndex(seal, fromNumber),
        to_number: toNumber,
        at,
        joined_call: null,
      })
      .execute()
  },
  open: async (since) => {
    const rows = await db
      .from('rings')
      .selectAll()
      .where('joined_call', 'is', null)
      .where('at', '>=', since)
      .orderBy('at')
      .orderBy('id')
      .execute()
    return rows.map((row) => fromRow(seal, row))
  },
  between: async (fromNumber, toNumber, from, to) => {
    const ofNumber = db.from('rings').selectAll().where('to_number', '=', toNumber)
    const rows = await (fromNumber === undefined
      ? ofNumber.where('from_index', 'is', null)
      : ofNumber.where('from_index', '=', fromIndex(seal, fromNumber))
    )
      .where('joined_call', 'is', null)
      .where('at', '>=', from)
      .where('at', '<=', to)
      .orderBy('at')
      .orderBy('id')
      .execute()
    return rows.map((row) => fromRow(seal, row))
  },
  join: async (ring, call) => {
    await db.update('rings').set({ joined_call: call }).where('id', '=', ring).execute()
  },
})

const fromIndex = (seal: Sealing, number: string): string => seal.index('rings.from', number)

const fromRow = (seal: Sealing, row: Selectable<Schema['rings']>): Ring => ({
  id: row.id as Ring['id'],
  branch: row.branch_id as Ring['branch'],
  fromNumber: row.from_sealed === null ? undefined : seal.open('rings', 'from_sealed', row.id, row.from_sealed),
  toNumber: row.to_number,
  at: row.at as Ring['at'],
})
