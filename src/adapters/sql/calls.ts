import { type Selectable, sql } from 'kysely'
import type { CallCard, CallEventEntry, Calls, CallTally, StoredCall } from '../../application/ports/calls.ts'
import { type CallState, callState, unheard } from '../../domain/calling/call.ts'
import { countryOf, parseCallerNumber } from '../../domain/phone-number.ts'
import { HOUR, type Instant } from '../../domain/time.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Calls, their timeline and their figures. Who called and what was said is sealed. */
export const sqlCalls = (db: TenantDb, seal: Sealing): Calls => {
  const locked = async (id: string): Promise<StoredCall | undefined> => {
    const row = await db.locked('calls').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromRow(seal, row)
  }

  return {
    find: async (id) => {
      const row = await db.from('calls').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromRow(seal, row)
    },
    open: async (id, branch, now) => {
      const known = await locked(id)
      if (known) return known
      const call: StoredCall = { ...newCall, id, branch, firstHeardAt: now }
      await db
        .insert('calls', { id, ...toRow(seal, call) })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doNothing())
        .execute()
      const opened = await locked(id)
      if (!opened) throw new Error('A call that was just opened is not there')
      return opened
    },
    save: async (call) => {
      const saved = await db.update('calls').set(toRow(seal, call)).where('id', '=', call.id).executeTakeFirst()
      if (saved.numUpdatedRows === 0n) throw new Error('A call is opened before it is saved')
    },
    list: async ({ branch, status, outcome, customer, caller, from, to, ...page }) => {
      let query = db.from('calls').select(cardColumns)
      if (branch !== undefined) query = query.where('branch_id', '=', branch)
      if (status !== undefined) query = query.where('status', '=', status)
      if (outcome !== undefined) query = query.where('outcome', '=', outcome)
      if (customer !== undefined) query = query.where('customer_id', '=', customer)
      if (caller !== undefined) query = query.where('caller_index', '=', callerIndex(seal, caller))
      if (from !== undefined) query = query.where('at', '>=', from)
      if (to !== undefined) query = query.where('at', '<', to)
      return readPage(query, { by: 'at', first: 'highest' }, page, (row) => cardFromRow(seal, row))
    },
    addEvent: async (id, { key, event, at, receivedAt, delivery }) => {
      const added = await db
        .insert('call_events', {
          call_id: id,
          key,
          event,
          at,
          received_at: receivedAt,
          delivery_id: delivery ?? null,
        })
        .onConflict((conflict) => conflict.columns(['company_id', 'call_id', 'key']).doNothing())
        .executeTakeFirst()
      return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    events: async (id) => {
      const rows = await db
        .from('call_events')
        .selectAll()
        .where('call_id', '=', id)
        .orderBy('at')
        .orderBy('received_at')
        .orderBy('delivery_id')
        .orderBy('key')
        .execute()
      return rows.map(eventFromRow)
    },
    tally: async (from, to) => {
      // The cast keeps the division whole: SQLite binds every number as a float.
      const hour = sql<number>`(at - cast(${from} as bigint)) / ${sql.lit(HOUR)}`
      const rows = await db
        .from('calls')
        .select([
          hour.as('hour'),
          sql<number>`count(*)`.as('calls'),
          sql<number>`sum(case when status in ('ongoing', 'ended') then 1 else 0 end)`.as('answered'),
          sql<number>`sum(case when outcome = 'booked' then 1 else 0 end)`.as('booked'),
        ])
        .where('at', '>=', from)
        .where('at', '<', to)
        .groupBy(sql`1`)
        .execute()
      return rows.reduce<CallTally>(
        (tally, row) => {
          const [hour, calls, booked] = [Math.min(Number(row.hour), 23), Number(row.calls), Number(row.booked)]
          return {
            calls: tally.calls + calls,
            answered: tally.answered + Number(row.answered),
            booked: tally.booked + booked,
            byHour: plus(tally.byHour, hour, calls),
            bookedByHour: plus(tally.bookedByHour, hour, booked),
          }
        },
        { calls: 0, answered: 0, booked: 0, byHour: Array(24).fill(0), bookedByHour: Array(24).fill(0) },
      )
    },
  }
}

