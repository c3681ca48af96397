import type { Appointment } from '../../domain/booking/appointment.ts'
import { type CallState, callState, type Turn } from '../../domain/calling/call.ts'
import type { CallId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { noteLook } from '../access/audited.ts'
import type { CallCard, CallEventEntry, CallQuery, Ring, StoredCall } from '../ports/calls.ts'
import type { Customer } from '../ports/customers.ts'
import type { Delivery } from '../ports/inbox.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { ToolCall } from '../ports/tool-calls.ts'
import type { CompanyScope } from '../scope.ts'
import { type CustomerListing, vipMarkOf } from './customers.ts'

export interface CallListing extends Page<CallCard> {
  /** By call; calls without any are missing. */
  readonly appointments: ReadonlyMap<CallId, readonly Appointment[]>
  readonly customers: ReadonlyMap<string, Customer>
}

export const listCalls =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, query: CallQuery): Promise<CallListing> =>
    store.read(scope, async (tx) => {
      const page = await tx.calls.list(query)
      const appointments = await tx.appointments.ofCalls(page.items.map(({ id }) => id))
      const named = [...page.items, ...appointments].flatMap(({ customer }) => customer ?? [])
      const customers = await tx.customers.many([...new Set(named)])
      const byCall = new Map<CallId, Appointment[]>()
      for (const one of appointments) {
        if (one.callId !== undefined) byCall.set(one.callId, [...(byCall.get(one.callId) ?? []), one])
      }
      return { ...page, appointments: byCall, customers: new Map(customers.map((one) => [one.id, one])) }
    })

/** Ringing that no call was seen for yet. */
export const openRings =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope): Promise<readonly Ring[]> =>
    store.read(scope, (tx) => tx.rings.open((clock.now() - 60_000) as Instant))

/** One line of what happened in a call, in order. */
export type TimelineEntry = { readonly at: Instant } & (
  | { readonly kind: 'event'; readonly entry: CallEventEntry }
  | {
      readonly kind: 'said'
      readonly turn: Extract<Turn, { readonly role: 'agent' | 'user' | 'transfer_target' }>
      /** Its place among the things said, from 0, by which a finding names it. */
      readonly place: number
    }
  | { readonly kind: 'tool'; readonly toolCall: ToolCall }
)

export interface CallDetail {
  readonly call: StoredCall
  readonly state: CallState
  readonly timeline: readonly TimelineEntry[]
  readonly tools: readonly ToolCall[]
  readonly appointments: readonly Appointment[]
  readonly customer: Customer | undefined
  /** Of the call and of its appointments. */
  readonly customers: ReadonlyMap<string, Customer>
  readonly deliveries: readonly Delivery[]
  /** Of the customer; undefined for whoever may not see it. */
  readonly vip: CustomerListing['vip']
}

/** Written down for whom it was shown. */
export const callDetail =
  (ports: Pick<Ports, 'store' | 'inbox' | 'clock' | 'ids'>) =>
  async (scope: CompanyScope, id: CallId): Promise<CallDetail | undefined> => {
    const deliveries = await ports.inbox.of(scope).ofCall(id)
    const detail = await ports.store.read(scope, async (tx) => {
      const call = await tx.calls.find(id)
      if (!call) return undefined
      const state = callState(call.record)
      const events = await tx.calls.events(id)
      const tools = await tx.toolCalls.list(id)
      const appointments = await tx.appointments.ofCall(id)
      const named = [call, ...appointments].flatMap(({ customer }) => customer ?? [])
      const customers = new Map((await tx.customers.many([...new Set(named)])).map((one) => [one.id as string, one]))
      return {
        call,
        state,
        timeline: timelineOf(state, events, tools, call.firstHeardAt),
        tools,
        appointments,
        customer: call.customer && customers.get(call.customer),
        customers,
        deliveries,
        vip: call.customer && (await vipMarkOf(scope, tx, call.customer)),
      }
    })
    if (detail) await noteLook(ports)(scope, { kind: 'call.viewed', subject: { kind: 'call', id } })
    return detail
  }

/** What was said has times relative to the start; a turn without one stays beside its predecessor. */
const timelineOf = (
  state: CallState,
  events: readonly CallEventEntry[],
  tools: readonly ToolCall[],
  firstHeardAt: Instant,
): readonly TimelineEntry[] => {
  const start = state.startedAt ?? firstHeardAt
  let last: Instant = start
  const said: TimelineEntry[] = []
  for (const turn of state.turns ?? []) {
    last = turn.atMs === undefined ? last : ((start + turn.atMs) as Instant)
    if (turn.role !== 'tool') said.push({ kind: 'said', at: last, turn, place: said.length })
  }
  /** Of what happened in the same millisecond the beginning comes first and the end last. */
  const place = (entry: TimelineEntry): number => {
    if (entry.kind === 'said') return 1
    if (entry.kind === 'tool') return 2
    return entry.entry.event === 'call_analyzed' ? 4 : entry.entry.event === 'call_ended' ? 3 : 0
  }
  return [
    ...events.map((entry): TimelineEntry => ({ kind: 'event', at: entry.at, entry })),
    ...said,
    ...tools.map((toolCall): TimelineEntry => ({ kind: 'tool', at: toolCall.at, toolCall })),
  ].toSorted((one, other) => one.at - other.at || place(one) - place(other))
}
