import type { ActorName } from '../../domain/booking/appointment.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CalendarBooking } from './calendar.ts'
import type { Page, PageRequest } from './page.ts'

/** What we know of a booking in the calendar of a vendor, and whose appointment it is. Names and addresses are kept sealed. */
export interface KnownCalendarBooking extends Omit<CalendarBooking, 'staff'> {
  /** Undefined: none of ours, such as a booking of an event type that no service names. */
  readonly appointment: AppointmentId | undefined
  /** The slug of the colleague, or the name in what earlier versions kept. */
  readonly host: string | undefined
  /** When we last heard of it. */
  readonly seenAt: Instant
  /** Who said that it is none of ours. */
  readonly leftBy?: ActorName | undefined
}

/**
 * Every booking of the calendar that was ever seen, by its uid; a uid belongs to one appointment for ever. From the first
 * `find` or `ofAppointment` on, no other transaction of the company learns anything until this one ends.
 */
export interface CalendarBookings {
  readonly find: (uid: string) => Promise<KnownCalendarBooking | undefined>
  readonly ofAppointment: (appointment: AppointmentId) => Promise<readonly KnownCalendarBooking[]>
  /** In place of what was known of this uid. */
  readonly save: (booking: KnownCalendarBooking) => Promise<void>
  /** Neither cancelled nor rejected, of no appointment, ending after `from`, earliest start first. */
  readonly unmatched: (query: PageRequest & { readonly from: Instant }) => Promise<Page<KnownCalendarBooking>>
}
