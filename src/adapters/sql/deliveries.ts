import type { Deliveries } from '../../application/ports/inbox.ts'
import { deliveryColumns, deliveryFromRow } from './delivery-row.ts'
import { below } from './keyset.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** What reached a company, and what its account keeps while nobody owns it. Bodies stay closed. */
export const sqlDeliveries = (db: TenantDb, _seal: Sealing): Deliveries => ({
  find: async (id) => {
    const row = await db.from('deliveries').select(deliveryColumns).where('id', '=', id).executeTakeFirst()
    return row && deliveryFromRow(row)
  },
  list: async ({ outcome, callId, company, limit, cursor }) => {
    const place = placeAfter(cursor)
    let query = db.from('deliveries').select(deliveryColumns)
    if (outcome !== undefined) query = query.where('outcome', '=', outcome)
    if (callId !== undefined) query = query.where('call_id', '=', callId)
    if (company !== undefined) query = query.where('owner_id', '=', company)
    if (place) query = query.where(below('received_at', place))
    const rows = await query
      .orderBy('received_at', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize(limit) + 1)
      .execute()
    return pageOf(rows, limit, ({ received_at, id }) => ({ order: received_at, id }), deliveryFromRow)
  },
  ofCall: async (call) => {
    const rows = await db
      .from('deliveries')
      .select(deliveryColumns)
      .where('call_id', '=', call)
      .orderBy('received_at')
      .orderBy('id')
      .execute()
    return rows.map(deliveryFromRow)
  },
})
