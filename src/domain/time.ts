import { err, ok, type Result } from 'neverthrow'
import { Temporal } from 'temporal-polyfill'
import type { Brand } from './brand.ts'

/** A moment, in epoch milliseconds (UTC). The only type of a moment; text appears at the edges. */
export type Instant = Brand<number, 'Instant'>
/** A day on a branch's wall calendar, `YYYY-MM-DD`. Compares and sorts as text. */
export type LocalDate = Brand<string, 'LocalDate'>
/** Minutes since local midnight, 0 to 1440. */
export type MinuteOfDay = number
/** An IANA time zone that this runtime knows. */
export type TimeZone = Brand<string, 'TimeZone'>
/** ISO weekday: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant
export const after = (moment: Instant, milliseconds: number): Instant => (moment + milliseconds) as Instant

export type UnknownTimeZone = { readonly kind: 'unknown-time-zone'; readonly name: string }

export const parseTimeZone = (name: string): Result<TimeZone, UnknownTimeZone> => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return /^[A-Za-z]/.test(name) ? ok(name as TimeZone) : err({ kind: 'unknown-time-zone', name })
  } catch {
    return err({ kind: 'unknown-time-zone', name })
  }
}

export type NotADate = { readonly kind: 'not-a-date'; readonly text: string }

/** `2026-12-03` and nothing looser; 30 February is no date. */
export const parseLocalDate = (text: string): Result<LocalDate, NotADate> => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return err({ kind: 'not-a-date', text })
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return ok(text as LocalDate)
  } catch {
    return err({ kind: 'not-a-date', text })
  }
}

export const localDate = (year: number, month: number, day: number): Result<LocalDate, NotADate> =>
  parseLocalDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

export type NotAMoment = { readonly kind: 'not-a-moment'; readonly text: string }

/** ISO 8601 with an offset or `Z`; a time without one is refused, for it names no moment. */
export const parseInstant = (text: string): Result<Instant, NotAMoment> => {
  try {
    return ok(instant(Temporal.Instant.from(text).epochMilliseconds))
  } catch {
    return err({ kind: 'not-a-moment', text })
  }
}

/** Minutes since midnight from `09:30` or `24:00`. */
export const parseMinuteOfDay = (text: string): Result<MinuteOfDay, NotAMoment> => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  return match && Number(match[2]) < 60 && minutes <= 1440 ? ok(minutes) : err({ kind: 'not-a-moment', text })
}

const zoned = (moment: Instant, zone: TimeZone) =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)

/** Days since 1970-01-01 of a day in the proleptic Gregorian calendar (Hinnant, days_from_civil). */
const epochDayOf = (date: LocalDate): number => {
  const month = Number(date.slice(5, 7))
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The day that is so many days after 1970-01-01 (Hinnant, civil_from_days). */
const dateOfEpochDay = (epochDay: number): LocalDate => {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as LocalDate
}

const quarter = 15 * MINUTE
const offsets = new Map<string, number>()
const mostOffsets = 20_000

/** How far a zone's wall clock is ahead of UTC. Clocks are changed on quarters of an hour, so each is looked up once. */
const offsetAt = (moment: number, zone: TimeZone): number => {
  const since = Math.floor(moment / quarter)
  const key = `${zone}/${since}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const offset = zoned(instant(since * quarter), zone).offsetNanoseconds / 1_000_000
  if (offsets.size >= mostOffsets) offsets.clear()
  offsets.set(key, offset)
  return offset
}

export type LocalMoment = { readonly date: LocalDate; readonly minute: MinuteOfDay; readonly weekday: Weekday }

/** What the wall clock and calendar of a zone show at a moment. Seconds are cut off. */
export const localMoment = (moment: Instant, zone: TimeZone): LocalMoment => {
  const local = moment + offsetAt(moment, zone)
  const epochDay = Math.floor(local / DAY)
  const date = dateOfEpochDay(epochDay)
  return { date, minute: Math.floor((local - epochDay * DAY) / MINUTE), weekday: weekdayOfEpochDay(epochDay) }
}

/**
 * The moment at which a zone's wall clock shows a time. A time that a daylight-saving change skips is read
 * as if the clock had not been moved (02:30 becomes 03:30); one that happens twice is the first.
 * Minute 1440 is the next day's midnight.
 */
export const instantAt = (date: LocalDate, minute: MinuteOfDay, zone: TimeZone): Instant => {
  const local = epochDayOf(date) * DAY + minute * MINUTE
  const offset = offsetAt(local - DAY, zone)
  if (offset === offsetAt(local + DAY, zone)) return instant(local - offset)
  const day = Temporal.PlainDate.from(dateOfEpochDay(Math.floor(local / DAY)))
  const rest = minute % 1440
  const plainTime = new Temporal.PlainTime(Math.floor(rest / 60), rest % 60)
  return instant(day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
}

/** Does the wall clock of a zone ever show this minute on this day? False in the hour that spring skips. */
export const existsAt = (date: LocalDate, minute: MinuteOfDay, zone: TimeZone): boolean => {
  if (minute >= 1440) return true
  const shown = localMoment(instantAt(date, minute, zone), zone)
  return shown.date === date && shown.minute === minute
}

/** `2026-12-03T10:30:00+01:00`: the moment, with the offset that holds there and then. */
export const isoWithOffset = (moment: Instant, zone: TimeZone): string =>
  zoned(moment, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' })

/** `2026-12-03T09:30:00.000Z`. */
export const isoUtc = (moment: Instant): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toString({ fractionalSecondDigits: 3 })

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfEpochDay(epochDayOf(date) + days)
/** The first day of 1970 was a Thursday. */
const weekdayOfEpochDay = (epochDay: number): Weekday => (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday
export const weekdayOf = (date: LocalDate): Weekday => weekdayOfEpochDay(epochDayOf(date))
/** Whole days from one day to another; negative when the other is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => epochDayOf(to) - epochDayOf(from)
export const dateParts = (
  date: LocalDate,
): { readonly year: number; readonly month: number; readonly day: number } => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
})

/** `09:05`. */
export const clockText = (minute: MinuteOfDay): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
