import { err, ok, type Result } from 'neverthrow'
import type { Slot } from '../../domain/booking/availability.ts'
import { type Interval, subtract } from '../../domain/booking/interval.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CallId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE, SECOND } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { TimeTaken } from '../ports/booking.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { Search } from './search.ts'

/**
 * Keeps a free time for a call. What the call held before for the same attendee is let go, also when the new time
 * was lost to somebody else meanwhile.
 */
export const holdOffer = async (
  tx: CompanyTx,
  ids: Ids,
  search: Search,
  hold: {
    readonly call: CallId
    readonly attendee: string
    readonly slot: Slot
    /** What an appointment that is to be moved there has of this resource's time already. */
    readonly keeps?: readonly Interval[]
  },
  now: Instant,
): Promise<Result<Offer, TimeTaken>> => {
  await letGo(tx, hold.call, hold.attendee)
  const offer: Offer = {
    id: ids.next('offer'),
    call: hold.call,
    attendee: hold.attendee,
    branch: search.branch.id,
    service: search.service.id,
    staff: hold.slot.staff?.id,
    resource: hold.slot.resource,
    startsAt: hold.slot.startsAt,
    endsAt: hold.slot.endsAt,
    until: after(now, search.profile.policies.holdSeconds * SECOND),
    state: 'open',
  }
  const time = subtract(staffTimeOf(search.service, offer.startsAt), hold.keeps ?? [])
  const claimed = await tx.occupancy.claim(offer.id, offer.resource, time, offer.until, now)
  if (claimed.isErr()) return err(claimed.error)
  await tx.offers.save(offer)
  return ok(offer)
}

/** One offer is open per call and attendee; the one that was there makes room. */
export const letGo = async (tx: CompanyTx, call: CallId, attendee: string): Promise<void> => {
  for (const offer of await tx.offers.openOf(call)) {
    if (offer.attendee === attendee) await releaseOffer(tx, offer)
  }
}

/** Its time is everybody's again. */
export const releaseOffer = async (tx: CompanyTx, offer: Offer): Promise<void> => {
  await tx.occupancy.release(offer.id)
  await tx.offers.save({ ...offer, state: 'released' })
}

const toldFor = 2 * MINUTE

/** Remembers what a call was told, so that others are told something else for two minutes. */
export const rememberTold = (tx: CompanyTx, call: CallId, slots: readonly Slot[], now: Instant): Promise<void> =>
  tx.suggestions.replace(
    call,
    slots.map(({ resource, startsAt, endsAt }) => ({ call, resource, startsAt, endsAt, until: after(now, toldFor) })),
  )
