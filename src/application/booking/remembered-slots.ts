import { err, ok, Result } from 'neverthrow'
import { isObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile, Staff } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { addDays, type Instant, instant, type LocalDate, localMoment, MINUTE, SECOND } from '../../domain/time.ts'
import type { CompanyCache } from '../ports/cache.ts'
import type { Calendar, CalendarFailure, CalendarSlot, Calendars, SlotQuery } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import { weekOf } from './ask-calendar.ts'
import { hiddenTimes } from './hidden-times.ts'

/** How often this process found an answer, had to ask for it, or waited for somebody who was asking already. */
export interface SlotCounts {
  readonly hits: number
  readonly misses: number
  readonly joined: number
}

export interface RememberedSlots extends Calendars {
  readonly counts: () => SlotCounts
}

type Needs = Pick<Ports, 'calendars' | 'cache' | 'clock' | 'credentials'>
type Answer = Result<readonly CalendarSlot[], CalendarFailure>

/** How old an answer may be, from the moment at which it was asked for. */
const mostAge: { readonly [Purpose in SlotQuery['purpose']]: number } = { promise: 60 * SECOND, suggest: 15 * MINUTE }
const keptSeconds = mostAge.suggest / SECOND
const generationSeconds = 24 * 3_600
const generationKey = 'slots:generation'

/**
 * Makes every remembered answer of a company old, also one that is still on its way. For whoever changes something in
 * its calendar, before and after, and for everything that the calendar tells by itself.
 */
export const forgetSlots =
  ({ cache, credentials }: Pick<Ports, 'cache' | 'credentials'>) =>
  (company: CompanyId): Promise<void> =>
    cache.of(company).set(generationKey, credentials.randomText(), generationSeconds)

/**
 * The same calendars, which answer from memory what was asked a moment ago: a whole week at a time, once for everybody
 * who asks at the same time, and nothing from before a change that we know of. Failures are not remembered.
 */
export const rememberedSlots = (needs: Needs): RememberedSlots => {
  const flights = new Map<string, Flight>()
  const counts = { hits: 0, misses: 0, joined: 0 }
  return {
    trying: needs.calendars.trying,
    counts: () => ({ ...counts }),
    of: (profile) => {
      const calendar = needs.calendars.of(profile)
      return calendar && remembering(needs, profile, calendar, flights, counts)
    },
  }
}

/** Somebody is asking already. */
interface Flight {
  readonly askedAt: Instant
  readonly answer: Promise<Answer>
}

const remembering = (
  needs: Needs,
  profile: CompanyProfile,
  calendar: Calendar,
  flights: Map<string, Flight>,
  counts: { hits: number; misses: number; joined: number },
): Calendar => {
  const { clock, cache, credentials } = needs
  const own = cache.of(profile.id)
  const forget = () => forgetSlots(needs)(profile.id)
  const hidden = hiddenTimes(own, clock)

  const slotsOfWeek = async (query: SlotQuery): Promise<Answer> => {
    const place = `${await generationOf(own, credentials.randomText)}:${questionOf(profile, query)}`
    const [isBlind, text] = await Promise.all([hidden.isBlind(), own.get(`slots:${place}`)])
    const isGood = ({ askedAt }: { readonly askedAt: Instant }): boolean => {
      const age = clock.now() - askedAt
      return age >= 0 && age <= mostAge[query.purpose] && !isBlind(askedAt)
    }
    const kept = readAnswer(text, profile)
    if (kept && isGood(kept)) {
      counts.hits += 1
      return ok(kept.slots)
    }
    const common = `${profile.id}:${place}`
    // Whoever waits does not wait for a turn behind everybody else.
    const flightKey = query.urgency === undefined ? common : `${common}:${query.urgency}`
    const flight = flights.get(common) ?? flights.get(flightKey)
    query.onAsking?.()
    if (flight && isGood(flight)) {
      counts.joined += 1
      return flight.answer
    }
    counts.misses += 1
    const askedAt = clock.now()
    const answer = calendar.slots(query)
    const asking: Flight = { askedAt, answer }
    flights.set(flightKey, asking)
    const end = () => {
      if (flights.get(flightKey) === asking) flights.delete(flightKey)
    }
    answer
      .then((slots) =>
        slots.isOk() ? own.set(`slots:${place}`, writeAnswer(askedAt, slots.value), keptSeconds) : undefined,
      )
      .then(end, end)
    return answer
  }

  /** What became of a change that broke off is not known, so nothing from before it is believed afterwards. */
  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    await forget()
    try {
      return await change()
    } finally {
      await forget()
    }
  }

  return {
    ...calendar,
    slots: async (query) => {
      const found: CalendarSlot[] = []
      for (const week of weeksOf(query.from, query.to)) {
        const slots = await slotsOfWeek({ ...query, ...week })
        if (slots.isErr()) return err(slots.error)
        found.push(...slots.value)
      }
      return ok(found.filter(({ startsAt }) => isWithin(startsAt, query)))
    },
    place: (placing) => changing(() => calendar.place(placing)),
    move: (uid, placing) => changing(() => calendar.move(uid, placing)),
    cancel: (uid, placing, reason) => changing(() => calendar.cancel(uid, placing, reason)),
    reserve: async (...asked) => {
      const since = clock.now()
      const reservation = await calendar.reserve(...asked)
      if (reservation.isOk()) await hidden.hide(reservation.value, since)
      return reservation
    },
    letGo: async (reservation) => {
      const gone = await calendar.letGo(reservation)
      if (!(await hidden.show(reservation))) await forget()
      return gone
    },
  }
}

