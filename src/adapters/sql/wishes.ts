import type { Selectable } from 'kysely'
import type { Wishes, WishQuery } from '../../application/ports/wishes.ts'
import type { ServiceId } from '../../domain/ids.ts'
import type { Wish } from '../../domain/reception/wish.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** What callers wanted in vain. When they wanted it and what they were told is sealed. */
export const sqlWishes = (db: TenantDb, seal: Sealing): Wishes => {
  const wanted = ({ branch, service, from, to }: WishQuery) => {
    let query = db.from('wishes').selectAll()
    if (branch !== undefined) query = query.where('branch_id', '=', branch)
    if (service !== undefined) query = query.where('service_id', '=', service)
    if (from !== undefined) query = query.where('created_at', '>=', from)
    if (to !== undefined) query = query.where('created_at', '<', to)
    return query
  }
  const read = (row: Row) => fromRow(seal, row)

  return {
    put: async (wish) => {
      const row = toRow(seal, wish)
      const { id: _same, ...changed } = row
      await db
        .insert('wishes', row)
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
    remove: async (id) => {
      await db.delete('wishes').where('id', '=', id).execute()
    },
    ofCall: async (call) => {
      const rows = db.from('wishes').selectAll().where('call_id', '=', call)
      return (await rows.orderBy('created_at').orderBy('id').execute()).map(read)
    },
    list: (asked) => readPage(wanted(asked), { by: 'created_at', first: 'highest' }, asked, read),
    tally: async (since) => {
      const rows = await db
        .from('wishes')
        .select(({ fn }) => ['service_id', fn.countAll().as('count')])
        .where('created_at', '>=', since)
        .groupBy('service_id')
        .orderBy('count', 'desc')
        .orderBy('service_id')
        .execute()
      return rows.map((row) => ({
        service: (row.service_id as ServiceId | null) ?? undefined,
        count: Number(row.count),
      }))
    },
  }
}

type Row = Selectable<Schema['wishes']>
type Body = Pick<Wish, 'wanted' | 'reason' | 'alternatives'>

const toRow = (seal: Sealing, wish: Wish): NewRow<'wishes'> => {
  const { wanted, reason, alternatives } = wish
  const body: Body = { wanted, reason, alternatives }
  return {
    id: wish.id,
    call_id: wish.callId ?? null,
    branch_id: wish.branch ?? null,
    service_id: wish.service ?? null,
    created_at: wish.createdAt,
    body: seal.seal('wishes', 'body', wish.id, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, row: Row): Wish => {
  const stored = {
    id: row.id,
    callId: row.call_id ?? undefined,
    branch: row.branch_id ?? undefined,
    service: row.service_id ?? undefined,
    createdAt: row.created_at,
    ...(fromDocument(seal.open('wishes', 'body', row.id, row.body)) as Body),
  }
  return stored as Wish
}
