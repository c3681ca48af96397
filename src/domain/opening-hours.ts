import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  localMoment,
  type MinuteOfDay,
  type TimeZone,
  type Weekday,
  weekdayOf,
} from './time.ts'

/** A stretch of a day, half-open: from `opens` up to, not including, `closes`. */
export type DayInterval = { readonly opens: MinuteOfDay; readonly closes: MinuteOfDay }
/** Sorted, without overlap. A missing weekday is closed. */
export type WeeklyHours = { readonly [Day in Weekday]?: readonly DayInterval[] }
/** First and last day, both included. */
export type DateRange = { readonly from: LocalDate; readonly to: LocalDate }

/** A public holiday, by its name as it is said in each language. */
export interface Holiday {
  readonly name: { readonly de: string; readonly en: string }
}
/** Which public holiday a day of any year is; undefined when it is none. */
export type Holidays = (date: LocalDate) => Holiday | undefined

export interface OpeningHours {
  readonly weekly: WeeklyHours
  /** These replace the weekly hours of their day, and open a shop on a holiday. */
  readonly special: { readonly [date: string]: readonly DayInterval[] }
  readonly closed: readonly DateRange[]
  /** Those of the branch's region. They are looked up, never stored. Undefined: it keeps none. */
  readonly holidays?: Holidays
}

/** Why a day has no hours: closed on that very day, a holiday on a day that is open otherwise, or a weekday without hours. */
export type Closure =
  | { readonly kind: 'closed' }
  | { readonly kind: 'holiday'; readonly holiday: Holiday }
  | { readonly kind: 'weekly' }

type Day = { readonly open: readonly DayInterval[] } | { readonly closure: Closure }

/** A closed day beats special hours, special hours beat a holiday, a holiday beats the week. */
const dayOf = (hours: OpeningHours, date: LocalDate): Day => {
  if (hours.closed.some(({ from, to }) => from <= date && date <= to)) return { closure: { kind: 'closed' } }
  const special = hours.special[date]
  if (special) return special.length > 0 ? { open: special } : { closure: { kind: 'closed' } }
  const usual = hours.weekly[weekdayOf(date)] ?? []
  if (usual.length === 0) return { closure: { kind: 'weekly' } }
  const holiday = hours.holidays?.(date)
  return holiday ? { closure: { kind: 'holiday', holiday } } : { open: usual }
}

/** What a day offers, holidays included; nothing when the branch is closed. */
export const hoursOn = (hours: OpeningHours, date: LocalDate): readonly DayInterval[] => {
  const day = dayOf(hours, date)
  return 'open' in day ? day.open : []
}

/** Why there are no hours on a day; undefined when there are. */
export const whyClosed = (hours: OpeningHours, date: LocalDate): Closure | undefined => {
  const day = dayOf(hours, date)
  return 'open' in day ? undefined : day.closure
}

export const isOpenAt = (hours: OpeningHours, moment: Instant, zone: TimeZone): boolean => {
  const { date, minute } = localMoment(moment, zone)
  return hoursOn(hours, date).some(({ opens, closes }) => opens <= minute && minute < closes)
}

/** When a branch that is open closes: the end of the hours it is in, though others may follow. Undefined when it is closed. */
export const closingAt = (hours: OpeningHours, moment: Instant, zone: TimeZone): Instant | undefined => {
  const { date, minute } = localMoment(moment, zone)
  const now = hoursOn(hours, date).find(({ opens, closes }) => opens <= minute && minute < closes)
  return now && instantAt(date, now.closes, zone)
}

/** The first opening strictly after a moment, looking at most a year ahead. */
export const nextOpening = (hours: OpeningHours, moment: Instant, zone: TimeZone): Instant | undefined => {
  const today = localMoment(moment, zone).date
  for (let day = 0; day <= 366; day += 1) {
    const date = addDays(today, day)
    for (const { opens } of hoursOn(hours, date)) {
      const at = instantAt(date, opens, zone)
      if (at > moment) return at
    }
  }
  return undefined
}
