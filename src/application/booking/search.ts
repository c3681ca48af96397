import type { Appointment } from '../../domain/booking/appointment.ts'
import {
  bookingWindow,
  type Desk,
  freeOn,
  gridOn,
  inOrderOfTurn,
  isFree,
  nearest,
  openingOn,
  type Slot,
  searchDays,
  workingOn,
} from '../../domain/booking/availability.ts'
import { outsideBlocked } from '../../domain/booking/blocked-time.ts'
import { canDo } from '../../domain/booking/catalogue.ts'
import { contains, type Interval, overlaps } from '../../domain/booking/interval.ts'
import { isHeld, type Offer } from '../../domain/booking/offer.ts'
import type { Owner, ResourceId } from '../../domain/booking/resource.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import type { Branch, CompanyProfile, Service, Staff } from '../../domain/company.ts'
import type { CallId } from '../../domain/ids.ts'
import type { DayWindow } from '../../domain/speech/understand-when.ts'
import { after, DAY, type Instant, instant, instantAt, type LocalDate, localMoment } from '../../domain/time.ts'
import type { CalendarSlot, SlotQuery } from '../ports/calendar.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { FreeInCalendar } from './ask-calendar.ts'

/** What is looked for, and for whom. The one computation behind checking, booking, moving, the pages and the API. */
export interface Search {
  readonly profile: CompanyProfile
  readonly branch: Branch
  readonly service: Service
  /** A wished colleague; undefined: anyone who can. */
  readonly staff: Staff | undefined
  /** Whose own holds and appointments are in nobody's way. */
  readonly own: ReadonlySet<Owner>
  /** What whoever comes has at other times already; nothing that overlaps it is suggested. */
  readonly elsewhere?: readonly Appointment[]
  /** What the calendar calls the booking that is to be moved. */
  readonly moving?: string | undefined
  /** The asking call, whose own suggestions count for nothing. */
  readonly call: CallId | undefined
  /**
   * The asking call's own offers. The calendar may not call their time free, because we asked it to keep that from
   * others.
   */
  readonly held?: readonly Offer[]
  /** Undefined: the company's appointments live here alone. */
  readonly free: FreeInCalendar | undefined
  /** When the calendar is silent: the work ends, or what we know ourselves decides. */
  readonly whenDown: 'stop' | 'trust-ourselves'
}

export type Answer =
  | { readonly kind: 'free'; readonly slot: Slot }
  | { readonly kind: 'taken' | 'closed' | 'off-grid' | 'past' | 'notice-too-short' | 'too-far' }

const daysAhead = 14

/** Those who could do the service here, with what they have on these days. A branch without any staff is a desk of its own. */
export const desksOn = async (
  tx: CompanyTx,
  search: Search,
  from: LocalDate,
  to: LocalDate,
  now: Instant,
): Promise<(date: LocalDate) => readonly Desk[]> => {
  const { profile, branch, service } = search
  const able = profile.staff.filter((one) => canDo(one, service, branch))
  const chosen = search.staff === undefined ? able : able.filter(({ id }) => id === search.staff?.id)
  const alone = !profile.staff.some((one) => one.branches.includes(branch.slug))
  const shared = sharedResource(search, alone)
  const resources = [...(shared === undefined ? [] : [shared]), ...(alone ? [] : chosen.map(({ id }) => id))]
  const [begin, end] = [instantAt(from, 0, branch.timeZone), after(instantAt(to, 1440, branch.timeZone), DAY)]
  const taken = await tx.occupancy.between(resources, begin, end, now)
  const busy = taken.filter(({ owner }) => !search.own.has(owner))
  const blocked = await tx.blockedTimes.between(begin, end)
  const open = (hours: readonly Interval[], resource: ResourceId, staff: Staff | undefined) => {
    const kept = taken.filter((one) => one.resource === resource && search.own.has(one.owner))
    return outsideBlocked(hours, blocked, { branch: branch.id, staff: staff?.id }, kept)
  }
  return (date) => [
    ...(shared === undefined
      ? []
      : [
          {
            resource: shared,
            staff: undefined,
            slug: branch.slug,
            working: open(openingOn(branch, date), shared, undefined),
            busy: busy.filter((one) => one.resource === shared),
          },
        ]),
    ...(alone
      ? []
      : chosen.map((staff) => ({
          resource: staff.id,
          staff,
          slug: staff.slug,
          working: open(workingOn(staff, branch, date), staff.id, staff),
          busy: busy.filter((one) => one.resource === staff.id),
        }))),
  ]
}

