import { ok } from 'neverthrow'
import { isHeld, type Offer } from '../../domain/booking/offer.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { type CallId, type OfferId, parseId } from '../../domain/ids.ts'
import { MINUTE, SECOND } from '../../domain/time.ts'
import type { InBackground } from '../in-background.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { CompanyCache } from '../ports/cache.ts'
import type { Calendar } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx, Store } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

type Needs = Pick<Ports, 'store' | 'directory' | 'calendars' | 'cache' | 'clock' | 'ids'>

/**
 * The same store, after whose transactions a vendor's calendar is asked to hide what callers were offered from those who
 * book there by themselves, and to show again what is offered no more. Nobody waits for it, and nothing depends on it:
 * the offer itself decides, and a reservation that is lost ends by itself.
 */
export const hintingReservations = (needs: Needs, background: InBackground): Store => {
  const { store } = needs
  const hints = reserveHints(needs, background)
  return {
    ...store,
    transact: async (scope, work) => {
      let last: ReadonlyMap<OfferId, Offer> = new Map()
      const result = await store.transact(scope, (tx) => {
        const saved = new Map<OfferId, Offer>()
        last = saved
        const save = async (offer: Offer) => {
          await tx.offers.save(offer)
          saved.set(offer.id, offer)
        }
        return work({ ...tx, offers: { ...tx.offers, save } })
      })
      if (result.isOk() && last.size > 0) hints(scope, [...last.values()])
      return result
    },
  }
}

const reserveHints = (needs: Needs, background: InBackground) => {
  /** What is asked of the calendar for one call happens in its order. */
  const chains = new Map<CallId, Promise<void>>()
  return (scope: CompanyScope, offers: readonly Offer[]): void => {
    const [{ call } = {}] = offers
    if (call === undefined) return
    background.begin(async () => {
      const before = chains.get(call)
      const mine = (before ?? Promise.resolve()).then(() => hint(needs, scope, offers)).catch(() => undefined)
      chains.set(call, mine)
      await mine
      if (chains.get(call) === mine) chains.delete(call)
    })
  }
}

const hint = async (needs: Needs, scope: CompanyScope, offers: readonly Offer[]): Promise<void> => {
  const profile = await needs.directory.profile(scope.company)
  const calendar = profile && needs.calendars.of(profile)
  if (!calendar) return
  const cache = needs.cache.of(scope.company)
  const now = needs.clock.now()
  const held = offers.filter((offer) => isHeld(offer, now))
  for (const over of offers.filter((offer) => !held.includes(offer))) {
    const name = await cache.get(placeOf(over))
    if (name === undefined) continue
    await cache.set(placeOf(over), '', 0)
    const heir = held.find((offer) => isSameTime(offer, over))
    if (heir) await keepName(needs, scope, profile, heir, name)
    else await calendar.letGo(name)
    await inJobs(needs, scope, (tx) => tx.jobs.withdraw(keyOf(over)))
  }
  for (const offer of held) await reserve(needs, scope, { profile, calendar, cache }, offer)
}

const placeOf = ({ id }: Pick<Offer, 'id'>): string => `reservation:${id}`

const isSameTime = (one: Offer, other: Offer): boolean =>
  one.startsAt === other.startsAt &&
  one.service === other.service &&
  one.staff === other.staff &&
  one.branch === other.branch

const minutesFor = ({ policies }: CompanyProfile): number =>
  Math.max(1, Math.ceil((policies.holdSeconds * SECOND) / MINUTE))

const keyOf = ({ id }: Pick<Offer, 'id'>): string => `calendar-let-go:${id}`

const inJobs = async (
  { store }: Pick<Needs, 'store'>,
  scope: CompanyScope,
  work: (tx: CompanyTx) => Promise<void>,
): Promise<void> => {
  await store.transact(scope, async (tx) => ok(await work(tx)))
}

/** It is let go when the offer is over, for it may last longer at the calendar than the offer does here. */
const keepName = async (
  needs: Needs,
  scope: CompanyScope,
  profile: CompanyProfile,
  offer: Offer,
  name: string,
): Promise<void> => {
  await needs.cache.of(scope.company).set(placeOf(offer), name, (minutesFor(profile) + 1) * 60)
  await inJobs(needs, scope, (tx) =>
    tx.jobs.enqueue({
      ...{ id: needs.ids.next('job'), kind: 'calendar-let-go', payload: { offer: offer.id }, key: keyOf(offer) },
      ...{ runAt: offer.until, createdAt: needs.clock.now() },
    }),
  )
}

/** Shows a time again that was offered and not taken. A name that was forgotten ends by itself. */
export const letGoOfOffer =
  ({ store, directory, calendars, cache }: Pick<Needs, 'store' | 'directory' | 'calendars' | 'cache'>): JobHandler =>
  async (scope, { payload }, now) => {
    const id = parseId('offer', String(payload.offer))
    if (id.isErr()) return { kind: 'given-up', error: 'It names no offer.' }
    const offer = await store.read(scope, (tx) => tx.offers.find(id.value))
    if (offer && isHeld(offer, now)) return { kind: 'postponed', until: offer.until, error: undefined }
    const own = cache.of(scope.company)
    const place = placeOf({ id: id.value })
    const name = await own.get(place)
    if (name === undefined) return { kind: 'done' }
    await own.set(place, '', 0)
    const profile = await directory.profile(scope.company)
    if (profile) await calendars.of(profile)?.letGo(name)
    return { kind: 'done' }
  }

const reserve = async (
  needs: Needs,
  scope: CompanyScope,
  at: { readonly profile: CompanyProfile; readonly calendar: Calendar; readonly cache: CompanyCache },
  offer: Offer,
): Promise<void> => {
  const { profile, calendar, cache } = at
  const branch = profile.branches.find(({ id }) => id === offer.branch)
  const service = profile.services.find(({ id }) => id === offer.service)
  const staff = profile.staff.find(({ id }) => id === offer.staff)
  if (!branch || !service || (await cache.get(placeOf(offer))) !== undefined) return
  const reserved = await calendar.reserve({ branch, service, staff }, offer.startsAt, minutesFor(profile))
  if (reserved.isErr()) return
  await keepName(needs, scope, profile, offer, reserved.value)
  // Whoever let the offer go meanwhile did not know this name yet.
  const present = await needs.store.read(scope, (tx) => tx.offers.find(offer.id))
  if (present && isHeld(present, needs.clock.now())) return
  await cache.set(placeOf(offer), '', 0)
  await calendar.letGo(reserved.value)
  await inJobs(needs, scope, (tx) => tx.jobs.withdraw(keyOf(offer)))
}
