import type { Selectable } from 'kysely'
import type { Alarm, SecurityEvent } from '../../application/ports/alarm.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { alertFromRow, alertToRow } from './alerts.ts'
import type { Engine } from './engine.ts'
import { below } from './keyset.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Schema } from './schema.ts'
import type { Seals } from './sealing.ts'

/** Security events and alerts of every company and of none. */
export const sqlAlarm = (engine: Engine, seals: Seals): Alarm => {
  const fromRow = (row: Selectable<Schema['security_events']>): SecurityEvent => ({
    id: row.id as SecurityEvent['id'],
    kind: row.kind as SecurityEvent['kind'],
    severity: row.severity as SecurityEvent['severity'],
    at: row.at as SecurityEvent['at'],
    address: row.address ?? undefined,
    actor: row.actor === null ? undefined : seals.platform.open('security_events', 'actor', row.id, row.actor),
    company: (row.company_id ?? undefined) as SecurityEvent['company'],
    detail: row.detail,
  })

  return {
    security: async ({ id, kind, severity, at, address, actor, company, detail }) => {
      await engine.asSystem((trx) =>
        trx
          .insertInto('security_events')
          .values({
            id,
            company_id: company ?? null,
            kind,
            severity,
            at,
            address: address ?? null,
            actor: actor === undefined ? null : seals.platform.seal('security_events', 'actor', id, actor),
            detail,
          })
          .execute(),
      )
    },
    alert: async (company, alert) => {
      await engine.asSystem((trx) =>
        trx
          .insertInto('alerts')
          .values({ ...alertToRow(alert), company_id: company ?? null })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    },
    securityEvents: (_scope, { limit, cursor }) =>
      engine.readAsSystem(async (trx) => {
        const place = placeAfter(cursor)
        const all = trx.selectFrom('security_events').selectAll()
        const rows = await (place ? all.where(below('at', place)) : all)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(pageSize(limit) + 1)
          .execute()
        return pageOf(rows, limit, ({ at, id }) => ({ order: at, id }), fromRow)
      }),
    alerts: (_scope, { limit, cursor }) =>
      engine.readAsSystem(async (trx) => {
        const place = placeAfter(cursor)
        const all = trx.selectFrom('alerts').selectAll()
        const rows = await (place ? all.where(below('created_at', place)) : all)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(pageSize(limit) + 1)
          .execute()
        return pageOf(
          rows,
          limit,
          ({ created_at, id }) => ({ order: created_at, id }),
          (row) => ({ ...alertFromRow(row), company: (row.company_id ?? undefined) as CompanyId | undefined }),
        )
      }),
  }
}
