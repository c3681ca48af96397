import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import type { Instant } from '../../domain/time.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import type { CalendarDifferences, DecisionKind, Difference, Disputed } from './difference.ts'

const most = 200

/** Everything in which our side and the calendar are not of one mind now, computed from what is known of both. */
export const calendarDifferences =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>): CalendarDifferences =>
  (scope) =>
    store.read(scope, async (tx) => {
      const now = clock.now()
      const page = { limit: most, cursor: undefined }
      const unsynced = await tx.appointments.unsynced(page)
      const unmatched = await tx.calendarBookings.unmatched({ ...page, from: now })
      const differences: Difference[] = []
      for (const appointment of unsynced.items) {
        const difference = await differenceOf(tx, appointment, now)
        if (difference) differences.push(difference)
      }
      for (const booking of unmatched.items) {
        const difference = unmatchedOne(booking, now)
        if (difference) differences.push(difference)
      }
      return { differences, more: unsynced.next !== undefined || unmatched.next !== undefined }
    })

/** What is different about one thing. Undefined: nothing, or there is no such thing. */
export const findDifference = (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  scope: CompanyScope,
  about: Disputed,
): Promise<Difference | undefined> => store.read(scope, (tx) => differenceIn(tx, about, clock.now()))

export const differenceIn = async (tx: CompanyTx, about: Disputed, now: Instant): Promise<Difference | undefined> => {
  if ('appointment' in about) {
    const appointment = await tx.appointments.find(about.appointment)
    return appointment && differenceOf(tx, appointment, now)
  }
  const booking = await tx.calendarBookings.find(about.booking)
  return booking && unmatchedOne(booking, now)
}

const differenceOf = async (tx: CompanyTx, appointment: Appointment, now: Instant): Promise<Difference | undefined> => {
  if (appointment.sync === 'synced') return undefined
  const bookings = await tx.calendarBookings.ofAppointment(appointment.id)
  const customer = appointment.customer && (await tx.customers.find(appointment.customer))
  const view = { appointment, customer: customer || undefined }
  const kind = appointment.sync === 'review' ? 'disputed' : 'untold'
  return { kind, view, bookings, decisions: decisionsOn(appointment, bookings, now) }
}

const unmatchedOne = (booking: KnownCalendarBooking, now: Instant): Difference | undefined => {
  const isOurs = booking.appointment !== undefined || booking.leftBy !== undefined
  if (isOurs || !isLive(booking) || (booking.endsAt ?? booking.startsAt) <= now) return undefined
  return { kind: 'unmatched', booking, decisions: ['look-again', 'take-over', 'keep-ours', 'cancel-there'] }
}

const decisionsOn = (
  appointment: Appointment,
  bookings: readonly KnownCalendarBooking[],
  now: Instant,
): readonly DecisionKind[] => {
  const stands = isAhead(appointment) && appointment.startsAt > now
  if (appointment.sync !== 'review') return stands ? ['look-again', 'cancel-here'] : ['look-again']
  const isThere = bookings.some(isLive)
  if (appointment.status === 'cancelled') {
    return isThere ? ['look-again', 'cancel-there', 'keep-ours'] : ['look-again', 'keep-ours']
  }
  if (!stands) return ['look-again', 'keep-ours']
  return appointment.status === 'pending'
    ? ['look-again', 'book-there', 'cancel-here']
    : ['look-again', 'book-there', 'keep-ours', 'cancel-here']
}