/** All answers of one generation know of the same changes. A lost one is never believed to be the present one. */
const generationOf = async (cache: CompanyCache, another: () => string): Promise<string> => {
  const present = await cache.get(generationKey)
  if (present !== undefined) return present
  const next = another()
  await cache.set(generationKey, next, generationSeconds)
  // Of several who find none at once, all go on with the same.
  return (await cache.get(generationKey)) ?? next
}

/** What decides an answer. Another version of the company's file may stand for other event types, hosts and keys. */
const questionOf = ({ version }: CompanyProfile, { branch, service, staff, moving, from }: SlotQuery): string =>
  [
    `v${version}`,
    branch.id,
    service.id,
    service.slug,
    service.calcomEventTypeId ?? '',
    service.durationMinutes,
    staff?.id ?? '',
    moving ?? '',
    from,
  ].join(':')

const weeksOf = (from: LocalDate, to: LocalDate): readonly ReturnType<typeof weekOf>[] => {
  const weeks = [weekOf(from)]
  for (let week = weekOf(from); week.to < to; ) {
    week = weekOf(addDays(week.to, 1))
    weeks.push(week)
  }
  return weeks
}

const isWithin = (startsAt: Instant, { branch, from, to }: SlotQuery): boolean => {
  const { date } = localMoment(startsAt, branch.timeZone)
  return from <= date && date <= to
}

/** Nothing about a person: moments, and the ids of colleagues. */
const writeAnswer = (askedAt: Instant, slots: readonly CalendarSlot[]): string =>
  JSON.stringify({ at: askedAt, slots: slots.map(({ startsAt, staff }) => [startsAt, staff?.id ?? null]) })

const parse = Result.fromThrowable((text: string): unknown => JSON.parse(text))

/** Undefined as well for what names a colleague who is gone. */
const readAnswer = (
  text: string | undefined,
  { staff }: CompanyProfile,
): { readonly askedAt: Instant; readonly slots: readonly CalendarSlot[] } | undefined => {
  const value = text === undefined ? undefined : parse(text).unwrapOr(undefined)
  if (!isObject(value) || typeof value.at !== 'number' || !Array.isArray(value.slots)) return undefined
  const slots: CalendarSlot[] = []
  for (const slot of value.slots) {
    const [startsAt, id] = Array.isArray(slot) ? slot : []
    const host: Staff | undefined = id === null ? undefined : staff.find((one) => one.id === id)
    if (typeof startsAt !== 'number' || (id !== null && !host)) return undefined
    slots.push({ startsAt: instant(startsAt), staff: host })
  }
  return { askedAt: instant(value.at), slots }
}
