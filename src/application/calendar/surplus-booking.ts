import { ok, type Result } from 'neverthrow'
import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { bookingParts } from '../../domain/booking/booking-parts.ts'
import { isLive, learnt } from '../../domain/booking/known-booking.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { after, HOUR, MINUTE } from '../../domain/time.ts'
import type { Calendar, CalendarFailure, Placing } from '../ports/calendar.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'

/** Clocks differ. */
const skew = 2 * MINUTE

/**
 * Is this booking what became of a request of ours that was taken for lost and made again? It carries the name of an
 * appointment that stands as another booking, for the same time, event type and person, and came into being when that one did.
 */
export const isSurplus = (booking: KnownCalendarBooking, named: Appointment, own: KnownCalendarBooking): boolean =>
  booking.uid !== own.uid &&
  named.provider.uid === own.uid &&
  isLive(booking) &&
  isLive(own) &&
  isAhead(named) &&
  named.sync === 'synced' &&
  booking.reference === named.id &&
  booking.leftBy === undefined &&
  booking.replaces === undefined &&
  booking.part === undefined &&
  booking.startsAt === named.startsAt &&
  own.startsAt === named.startsAt &&
  booking.eventType !== undefined &&
  booking.eventType === own.eventType &&
  booking.attendee?.name === own.attendee?.name &&
  booking.createdAt >= after(named.createdAt, -skew) &&
  booking.createdAt <= after(named.createdAt, HOUR)

interface Surplus {
  readonly booking: KnownCalendarBooking
  readonly placing: Placing
  readonly own: KnownCalendarBooking
}

const surplusIn = async (tx: CompanyTx, profile: CompanyProfile, uid: string): Promise<Surplus | undefined> => {
  const booking = await tx.calendarBookings.find(uid)
  const appointment = booking?.reference && (await tx.appointments.find(booking.reference))
  const own = appointment?.provider.uid && (await tx.calendarBookings.find(appointment.provider.uid))
  if (!booking || !appointment || !own || !isSurplus(booking, appointment, own)) return undefined
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  const service = profile.services.find(({ id }) => id === appointment.service)
  const staff = profile.staff.find(({ id }) => id === appointment.staff)
  // What is several bookings there is called off as one.
  if (!branch || !service || bookingParts(service)) return undefined
  return { booking, own, placing: { appointment, branch, service, staff, customer: undefined } }
}

type Needs = Pick<Ports, 'store' | 'clock'>

/**
 * Calls off the second booking of an appointment, once the calendar has said again that the first one stands. Nothing is
 * done to a booking of which that is not sure; people are shown it.
 */
export const callOffSurplus = async (
  { store, clock }: Needs,
  {
    scope,
    profile,
    calendar,
  }: { readonly scope: CompanyScope; readonly profile: CompanyProfile; readonly calendar: Calendar },
  uid: string,
): Promise<Result<void, CalendarFailure>> => {
  const found = await store.read(scope, (tx) => surplusIn(tx, profile, uid))
  if (!found) return ok(undefined)
  const own = await calendar.booking(found.own.uid, 'background')
  if (own.isErr()) return own.map(() => undefined)
  if (!own.value || !isLive(own.value) || own.value.startsAt !== found.own.startsAt) return ok(undefined)
  const gone = await calendar.cancel(uid, found.placing, 'It was booked twice.')
  if (gone.isErr()) return gone
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const now = clock.now()
    const known = (await tx.calendarBookings.find(uid)) ?? found.booking
    await tx.calendarBookings.save(learnt(known, { ...known, status: 'cancelled', changedAt: now }))
    await resolveIn(tx, 'booking_changed_by_calendar', uid, now)
    return ok()
  })
  return ok(undefined)
}
