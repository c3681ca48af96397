import { sql } from 'kysely'
import type { Delivery, DeliveryQuery, Inbox, NewDelivery, SettledDelivery } from '../../application/ports/inbox.ts'
import type { Page } from '../../application/ports/page.ts'
import { instant } from '../../domain/time.ts'
import type { SqlEngine } from './database.ts'
import { deliveryColumns, deliveryFromRow, stagesToText } from './delivery-row.ts'
import type { Trx } from './engine.ts'
import { type InboxRow, intakeOf } from './intake.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Seals } from './sealing.ts'
import { type SettledRow, settlingOf } from './settling.ts'

/** Everything that reached us. Bodies are sealed under the platform, for they are kept before a company is known. */
export const sqlInbox = (engine: SqlEngine, { platform }: Seals): Inbox => {
  const store = intakeOf(engine, platform)
  const settle = settlingOf(engine)

  const toRow = (delivery: NewDelivery): InboxRow => ({
    id: delivery.id,
    company_id: delivery.company ?? delivery.account ?? null,
    owner_id: delivery.company ?? null,
    account_id: delivery.account ?? null,
    source: delivery.source,
    event: delivery.event,
    call_id: delivery.callId ?? null,
    received_at: delivery.receivedAt,
    address: delivery.address,
    outcome: delivery.outcome,
    stages: stagesToText(delivery.stages),
    dedupe_key: delivery.dedupeKey ?? null,
    body: delivery.body ?? null,
    due_at: delivery.body === undefined ? null : (delivery.dueAt ?? null),
  })

  return {
    store: (delivery) => store(toRow(delivery)),

    claim: (now, limit, leaseUntil) =>
      engine.asSystem(async (trx) => {
        const due = trx
          .selectFrom('deliveries')
          .select('id')
          .where('due_at', '<=', now)
          .orderBy('due_at')
          .orderBy('received_at')
          .orderBy('id')
          .limit(limit)
        const mine = await (engine.dialect === 'postgres' ? due.forUpdate().skipLocked() : due).execute()
        if (mine.length === 0) return []
        const rows = await trx
          .updateTable('deliveries')
          .set({ due_at: leaseUntil })
          .where(
            'id',
            'in',
            mine.map(({ id }) => id),
          )
          .returning([...deliveryColumns, 'body'])
          .execute()
        const byId = new Map(rows.map((row) => [row.id, row]))
        return mine.flatMap(({ id }) => {
          const row = byId.get(id)
          if (!row?.body) return []
          return [{ delivery: deliveryFromRow(row), body: platform.openBytes('deliveries', 'body', id, row.body) }]
        })
      }),

    settle: (results) => settle(results.map(settledRow)),

    nextDue: () =>
      engine.readAsSystem(async (trx) => {
        const next = await trx
          .selectFrom('deliveries')
          .select('due_at')
          .where('due_at', 'is not', null)
          .orderBy('due_at')
          .limit(1)
          .executeTakeFirst()
        return next?.due_at == null ? undefined : instant(next.due_at)
      }),

    listAll: (_scope, query) => engine.readAsSystem((trx) => listOf(trx, query)),

    findAny: (_scope, id) =>
      engine.readAsSystem(async (trx) => {
        const row = await trx.selectFrom('deliveries').select(deliveryColumns).where('id', '=', id).executeTakeFirst()
        return row && deliveryFromRow(row)
      }),
  }
}

const settledRow = ({ id, outcome, stages, dueAt, attempt }: SettledDelivery): SettledRow => ({
  id,
  outcome,
  stages: stagesToText(stages),
  due_at: dueAt ?? null,
  attempt,
})

const listOf = async (
  trx: Trx,
  { limit, cursor, outcome, callId, company }: DeliveryQuery,
): Promise<Page<Delivery>> => {
  const begin = placeAfter(cursor)
  let query = trx.selectFrom('deliveries').select(deliveryColumns)
  if (outcome !== undefined) query = query.where('outcome', '=', outcome)
  if (callId !== undefined) query = query.where('call_id', '=', callId)
  // An owner is always who may see it as well, and that is what the index knows.
  if (company !== undefined) query = query.where('company_id', '=', company).where('owner_id', '=', company)
  if (begin) query = query.where(sql<boolean>`(received_at, id) < (${begin.order}, ${begin.id})`)
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize(limit) + 1)
    .execute()
  return pageOf(rows, limit, ({ received_at, id }) => ({ order: received_at, id }), deliveryFromRow)
}
