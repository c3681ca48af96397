import type { Selectable } from 'kysely'
import type { Alarm, Alert, SecurityEvent } from '../../application/ports/alarm.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { alertFromRow, alertToRow } from './alerts.ts'
import type { Engine } from './engine.ts'
import { readPage } from './keyset.ts'
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
    resolve: (company, key, now) =>
      engine.asSystem(async (trx) => {
        const resolved = await trx
          .updateTable('alerts')
          .set({ resolved_at: now })
          .where('company_id', company === undefined ? 'is' : '=', company ?? null)
          .where('key', '=', key)
          .where('resolved_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        return resolved?.id as Alert['id'] | undefined
      }),
    securityEvents: (_scope, page) =>
      engine.readAsSystem((trx) =>
        readPage(trx.selectFrom('security_events').selectAll(), { by: 'at', first: 'highest' }, page, fromRow),
      ),
    securityEventsOf: ({ company }, page) =>
      engine.readAsSystem((trx) => {
        const own = trx.selectFrom('security_events').selectAll().where('company_id', '=', company)
        return readPage(own, { by: 'at', first: 'highest' }, page, fromRow)
      }),
    alerts: (_scope, page) =>
      engine.readAsSystem((trx) =>
        readPage(trx.selectFrom('alerts').selectAll(), { by: 'created_at', first: 'highest' }, page, (row) => ({
          ...alertFromRow(row),
          company: (row.company_id ?? undefined) as CompanyId | undefined,
        })),
      ),
  }
}
