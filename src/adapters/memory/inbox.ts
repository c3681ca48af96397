import type {
  Deliveries,
  Delivery,
  DeliveryQuery,
  Inbox,
  NewDelivery,
  UnroutedCall,
  UnroutedCalls,
  UnroutedQuery,
} from '../../application/ports/inbox.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { instant } from '../../domain/time.ts'
import { keep } from './keep.ts'
import { pageOf } from './page.ts'

type Row = NewDelivery & { readonly attempt: number }
type Reading = ReadonlyMap<string, Row>

/** The rows behind the inbox. A reading stays as it was, whatever is stored later. */
export interface InboxRows {
  readonly reading: () => Reading
  readonly put: (row: Row) => void
}

export const inboxRows = (): InboxRows => {
  let rows = new Map<string, Row>()
  let lent = false
  return {
    reading: () => {
      lent = true
      return rows
    },
    put: (row) => {
      if (lent) rows = new Map(rows)
      lent = false
      rows.set(row.id, keep(row))
    },
  }
}

const deliveryOf = ({ dedupeKey, body, dueAt, ...delivery }: Row): Delivery => delivery

const listOf = (rows: readonly Row[], { outcome, callId, company, ...request }: DeliveryQuery) =>
  pageOf(
    rows
      .filter(
        (row) =>
          (outcome === undefined || row.outcome === outcome) &&
          (callId === undefined || row.callId === callId) &&
          (company === undefined || row.company === company),
      )
      .map(deliveryOf),
    request,
    'newest-first',
    ({ receivedAt, id }) => [receivedAt, id],
  )

export const memoryInbox = (rows: InboxRows): Inbox => {
  const firsts = new Map<string, Row>()
  const waiting = () =>
    [...rows.reading().values()].flatMap((row) => (row.dueAt === undefined ? [] : [{ row, dueAt: row.dueAt }]))
  return {
    store: async (delivery) => {
      if (rows.reading().has(delivery.id)) throw new Error('A delivery of this id is there already')
      const first = delivery.dedupeKey === undefined ? undefined : firsts.get(delivery.dedupeKey)
      const row: Row = {
        ...delivery,
        attempt: 0,
        outcome: first ? 'duplicate' : delivery.outcome,
        dueAt: delivery.body === undefined || (first && first.body === delivery.body) ? undefined : delivery.dueAt,
      }
      rows.put(row)
      if (!first && delivery.dedupeKey !== undefined) firsts.set(delivery.dedupeKey, row)
    },
    claim: async (now, limit, leaseUntil) =>
      waiting()
        .filter(({ dueAt }) => dueAt <= now)
        .toSorted((one, other) => one.dueAt - other.dueAt || one.row.receivedAt - other.row.receivedAt)
        .slice(0, limit)
        .map(({ row }) => {
          rows.put({ ...row, dueAt: leaseUntil })
          return { delivery: deliveryOf(row), body: row.body ?? '' }
        }),
    settle: async (results) => {
      for (const result of results) {
        const row = rows.reading().get(result.id)
        if (row) rows.put({ ...row, ...result })
      }
    },
    nextDue: async () => {
      const earliest = Math.min(...waiting().map(({ dueAt }) => dueAt))
      return Number.isFinite(earliest) ? instant(earliest) : undefined
    },
    listAll: async (_scope, query) => listOf([...rows.reading().values()], query),
    findAny: async (_scope, id) => {
      const row = rows.reading().get(id)
      return row && deliveryOf(row)
    },
    of: ({ company }) => deliveriesOf(rows.reading(), company),
  }
}

const deliveriesOf = (reading: Reading, company: CompanyId): Deliveries => {
  const isOurs = (row: Row) => row.company === company || (row.company === undefined && row.account === company)
  const ours = () => [...reading.values()].filter(isOurs)
  return {
    find: async (id) => {
      const row = reading.get(id)
      return row && isOurs(row) ? deliveryOf(row) : undefined
    },
    list: async (query) => listOf(ours(), query),
    ofCall: async (call) =>
      ours()
        .filter(({ callId }) => callId === call)
        .toSorted((one, other) => one.receivedAt - other.receivedAt)
        .map(deliveryOf),
  }
}

export const memoryUnrouted = (deliveries: InboxRows): UnroutedCalls => {
  const calls = new Map<string, UnroutedCall>()
  const keyOf = (account: CompanyId | undefined, ...same: readonly string[]) => JSON.stringify([account ?? '', ...same])
  const list = (wanted: (call: UnroutedCall) => boolean, { assigned, ...request }: UnroutedQuery) => {
    const isAsked = (call: UnroutedCall) => assigned === undefined || assigned === (call.assignedTo !== undefined)
    const all = [...calls.values()].filter((call) => wanted(call) && isAsked(call))
    return pageOf(all, request, 'newest-first', ({ receivedAt, id }) => [receivedAt, id])
  }
  const find = (id: string) => [...calls].find(([, call]) => call.id === id)
  return {
    note: async ({ event, ...call }) => {
      const same = call.callId === undefined ? [call.fromNumber ?? '', call.toNumber ?? ''] : [call.callId]
      const key = keyOf(call.account, ...same)
      const known = calls.get(key)
      const noted = keep({
        ...(known ?? { ...call, assignedTo: undefined }),
        fromNumber: known?.fromNumber ?? call.fromNumber,
        toNumber: known?.toNumber ?? call.toNumber,
        agentId: known?.agentId ?? call.agentId,
        events: [...new Set([...(known?.events ?? []), event])],
      })
      calls.set(key, noted)
      return noted
    },
    listAll: async (_scope, query) => list(() => true, query),
    listOwn: async ({ company }, query) => list(({ account }) => account === company, query),
    findAny: async (_scope, id) => find(id)?.[1],
    findOwn: async ({ company }, id) => {
      const call = find(id)?.[1]
      return call?.account === company ? call : undefined
    },
    assign: async (id, to, now) => {
      const [key, call] = find(id) ?? []
      if (key === undefined || !call) return false
      const before = call.assignedTo
      if (before && (before.company !== to.company || before.branch !== to.branch)) return false
      calls.set(key, keep({ ...call, assignedTo: to }))
      for (const row of deliveries.reading().values()) {
        const isOfCall = row.callId !== undefined && row.callId === call.callId && row.account === call.account
        if (!isOfCall || row.company !== undefined) continue
        const isDue = row.body !== undefined && row.outcome !== 'refused' && row.outcome !== 'ignored'
        deliveries.put({ ...row, company: to.company, ...(isDue ? { dueAt: now, attempt: 0 } : {}) })
      }
      return true
    },
    assignedTo: async (account, call) => calls.get(keyOf(account, call))?.assignedTo,
  }
}
