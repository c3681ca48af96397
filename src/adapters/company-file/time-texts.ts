import { err, ok, type Result } from 'neverthrow'
import type { Absence } from '../../domain/company.ts'
import type { DateRange, DayInterval, WeeklyHours } from '../../domain/opening-hours.ts'
import {
  clockText,
  type Instant,
  instantAt,
  isoUtc,
  type LocalDate,
  localMoment,
  parseInstant,
  parseLocalDate,
  parseMinuteOfDay,
  type TimeZone,
  type Weekday,
} from '../../domain/time.ts'

/** How a company file writes hours, days and absences. A complaint is a predicate: `closes before it opens. …`. */
export type Complaint = string

export const weekdayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type WeekdayKey = (typeof weekdayKeys)[number]

/** `09:00-18:00`; `24:00` ends a day. */
export const parseInterval = (text: string): Result<DayInterval, Complaint> => {
  const match = /^(\d{1,2}:\d{2})\s?[-–]\s?(\d{1,2}:\d{2})$/.exec(text)
  const opens = parseMinuteOfDay(match?.[1] ?? '')
  const closes = parseMinuteOfDay(match?.[2] ?? '')
  if (opens.isErr() || closes.isErr()) return err('holds no opening hours. Write them as "09:00-18:00".')
  if (opens.value >= closes.value)
    return err('closes before it opens. Split hours over midnight: "18:00-24:00" and "00:00-02:00" on the next day.')
  return ok({ opens: opens.value, closes: closes.value })
}

/** The intervals of a day, sorted. What cannot be read is left out. */
export const readIntervals = (texts: readonly string[]): readonly DayInterval[] =>
  texts
    .flatMap((text) => {
      const interval = parseInterval(text)
      return interval.isOk() ? [interval.value] : []
    })
    .toSorted((one, other) => one.opens - other.opens || one.closes - other.closes)

export const overlaps = (texts: readonly string[]): boolean => {
  const sorted = readIntervals(texts)
  return sorted.some(({ opens }, at) => opens < (sorted[at - 1]?.closes ?? 0))
}

export const intervalText = ({ opens, closes }: DayInterval): string => `${clockText(opens)}-${clockText(closes)}`

const noDate = 'holds no date that exists. Write dates as "2026-12-24".'

export const parseDay = (text: string): Result<LocalDate, Complaint> => parseLocalDate(text).mapErr(() => noDate)

/** `2026-12-24` or `2026-12-24..2027-01-02`, both included. */
export const parseDays = (text: string): Result<DateRange, Complaint> => {
  const [first = '', last = first, ...rest] = text.split('..')
  const from = parseLocalDate(first)
  const to = parseLocalDate(last)
  if (from.isErr() || to.isErr() || rest.length > 0)
    return err('holds no days that exist. Write "2026-12-24" or "2026-12-24..2027-01-02".')
  if (to.value < from.value) return err('ends before it begins. Write the earlier day first.')
  return ok({ from: from.value, to: to.value })
}

export const daysText = ({ from, to }: DateRange): string => (from === to ? from : `${from}..${to}`)

const parseMoment = (text: string, zone: TimeZone): Result<Instant, unknown> => {
  const local = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(text)
  if (!local) return parseInstant(text)
  const date = parseLocalDate(local[1] ?? '')
  const minute = parseMinuteOfDay(local[2] ?? '')
  if (date.isErr()) return err(date.error)
  return minute.map((value) => instantAt(date.value, value, zone))
}

const parseTimes = (text: string, zone: TimeZone): Result<{ from: Instant; to: Instant }, Complaint> => {
  const [first = '', last = '', ...rest] = text.split('..')
  const from = parseMoment(first, zone)
  const to = parseMoment(last, zone)
  return from.isErr() || to.isErr() || rest.length > 0
    ? err('holds no absence. Write "2026-08-03", "2026-08-03..2026-08-14" or "2026-08-20T14:00..2026-08-20T15:30".')
    : ok({ from: from.value, to: to.value })
}

/** All of an absence that can be told without a zone: whether its hours end after they begin cannot. */
export const absenceForm = (text: string): Result<unknown, Complaint> =>
  text.includes('T') ? parseTimes(text, 'UTC' as TimeZone) : parseDays(text)

/** Days as `parseDays`, or `2026-08-20T14:00..2026-08-20T15:30` on the zone's wall clock; a time may name its offset. */
export const parseAbsence = (text: string, zone: TimeZone): Result<Absence, Complaint> => {
  if (!text.includes('T')) return parseDays(text).map((days) => ({ kind: 'days', days }))
  return parseTimes(text, zone).andThen(({ from, to }) =>
    to > from ? ok({ kind: 'hours' as const, from, to }) : err('ends before it begins. Write the earlier time first.'),
  )
}

/** Wall-clock text where that names the moment exactly, UTC where it does not. */
export const absenceText = (absence: Absence, zone: TimeZone): string => {
  if (absence.kind === 'days') return daysText(absence.days)
  const text = (moment: Instant): string => {
    const { date, minute } = localMoment(moment, zone)
    return instantAt(date, minute, zone) === moment ? `${date}T${clockText(minute)}` : isoUtc(moment)
  }
  return `${text(absence.from)}..${text(absence.to)}`
}

type WeekTexts = { readonly [Day in WeekdayKey]?: readonly string[] | undefined }

export const readWeek = (texts: WeekTexts): WeeklyHours => {
  const week: { [Day in Weekday]?: readonly DayInterval[] } = {}
  for (const [at, key] of weekdayKeys.entries()) {
    const day = readIntervals(texts[key] ?? [])
    if (day.length > 0) week[(at + 1) as Weekday] = day
  }
  return week
}

export const weekTexts = (week: WeeklyHours): WeekTexts =>
  Object.fromEntries(
    weekdayKeys.flatMap((key, at) => {
      const day = week[(at + 1) as Weekday] ?? []
      return day.length > 0 ? [[key, day.map(intervalText)]] : []
    }),
  )
