import type { Selectable } from 'kysely'
import type { BlockedTimeQuery, BlockedTimes } from '../../application/ports/blocked-times.ts'
import { type BlockedTime, longestBlock } from '../../domain/booking/blocked-time.ts'
import { fromDocument, toDocument } from './document.ts'
import { above } from './keyset.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Hours that people took off the calendar. Why, and who said so, is sealed. */
export const sqlBlockedTimes = (db: TenantDb, seal: Sealing): BlockedTimes => {
  const touching = ({ from, to }: Pick<BlockedTimeQuery, 'from' | 'to'>) => {
    let query = db.from('blocked_times').selectAll()
    if (from !== undefined) query = query.where('ends_at', '>', from).where('starts_at', '>', from - longestBlock)
    if (to !== undefined) query = query.where('starts_at', '<', to)
    return query.orderBy('starts_at').orderBy('id')
  }

  return {
    find: async (id) => {
      const row = await db.from('blocked_times').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromRow(seal, row)
    },
    add: async (blocked) => {
      await db.insert('blocked_times', toRow(seal, blocked)).execute()
    },
    remove: async (id) => {
      const { numDeletedRows } = await db.delete('blocked_times').where('id', '=', id).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
    between: async (from, to) => (await touching({ from, to }).execute()).map((row) => fromRow(seal, row)),
    list: async ({ limit, cursor, ...when }) => {
      const place = placeAfter(cursor)
      const query = place ? touching(when).where(above('starts_at', place)) : touching(when)
      const rows = await query.limit(pageSize(limit) + 1).execute()
      return pageOf(
        rows,
        limit,
        ({ starts_at, id }) => ({ order: starts_at, id }),
        (row) => fromRow(seal, row),
      )
    },
  }
}

type Body = Pick<BlockedTime, 'reason' | 'createdBy' | 'resources'>

const toRow = (seal: Sealing, blocked: BlockedTime): NewRow<'blocked_times'> => {
  const { id, reason, createdBy, resources } = blocked
  const body: Body = { reason, createdBy, resources }
  return {
    id,
    staff_id: blocked.staff ?? null,
    branch_id: blocked.branch ?? null,
    starts_at: blocked.startsAt,
    ends_at: blocked.endsAt,
    created_at: blocked.createdAt,
    body: seal.seal('blocked_times', 'body', id, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, row: Selectable<Schema['blocked_times']>): BlockedTime => {
  const stored = {
    id: row.id,
    staff: row.staff_id ?? undefined,
    branch: row.branch_id ?? undefined,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    createdAt: row.created_at,
    ...(fromDocument(seal.open('blocked_times', 'body', row.id, row.body)) as Body),
  }
  return stored as BlockedTime
}
