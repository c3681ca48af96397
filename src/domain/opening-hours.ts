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

export interface OpeningHours {
  readonly weekly: WeeklyHours
  /** These replace the weekly hours of their day. */
  readonly special: { readonly [date: string]: readonly DayInterval[] }
  readonly closed: readonly DateRange[]
}

/** What a day offers: a closed day beats special hours, special hours beat the week. */
export const hoursOn = (hours: OpeningHours, date: LocalDate): readonly DayInterval[] => {
  if (hours.closed.some(({ from, to }) => from <= date && date <= to)) return []
  return hours.special[date] ?? hours.weekly[weekdayOf(date)] ?? []
}

export const isOpenAt = (hours: OpeningHours, moment: Instant, zone: TimeZone): boolean => {
  const { date, minute } = localMoment(moment, zone)
  return hoursOn(hours, date).some(({ opens, closes }) => opens <= minute && minute < closes)
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
