import type { BranchId, CallId, OfferId, ServiceId, StaffId } from '../ids.ts'
import type { Instant } from '../time.ts'
import type { Interval } from './interval.ts'
import type { ResourceId } from './resource.ts'

/**
 * A time that was found free and is kept for one call until `until`. It pins everything that was checked, so that
 * what is booked is what was said. One is open per call and attendee; a new one replaces it.
 */
export interface Offer extends Interval {
  readonly id: OfferId
  readonly call: CallId
  /** Whom it is for; '' as long as nobody was named. */
  readonly attendee: string
  readonly branch: BranchId
  readonly service: ServiceId
  readonly staff: StaffId | undefined
  readonly resource: ResourceId
  readonly until: Instant
  readonly state: 'open' | 'taken' | 'released'
}

/** Are both for the same person, as far as was said? An offer for nobody in particular is anybody's. */
export const isFor = ({ attendee }: Pick<Offer, 'attendee'>, other: string): boolean =>
  attendee === other || attendee === '' || other === ''

/** Does the offer still keep its time from others? */
export const isHeld = (offer: Offer, now: Instant): boolean => offer.state === 'open' && now < offer.until
