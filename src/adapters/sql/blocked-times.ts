import type { Selectable } from 'kysely'
import type { BlockedTimeQuery, BlockedTimes } from '../../application/ports/blocked-times.ts'
import { type BlockedTime, longestBlock } from '../../domain/booking/blocked-time.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Hours that people took off the calendar. Why, and who said so, is sealed. */
export const sqlBlockedTimes = (db: TenantDb, seal: Sealing): BlockedTimes => {
  const touching = ({ from, to }: Pick<BlockedTimeQuery, 'from' | 'to'>) => {
    let query = db.from('blocked_times').selectAll()
    if (from !== undefined) query = query.where('ends_at', '>', from).where('starts_at', '>', from - longestBlock)
    if (to !== undefined) query = query.where('starts_at', '<', to)
    return query
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
    between: async (from, to) => {
      const rows = await touching({ from, to }).orderBy('starts_at').orderBy('id').execute()
      return rows.map((row) => fromRow(seal, row))
    },
    list: (asked) =>
      readPage(touching(asked), { by: 'starts_at', first: 'lowest' }, asked, (row) => fromRow(seal, row)),
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
