import type { Selectable, SelectQueryBuilder } from 'kysely'
import type { UnroutedCall, UnroutedCalls } from '../../application/ports/inbox.ts'
import type { Page, PageRequest } from '../../application/ports/page.ts'
import type { Engine, Trx } from './engine.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Seals } from './sealing.ts'

/** Calls nobody owns, under the platform's seal: whose they are is not known yet. */
export const sqlUnroutedCalls = (engine: Engine, seals: Seals): UnroutedCalls => {
  const seal = (column: string, id: string, text: string | undefined): string | null =>
    text === undefined ? null : seals.platform.seal('unrouted_calls', column, id, text)
  const opened = (column: 'from_number' | 'to_number', row: Row): string | undefined => {
    const sealed = row[column]
    return sealed === null ? undefined : seals.platform.open('unrouted_calls', column, row.id, sealed)
  }

  const locked = async (trx: Trx, key: string): Promise<Row | undefined> => {
    const query = trx.selectFrom('unrouted_calls').selectAll().where('call_key', '=', key)
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
  })

  const listed = (
    all: SelectQueryBuilder<Schema, 'unrouted_calls', Row>,
    page: PageRequest,
  ): Promise<Page<UnroutedCall>> => readPage(all, { by: 'received_at', first: 'highest' }, page, fromRow)

  return {
    note: ({ id, callId, account, fromNumber, toNumber, agentId, receivedAt, event }) => {
      const same = callId === undefined ? [fromNumber ?? '', toNumber ?? ''] : [callId]
      const key = seals.platform.index('unrouted_calls.call', JSON.stringify([account ?? '', ...same]))
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
          })
          .onConflict((conflict) => conflict.column('call_key').doNothing())
          .execute()
        const row = await locked(trx, key)
        if (!row) throw new Error('An unrouted call that was just noted is not there')
        const events = new Set([...(JSON.parse(row.events) as readonly string[]), event])
        await trx
          .updateTable('unrouted_calls')
          .set({
            from_number: row.from_number ?? seal('from_number', row.id, fromNumber),
            to_number: row.to_number ?? seal('to_number', row.id, toNumber),
            agent_id: row.agent_id ?? agentId ?? null,
            events: JSON.stringify([...events]),
          })
          .where('id', '=', row.id)
          .execute()
      })
    },
    listAll: (_scope, query) =>
      engine.readAsSystem((trx) => listed(trx.selectFrom('unrouted_calls').selectAll(), query)),
    listOwn: ({ company }, query) =>
      engine.readAsSystem((trx) =>
        listed(trx.selectFrom('unrouted_calls').selectAll().where('account_id', '=', company), query),
      ),
  }
}

type Row = Selectable<Schema['unrouted_calls']>
