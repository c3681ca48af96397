import { err, ok, type Result } from 'neverthrow'
import type { Slot } from '../../domain/booking/availability.ts'
import { type Interval, overlaps, subtract } from '../../domain/booking/interval.ts'
import { isFor, type Offer } from '../../domain/booking/offer.ts'
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
  await makeRoom(tx, search, hold)
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

/**
 * One offer is open per call and attendee: the one that was there makes room. One that named nobody, or a choice that
 * names nobody, is in its own call's way nowhere either.
 */
export const makeRoom = async (
  tx: CompanyTx,
  { profile, service }: Pick<Search, 'profile' | 'service'>,
  { call, attendee, slot }: { readonly call: CallId; readonly attendee: string; readonly slot: Slot },
): Promise<void> => {
  const wanted = staffTimeOf(service, slot.startsAt)
  for (const offer of await tx.offers.openOf(call)) {
    const offered = profile.services.find(({ id }) => id === offer.service)
    const kept = offered ? staffTimeOf(offered, offer.startsAt) : [offer]
    const isInTheWay =
      offer.resource === slot.resource && kept.some((part) => wanted.some((one) => overlaps(part, one)))
    if (offer.attendee === attendee || (isFor(offer, attendee) && isInTheWay)) await releaseOffer(tx, offer)
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
