import { type Selectable, sql } from 'kysely'
import type { CalendarBookings, KnownCalendarBooking } from '../../application/ports/calendar-bookings.ts'
import { fromDocument, toDocument } from './document.ts'
import { above } from './keyset.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Bookings of a vendor's calendar by their uid. Who comes, and why it was called off, is sealed. */
export const sqlCalendarBookings = (db: TenantDb, seal: Sealing): CalendarBookings => {
  const read = (row: Row) => fromRow(seal, row)
  // Of one that nobody knows yet there is no row that could be locked.
  const inTurn = () => db.hold('calendar bookings')
  return {
    find: async (uid) => {
      await inTurn()
      const row = await db.from('calendar_bookings').selectAll().where('id', '=', uid).executeTakeFirst()
      return row && read(row)
    },
    ofAppointment: async (appointment) => {
      await inTurn()
      const rows = db.from('calendar_bookings').selectAll().where('appointment_id', '=', appointment)
      return (await rows.orderBy('starts_at').orderBy('id').execute()).map(read)
    },
    save: async (booking) => {
      const row = toRow(seal, booking)
      const { id: _same, ...changed } = row
      await db
        .insert('calendar_bookings', row)
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
    unmatched: async ({ from, limit, cursor }) => {
      const place = placeAfter(cursor)
      const ahead = db
        .from('calendar_bookings')
        .selectAll()
        .where('appointment_id', 'is', null)
        // Not parameters: the index of these is used only when that is known beforehand.
        .where(sql<boolean>`status in ('accepted', 'pending')`)
        .where('ends_at', '>', from)
      const query = place ? ahead.where(above('starts_at', place)) : ahead
      const rows = await query
        .orderBy('starts_at')
        .orderBy('id')
        .limit(pageSize(limit) + 1)
        .execute()
      return pageOf(rows, limit, ({ starts_at, id }) => ({ order: starts_at, id }), read)
    },
  }
}

type Row = Selectable<Schema['calendar_bookings']>
type Body = Omit<KnownCalendarBooking, 'uid' | 'appointment' | 'status' | 'startsAt' | 'seenAt'>

const toRow = (seal: Sealing, booking: KnownCalendarBooking): NewRow<'calendar_bookings'> => {
  const { uid, appointment, status, startsAt, seenAt, ...body } = booking
  return {
    id: uid,
    appointment_id: appointment ?? null,
    status,
    starts_at: startsAt,
    ends_at: booking.endsAt ?? startsAt,
    seen_at: seenAt,
    body: seal.seal('calendar_bookings', 'body', uid, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, row: Row): KnownCalendarBooking => {
  const body = fromDocument(seal.open('calendar_bookings', 'body', row.id, row.body)) as Partial<Body>
  const stored = {
    endsAt: undefined,
    reference: undefined,
    part: undefined,
    eventType: undefined,
    host: undefined,
    attendee: undefined,
    replaces: undefined,
    replacedBy: undefined,
    reason: undefined,
    ...body,
    uid: row.id,
    appointment: row.appointment_id ?? undefined,
    status: row.status,
    startsAt: row.starts_at,
    seenAt: row.seen_at,
  }
  return stored as KnownCalendarBooking
}
