import { addDays, dateParts, daysBetween, type LocalDate, localDate, type Weekday, weekdayOf } from '../time.ts'
import type { DateClaim } from './claims.ts'

/** What the claims about the day come to. */
export type DayChoice =
  | { readonly kind: 'none' }
  /** In order of preference: a bare weekday is today while there is time left, else a week later. Never empty. */
  | { readonly kind: 'days'; readonly days: readonly LocalDate[] }
  | { readonly kind: 'disagree'; readonly days: readonly LocalDate[] }
  | { readonly kind: 'several'; readonly days: readonly LocalDate[] }
  | { readonly kind: 'impossible' }

type Claim<Kind extends DateClaim['kind']> = Extract<DateClaim, { kind: Kind }>

export const chooseDay = (claims: readonly DateClaim[], today: LocalDate): DayChoice => {
  const weekdays = claims.filter((claim) => claim.kind === 'weekday')
  const dates = claims.flatMap((claim) => {
    const days = daysOf(claim, claims, today)
    return days ? [days] : []
  })
  if (claims.some(({ kind }) => kind === 'impossible') || dates.some((days) => days.length === 0))
    return { kind: 'impossible' }
  const first = dates[0]
  if (first) return agree(shared(dates), dates.flat(), weekdays, today)
  if (weekdays.length > 0) return dayOfWeekday(claims, weekdays, today)
  const shift = claims.find((claim) => claim.kind === 'later')
  if (shift) return { kind: 'days', days: [addDays(today, shift.days)] }
  return claims.some(({ kind }) => kind === 'now') ? { kind: 'days', days: [today] } : { kind: 'none' }
}

const unique = (days: readonly LocalDate[]): readonly LocalDate[] => [...new Set(days)].sort()

const shared = (dates: readonly (readonly LocalDate[])[]): readonly LocalDate[] =>
  unique(dates.flat()).filter((day) => dates.every((days) => days.includes(day)))

/** The days a claim can mean: undefined when it names none by itself, empty when there is no such day. */
const daysOf = (claim: DateClaim, claims: readonly DateClaim[], today: LocalDate): readonly LocalDate[] | undefined => {
  if (claim.kind === 'day') {
    const shift = claims.find((other) => other.kind === 'later')
    return [addDays(claim.date, shift?.days ?? 0)]
  }
  if (claim.kind === 'day-and-month') return dayAndMonth(claim, claims, today)
  if (claim.kind === 'day-of-month') return dayOfMonth(claim.day, claims, today)
  if (claim.kind === 'day-and-perhaps-month') {
    const readings = [
      ...dayAndMonth({ ...claim, kind: 'day-and-month', year: undefined }, claims, today),
      ...dayOfMonth(claim.day, claims, today),
    ]
    return unique(readings)
  }
  if (claim.kind !== 'two-orders') return undefined
  const { first, second, year } = claim
  const dayFirst = dayAndMonth({ kind: 'day-and-month', day: first, month: second, year }, claims, today)
  return unique([
    ...dayFirst,
    ...dayAndMonth({ kind: 'day-and-month', day: second, month: first, year }, claims, today),
  ])
}

const dateIfAny = (year: number, month: number, day: number): readonly LocalDate[] =>
  localDate(year, month, day).match(
    (date): readonly LocalDate[] => [date],
    () => [],
  )

/** Without a year the next such day, today included; 29 February waits for its leap year. */
const dayAndMonth = (
  { day, month, year }: Claim<'day-and-month'>,
  claims: readonly DateClaim[],
  today: LocalDate,
): readonly LocalDate[] => {
  const thisYear = dateParts(today).year
  const offset = claims.find((claim) => claim.kind === 'year')?.offset
  const named = year ?? (offset === undefined ? undefined : thisYear + offset)
  if (named !== undefined) return dateIfAny(named, month, day)
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const [date] = dateIfAny(thisYear + ahead, month, day)
    if (date !== undefined && date >= today) return [date]
  }
  return []
}

