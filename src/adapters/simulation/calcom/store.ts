import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { WeeklyHours } from '../../../domain/opening-hours.ts'
import type { Instant, TimeZone } from '../../../domain/time.ts'

/** What a stand-in for Cal.com keeps, in memory and for as long as it runs. */

/** A team with its owner, whom the key belongs to. Nothing of it is seen with another key. */
export interface CalcomAccount {
  readonly id: number
  readonly key: string
  /** The user whose key it is. */
  readonly owner: number
}

export interface CalcomUser {
  readonly id: number
  readonly account: number
  readonly name: string
  readonly email: string
  readonly username: string
  readonly timeZone: TimeZone
  /** On the wall clock of `timeZone`. */
  readonly hours: WeeklyHours
}

export interface CalcomEventType {
  readonly id: number
  readonly account: number
  readonly title: string
  readonly slug: string
  readonly minutes: number
  /** Lengths that can be asked for; empty: only `minutes`. */
  readonly lengths: readonly number[]
  readonly hosts: readonly number[]
  readonly team: 'none' | 'roundRobin' | 'collective' | 'managed'
  /** As Cal.com shows them, the first being the one without a wish. */
  readonly locations: readonly JsonObject[]
  readonly email: 'required' | 'optional' | 'hidden'
  readonly phone: 'required' | 'optional' | 'hidden'
  /** Slugs of further questions that have to be answered. */
  readonly questions: readonly string[]
  readonly noticeMinutes: number
  readonly slotInterval: number | undefined
  readonly bufferBefore: number
  readonly bufferAfter: number
  readonly needsConfirmation: boolean
  readonly needsVerifiedEmail: boolean
  readonly needsLogin: boolean
  readonly seats: number | undefined
  readonly isRecurring: boolean
  readonly isHidden: boolean
}

export interface BookingEntry {
  readonly id: number
  readonly uid: string
  readonly eventType: CalcomEventType
  readonly hosts: readonly number[]
  readonly status: 'accepted' | 'pending' | 'cancelled' | 'rejected'
  readonly start: Instant
  readonly end: Instant
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly metadata: JsonObject
  readonly attendee: {
    readonly name: string
    readonly email: string
    readonly timeZone: string
    readonly language: string
    readonly phone: string | undefined
  }
  readonly guests: readonly string[]
  readonly location: string
  readonly responses: JsonObject
  readonly cancellationReason: string
  readonly reschedulingReason: string | undefined
  readonly rescheduledFrom: string | undefined
  readonly rescheduledTo: string | undefined
  readonly hostAbsent: boolean
  readonly attendeeAbsent: boolean
}

export interface ReservationEntry {
  readonly uid: string
  readonly eventType: number
  readonly start: Instant
  readonly minutes: number
  /** In minutes. */
  readonly lasts: number
  readonly until: Instant
}

export interface CalcomWebhook {
  readonly id: string
  readonly account: number
  /** Undefined: of the user, for everything. */
  readonly eventType: number | undefined
  readonly url: string
  readonly triggers: readonly string[]
  readonly active: boolean
  readonly secret: string | undefined
  readonly version: string
}

export interface CalcomStore {
  readonly now: () => Instant
  readonly accounts: CalcomAccount[]
  readonly users: Map<number, CalcomUser>
  readonly eventTypes: Map<number, CalcomEventType>
  /** In the order in which they were made. */
  readonly bookings: Map<string, BookingEntry>
  readonly reservations: Map<string, ReservationEntry>
  readonly webhooks: Map<string, CalcomWebhook>
  readonly nextId: () => number
  /** Tells the webhooks of a booking. */
  readonly tell: (trigger: string, booking: BookingEntry, more?: JsonObject) => void
}

/** Changes a booking and notes when. */
export const changed = (store: CalcomStore, booking: BookingEntry, change: Partial<BookingEntry>): BookingEntry => {
  const next = { ...booking, ...change, updatedAt: store.now() }
  store.bookings.set(next.uid, next)
  return next
}

export const isLive = ({ status }: BookingEntry): boolean => status === 'accepted' || status === 'pending'
