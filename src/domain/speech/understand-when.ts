import type { DayInterval } from '../opening-hours.ts'
import { type Instant, type LocalDate, localMoment, type MinuteOfDay, type TimeZone } from '../time.ts'
import { chooseDay, isTooFar } from './choose-day.ts'
import {
  chooseDaylessMinute,
  chooseMinute,
  chooseTime,
  chooseWindows,
  isOver,
  type Place,
  type TimeChoice,
} from './choose-time.ts'
import type { DayWindow } from './claims.ts'
import type { Language } from './language.ts'
import { readSaying } from './read-saying.ts'
import { sayingOf } from './tokens.ts'

export type { DayWindow } from './claims.ts'

export interface WhenContext {
  /** Words of both languages are understood in either; the language decides only what is said alike in both. */
  readonly language: Language
  readonly now: Instant
  readonly zone: TimeZone
  /** The hours of the branch, which choose between the readings of a clock time. */
  readonly hoursOn: (date: LocalDate) => readonly DayInterval[]
  /** A day farther ahead is asked about, not used. */
  readonly maxAdvanceDays: number
}

export type WhenCandidate = { readonly date: LocalDate | undefined; readonly minute: MinuteOfDay | undefined }

export type When =
  | { readonly kind: 'exact'; readonly date: LocalDate; readonly minute: MinuteOfDay }
  /** A part of the day or a range; today it begins no earlier than now. */
  | { readonly kind: 'window'; readonly date: LocalDate; readonly window: DayWindow; readonly said: string }
  | { readonly kind: 'day'; readonly date: LocalDate }
  | { readonly kind: 'needs-date'; readonly minute?: MinuteOfDay; readonly window?: DayWindow }
  /** An unmistakable time that is over: "gestern", "heute 9 Uhr" in the afternoon, a date with a past year. */
  | { readonly kind: 'past'; readonly date: LocalDate; readonly minute: MinuteOfDay | undefined }
  | { readonly kind: 'too-far'; readonly date: LocalDate }
  | {
      readonly kind: 'ambiguous'
      /** `outside-hours`: a clock time with two readings, at none of which the branch is open. */
      readonly reason: 'weekday-and-date-disagree' | 'clock-time' | 'outside-hours' | 'date'
      readonly candidates: readonly WhenCandidate[]
    }
  | { readonly kind: 'not-understood'; readonly part: 'date' | 'time'; readonly text: string }

/**
 * What a caller's words for a day and a time mean, on the wall clock of the branch. A missing part is never filled in,
 * nothing but `past` ever lies before now, and no input throws; text beyond 200 characters is not read.
 */
export const understandWhen = (
  said: { readonly date?: string; readonly time?: string; readonly datetime?: string },
  context: WhenContext,
): When => {
  const { now, zone, hoursOn, language } = context
  const { date: today } = localMoment(now, zone)
  const place: Place = { now, today, zone, hoursOn }
  const { dates, times, lost } = readSaying(said, { language, now, zone, today })
  if (lost) return { kind: 'not-understood', ...lost }
  const time = chooseTime(times)
  const textOf = (...fields: readonly (string | undefined)[]) =>
    sayingOf(fields.find((field) => typeof field === 'string' && field !== '') ?? '')
  if (time.kind === 'contradiction')
    return { kind: 'not-understood', part: 'time', text: textOf(said.time, said.datetime, said.date) }
  const choice = chooseDay(dates, today)
  if (choice.kind === 'impossible')
    return { kind: 'not-understood', part: 'date', text: textOf(said.date, said.datetime, said.time) }
  if (choice.kind === 'none') return withoutDay(time, place)

  const near = choice.days.filter((date) => !isTooFar(date, today, context.maxAdvanceDays))
  const [nearest] = choice.days
  if (nearest !== undefined && (near.length === 0 || (choice.kind === 'disagree' && nearest !== near[0])))
    return { kind: 'too-far', date: nearest }
  if (choice.kind === 'disagree') return amongDays('weekday-and-date-disagree', choice.days, time, place)
  if (choice.kind === 'several') return amongDays('date', choice.days, time, place)

  const text = textOf(said.time, said.datetime, said.date)
  const meanings = choice.days.map((date) => onDay(date, time, place, text))
  const [first, later] = meanings
  if (!first) return { kind: 'needs-date' }
  if (later === undefined || (first.kind !== 'past' && !isShut(first, place))) return first
  return 'date' in later && isTooFar(later.date, today, context.maxAdvanceDays)
    ? { kind: 'too-far', date: later.date }
    : later
}

