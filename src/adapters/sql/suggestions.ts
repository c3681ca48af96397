import type { Selectable } from 'kysely'
import type { Suggestion, Suggestions } from '../../application/ports/booking.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Times that calls were told as alternatives. Nothing in them is personal. */
export const sqlSuggestions = (db: TenantDb, _seal: Sealing): Suggestions => ({
  replace: async (call, suggestions) => {
    await db.delete('suggestions').where('call_id', '=', call).execute()
    if (suggestions.length === 0) return
    const rows = suggestions.map(({ resource, startsAt, endsAt, until }, position) => ({
      call_id: call,
      position,
      resource_id: resource,
      starts_at: startsAt,
      ends_at: endsAt,
      until,
    }))
    await db.insert('suggestions', rows).execute()
  },
  ofOthers: async (call, from, to, now) => {
    const rows = await db
      .from('suggestions')
      .selectAll()
      .where('call_id', '<>', call)
      .where('until', '>', now)
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .orderBy('starts_at')
      .orderBy('call_id')
      .orderBy('position')
      .execute()
    return rows.map(fromRow)
  },
})

const fromRow = (row: Selectable<Schema['suggestions']>): Suggestion => ({
  call: row.call_id,
  resource: row.resource_id as Suggestion['resource'],
  startsAt: row.starts_at as Suggestion['startsAt'],
  endsAt: row.ends_at as Suggestion['endsAt'],
  until: row.until as Suggestion['until'],
})