/**
 * Whose time is taken where no colleague is named: a branch without staff, or the event type of a vendor's calendar,
 * which alone knows who of several is free.
 */
const sharedResource = ({ free, staff, service, branch }: Search, alone: boolean): ResourceId | undefined => {
  if (free === undefined) return alone ? branch.id : undefined
  return staff === undefined ? service.id : undefined
}

/** Is this very moment free, and if not, why not? */
export const lookAt = async (tx: CompanyTx, search: Search, startsAt: Instant, now: Instant): Promise<Answer> => {
  const { profile, branch, service } = search
  const { earliest, latest } = bookingWindow(profile.policies, now)
  if (startsAt < now) return { kind: 'past' }
  if (startsAt < earliest) return { kind: 'notice-too-short' }
  if (startsAt > latest) return { kind: 'too-far' }
  const { date } = localMoment(startsAt, branch.timeZone)
  const opening = openingOn(branch, date)
  const whole = { startsAt, endsAt: endOf(service, startsAt) }
  if (!opening.some((hours) => contains(hours, whole))) return { kind: 'closed' }
  const offered = inCalendar(search, date, 'promise', now)
  if (!offered && !gridOn(opening, service, profile.policies.slotStepMinutes).includes(startsAt)) {
    return { kind: 'off-grid' }
  }
  const desks = (await desksOn(tx, search, date, date, now))(date)
  const desk = offered
    ? deskFor(
        search,
        desks,
        offered.find((one) => one.startsAt === startsAt),
      )
    : inOrderOfTurn(desks).find((one) => isFree(one, service, startsAt))
  return desk ? { kind: 'free', slot: { ...whole, resource: desk.resource, staff: desk.staff } } : { kind: 'taken' }
}

/** Everything free on a day. What is chosen of it is asked again. */
export const freeDay = async (
  tx: CompanyTx,
  search: Search,
  date: LocalDate,
  now: Instant,
): Promise<readonly Slot[]> => {
  const desks = (await desksOn(tx, search, date, date, now))(date)
  return suggestedOn(search, desks, date, now, () => true)
}

const inCalendar = (search: Search, date: LocalDate, purpose: SlotQuery['purpose'], now: Instant) => {
  const { free, branch, service, staff, moving, whenDown } = search
  const offered = free?.({ branch, service, staff, moving, purpose }, date, whenDown)
  if (!offered) return undefined
  const hidden = heldThere(search, date, now).filter((own) => !offered.some((one) => one.startsAt === own.startsAt))
  return hidden.length === 0 ? offered : [...offered, ...hidden].toSorted((a, b) => a.startsAt - b.startsAt)
}

/** What the asking call holds on a day of what is looked for. */
const heldThere = (
  { held = [], profile, branch, service, staff }: Search,
  date: LocalDate,
  now: Instant,
): readonly CalendarSlot[] =>
  held
    .filter(
      (offer) =>
        isHeld(offer, now) &&
        offer.branch === branch.id &&
        offer.service === service.id &&
        (staff === undefined || offer.staff === staff.id) &&
        localMoment(offer.startsAt, branch.timeZone).date === date,
    )
    .map(({ startsAt, staff: host }) => ({ startsAt, staff: profile.staff.find(({ id }) => id === host) }))

/** Who would do what the calendar calls free, if they have nothing else in our own book. */
const deskFor = (search: Search, desks: readonly Desk[], slot: CalendarSlot | undefined): Desk | undefined => {
  if (!slot) return undefined
  const host = slot.staff ?? search.staff
  const desk = desks.find((one) => one.staff?.id === host?.id)
  return desk && isFree(desk, search.service, slot.startsAt) ? desk : undefined
}

