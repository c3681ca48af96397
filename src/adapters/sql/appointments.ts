import { type Selectable, sql } from 'kysely'
import { err } from 'neverthrow'
import type { Appointments } from '../../application/ports/booking.ts'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Instant } from '../../domain/time.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import { longest } from './longest.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** How many of a customer's appointments are shown at once. */
const fewest = 20

/** What was agreed. Who comes, what was noted and what happened is sealed. */
export const sqlAppointments = (db: TenantDb, seal: Sealing): Appointments => {
  const ofCalls = async (calls: readonly string[]): Promise<readonly Appointment[]> => {
    if (calls.length === 0) return []
    const rows = await db
      .from('appointments')
      .selectAll()
      .where('call_id', 'in', calls)
      .orderBy('starts_at')
      .orderBy('id')
      .execute()
    return rows.map((row) => fromRow(seal, row))
  }

  return {
    find: async (id) => {
      const row = await db.from('appointments').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromRow(seal, row)
    },
    add: async (appointment) => {
      await db.insert('appointments', { id: appointment.id, ...toRow(seal, appointment) }).execute()
    },
    change: async (id, step) => {
      const row = await db.locked('appointments').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) return err({ kind: 'appointment-missing' })
      const changed = step(fromRow(seal, row))
      if (changed.isOk()) await db.update('appointments').set(toRow(seal, changed.value)).where('id', '=', id).execute()
      return changed
    },
    list: async ({ from, to, branch, staff, customer, status, ...page }) => {
      let query = db.from('appointments').selectAll()
      if (from !== undefined) query = query.where('ends_at', '>', from).where('starts_at', '>', from - longest)
      if (to !== undefined) query = query.where('starts_at', '<', to)
      if (branch !== undefined) query = query.where('branch_id', '=', branch)
      if (staff !== undefined) query = query.where('staff_id', '=', staff)
      if (customer !== undefined) query = query.where('customer_id', '=', customer)
      if (status !== undefined) query = query.where('status', '=', status)
      return readPage(query, { by: 'starts_at', first: 'lowest' }, page, (row) => fromRow(seal, row))
    },
    // Not a parameter: the index of these is used only when that is known beforehand.
    unsynced: (page) =>
      readPage(
        db.from('appointments').selectAll().where(sql<boolean>`sync <> 'synced'`),
        { by: 'starts_at', first: 'lowest' },
        page,
        (row) => fromRow(seal, row),
      ),
    ofCall: (call) => ofCalls([call]),
    ofCalls,
    upcomingOf: async (customer, from) => {
      const rows = await db
        .from('appointments')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('status', '<>', 'cancelled')
        .where('ends_at', '>', from)
        .orderBy('starts_at')
        .orderBy('id')
        .limit(fewest)
        .execute()
      return rows.map((row) => fromRow(seal, row))
    },
    pastOf: async (customer, before) => {
      const rows = await db
        .from('appointments')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('status', '<>', 'cancelled')
        .where('ends_at', '<=', before)
        .orderBy('starts_at', 'desc')
        .orderBy('id', 'desc')
        .limit(fewest)
        .execute()
      return rows.map((row) => fromRow(seal, row))
    },
  }
}

type Body = Pick<Appointment, 'attendeeName' | 'notes' | 'segments' | 'history' | 'moving'>

const toRow = (seal: Sealing, appointment: Appointment): Omit<NewRow<'appointments'>, 'id'> => {
  const { id, attendeeName, notes, segments, history, moving } = appointment
  const body: Body = { attendeeName, notes, segments, history, moving }
  return {
    branch_id: appointment.branch,
    service_id: appointment.service,
    staff_id: appointment.staff ?? null,
    resource_id: appointment.resource,
    customer_id: appointment.customer ?? null,
    starts_at: appointment.startsAt,
    ends_at: appointment.endsAt,
    status: appointment.status,
    source: appointment.source,
    call_id: appointment.callId ?? null,
    created_at: appointment.createdAt,
    cancelled_at: appointment.status === 'cancelled' ? appointment.cancelledAt : null,
    sync: appointment.sync,
    provider_kind: appointment.provider.kind,
    provider_uid: appointment.provider.uid ?? null,
    series_id: appointment.series ?? null,
    body: seal.seal('appointments', 'body', id, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, row: Selectable<Schema['appointments']>): Appointment => {
  const stored = {
    id: row.id,
    branch: row.branch_id,
    service: row.service_id,
    staff: row.staff_id ?? undefined,
    resource: row.resource_id,
    customer: row.customer_id ?? undefined,
    startsAt: row.starts_at as Instant,
    endsAt: row.ends_at as Instant,
    status: row.status,
    source: row.source,
    callId: row.call_id ?? undefined,
    createdAt: row.created_at as Instant,
    sync: row.sync,
    provider: { kind: row.provider_kind, uid: row.provider_uid ?? undefined },
    series: row.series_id ?? undefined,
    ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at as Instant }),
    ...(fromDocument(seal.open('appointments', 'body', row.id, row.body)) as Body),
  }
  return stored as Appointment
}
