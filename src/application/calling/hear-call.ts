import { type CallReport, type CallState, callState, learn } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { BranchId, CallId, DeliveryId } from '../../domain/ids.ts'
import { type Instant, instant, MINUTE } from '../../domain/time.ts'
import { releaseOffer } from '../booking/hold-offer.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { resolveIn } from '../raise-alert.ts'
import { conclude } from './conclude-call.ts'

/** Whose call it is, found before the transaction begins. */
export interface HearingDesk extends Pick<Ports, 'ids'> {
  readonly branch: BranchId | undefined
  readonly profile: CompanyProfile | undefined
  /** Is there anything to write mails with? */
  readonly canMail: boolean
}

export interface HeardEvent {
  readonly event: CallReport['event']
  /** The event's own time. Undefined: when it was heard. */
  readonly at: Instant | undefined
  /** One entry of the timeline for each. */
  readonly occurrence: string
  readonly report: () => CallReport
}

/**
 * Learns what an event says of a call, and adds it to the timeline once: the offers of a call that is over are let go, and a
 * ring that turns out to be it is joined. In whatever order events come, the call comes out the same.
 */
export const hearCall = async (
  desk: HearingDesk,
  tx: CompanyTx,
  event: HeardEvent,
  id: CallId,
  heard: { readonly at: Instant; readonly delivery: DeliveryId | undefined },
): Promise<{ readonly isNew: boolean; readonly state: CallState }> => {
  const { branch } = desk
  const before = await tx.calls.open(id, branch, heard.at)
  const record = learn(before.record, event.report())
  const state = callState(record)
  const call: StoredCall = {
    ...before,
    record,
    branch: before.branch ?? branch,
    firstHeardAt: instant(Math.min(before.firstHeardAt, heard.at)),
  }
  await tx.calls.save(isOver(state) ? await conclude(desk, tx, call, state, heard.at) : call)
  const isNew = await tx.calls.addEvent(id, {
    key: event.occurrence,
    event: event.event,
    at: event.at ?? heard.at,
    receivedAt: heard.at,
    delivery: heard.delivery,
  })
  await joinRing(tx, call, state)
  if (isOver(state)) {
    await letGo(tx, id)
    await resolveIn(tx, 'call_without_end', id, heard.at)
  }
  tx.publish({ kind: 'call.updated', data: { call_id: id, status: state.status, event: event.event } })
  return { isNew, state }
}

export const isOver = (state: CallState): boolean => state.status === 'ended' || state.status === 'failed'

/** A dead call keeps nobody from booking. */
const letGo = async (tx: CompanyTx, call: string): Promise<void> => {
  for (const offer of await tx.offers.openOf(call)) await releaseOffer(tx, offer)
  await tx.suggestions.replace(call, [])
}

/** A ring belongs to the one call of the same two numbers that starts within a minute; if two could be meant, to none. */
const joinRing = async (tx: CompanyTx, call: StoredCall, state: CallState): Promise<void> => {
  if (state.toNumber === undefined || state.status === 'ringing') return
  // The start is told by Retell's clock, the ring and the first word of the call are heard by ours.
  const started = state.startedAt ?? call.firstHeardAt
  const [from, to] = [Math.min(started, call.firstHeardAt) - MINUTE, Math.max(started, call.firstHeardAt)]
  const rings = await tx.rings.between(state.fromNumber, state.toNumber, instant(from), instant(to))
  const [only] = rings
  if (only && rings.length === 1) await tx.rings.join(only.id, call.id)
}
