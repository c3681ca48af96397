import { type Selectable, sql } from 'kysely'
import type { ToolCall, ToolCalls } from '../../application/ports/tool-calls.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** What the voice agent asked and was answered. Arguments and answers are sealed. */
export const sqlToolCalls = (db: TenantDb, seal: Sealing): ToolCalls => {
  // A bare digest of names and numbers could be found again by trying them all, so it is kept as a blind index only.
  const blind = (fingerprint: string) => seal.index('tool call', fingerprint)
  const same = (call: string, fingerprint: string) =>
    db.from('tool_calls').where('call_id', '=', call).where('fingerprint', '=', blind(fingerprint))
  const newest = async (query: ReturnType<typeof same>): Promise<ToolCall | undefined> => {
    const row = await query.selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
    return row && fromRow(seal, row)
  }

  return {
    add: async ({ id, call, nameAsSent, fingerprint, effect, input, resolved, output, vendorCalls, ...plain }) => {
      const body: Body = { fingerprint, input, resolved, output, vendorCalls }
      await db
        .insert('tool_calls', {
          ...plain,
          id,
          call_id: call,
          name_as_sent: nameAsSent,
          fingerprint: blind(fingerprint),
          effect: effect ?? null,
          body: seal.seal('tool_calls', 'body', id, JSON.stringify(body)),
        })
        .execute()
    },
    revise: async (id, { output, resolved, status, ms, effect, vendorCalls }) => {
      const row = await db.from('tool_calls').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) return
      const { fingerprint, input } = JSON.parse(seal.open('tool_calls', 'body', id, row.body)) as Body
      const body: Body = { fingerprint, input, resolved, output, vendorCalls }
      await db
        .update('tool_calls')
        .set({
          status,
          ms,
          effect: effect ?? null,
          body: seal.seal('tool_calls', 'body', id, JSON.stringify(body)),
        })
        .where('id', '=', id)
        .execute()
    },
    lastEffect: (call, fingerprint, since) =>
      newest(same(call, fingerprint).where('effect', 'is not', null).where('at', '>=', since)),
    count: async (call, fingerprint) => {
      const { count } = await same(call, fingerprint)
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    last: (call, fingerprint) => newest(same(call, fingerprint)),
    list: async (call) => {
      const rows = await db
        .from('tool_calls')
        .selectAll()
        .where('call_id', '=', call)
        .orderBy('at')
        .orderBy('id')
        .execute()
      return rows.map((row) => fromRow(seal, row))
    },
    recent: (name, request) =>
      readPage(
        db.from('tool_calls').selectAll().where('name', '=', name),
        { by: 'at', first: 'highest' },
        request,
        (row) => fromRow(seal, row),
      ),
    p95: async (from, to) => {
      const between = db.from('tool_calls').where('at', '>=', from).where('at', '<', to)
      const { count } = await between.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
      const before = Math.ceil(Number(count) * 0.95) - 1
      const row = await between.select('ms').orderBy('ms').limit(1).offset(Math.max(before, 0)).executeTakeFirst()
      return row?.ms
    },
  }
}

type Body = Pick<ToolCall, 'fingerprint' | 'input' | 'resolved' | 'output' | 'vendorCalls'>

const fromRow = (seal: Sealing, row: Selectable<Schema['tool_calls']>): ToolCall => ({
  id: row.id as ToolCall['id'],
  call: row.call_id,
  at: row.at as ToolCall['at'],
  name: row.name,
  nameAsSent: row.name_as_sent,
  status: row.status,
  ms: row.ms,
  effect: row.effect ?? undefined,
  ...(JSON.parse(seal.open('tool_calls', 'body', row.id, row.body)) as Body),
})
