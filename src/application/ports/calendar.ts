import type { Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Branch, CompanyProfile, Service, Staff } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant, LocalDate } from '../../domain/time.ts'
import type { Customer } from './customers.ts'

/** What a vendor's calendar is asked about: a service in a branch on some days of its zone, perhaps with one colleague. */
export interface SlotQuery {
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  /** The booking that is to be moved, which is in nobody's way. */
  readonly moving: string | undefined
  /** Both days included. */
  readonly from: LocalDate
  readonly to: LocalDate
}

/** A start that the calendar calls free, with the colleague it names as host, if it names one. */
export interface CalendarSlot {
  readonly startsAt: Instant
  readonly staff: Staff | undefined
}

/**
 * How asking a calendar can end badly. After `unreachable` nobody knows whether anything was done there; after
 * `refused` the calendar said no to this time; `misconfigured` stays until a person acts, and nothing was done.
 */
export type CalendarFailure =
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'misconfigured'; readonly detail: string }

/** A booking as the calendar has it. */
export interface CalendarBooking {
  readonly uid: string
  readonly startsAt: Instant
  readonly createdAt: Instant
  readonly status: 'accepted' | 'pending' | 'cancelled'
  /** Our appointment, if the booking carries its id. */
  readonly reference: AppointmentId | undefined
  readonly staff: Staff | undefined
}

/** What a calendar is told of an appointment. */
export interface Placing {
  readonly appointment: Appointment
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly customer: Customer | undefined
}

/**
 * The calendar of a vendor. It is never asked inside a transaction. Its yes is not trusted: whoever calls compares
 * what comes back with what was asked.
 */
export interface Calendar {
  readonly kind: 'calcom'
  /** Free starts, earliest first, from an answer not older than a minute. */
  readonly slots: (query: SlotQuery) => Promise<Result<readonly CalendarSlot[], CalendarFailure>>
  readonly place: (placing: Placing) => Promise<Result<CalendarBooking, CalendarFailure>>
  /** Moves the booking of this uid to where the appointment is now. The answer may carry a new uid. */
  readonly move: (uid: string, placing: Placing) => Promise<Result<CalendarBooking, CalendarFailure>>
  /** Cancelling what is cancelled or gone is a success. */
  readonly cancel: (uid: string, reason: string | undefined) => Promise<Result<void, CalendarFailure>>
  /** What the calendar has of an appointment, by uid or else by our reference. Undefined: surely nothing. */
  readonly find: (placing: Placing) => Promise<Result<CalendarBooking | undefined, CalendarFailure>>
}

export interface Calendars {
  /** Undefined: the company's appointments live here alone, and what we know decides. */
  readonly of: (company: CompanyProfile) => Calendar | undefined
}
