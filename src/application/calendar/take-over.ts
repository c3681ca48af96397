import type { ActorName, Appointment } from '../../domain/booking/appointment.ts'
import { endOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { Branch, CompanyProfile, Service, Staff } from '../../domain/company.ts'
import { parsePhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import { keepBooked } from '../booking/book.ts'
import type { Ids } from '../ports/ambient.ts'
import type { BookingAttendee } from '../ports/calendar.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { Customer } from '../ports/customers.ts'
import type { CompanyTx } from '../ports/store.ts'
import { disputeIn } from './dispute.ts'
import { takeTime } from './take-time.ts'

/** What a booking of the calendar becomes here. */
export interface TakingOver {
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly actor: ActorName
}

/**
 * Makes a live booking of the calendar an appointment; what the calendar has is never refused. Where a colleague has
 * another appointment then, both stand, and a person has to look. Where no colleague is known the calendar alone knows
 * how many can come at once, so that is no dispute.
 */
export const takeOverIn = async (
  tx: CompanyTx,
  { ids, profile }: { readonly ids: Ids; readonly profile: CompanyProfile },
  booking: KnownCalendarBooking,
  { branch, service, staff, actor }: TakingOver,
  now: Instant,
): Promise<Appointment> => {
  const customer = await customerOf(tx, ids, profile, booking.attendee, now)
  const resource = staff?.id ?? service.id
  const { startsAt } = booking
  const appointment = await keepBooked(
    tx,
    ids,
    {
      ...{ branch, service, actor, source: 'calendar', calendar: 'calcom' },
      slot: { startsAt, endsAt: endOf(service, startsAt), resource, staff },
      ...{ offer: undefined, notes: undefined, callId: undefined, series: undefined },
      customer: customer?.id,
      attendeeName: booking.attendee?.name ?? '',
    },
    {
      uid: booking.uid,
      status: booking.status === 'pending' ? 'pending' : 'accepted',
      bookedAt: booking.createdAt,
    },
    now,
  )
  await tx.calendarBookings.save({ ...booking, appointment: appointment.id, leftBy: undefined })
  const taken = await takeTime(tx, appointment.id, resource, staffTimeOf(service, startsAt), now)
  return taken === 'shared' && staff ? disputeIn(tx, ids, appointment, 'two-at-once', now) : appointment
}

/** Found by number, else by e-mail, else added. What is known of somebody is not changed by what stands in a form. */
const customerOf = async (
  tx: CompanyTx,
  ids: Ids,
  { company }: CompanyProfile,
  attendee: BookingAttendee | undefined,
  now: Instant,
): Promise<Customer | undefined> => {
  if (!attendee) return undefined
  const parsed = attendee.phone === undefined ? undefined : parsePhoneNumber(attendee.phone, company.country)
  const phone = parsed?.isOk() ? parsed.value : undefined
  const ofPhone = phone && (await tx.customers.byPhone(phone))
  if (ofPhone) return ofPhone
  const ofEmail = attendee.email === undefined ? [] : await tx.customers.byEmail(attendee.email)
  const [only] = ofEmail
  if (only && ofEmail.length === 1) return only
  return tx.customers.add({
    ...{ id: ids.next('customer'), name: attendee.name, phone, email: attendee.email },
    ...{ language: undefined, notes: undefined, firstSeenAt: now },
  })
}
