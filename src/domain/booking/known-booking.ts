import { canonicalJson, type Json } from '../canonical-json.ts'
import { type Instant, instant } from '../time.ts'

/** What was seen of one booking in the calendar of a vendor, in a message or a list. */
export interface BookingState {
  readonly uid: string
  readonly startsAt: Instant
  readonly endsAt: Instant | undefined
  readonly createdAt: Instant
  readonly changedAt: Instant
  readonly status: 'accepted' | 'pending' | 'cancelled' | 'rejected'
  readonly reference: string | undefined
  readonly part: string | undefined
  readonly eventType: number | undefined
  readonly host: string | undefined
  readonly attendee:
    | { readonly name: string; readonly phone: string | undefined; readonly email: string | undefined }
    | undefined
  readonly replaces: string | undefined
  readonly replacedBy: string | undefined
  readonly reason: string | undefined
  readonly isNoShow: boolean
}

/** In the order in which a booking comes to them; it never goes back. */
const ranks = { pending: 0, accepted: 1, rejected: 2, cancelled: 3 } as const

/**
 * What is known of a booking after one more look at it. Looks may come in any order and any number of times and it comes
 * out the same: a status only goes forward, what was said latest decides who does it, who comes and how long, and of
 * what never changes a value beats none.
 */
export const learnt = <Known extends BookingState>(known: Known, seen: BookingState): Known => {
  const latest = isLater(known, seen) ? known : seen
  return {
    ...known,
    ...changing(latest),
    changedAt: instant(Math.max(known.changedAt, seen.changedAt)),
    createdAt: instant(Math.min(known.createdAt, seen.createdAt)),
    status: ranks[known.status] >= ranks[seen.status] ? known.status : seen.status,
    reference: either(known.reference, seen.reference),
    part: either(known.part, seen.part),
    eventType: either(known.eventType, seen.eventType),
    replaces: either(known.replaces, seen.replaces),
    replacedBy: either(known.replacedBy, seen.replacedBy),
    reason: either(known.reason, seen.reason),
  }
}

/** What may be different each time. */
const changing = ({ startsAt, endsAt, host, attendee, isNoShow }: BookingState) => ({
  startsAt,
  endsAt,
  host,
  attendee,
  isNoShow,
})

const isLater = (one: BookingState, other: BookingState): boolean =>
  one.changedAt === other.changedAt ? textOf(one) >= textOf(other) : one.changedAt > other.changedAt

/** Any order will do, as long as it is the same for everybody. */
const textOf = (state: BookingState): string => {
  const { startsAt, endsAt, host, attendee, isNoShow } = state
  const who: Json = attendee ? [attendee.name, attendee.phone ?? null, attendee.email ?? null] : null
  return canonicalJson([isNoShow, host ?? null, who, endsAt ?? null, startsAt])
}

const either = <Value extends string | number>(one: Value | undefined, other: Value | undefined): Value | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return one >= other ? one : other
}

/** Somebody did not come, or came after all. What is older than what is known changes nothing. */
export const attended = <Known extends BookingState>(known: Known, isNoShow: boolean, at: Instant): Known =>
  at < known.changedAt ? known : { ...known, isNoShow, changedAt: at }

export const isLive = ({ status }: Pick<BookingState, 'status'>): boolean =>
  status === 'accepted' || status === 'pending'

/** It became another booking; that is no cancellation. */
export const wasMoved = ({ status, replacedBy }: Pick<BookingState, 'status' | 'replacedBy'>): boolean =>
  !isLive({ status }) && replacedBy !== undefined

/** What a booking that was moved must have been, as far as the one that came of it tells. */
export const replacedOne = <Known extends BookingState>(successor: Known): Known | undefined =>
  successor.replaces === undefined
    ? undefined
    : {
        ...successor,
        uid: successor.replaces,
        status: 'cancelled',
        // Whatever is heard of it itself is later.
        changedAt: instant(0),
        replaces: undefined,
        replacedBy: successor.uid,
        reason: undefined,
        isNoShow: false,
      }

/**
 * What became of a booking, whatever it is called now. `unheard`: it became one of which nothing was heard yet.
 */
export const whereabouts = <Known extends BookingState>(
  known: readonly Known[],
  uid: string,
): { readonly kind: 'heard'; readonly booking: Known } | { readonly kind: 'unheard'; readonly uid: string } => {
  const byUid = new Map(known.map((one) => [one.uid, one]))
  const passed = new Set<string>()
  let at = uid
  for (;;) {
    const booking = byUid.get(at)
    if (!booking) return { kind: 'unheard', uid: at }
    passed.add(at)
    if (!wasMoved(booking) || booking.replacedBy === undefined || passed.has(booking.replacedBy)) {
      return { kind: 'heard', booking }
    }
    at = booking.replacedBy
  }
}