const dayOfMonth = (day: number, claims: readonly DateClaim[], today: LocalDate): readonly LocalDate[] => {
  const { year, month } = dateParts(today)
  const monthAhead = (months: number) => {
    const index = month - 1 + months
    return dateIfAny(year + Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, day)
  }
  const offset = claims.find((claim) => claim.kind === 'month')?.offset
  if (offset !== undefined) return monthAhead(offset)
  for (let ahead = 0; ahead <= 3; ahead += 1) {
    const [date] = monthAhead(ahead)
    if (date !== undefined && date >= today) return [date]
  }
  return []
}

/** Dates beside weekdays: the weekday may decide between two dates, and must fit the one. */
const agree = (
  common: readonly LocalDate[],
  all: readonly LocalDate[],
  weekdays: readonly Claim<'weekday'>[],
  today: LocalDate,
): DayChoice => {
  const fits = (day: LocalDate) => weekdays.every(({ weekday }) => weekdayOf(day) === weekday)
  const candidates = common.length > 0 ? common : unique(all)
  const fitting = weekdays.length > 0 ? candidates.filter(fits) : candidates
  if (fitting.length === 1) return { kind: 'days', days: fitting }
  const [only, ...others] = candidates
  const weekday = weekdays.find((claim) => only !== undefined && claim.weekday !== weekdayOf(only))
  if (only === undefined || others.length > 0 || !weekday) return { kind: 'several', days: candidates }
  return only < today
    ? { kind: 'days', days: [only] }
    : { kind: 'disagree', days: [only, nearest(weekday.weekday, only, today)] }
}

const forward = (from: Weekday, to: Weekday): number => (to - from + 7) % 7

/** The day of that weekday closest to a date, but not before today. */
const nearest = (weekday: Weekday, date: LocalDate, today: LocalDate): LocalDate => {
  const ahead = forward(weekdayOf(date), weekday)
  const before = addDays(date, ahead - 7)
  return ahead > 3 && before >= today ? before : addDays(date, ahead)
}

const dayOfWeekday = (
  claims: readonly DateClaim[],
  weekdays: readonly Claim<'weekday'>[],
  today: LocalDate,
): DayChoice => {
  const different = new Set(weekdays.map(({ weekday }) => weekday))
  const choices = [...different].map((weekday) => {
    const same = weekdays.filter((claim) => claim.weekday === weekday)
    const claim = same.find(({ which }) => which !== 'coming') ?? same[0]
    return claim ? daysOfWeekday(claim, claims, today) : []
  })
  if (choices.length === 1) return { kind: 'days', days: choices[0] ?? [] }
  return { kind: 'several', days: unique(choices.flatMap((days) => days.slice(0, 1))) }
}

const daysOfWeekday = (
  { weekday, which }: Claim<'weekday'>,
  claims: readonly DateClaim[],
  today: LocalDate,
): readonly LocalDate[] => {
  const monday = addDays(today, 1 - weekdayOf(today))
  const week = claims.find((claim) => claim.kind === 'week')
  if (week) return [addDays(monday, week.offset * 7 + weekday - 1)]
  const ahead = forward(weekdayOf(today), weekday)
  const coming = addDays(today, ahead)
  const shift = claims.find((claim) => claim.kind === 'later')
  if (shift) {
    const beforeWeekday = claims.indexOf(shift) < claims.findIndex((claim) => claim.kind === 'weekday')
    return beforeWeekday && !shift.from && shift.days % 7 === 0
      ? [addDays(monday, shift.days + weekday - 1)]
      : [addDays(coming, shift.days)]
  }
  if (which === 'last') return [addDays(today, ahead === 0 ? -7 : ahead - 7)]
  const next = ahead === 0 ? addDays(today, 7) : coming
  if (which === 'next') return [next]
  if (which === 'after-next') return [addDays(next, 7)]
  return ahead === 0 ? [today, addDays(today, 7)] : [coming]
}

/** Is a day farther ahead than a number of days? */
export const isTooFar = (date: LocalDate, today: LocalDate, days: number): boolean => daysBetween(today, date) > days
