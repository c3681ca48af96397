import { addDays, after, DAY, type Instant, instantAt, localMoment, type TimeZone } from '../time.ts'
import type { Appointment, HistoryEntry } from './appointment.ts'

/** What changed of an appointment for those whom it concerns. */
export type AppointmentNews = 'confirmed' | 'moved' | 'cancelled'

/**
 * What there is to tell after a change. Nothing (undefined) as long as an appointment does not stand, and nothing for
 * what only we and a calendar settle between us. `before` undefined: it was just made.
 */
export const newsOf = (before: Appointment | undefined, now: Appointment): AppointmentNews | undefined => {
  if (before?.status === 'no_show' || now.status === 'no_show') return undefined
  if (before?.status !== 'confirmed') return now.status === 'confirmed' ? 'confirmed' : undefined
  if (now.status === 'cancelled') return 'cancelled'
  if (now.status === 'pending') return undefined
  return changeNumber(now) > changeNumber(before) ? 'moved' : undefined
}

/** Counts the changes of an appointment; two looks at it with the same number saw the same time and place. */
export const changeNumber = ({ history }: Pick<Appointment, 'history'>): number =>
  history.filter(({ action }) => !leavesItWhereItIs.has(action)).length

const leavesItWhereItIs: ReadonlySet<HistoryEntry['action']> = new Set([
  'no-show',
  'attended',
  'upheld',
  'placed-again',
])

/**
 * When to remind of it: the day before at the same hour of the branch's clock. Undefined when it was agreed on, at `now`,
 * no more than 24 hours ahead.
 */
export const reminderAt = (
  { startsAt }: Pick<Appointment, 'startsAt'>,
  zone: TimeZone,
  now: Instant,
): Instant | undefined => {
  if (startsAt <= after(now, DAY)) return undefined
  const { date, minute } = localMoment(startsAt, zone)
  const moment = instantAt(addDays(date, -1), minute, zone)
  return moment > now ? moment : undefined
}
