import type { Absence, Branch, Policies, Service, Staff } from '../company.ts'
import { hoursOn } from '../opening-hours.ts'
import {
  addDays,
  after,
  DAY,
  type Instant,
  instantAt,
  type LocalDate,
  localMoment,
  MINUTE,
  type TimeZone,
  weekdayOf,
} from '../time.ts'
import { contains, type Interval, overlaps, subtract } from './interval.ts'
import type { Busy, ResourceId } from './resource.ts'
import { endOf, staffTimeOf } from './service-time.ts'

/** Somebody, or a branch without staff, who could do a service on a day. */
export interface Desk {
  readonly resource: ResourceId
  readonly staff: Staff | undefined
  /** Decides between equals, after the minutes booked. */
  readonly slug: string
  readonly working: readonly Interval[]
  /** What others have of this time; what the asking call holds itself is not in it. */
  readonly busy: readonly Busy[]
}

export interface Slot extends Interval {
  readonly resource: ResourceId
  readonly staff: Staff | undefined
}

/** When a branch is open on a day, as moments. */
export const openingOn = (branch: Branch, date: LocalDate): readonly Interval[] =>
  hoursOn(branch.hours, date).map(({ opens, closes }) => ({
    startsAt: instantAt(date, opens, branch.timeZone),
    endsAt: instantAt(date, closes, branch.timeZone),
  }))

/** When a colleague works in a branch on a day: their own hours or the branch's, without absences. */
export const workingOn = (staff: Staff, branch: Branch, date: LocalDate): readonly Interval[] => {
  const own = staff.hours?.[weekdayOf(date)]
  const hours =
    staff.hours === undefined
      ? openingOn(branch, date)
      : (own ?? []).map(({ opens, closes }) => ({
          startsAt: instantAt(date, opens, branch.timeZone),
          endsAt: instantAt(date, closes, branch.timeZone),
        }))
  return subtract(
    hours,
    staff.absences.map((absence) => absent(absence, branch.timeZone)),
  )
}

const absent = (absence: Absence, zone: TimeZone): Interval =>
  absence.kind === 'hours'
    ? { startsAt: absence.from, endsAt: absence.to }
    : { startsAt: instantAt(absence.days.from, 0, zone), endsAt: instantAt(absence.days.to, 1440, zone) }

/** The earliest and latest start that a company takes bookings for, at a moment. */
export const bookingWindow = (
  policies: Pick<Policies, 'minNoticeMinutes' | 'maxAdvanceDays'>,
  now: Instant,
): { readonly earliest: Instant; readonly latest: Instant } => ({
  earliest: after(now, policies.minNoticeMinutes * MINUTE),
  latest: after(now, policies.maxAdvanceDays * DAY),
})

/** Starts on the grid: steps counted from the opening of each interval, as long as the service ends before it closes. */
export const gridOn = (opening: readonly Interval[], service: Service, stepMinutes: number): readonly Instant[] =>
  opening.flatMap(({ startsAt, endsAt }) => {
    const starts: Instant[] = []
    for (let at = startsAt; endOf(service, at) <= endsAt; at = after(at, stepMinutes * MINUTE)) starts.push(at)
    return starts
  })

/** Could this desk do the service from this moment on? Working hours bound the service, not its buffers. */
export const isFree = (desk: Desk, service: Service, startsAt: Instant): boolean => {
  const whole: Interval = { startsAt, endsAt: endOf(service, startsAt) }
  if (!desk.working.some((hours) => contains(hours, whole))) return false
  return staffTimeOf(service, startsAt).every((part) => !desk.busy.some((taken) => overlaps(part, taken)))
}

/** Who is asked first: the one with the fewest minutes booked that day, then by slug. */
export const inOrderOfTurn = (desks: readonly Desk[]): readonly Desk[] =>
  desks.toSorted((a, b) => bookedMinutes(a) - bookedMinutes(b) || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0))

const bookedMinutes = ({ busy }: Desk): number =>
  busy
    .filter(({ owner }) => owner.startsWith('apt_'))
    .reduce((sum, one) => sum + (one.endsAt - one.startsAt) / MINUTE, 0)

export interface DayOffer {
  readonly date: LocalDate
  readonly opening: readonly Interval[]
  readonly slots: readonly Slot[]
}

/**
 * Everything free on a day, one slot per start, earliest first. `busy` of the desks reaches at least over the day.
 * Nothing outside [earliest, latest] is free.
 */
export const freeOn = (
  asked: {
    readonly branch: Branch
    readonly service: Service
    readonly desks: readonly Desk[]
    readonly stepMinutes: number
    readonly earliest: Instant
    readonly latest: Instant
  },
  date: LocalDate,
): DayOffer => {
  const opening = openingOn(asked.branch, date)
  const turn = inOrderOfTurn(asked.desks)
  const slots = gridOn(opening, asked.service, asked.stepMinutes)
    .filter((at) => asked.earliest <= at && at <= asked.latest)
    .flatMap((startsAt): readonly Slot[] => {
      const desk = turn.find((one) => isFree(one, asked.service, startsAt))
      if (!desk) return []
      return [{ startsAt, endsAt: endOf(asked.service, startsAt), resource: desk.resource, staff: desk.staff }]
    })
  return { date, opening, slots }
}

/** At most `count` slots nearest to a moment, earliest first; never the refused one; untold ones before told ones. */
export const nearest = (
  slots: readonly Slot[],
  wanted: Instant,
  refused: Instant | undefined,
  told: readonly Pick<Busy, 'resource' | 'startsAt' | 'endsAt'>[],
  count = 3,
): readonly Slot[] => {
  const toldElsewhere = (slot: Slot) => told.some((one) => one.resource === slot.resource && overlaps(one, slot))
  return slots
    .filter(({ startsAt }) => startsAt !== refused)
    .toSorted(
      (a, b) =>
        Number(toldElsewhere(a)) - Number(toldElsewhere(b)) ||
        Math.abs(a.startsAt - wanted) - Math.abs(b.startsAt - wanted) ||
        a.startsAt - b.startsAt,
    )
    .slice(0, count)
    .toSorted((a, b) => a.startsAt - b.startsAt)
}

/** The days of a search, in the zone of the branch: the wanted one, then the following. */
export const searchDays = (from: Instant, zone: TimeZone, days: number): readonly LocalDate[] => {
  const first = localMoment(from, zone).date
  return Array.from({ length: days }, (_, index) => addDays(first, index))
}
