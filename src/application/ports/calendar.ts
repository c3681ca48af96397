import type { Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { EventType } from '../../domain/booking/event-type.ts'
import type { Schedule } from '../../domain/booking/schedule.ts'
import type { Branch, CalcomSettings, CompanyProfile, Service, Staff } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant, LocalDate, TimeZone } from '../../domain/time.ts'
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
  /** `promise`: somebody is told that a time is free, so the answer is at most a minute old. `suggest`: at most 15. */
  readonly purpose: 'promise' | 'suggest'
  /** Nobody waits for it, so turns are left to those who wait. */
  readonly urgency?: 'background'
  /** Told when the vendor itself is asked, or is being asked by somebody else, because no answer is remembered. */
  readonly onAsking?: () => void
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

/** Who comes, as the calendar knows them. Addresses that the vendor invented for somebody without one are left out. */
export interface BookingAttendee {
  readonly name: string
  readonly phone: string | undefined
  readonly email: string | undefined
}

/** A booking as the calendar has it, in an answer, a list or a message. */
export interface CalendarBooking {
  /** Its one name there. A booking that is moved gets another. */
  readonly uid: string
  readonly startsAt: Instant
  readonly endsAt: Instant | undefined
  readonly createdAt: Instant
  /** When the calendar last said something of it. */
  readonly changedAt: Instant
  /** `pending`: a host has to accept it first. */
  readonly status: 'accepted' | 'pending' | 'cancelled' | 'rejected'
  /** Our appointment, if the booking carries its id. */
  readonly reference: AppointmentId | undefined
  /** Which part of a composite service it is, if the booking carries that. */
  readonly part: string | undefined
  readonly eventType: number | undefined
  /** The host, if it is a colleague that the company file names. */
  readonly staff: Staff | undefined
  readonly attendee: BookingAttendee | undefined
  /** The booking that this one came from, or that it became, when it was moved. */
  readonly replaces: string | undefined
  readonly replacedBy: string | undefined
  /** Why it was cancelled or rejected. */
  readonly reason: string | undefined
  /** The customer did not come. */
  readonly isNoShow: boolean
  /** Where one appointment is several bookings: each of them, this one standing for all. */
  readonly parts?: readonly CalendarBooking[] | undefined
}

/** What a calendar is told of an appointment. */
export interface Placing {
  readonly appointment: Appointment
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly customer: Customer | undefined
  /** Which part of a composite service `service` and `appointment` are, where it is several bookings there. */
  readonly part?: string | undefined
  /** What the calendar called the bookings of this appointment when we last heard of them. */
  readonly known?: readonly { readonly part: string | undefined; readonly uid: string }[] | undefined
}

/** Which bookings are asked for: everything that changed since a moment, or that begins in [from, to). */
export type BookingQuery =
  | { readonly kind: 'changed'; readonly since: Instant }
  | { readonly kind: 'starting'; readonly from: Instant; readonly to: Instant }

/** Whose calendar a key opens. */
export interface CalendarAccount {
  readonly name: string
  readonly email: string | undefined
  readonly timeZone: TimeZone | undefined
}

/** A webhook as the calendar has it. */
export interface CalendarWebhook {
  readonly url: string
  readonly isActive: boolean
  /** It tells of everything that counts, in the form that is read, and signs with the webhook secret of the company. */
  readonly isRight: boolean
}

/**
 * The calendar of a vendor. It is never asked inside a transaction. Its yes is not trusted: whoever calls compares
 * what comes back with what was asked.
 */
export interface Calendar {
  readonly kind: 'calcom'
  /** Free starts within the days asked, earliest first. */
  readonly slots: (query: SlotQuery) => Promise<Result<readonly CalendarSlot[], CalendarFailure>>
  readonly place: (placing: Placing) => Promise<Result<CalendarBooking, CalendarFailure>>
  /** Moves the booking of this uid to where the appointment is now. The answer may carry a new uid. */
  readonly move: (uid: string, placing: Placing) => Promise<Result<CalendarBooking, CalendarFailure>>
  /** Cancelling what is cancelled or gone is a success. */
  readonly cancel: (uid: string, placing: Placing, reason: string | undefined) => Promise<Result<void, CalendarFailure>>
  /** What the calendar has of an appointment, by uid or else by our reference. Undefined: surely nothing. */
  readonly find: (placing: Placing) => Promise<Result<CalendarBooking | undefined, CalendarFailure>>
  /** The booking of a uid, whatever became of it. Undefined: the calendar does not know it. `background`: nobody waits. */
  readonly booking: (
    uid: string,
    urgency?: 'background',
  ) => Promise<Result<CalendarBooking | undefined, CalendarFailure>>
  /** All pages of it. Asked in the background only, behind everything that a caller waits for. */
  readonly bookings: (query: BookingQuery) => Promise<Result<readonly CalendarBooking[], CalendarFailure>>
  /** Everything that can be booked there. At most a day old unless `fresh`. */
  readonly eventTypes: (age?: 'fresh') => Promise<Result<readonly EventType[], CalendarFailure>>
  readonly account: () => Promise<Result<CalendarAccount, CalendarFailure>>
  /** The working hours of the account and of the colleagues in its teams, as far as its key is shown them. */
  readonly schedules: () => Promise<Result<readonly Schedule[], CalendarFailure>>
  readonly webhooks: () => Promise<Result<readonly CalendarWebhook[], CalendarFailure>>
  /** Has the calendar tell this address of its bookings, signed with the company's webhook secret; once, however often it is called. */
  readonly registerWebhook: (url: string) => Promise<Result<void, CalendarFailure>>
  /**
   * Asks the calendar to hide a free time for some minutes from whoever books there by themselves. A courtesy that
   * proves nothing; our own hold decides. Answers with its name there.
   */
  readonly reserve: (
    query: Pick<SlotQuery, 'branch' | 'service' | 'staff'>,
    startsAt: Instant,
    minutes: number,
  ) => Promise<Result<string, CalendarFailure>>
  readonly letGo: (reservation: string) => Promise<Result<void, CalendarFailure>>
}

/** What can be asked of a calendar with a key that is not kept yet. */
export type TriedCalendar = Pick<Calendar, 'account' | 'eventTypes'>

export interface Calendars {
  /** Undefined: the company's appointments live here alone, and what we know decides. */
  readonly of: (company: CompanyProfile) => Calendar | undefined
  /**
   * What these settings and this very key open, whatever is stored; nothing that it answers is remembered. Undefined:
   * no vendor can be asked here.
   */
  readonly trying: (settings: CalcomSettings, key: Secret) => TriedCalendar | undefined
}
