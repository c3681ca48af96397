import type { Deliveries } from '../../application/ports/inbox.ts'
import { deliveryColumns, deliveryFromRow } from './delivery-row.ts'
import { readPage } from './keyset.ts'
import type { TenantDb } from './tenant-db.ts'

/** What reached a company, and what its account keeps while nobody owns it. Bodies stay closed. */
export const sqlDeliveries = (db: TenantDb): Deliveries => ({
  find: async (id) => {
    const row = await db.from('deliveries').select(deliveryColumns).where('id', '=', id).executeTakeFirst()
    return row && deliveryFromRow(row)
  },
  list: async ({ outcome, callId, company, ...page }) => {
    let query = db.from('deliveries').select(deliveryColumns)
    if (outcome !== undefined) query = query.where('outcome', '=', outcome)
    if (callId !== undefined) query = query.where('call_id', '=', callId)
    if (company !== undefined) query = query.where('owner_id', '=', company)
    return readPage(query, { by: 'received_at', first: 'highest' }, page, deliveryFromRow)
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
