import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Line } from '../../application/ports/directory.ts'
import type { UnroutedCall, UnroutedCalls, UnroutedQuery } from '../../application/ports/inbox.ts'
import type { Page } from '../../application/ports/page.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Engine, Trx } from './engine.ts'
import type { SqlInbox } from './inbox.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Seals } from './sealing.ts'

/** Calls nobody owns, under the platform's seal: whose they are is not known yet. */
export const sqlUnroutedCalls = (
  engine: Engine,
  seals: Seals,
  { unpacked }: Pick<SqlInbox, 'unpacked'>,
): UnroutedCalls => {
  const seal = (column: string, id: string, text: string | undefined): string | null =>
    text === undefined ? null : seals.platform.seal('unrouted_calls', column, id, text)
  const opened = (column: 'from_number' | 'to_number', row: Row): string | undefined => {
    const sealed = row[column]
    return sealed === null ? undefined : seals.platform.open('unrouted_calls', column, row.id, sealed)
  }

  const keyOf = (account: CompanyId | undefined, ...same: readonly string[]): string =>
    seals.platform.index('unrouted_calls.call', JSON.stringify([account ?? '', ...same]))

  const locked = async (trx: Trx, by: 'call_key' | 'id', name: string): Promise<Row | undefined> => {
    const query = trx.selectFrom('unrouted_calls').selectAll().where(by, '=', name)
    return (engine.dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  }

  const fromRow = (row: Row): UnroutedCall => ({
    id: row.id as UnroutedCall['id'],
    callId: row.call_id ?? undefined,
    account: (row.account_id ?? undefined) as UnroutedCall['account'],
    fromNumber: opened('from_number', row),
    toNumber: opened('to_number', row),
    agentId: row.agent_id ?? undefined,
    receivedAt: row.received_at as UnroutedCall['receivedAt'],
    events: JSON.parse(row.events) as UnroutedCall['events'],
    assignedTo: lineOf(row),
  })

  const found = (id: UnroutedCall['id'], wanted: (row: Row) => boolean) =>
    engine.readAsSystem(async (trx) => {
      const row = await trx.selectFrom('unrouted_calls').selectAll().where('id', '=', id).executeTakeFirst()
      return row && wanted(row) ? fromRow(row) : undefined
    })

  const listed = (
    all: SelectQueryBuilder<Schema, 'unrouted_calls', Row>,
    { assigned, ...page }: UnroutedQuery,
  ): Promise<Page<UnroutedCall>> => {
    const wanted = assigned === undefined ? all : all.where('assigned_company', assigned ? 'is not' : 'is', null)
    return readPage(wanted, { by: 'received_at', first: 'highest' }, page, fromRow)
  }

  return {
    note: ({ id, callId, account, fromNumber, toNumber, agentId, receivedAt, event }) => {
      const same = callId === undefined ? [fromNumber ?? '', toNumber ?? ''] : [callId]
      const key = keyOf(account, ...same)
      return engine.asSystem(async (trx) => {
        await trx
          .insertInto('unrouted_calls')
          .values({
            id,
            account_id: account ?? null,
            call_key: key,
            call_id: callId ?? null,
            from_number: null,
            to_number: null,
            agent_id: null,
            received_at: receivedAt,
            events: '[]',
            assigned_company: null,
            assigned_branch: null,
          })
          .onConflict((conflict) => conflict.column('call_key').doNothing())
          .execute()
        const row = await locked(trx, 'call_key', key)
        if (!row) throw new Error('An unrouted call that was just noted is not there')
        const events = new Set([...(JSON.parse(row.events) as readonly string[]), event])
        const noted = await trx
          .updateTable('unrouted_calls')
          .set({
            from_number: row.from_number ?? seal('from_number', row.id, fromNumber),
            to_number: row.to_number ?? seal('to_number', row.id, toNumber),
            agent_id: row.agent_id ?? agentId ?? null,
            events: JSON.stringify([...events]),
          })
          .where('id', '=', row.id)
          .returningAll()
          .executeTakeFirstOrThrow()
        return fromRow(noted)
      })
    },
    listAll: (_scope, query) =>
      engine.readAsSystem((trx) => listed(trx.selectFrom('unrouted_calls').selectAll(), query)),
    listOwn: ({ company }, query) =>
      engine.readAsSystem((trx) =>
        listed(trx.selectFrom('unrouted_calls').selectAll().where('account_id', '=', company), query),
      ),
    findAny: (_scope, id) => found(id, () => true),
    findOwn: ({ company }, id) => found(id, ({ account_id }) => account_id === company),
    assign: async (id, to, now) => {
      await unpacked()
      return engine.asSystem(async (trx) => {
        const row = await locked(trx, 'id', id)
        const before = row && lineOf(row)
        if (!row || (before && (before.company !== to.company || before.branch !== to.branch))) return false
        await trx
          .updateTable('unrouted_calls')
          .set({ assigned_company: to.company, assigned_branch: to.branch })
          .where('id', '=', id)
          .execute()
        if (row.call_id !== null) await own(trx, row.call_id, row.account_id, to.company, now)
        return true
      })
    },
    assignedTo: (account, call) =>
      engine.readAsSystem(async (trx) => {
        const row = await trx
          .selectFrom('unrouted_calls')
          .select(['assigned_company', 'assigned_branch'])
          .where('call_key', '=', keyOf(account, call))
          .executeTakeFirst()
        return row && lineOf(row)
      }),
  }
}

/** Nobody's deliveries of a call become a company's; those that were trusted enough are due. */
const own = (trx: Trx, call: string, account: string | null, company: CompanyId, now: number) => {
  const isDue = sql`body is not null and outcome not in ('refused', 'ignored')`
  return sql`update deliveries set owner_id = ${company}, company_id = ${company},
      due_at = case when ${isDue} then ${now} else due_at end, attempt = case when ${isDue} then 0 else attempt end
    where call_id = ${call} and owner_id is null and coalesce(account_id, '') = ${account ?? ''}`.execute(trx)
}

const lineOf = ({ assigned_company, assigned_branch }: Pick<Row, 'assigned_company' | 'assigned_branch'>) =>
  assigned_company === null || assigned_branch === null
    ? undefined
    : ({ company: assigned_company, branch: assigned_branch } as Line)

type Row = Selectable<Schema['unrouted_calls']>
