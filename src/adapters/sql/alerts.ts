import { type Selectable, sql } from 'kysely'
import type { Alert, Alerts, NewAlert } from '../../application/ports/alarm.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** What is wrong and what to do about it. Alerts hold nothing personal. */
export const sqlAlerts = (db: TenantDb, _seal: Sealing): Alerts => ({
  raise: async (alert) => {
    // An open one of the same key keeps the new one out; the index on the key of open ones is the judge.
    const raised = await db
      .insert('alerts', alertToRow(alert))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    return raised !== undefined
  },
  list: async ({ open, ...page }) => {
    let query = db.from('alerts').selectAll()
    if (open !== undefined) query = query.where('resolved_at', open ? 'is' : 'is not', null)
    return readPage(query, { by: 'created_at', first: 'highest' }, page, alertFromRow)
  },
  countOpen: async () => {
    const { count } = await db
      .from('alerts')
      .select(sql<number>`count(*)`.as('count'))
      .where('resolved_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
  resolve: async (id, now) => {
    const resolved = await db
      .update('alerts')
      .set({ resolved_at: now })
      .where('id', '=', id)
      .where('resolved_at', 'is', null)
      .executeTakeFirst()
    return resolved.numUpdatedRows > 0n
  },
  resolveKey: async (key, now) => {
    const resolved = await db
      .update('alerts')
      .set({ resolved_at: now })
      .where('key', '=', key)
      .where('resolved_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    return resolved?.id as Alert['id'] | undefined
  },
})

export const alertToRow = (alert: NewAlert): NewRow<'alerts'> => ({
  id: alert.id,
  key: alert.key,
  kind: alert.kind,
  severity: alert.severity,
  message: alert.message,
  call_id: alert.callId ?? null,
  appointment_id: alert.appointmentId ?? null,
  created_at: alert.createdAt,
  resolved_at: null,
})

export const alertFromRow = (row: Selectable<Schema['alerts']>): Alert => ({
  id: row.id as Alert['id'],
  kind: row.kind as Alert['kind'],
  severity: row.severity as Alert['severity'],
  message: row.message,
  callId: row.call_id ?? undefined,
  appointmentId: (row.appointment_id ?? undefined) as Alert['appointmentId'],
  createdAt: row.created_at as Alert['createdAt'],
  resolvedAt: (row.resolved_at ?? undefined) as Alert['resolvedAt'],
})
