import type { Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Interval } from '../../domain/booking/interval.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import type { Busy, Owner, ResourceId } from '../../domain/booking/resource.ts'
import type { AppointmentId, BranchId, CallId, CustomerId, OfferId, StaffId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export type TimeTaken = { readonly kind: 'time-taken' }
export type AppointmentMissing = { readonly kind: 'appointment-missing' }

/** The one table of everybody's time. The database itself refuses an overlap. */
export interface Occupancy {
  /**
   * Takes time of a resource for an owner, in place of what the owner had before, all or nothing.
   * Time kept by holds that ended by `now` is cleared away first. `until` undefined: for good.
   */
  readonly claim: (
    owner: Owner,
    resource: ResourceId,
    intervals: readonly Interval[],
    until: Instant | undefined,
    now: Instant,
  ) => Promise<Result<void, TimeTaken>>
  readonly release: (owner: Owner) => Promise<void>
  /** What is taken at `now` of these resources and touches [from, to). Ended holds do not count. */
  readonly between: (
    resources: readonly ResourceId[],
    from: Instant,
    to: Instant,
    now: Instant,
  ) => Promise<readonly Busy[]>
}

export interface Offers {
  readonly find: (id: OfferId) => Promise<Offer | undefined>
  readonly save: (offer: Offer) => Promise<void>
  /** Offers of a call in state `open`, ended holds included, newest first. */
  readonly openOf: (call: CallId) => Promise<readonly Offer[]>
  /** All that are held now. */
  readonly live: (now: Instant) => Promise<readonly Offer[]>
}

/** A time that a call was told as an alternative: others are offered another one for a while, if there is one. */
export interface Suggestion extends Interval {
  readonly call: CallId
  readonly resource: ResourceId
  readonly until: Instant
}

export interface Suggestions {
  /** In place of what this call was told before. */
  readonly replace: (call: CallId, suggestions: readonly Suggestion[]) => Promise<void>
  /** Suggestions of other calls still kept at `now` that touch [from, to). */
  readonly ofOthers: (call: CallId, from: Instant, to: Instant, now: Instant) => Promise<readonly Suggestion[]>
}

export interface AppointmentQuery extends PageRequest {
  /** Those that touch [from, to), in order of start. */
  readonly from?: Instant
  readonly to?: Instant
  readonly branch?: BranchId
  readonly staff?: StaffId
  readonly customer?: CustomerId
  readonly status?: Appointment['status']
}

export interface Appointments {
  readonly find: (id: AppointmentId) => Promise<Appointment | undefined>
  /** Stores a new one. Its time is claimed apart, in the same transaction. */
  readonly add: (appointment: Appointment) => Promise<void>
  /** Locks it, applies `step`, stores what it returns. An `Err` changes nothing. */
  readonly change: <E>(
    id: AppointmentId,
    step: (appointment: Appointment) => Result<Appointment, E>,
  ) => Promise<Result<Appointment, E | AppointmentMissing>>
  /** Oldest start first. */
  readonly list: (query: AppointmentQuery) => Promise<Page<Appointment>>
  /** Of which our side and the calendar are not of one mind, cancelled and past ones included. Oldest start first. */
  readonly unsynced: (query: PageRequest) => Promise<Page<Appointment>>
  readonly ofCall: (call: CallId) => Promise<readonly Appointment[]>
  readonly ofCalls: (calls: readonly CallId[]) => Promise<readonly Appointment[]>
  /** Not cancelled, ending after `from`, earliest first, at most 20. */
  readonly upcomingOf: (customer: CustomerId, from: Instant) => Promise<readonly Appointment[]>
  /** Not cancelled and over by `before`, newest first, at most 20. */
  readonly pastOf: (customer: CustomerId, before: Instant) => Promise<readonly Appointment[]>
}
