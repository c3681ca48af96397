import type { Result } from 'neverthrow'
import type { Slug } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { BookingNotOffered, CalendarUnreachable, InvalidInput } from '../failure.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import type { DecisionKind, DecisionUnfit } from './decision-unfit.ts'

export { type DecisionKind, type DecisionUnfit, decisionKinds } from './decision-unfit.ts'

/**
 * `look-again`: ask the calendar now. `book-there`: have it booked there once more. `cancel-here`: call it off, here and
 * there. `keep-ours`: it is right as it stands here; of a booking that is nobody's: it is none of ours. `take-over`: make it
 * an appointment of this branch and service. `cancel-there`: call off what stands there and not here.
 */
export type Decision =
  | { readonly kind: Exclude<DecisionKind, 'take-over'> }
  | { readonly kind: 'take-over'; readonly branch: Slug; readonly service: Slug; readonly staff: Slug | undefined }

/**
 * One thing in which our side and the calendar are not the same. `untold`: the calendar has not heard of it yet, and is
 * told again and again by itself. `disputed`: it says something else, and only a person can know. `unmatched`: a
 * booking ahead there that is no appointment here.
 */
export type Difference = { readonly decisions: readonly DecisionKind[] } & (
  | {
      readonly kind: 'untold' | 'disputed'
      readonly view: AppointmentView
      /** What the calendar was last seen to have of it, cancelled ones included. */
      readonly bookings: readonly KnownCalendarBooking[]
    }
  | { readonly kind: 'unmatched'; readonly booking: KnownCalendarBooking }
)

export interface Differences {
  /** In order of time, appointments first. */
  readonly differences: readonly Difference[]
  /** There are more than are shown. */
  readonly more: boolean
}

/** What a decision is about: an appointment of ours, or a booking of the calendar by its uid. */
export type Disputed = { readonly appointment: AppointmentId } | { readonly booking: string }

export type SettleFailure = NotFound | DecisionUnfit | InvalidInput | BookingNotOffered | CalendarUnreachable

/** The difference as it is after the decision; undefined: there is none any more. */
export type SettledDifference = { readonly left: Difference | undefined }

export type CalendarDifferences = (scope: CompanyScope) => Promise<Differences>

/** Who decided is the actor of the scope, and stands in the history of the appointment. */
export type SettleDifference = (
  scope: CompanyScope,
  about: Disputed,
  decision: Decision,
) => Promise<Result<SettledDifference, SettleFailure>>

/** What a comparison with the calendar came to. */
export interface Reconciled {
  /** Bookings that the calendar showed. */
  readonly seen: number
  /** Appointments that were made or changed by its word. */
  readonly changed: number
  /** Ours that it does not know. */
  readonly missing: number
}

/** Compares everything of the next 60 days with the calendar now, both ways. */
export type ReconcileNow = (
  scope: CompanyScope,
) => Promise<Result<Reconciled, CalendarUnreachable | { readonly kind: 'no-calendar' }>>