/** Today, when no time was said and the branch does not open any more. */
const isShut = (when: When, place: Place): boolean =>
  when.kind === 'day' && !place.hoursOn(when.date).some(({ closes }) => !isOver(place, when.date, closes - 1))

const onDay = (date: LocalDate, time: TimeChoice, place: Place, text: string): When => {
  const past = (minute: MinuteOfDay | undefined): When => ({ kind: 'past', date, minute })
  if (time.kind === 'windows') return windowOnDay(date, time, place)
  if (time.kind !== 'clocks') return date < place.today ? past(undefined) : { kind: 'day', date }
  const choices = time.clocks.map((clock) => chooseMinute(clock, date, place))
  if (choices.some(({ kind }) => kind === 'skipped')) return { kind: 'not-understood', part: 'time', text }
  const minutes = choices.flatMap((choice) =>
    choice.kind === 'minute' ? [choice.minute] : choice.kind === 'open' ? choice.minutes : [],
  )
  const [only, ...others] = minutes
  if (only === undefined) {
    const over = choices.flatMap((choice) => (choice.kind === 'over' ? [choice.minute] : []))
    return past(
      time.clocks.every(({ readings }) => readings.length > 1) && date < place.today ? undefined : over.at(-1),
    )
  }
  if (others.length === 0) return { kind: 'exact', date, minute: only }
  const isOutside = choices.every((choice) => choice.kind === 'open' && choice.isOutside)
  return clockTime(minutes, date, isOutside)
}

const clockTime = (minutes: readonly MinuteOfDay[], date: LocalDate | undefined, isOutside = false): When => ({
  kind: 'ambiguous',
  reason: isOutside ? 'outside-hours' : 'clock-time',
  candidates: minutes.map((minute) => ({ date, minute })),
})

type WindowChoice = Extract<TimeChoice, { kind: 'windows' }>

/** The minute that names a window when it is asked about. */
const edge = ({ anchor }: WindowChoice, window: DayWindow): MinuteOfDay => (anchor === 'from' ? window.from : window.to)

const windowOnDay = (date: LocalDate, time: WindowChoice, place: Place): When => {
  const meant = chooseWindows(time, date, place)
  const ahead = meant.filter((window) => !isOver(place, date, window.to - 1))
  const [only, ...others] = ahead
  const [past] = meant
  if (!only) return { kind: 'past', date, minute: past && edge(time, past) }
  if (others.length > 0)
    return clockTime(
      ahead.map((window) => edge(time, window)),
      date,
    )
  return { kind: 'window', date, window: stillAhead(only, date, place), said: time.said }
}

/** A window of today begins with the next full minute. */
const stillAhead = (window: DayWindow, date: LocalDate, place: Place): DayWindow => {
  if (date !== place.today) return window
  const { minute } = localMoment(place.now, place.zone)
  const next = isOver(place, date, minute) ? minute + 1 : minute
  return { from: Math.max(window.from, next), to: window.to }
}

const amongDays = (
  reason: 'weekday-and-date-disagree' | 'date',
  days: readonly LocalDate[],
  time: TimeChoice,
  place: Place,
): When => {
  const ahead = days.filter((date) => date >= place.today)
  const candidates = ahead.flatMap((date): readonly WhenCandidate[] => {
    const [clock, ...others] = time.kind === 'clocks' ? time.clocks : []
    if (!clock || others.length > 0) return [{ date, minute: undefined }]
    const choice = chooseMinute(clock, date, place)
    if (choice.kind === 'over') return []
    return [{ date, minute: choice.kind === 'minute' ? choice.minute : undefined }]
  })
  const [last] = days.slice(-1)
  if (candidates.length === 0 && last !== undefined) return { kind: 'past', date: last, minute: undefined }
  return { kind: 'ambiguous', reason, candidates }
}

const withoutDay = (time: TimeChoice, place: Place): When => {
  if (time.kind === 'windows') {
    const meant = chooseWindows(time, undefined, place)
    const [only, ...others] = meant
    if (only && others.length === 0) return { kind: 'needs-date', window: only }
    return clockTime(
      meant.map((window) => edge(time, window)),
      undefined,
    )
  }
  if (time.kind !== 'clocks') return { kind: 'needs-date' }
  const choices = time.clocks.map((clock) => chooseDaylessMinute(clock, place))
  const minutes = choices.flatMap((choice) => choice.minutes)
  const [only, ...others] = minutes
  return only !== undefined && others.length === 0
    ? { kind: 'needs-date', minute: only }
    : clockTime(
        minutes,
        undefined,
        choices.every(({ isOutside }) => isOutside),
      )
}
