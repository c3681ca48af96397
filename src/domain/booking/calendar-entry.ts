import type { Instant } from '../time.ts'
import type { Appointment } from './appointment.ts'

/** An appointment as the calendar programs of people read it. */
export interface CalendarEntry {
  /** The same for the same appointment, always and everywhere. */
  readonly uid: string
  /** Grows with every change; programs ignore what is older than what they have. */
  readonly sequence: number
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly changedAt: Instant
  readonly status: 'confirmed' | 'tentative' | 'cancelled'
  readonly title: string
  readonly description: string
  readonly location: string
  readonly organizer: { readonly name: string; readonly email: string } | undefined
  readonly attendee: { readonly name: string; readonly email: string } | undefined
}

type Words = Pick<CalendarEntry, 'title' | 'description' | 'location' | 'organizer' | 'attendee'>

const statuses = {
  pending: 'tentative',
  confirmed: 'confirmed',
  completed: 'confirmed',
  no_show: 'confirmed',
  cancelled: 'cancelled',
} as const

/** `host` makes the name of the entry unique in the world. */
export const calendarEntry = (appointment: Appointment, host: string, words: Words): CalendarEntry => ({
  ...words,
  uid: `${appointment.id}@${host}`,
  sequence: Math.max(0, appointment.history.length - 1),
  startsAt: appointment.startsAt,
  endsAt: appointment.endsAt,
  changedAt: appointment.history.at(-1)?.at ?? appointment.createdAt,
  status: statuses[appointment.status],
})
