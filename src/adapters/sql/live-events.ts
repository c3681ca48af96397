import { sql } from 'kysely'
import type { NewLiveEvent } from '../../application/ports/events.ts'
import type { Instant } from '../../domain/time.ts'
import type { Trx } from './engine.ts'
import type { TenantDb } from './tenant-db.ts'

export const liveChannel = 'frontdesk_events'

/**
 * Numbers the events and writes them down: the last thing that a transaction does. From here to its end the company's
 * counter is locked, so that numbers are given in the order of commits and none is ever missing.
 */
export const writeLiveEvents = async (
  trx: Trx,
  db: TenantDb,
  events: readonly NewLiveEvent[],
  at: Instant,
): Promise<void> => {
  if (events.length === 0) return
  const { last } = await db
    .insert('live_counters', { last: events.length })
    .onConflict((conflict) =>
      conflict.column('company_id').doUpdateSet({ last: sql`live_counters.last + excluded.last` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const before = last - events.length
  await db
    .insert(
      'live_events',
      events.map(({ kind, data }, position) => ({
        seq: before + position + 1,
        kind,
        data: JSON.stringify(data),
        at,
      })),
    )
    .execute()
  if (db.dialect === 'postgres') await sql`select pg_notify(${liveChannel}, ${db.company})`.execute(trx)
}
