import type { Selectable } from 'kysely'
import type { Offers } from '../../application/ports/booking.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Times that were promised. Whom they are for is sealed. */
export const sqlOffers = (db: TenantDb, seal: Sealing): Offers => ({
  find: async (id) => {
    const row = await db.from('offers').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromRow(seal, row)
  },
  save: async (offer) => {
    const row = toRow(seal, offer)
    await db
      .insert('offers', { id: offer.id, ...row })
      .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(row))
      .execute()
  },
  openOf: async (call) => {
    const rows = await db
      .from('offers')
      .selectAll()
      .where('call_id', '=', call)
      .where('state', '=', 'open')
      .orderBy('until', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return rows.map((row) => fromRow(seal, row))
  },
  live: async (now) => {
    const rows = await db
      .from('offers')
      .selectAll()
      .where('state', '=', 'open')
      .where('until', '>', now)
      .orderBy('until')
      .orderBy('id')
      .execute()
    return rows.map((row) => fromRow(seal, row))
  },
})

const toRow = (seal: Sealing, offer: Offer): Omit<NewRow<'offers'>, 'id'> => ({
  call_id: offer.call,
  attendee: seal.seal('offers', 'attendee', offer.id, offer.attendee),
  attendee_index: seal.index('offers.attendee', offer.attendee),
  branch_id: offer.branch,
  service_id: offer.service,
  staff_id: offer.staff ?? null,
  resource_id: offer.resource,
  starts_at: offer.startsAt,
  ends_at: offer.endsAt,
  until: offer.until,
  state: offer.state,
})

const fromRow = (seal: Sealing, row: Selectable<Schema['offers']>): Offer => ({
  id: row.id as Offer['id'],
  call: row.call_id,
  attendee: seal.open('offers', 'attendee', row.id, row.attendee),
  branch: row.branch_id as Offer['branch'],
  service: row.service_id as Offer['service'],
  staff: (row.staff_id ?? undefined) as Offer['staff'],
  resource: row.resource_id as Offer['resource'],
  startsAt: row.starts_at as Offer['startsAt'],
  endsAt: row.ends_at as Offer['endsAt'],
  until: row.until as Offer['until'],
  state: row.state as Offer['state'],
})