const newCall = { customer: undefined, callerName: undefined, outcome: 'none', findings: [], record: unheard } as const

const plus = (hours: readonly number[], hour: number, count: number): readonly number[] =>
  hours.map((one, position) => (position === hour ? one + count : one))

type CallRow = Selectable<Schema['calls']>
const cardColumns = ['id', 'branch_id', 'customer_id', 'outcome', 'at', 'card'] as const

/** What the columns of a card do not say. */
type Shown = Omit<CallCard, 'id' | 'branch' | 'customer' | 'outcome' | 'at'>
type Kept = Pick<StoredCall, 'callerName' | 'findings' | 'record'>

const toRow = (seal: Sealing, call: StoredCall): Omit<NewRow<'calls'>, 'id'> => {
  const { id, callerName, findings, record } = call
  const { transcript: _said, turns: _turns, ...state } = callState(record)
  const shown: Shown = { ...state, callerName, findings }
  const kept: Kept = { callerName, findings, record }
  const caller = callerOf(state)
  return {
    branch_id: call.branch ?? null,
    customer_id: call.customer ?? null,
    status: state.status,
    direction: state.direction ?? null,
    outcome: call.outcome,
    at: state.startedAt ?? call.firstHeardAt,
    started_at: state.startedAt ?? null,
    ended_at: state.endedAt ?? null,
    duration_ms: state.durationMs ?? null,
    agent_id: state.agentId ?? null,
    agent_version: versionOf(state),
    caller_index: caller === undefined ? null : callerIndex(seal, caller),
    card: seal.seal('calls', 'card', id, toDocument(shown)),
    record: seal.seal('calls', 'record', id, toDocument(kept)),
    first_heard_at: call.firstHeardAt,
  }
}

/** What is no number of a version stays in the card. */
const versionOf = ({ agentVersion }: CallState): number | null =>
  agentVersion !== undefined && Number.isSafeInteger(agentVersion) ? agentVersion : null

const fromRow = (seal: Sealing, row: CallRow): StoredCall => ({
  id: row.id,
  branch: (row.branch_id ?? undefined) as StoredCall['branch'],
  customer: (row.customer_id ?? undefined) as StoredCall['customer'],
  outcome: row.outcome as StoredCall['outcome'],
  firstHeardAt: row.first_heard_at as Instant,
  ...(fromDocument(seal.open('calls', 'record', row.id, row.record)) as Kept),
})

const cardFromRow = (seal: Sealing, row: Pick<CallRow, (typeof cardColumns)[number]>): CallCard => ({
  ...(fromDocument(seal.open('calls', 'card', row.id, row.card)) as Shown),
  id: row.id,
  branch: (row.branch_id ?? undefined) as CallCard['branch'],
  customer: (row.customer_id ?? undefined) as CallCard['customer'],
  outcome: row.outcome as CallCard['outcome'],
  at: row.at as Instant,
})

const eventFromRow = (row: Selectable<Schema['call_events']>): CallEventEntry => ({
  key: row.key,
  event: row.event,
  at: row.at as Instant,
  receivedAt: row.received_at as Instant,
  delivery: (row.delivery_id ?? undefined) as CallEventEntry['delivery'],
})

const callerIndex = (seal: Sealing, caller: string): string => seal.index('calls.caller', caller)

/** The other side's number. A national spelling is read as in the country of our own number, where it was dialled. */
const callerOf = ({ direction, fromNumber, toNumber }: CallState): string | undefined => {
  const [caller, ours] = direction === 'outbound' ? [toNumber, fromNumber] : [fromNumber, toNumber]
  const country = countryOf(ours ?? '') ?? countryOf(caller ?? '')
  const parsed = country === undefined ? undefined : parseCallerNumber(caller, country)
  return parsed?.kind === 'visible' ? parsed.number : caller
}
