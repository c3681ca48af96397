import { err, ok, type Result } from 'neverthrow'
import { isAhead } from '../../domain/booking/appointment.ts'
import { bookingParts } from '../../domain/booking/booking-parts.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import { lockAppointment } from '../booking/cancel-in.ts'
import { forgetSlots } from '../booking/remembered-slots.ts'
import type { Calendar, CalendarBooking, CalendarFailure } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import type { Reconciled, ReconcileNow } from './difference.ts'
import { disputeIn } from './dispute.ts'
import { type Learning, learnBooking } from './learn-booking.ts'
import { othersBookings } from './shared-account.ts'

export type Reconciling = Pick<Ports, 'store' | 'directory' | 'calendars' | 'ids' | 'clock' | 'cache' | 'credentials'>

/** So far ahead everything is compared. */
const ahead = 60 * DAY
/** So many bookings share a transaction. */
const portion = 20

/** Whose calendar it is, and what is told of it. */
export interface CalendarDesk {
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
  readonly calendar: Calendar
}

/** Learns everything that was changed there since a moment. */
export const learnChanged = async (
  ports: Reconciling,
  desk: CalendarDesk,
  since: Instant,
): Promise<Result<Reconciled, CalendarFailure>> => {
  const askedAt = ports.clock.now()
  const bookings = await desk.calendar.bookings({ kind: 'changed', since })
  if (bookings.isErr()) return err(bookings.error)
  const changed = await learnAll(ports, desk, bookings.value, askedAt)
  return ok({ seen: bookings.value.length, changed, missing: 0 })
}

/**
 * Compares what begins from yesterday on, both ways. What stands here and is not in the calendar's list is asked for one by one, and
 * what the calendar surely does not know is left to people: it is never booked there again by itself, and never moved.
 */
export const compareAll = async (
  ports: Reconciling,
  desk: CalendarDesk,
): Promise<Result<Reconciled, CalendarFailure>> => {
  const askedAt = ports.clock.now()
  const [from, to] = [after(askedAt, -DAY), after(askedAt, ahead)]
  const bookings = await desk.calendar.bookings({ kind: 'starting', from, to })
  if (bookings.isErr()) return err(bookings.error)
  let changed = await learnAll(ports, desk, bookings.value, askedAt)
  const seen = new Set(bookings.value.map(({ uid }) => uid))
  const unseen = await notAmong(ports, desk, seen, askedAt, to)
  let missing = 0
  for (const { id, uid } of unseen) {
    const there = await desk.calendar.booking(uid, 'background')
    if (there.isErr()) return err(there.error)
    if (there.value) changed += await learnAll(ports, desk, [there.value], askedAt)
    else if (await disputeMissing(ports, desk.scope, id, uid)) missing += 1
  }
  return ok({ seen: seen.size, changed, missing })
}

/** The latest first, so that what a booking became is known before the booking itself is over. */
export const learnAll = async (
  ports: Reconciling,
  { scope, profile }: Omit<CalendarDesk, 'calendar'>,
  bookings: readonly CalendarBooking[],
  askedAt: Instant,
): Promise<number> => {
  const { store, ids, clock } = ports
  const latestFirst = bookings.toSorted((one, other) => other.createdAt - one.createdAt)
  const isOthers = await othersBookings(
    ports,
    profile,
    bookings.map(({ eventType }) => eventType),
  )
  let changed = 0
  for (let at = 0; at < latestFirst.length; at += portion) {
    const learning: Learning = { ids, profile, now: clock.now(), askedAt, isOthers }
    const learnt = await store.transact(scope, async (tx): Promise<Result<number, never>> => {
      let count = 0
      for (const booking of latestFirst.slice(at, at + portion)) {
        if ((await learnBooking(tx, learning, booking)) === 'changed') count += 1
      }
      return ok(count)
    })
    changed += learnt.unwrapOr(0)
  }
  if (changed > 0) await forgetSlots(ports)(scope.company)
  return changed
}

/** Bookings by which our appointments ahead stand there, as far as they are not among these. */
const notAmong = (
  { store }: Reconciling,
  { scope, profile }: CalendarDesk,
  seen: ReadonlySet<string>,
  from: Instant,
  to: Instant,
): Promise<readonly { readonly id: AppointmentId; readonly uid: string }[]> =>
  store.read(scope, async (tx) => {
    const composite = new Set(profile.services.filter((one) => bookingParts(one)).map(({ id }) => id))
    const unseen: { readonly id: AppointmentId; readonly uid: string }[] = []
    let cursor: string | undefined
    do {
      const page = await tx.appointments.list({ from, to, limit: 200, cursor })
      for (const { id, service, startsAt, provider, sync, ...one } of page.items) {
        const stands = isAhead({ id, service, startsAt, provider, sync, ...one }) && startsAt > from
        if (!stands || sync !== 'synced' || provider.kind === 'embedded' || provider.uid === undefined) continue
        const parts = composite.has(service) ? (await tx.calendarBookings.ofAppointment(id)).filter(isLive) : []
        const uids = parts.length > 0 ? parts.map(({ uid }) => uid) : [provider.uid]
        unseen.push(...uids.filter((uid) => !seen.has(uid)).map((uid) => ({ id, uid })))
      }
      cursor = page.next
    } while (cursor !== undefined)
    return unseen
  })

/** The calendar surely does not know this booking. False: it is none by which anything of ours stands there now. */
export const disputeMissing = async (
  { store, ids, clock }: Pick<Ports, 'store' | 'ids' | 'clock'>,
  scope: CompanyScope,
  id: AppointmentId,
  uid: string,
): Promise<boolean> => {
  const disputed = await store.transact(scope, async (tx): Promise<Result<boolean, never>> => {
    const now = clock.now()
    const present = await lockAppointment(tx, id)
    if (!present || !isAhead(present) || present.startsAt <= now || present.sync !== 'synced') return ok(false)
    if (present.provider.uid !== uid && !(await isPartOf(tx, id, uid))) return ok(false)
    if ((await tx.calendarBookings.find(uid))?.leftBy !== undefined) return ok(false)
    await disputeIn(tx, ids, present, 'missing-there', now)
    return ok(true)
  })
  return disputed.unwrapOr(false)
}

const isPartOf = async (tx: CompanyTx, id: AppointmentId, uid: string): Promise<boolean> =>
  (await tx.calendarBookings.ofAppointment(id)).some((one) => one.uid === uid && one.part !== undefined && isLive(one))

/** The whole comparison at once, for somebody who waits for it. */
export const reconcileNow =
  (ports: Reconciling): ReconcileNow =>
  async (scope) => {
    const profile = await ports.directory.profile(scope.company)
    const calendar = profile && ports.calendars.of(profile)
    if (!profile || !calendar) return err({ kind: 'no-calendar' })
    const compared = await compareAll(ports, { scope, profile, calendar })
    return compared.mapErr(() => ({ kind: 'calendar-unreachable' }) as const)
  }
