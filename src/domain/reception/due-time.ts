import type { Branch } from '../company.ts'
import { type DayInterval, hoursOn } from '../opening-hours.ts'
import {
  addDays,
  after,
  HOUR,
  type Instant,
  instantAt,
  type LocalDate,
  localMoment,
  MINUTE,
  type TimeZone,
} from '../time.ts'

export type CallbackPriority = 'normal' | 'high' | 'urgent'

/** Where somebody rings back, when it is open. */
type Where = Pick<Branch, 'hours' | 'timeZone'>

/** Opening time that may pass; a normal one has until the same time of the next open day. */
const openingTime = { urgent: 2 * HOUR, high: 4 * HOUR } as const
/** The same by the clock, where nobody knows when somebody is there. */
const plainTime: { readonly [P in CallbackPriority]: number } = { urgent: 2 * HOUR, high: 4 * HOUR, normal: 24 * HOUR }

const furthestDays = 366

/**
 * The moment by which somebody has to ring back. Urgent: after two hours of opening time, high: after four, normal: at the
 * same time of the next open day, or the last moment before at which it is open, or else when it opens. Without hours, or
 * when it does not open for a year, 2, 4 and 24 hours by the clock.
 */
export const dueBy = (priority: CallbackPriority, now: Instant, where: Where | undefined): Instant => {
  const due =
    where === undefined
      ? undefined
      : priority === 'normal'
        ? sameTimeNextOpenDay(now, where)
        : afterOpeningTime(now, openingTime[priority], where)
  return due ?? after(now, plainTime[priority])
}

const sameTimeNextOpenDay = (now: Instant, { hours, timeZone }: Where): Instant | undefined => {
  const { date: today, minute } = localMoment(now, timeZone)
  for (let day = 1; day <= furthestDays; day += 1) {
    const date = addDays(today, day)
    const stretches = hoursOn(hours, date)
    const [first] = stretches
    if (!first) continue
    const begun = stretches.findLast(({ opens }) => opens <= minute)
    if (!begun) return instantAt(date, first.opens, timeZone)
    return minute < begun.closes
      ? after(instantAt(date, minute, timeZone), now % MINUTE)
      : instantAt(date, begun.closes, timeZone)
  }
  return undefined
}

const afterOpeningTime = (now: Instant, wanted: number, { hours, timeZone }: Where): Instant | undefined => {
  const today = localMoment(now, timeZone).date
  let left = wanted
  for (let day = 0; day <= furthestDays; day += 1) {
    for (const stretch of hoursOn(hours, addDays(today, day))) {
      const { from, to } = momentsOf(stretch, addDays(today, day), timeZone)
      const begin = Math.max(from, now)
      if (to - begin >= left) return after(now, begin + left - now)
      left -= Math.max(0, to - begin)
    }
  }
  return undefined
}

const momentsOf = ({ opens, closes }: DayInterval, date: LocalDate, zone: TimeZone) => ({
  from: instantAt(date, opens, zone),
  to: instantAt(date, closes, zone),
})