/** What may be suggested of a day. That there is nothing is said only after a look that is as young as for a promise. */
const suggestedOn = (
  search: Search,
  desks: readonly Desk[],
  date: LocalDate,
  now: Instant,
  fits: (slot: Slot) => boolean,
): readonly Slot[] => {
  const remembered = slotsOn(search, desks, date, now, 'suggest')
  if (search.free === undefined || remembered.some(fits) || openingOn(search.branch, date).length === 0) {
    return remembered
  }
  return slotsOn(search, desks, date, now, 'promise')
}

const slotsOn = (
  search: Search,
  desks: readonly Desk[],
  date: LocalDate,
  now: Instant,
  purpose: SlotQuery['purpose'],
): readonly Slot[] => {
  const offered = inCalendar(search, date, purpose, now)
  if (!offered) return freeOn(conditions(search, desks, now), date).slots
  const { earliest, latest } = bookingWindow(search.profile.policies, now)
  const opening = openingOn(search.branch, date)
  return offered.flatMap((slot): readonly Slot[] => {
    const whole = { startsAt: slot.startsAt, endsAt: endOf(search.service, slot.startsAt) }
    if (slot.startsAt < earliest || slot.startsAt > latest) return []
    if (!opening.some((hours) => contains(hours, whole))) return []
    const desk = deskFor(search, desks, slot)
    return desk ? [{ ...whole, resource: desk.resource, staff: desk.staff }] : []
  })
}

/**
 * At most three free times near a wished one: of the same day (and part of the day) first, then of the next days that
 * have any, fourteen at most. Times told to other callers a moment ago come last. The refused one is never among them.
 */
export const alternatives = async (
  tx: CompanyTx,
  search: Search,
  wanted: {
    readonly at: Instant
    readonly refused: Instant | undefined
    readonly window: DayWindow | undefined
    /** What else a time has to be; undefined: nothing. */
    readonly fits?: (slot: Slot) => boolean
  },
  now: Instant,
): Promise<readonly Slot[]> => {
  const { branch } = search
  const { earliest, latest } = bookingWindow(search.profile.policies, now)
  const from = instant(Math.max(wanted.at, earliest))
  const days = searchDays(from, branch.timeZone, daysAhead + 1)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined || from > latest) return []
  const told = await tx.suggestions.ofOthers(search.call ?? '', from, instantAt(last, 1440, branch.timeZone), now)
  const { window, refused, fits = () => true } = wanted
  const { elsewhere = [] } = search
  const isPossible = (slot: Slot) => fits(slot) && !elsewhere.some((one) => overlaps(one, slot))
  // Who asked for a day is told of that day; who asked for a moment that is gone may like another day as well.
  const enough = refused === undefined ? 1 : mostAlternatives
  const found: Slot[] = []
  for (const some of inPortions(days)) {
    const desks = await desksOn(tx, search, some[0], some.at(-1) ?? some[0], now)
    for (const date of some) {
      const isMeant = (slot: Slot) => isPossible(slot) && (!window || isWithin(slot.startsAt, window, branch))
      const slots = suggestedOn(search, desks(date), date, now, isMeant).filter(isPossible)
      const within = slots.filter(isMeant)
      const minute = localMoment(from, branch.timeZone).minute
      const target = date === first ? wanted.at : instantAt(date, window?.from ?? minute, branch.timeZone)
      const near = within.length > 0 || date !== first ? within : slots
      found.push(...nearest(near, target, refused, told, mostAlternatives - found.length))
      if (found.length >= enough) return found
    }
  }
  return found
}

const mostAlternatives = 3

/** Most searches end on the first day, so no more than that is read before it is needed. */
const inPortions = (days: readonly LocalDate[]): readonly (readonly [LocalDate, ...LocalDate[]])[] =>
  [days.slice(0, 1), days.slice(1, 4), days.slice(4)].filter(
    (some): some is [LocalDate, ...LocalDate[]] => some.length > 0,
  )

export const isWithin = (moment: Instant, window: DayWindow, branch: Branch): boolean => {
  const { minute } = localMoment(moment, branch.timeZone)
  return window.from <= minute && minute < window.to
}

const conditions = (search: Search, desks: readonly Desk[], now: Instant) => ({
  branch: search.branch,
  service: search.service,
  desks,
  stepMinutes: search.profile.policies.slotStepMinutes,
  ...bookingWindow(search.profile.policies, now),
})
