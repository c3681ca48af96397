import { sql } from 'kysely'
import type { Deliveries, Delivery, DeliveryQuery, Inbox, SettledDelivery } from '../../application/ports/inbox.ts'
import type { Page } from '../../application/ports/page.ts'
import type { Ports } from '../../application/ports/ports.ts'
import type { CompanyScope } from '../../application/scope.ts'
import { instant } from '../../domain/time.ts'
import type { SqlEngine } from './database.ts'
import { sqlDeliveries } from './deliveries.ts'
import { deliveryColumns, deliveryFromRow, openBody, stagesToText } from './delivery-row.ts'
import type { Trx } from './engine.ts'
import { groupCommit } from './intake.ts'
import { intakeJournal } from './intake-journal.ts'
import { intakeOnPostgres } from './intake-postgres.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Sealing, Seals } from './sealing.ts'
import { type SettledRow, settlingOf } from './settling.ts'
import { tenantDb } from './tenant-db.ts'

export interface SqlInbox extends Inbox {
  /** Resolves when everything that was stored before now is a row. For whoever reaches for the rows themselves. */
  readonly unpacked: () => Promise<void>
}

/** Everything that reached us. On SQLite it waits in a journal first, and whoever asks for deliveries has it unpacked. */
export const sqlInbox = (
  engine: SqlEngine,
  { platform }: Seals,
  needs: Pick<Ports, 'alarm' | 'ids' | 'clock'>,
): SqlInbox => {
  const { store, unpacked } = intakeOf(engine, platform, needs)
  const settle = settlingOf(engine)

  const reading = async <T>(work: (trx: Trx) => Promise<T>): Promise<T> => {
    await unpacked()
    return engine.readAsSystem(work)
  }
  const readingOf = async <T>({ company }: CompanyScope, work: (deliveries: Deliveries) => Promise<T>): Promise<T> => {
    await unpacked()
    return engine.readAsCompany(company, (trx) => work(sqlDeliveries(tenantDb(trx, engine.dialect, company))))
  }

  return {
    store,
    unpacked,

    claim: async (now, limit, leaseUntil) => {
      await unpacked()
      return engine.asSystem(async (trx) => {
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
          const body = row?.body
          if (!row || !body) return []
          return [{ delivery: deliveryFromRow(row), body: readable(() => openBody(platform, { id, body })) }]
        })
      })
    },

    settle: (results) => settle(results.map(settledRow)),

    nextDue: () =>
      reading(async (trx) => {
        const next = await trx
          .selectFrom('deliveries')
          .select('due_at')
          .where('due_at', 'is not', null)
          .orderBy('due_at')
          .limit(1)
          .executeTakeFirst()
        return next?.due_at == null ? undefined : instant(next.due_at)
      }),

    listAll: (_scope, query) => reading((trx) => listOf(trx, query)),

    findAny: (_scope, id) =>
      reading(async (trx) => {
        const row = await trx.selectFrom('deliveries').select(deliveryColumns).where('id', '=', id).executeTakeFirst()
        return row && deliveryFromRow(row)
      }),

    of: (scope) => ({
      find: (id) => readingOf(scope, ({ find }) => find(id)),
      list: (query) => readingOf(scope, ({ list }) => list(query)),
      ofCall: (call) => readingOf(scope, ({ ofCall }) => ofCall(call)),
    }),
  }
}

/** SQLite has one writer; on PostgreSQL a second batch is sent while the first one waits for the disk. */
const intakeOf = (engine: SqlEngine, platform: Sealing, needs: Pick<Ports, 'alarm' | 'ids' | 'clock'>) => {
  if (engine.dialect === 'postgres') {
    return { store: groupCommit(intakeOnPostgres(engine, platform), 2), unpacked: () => Promise.resolve() }
  }
  const { append, unpack } = intakeJournal(engine, platform, needs)
  return { store: groupCommit(append, 1), unpacked: unpack }
}

/** One damaged row keeps nobody else's from being worked off. */
const readable = (open: () => string): string | undefined => {
  try {
    return open()
  } catch {
    return undefined
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
