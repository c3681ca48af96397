import { addDays, type Instant, type LocalDate, after as later, localMoment, MINUTE, type TimeZone } from '../time.ts'
import {
  feastDays,
  type Modifier,
  modifiers,
  monthWords,
  notADayAfter,
  relativeDays,
  shortWeekdays,
  stretchWords,
  type Unit,
  unitWords,
  vagueWords,
  weekdayWords,
} from './calendar-words.ts'
import { claim, type DateClaim, type DateMatch, day, exactly } from './claims.ts'
import { dayPartWords, evening, hourWords, timePrepositions } from './clock-words.ts'
import type { Language } from './language.ts'
import { countOf } from './number-words.ts'
import { readWritten, yearAt } from './read-written-date.ts'
import { keyAt, type Token } from './tokens.ts'

/** Where and when words are said, as far as dates depend on it. */
export interface Speaking {
  readonly today: LocalDate
  readonly now: Instant
  readonly zone: TimeZone
  readonly language: Language
  /** `14.10` is a time here rather than a date. */
  readonly loose: boolean
}

/** The date that begins at a token, other than a bare number. A moment ("in einer Stunde", ISO with an offset) brings its clock time along. */
export const readDate = (tokens: readonly Token[], at: number, speaking: Speaking): DateMatch | undefined =>
  readWritten(tokens, at, speaking) ??
  readSoonest(tokens, at) ??
  readStretch(tokens, at) ??
  readDayAndMonth(tokens, at) ??
  readRelativeWord(tokens, at, speaking) ??
  readDuration(tokens, at, speaking) ??
  readModified(tokens, at, speaking) ??
  readWeekday(tokens, at) ??
  readDayOfMonth(tokens, at) ??
  readVague(tokens, at)

/** A lone number in the field for dates is a day of the month. To be asked after every reading as a time. */
export const readBareDay = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  const token = tokens[at]
  const isDay = token?.kind === 'number' && token.field === 'date' && token.digits !== undefined && token.value <= 31
  return isDay ? claim({ kind: 'day-of-month', day: token.value }, at + 1) : undefined
}

const glue = /^(der|den|dem|des|im|the|of|on|in)$/
const skipGlue = (tokens: readonly Token[], at: number): number => (glue.test(keyAt(tokens, at)) ? at + 1 : at)

/** "19. November", "the 3rd of December", "November 19th 2026", "am dritten zwölften". */
const readDayAndMonth = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  const token = tokens[at]
  const feast = feastDays.get(token?.key ?? '')
  if (feast) return dated(tokens, feast[1], feast[0], at + 1)
  const month = monthWords.get(token?.key ?? '')
  if (month !== undefined) {
    const number = tokens[skipGlue(tokens, at + 1)]
    const isDay = number?.kind === 'number' && (number.digits?.length ?? 0) <= 2
    if (isDay && !hourWords.has(keyAt(tokens, tokens.indexOf(number, at) + 1)))
      return dated(tokens, number.value, month, tokens.indexOf(number, at) + 1)
    return claim({ kind: 'vague' }, at + 1)
  }
  if (token?.kind !== 'number' || (token.digits?.length ?? 0) > 2) return undefined
  const following = skipGlue(tokens, at + 1)
  const named = monthWords.get(keyAt(tokens, following))
  if (named !== undefined) return dated(tokens, token.value, named, following + 1)
  const second = tokens[at + 1]
  const isOrdinalMonth = token.ordinal && second?.kind === 'number' && second.ordinal && second.value <= 12
  return isOrdinalMonth ? dated(tokens, token.value, second.value, at + 2) : undefined
}

const dated = (tokens: readonly Token[], dayOfMonth: number, month: number, next: number): DateMatch => {
  const year = yearAt(tokens, next)
  return claim({ kind: 'day-and-month', day: dayOfMonth, month, year }, year === undefined ? next : next + 1)
}

const readRelativeWord = (tokens: readonly Token[], at: number, { today }: Speaking): DateMatch | undefined => {
  const key = keyAt(tokens, at)
  if (/^(jetzt|sofort|now)$/.test(key)) return claim({ kind: 'now' }, at + 1)
  if (key === 'tonight') return { claims: [day(today), { kind: 'part', part: evening, said: 'tonight' }], next: at + 1 }
  if (key === 'day' && /^(after|before)$/.test(keyAt(tokens, at + 1))) {
    const away = keyAt(tokens, at + 1) === 'after' ? 2 : -2
    return /^(tomorrow|yesterday)$/.test(keyAt(tokens, at + 2)) ? claim(day(addDays(today, away)), at + 3) : undefined
  }
  const days = relativeDays.get(key)
  if (days === undefined) return undefined
  const morgenIn = key === 'morgen' ? tokens[at]?.field : undefined
  return claim({ kind: 'day', date: addDays(today, days), morgenIn }, at + 1)
}

/** "in drei Tagen", "in einer Woche", "in half an hour", "a week from". */
const readDuration = (tokens: readonly Token[], at: number, speaking: Speaking): DateMatch | undefined => {
  const opened = keyAt(tokens, at) === 'in'
  let start = opened ? at + 1 : at
  const half = /^(halben?|half)$/.test(keyAt(tokens, /^(einer|an?)$/.test(keyAt(tokens, start)) ? start + 1 : start))
  if (opened && half) {
    while (start < at + 5 && !unitWords.has(keyAt(tokens, start))) start += 1
    return unitWords.get(keyAt(tokens, start)) === 'hour' ? moment(30, start + 1, speaking) : undefined
  }
  const quarters = opened ? partOfHour(tokens, start) : undefined
  if (quarters) return moment(quarters.minutes, quarters.next, speaking)
  const token = tokens[start]
  const count = token?.kind === 'number' && !token.ordinal ? token.value : countOf(keyAt(tokens, start))
  const unit = unitWords.get(keyAt(tokens, start + 1))
  if (count === undefined || count > 1000 || !unit) return undefined
  const next = start + 2
  const on = keyAt(tokens, next) === 'on' ? 1 : 0
  const beforeDay = weekdayWords.has(keyAt(tokens, next + on)) || /^(today|tomorrow)$/.test(keyAt(tokens, next + on))
  const fromWord = /^(from|after|ab)$/.test(keyAt(tokens, next)) || (!opened && beforeDay)
  if (!opened && !fromWord) return undefined
  if (unit === 'minute' || unit === 'hour')
    return opened ? moment(count * (unit === 'hour' ? 60 : 1), next, speaking) : undefined
  if (unit === 'month' || unit === 'year') return claim({ kind: 'vague' }, next)
  const timeWord = keyAt(tokens, next) === 'time' ? next + 1 : next
  return claim(
    { kind: 'later', days: count * daysIn[unit], from: fromWord },
    fromWord && !beforeDay ? next + 1 : timeWord,
  )
}

const daysIn = { day: 1, week: 7, fortnight: 14 } as const

/** "anderthalb Stunden", "einer Viertelstunde", "an hour and a half". */
const partOfHour = (
  tokens: readonly Token[],
  at: number,
): { readonly minutes: number; readonly next: number } | undefined => {
  const start = /^(einer|eine|an?)$/.test(keyAt(tokens, at)) ? at + 1 : at
  const [first, second] = [keyAt(tokens, start), keyAt(tokens, start + 1)]
  if (/^(anderthalb|eineinhalb)$/.test(first) && second === 'stunden') return { minutes: 90, next: start + 2 }
  if (first === 'viertelstunde') return { minutes: 15, next: start + 1 }
  if (first === 'dreiviertelstunde') return { minutes: 45, next: start + 1 }
  if (/^(viertel|dreiviertel)$/.test(first) && second === 'stunde')
    return { minutes: first === 'viertel' ? 15 : 45, next: start + 2 }
  const andHalf = ['hour', 'and', 'a', 'half'].every((word, n) => keyAt(tokens, start + n) === word)
  return andHalf ? { minutes: 90, next: start + 4 } : undefined
}

/** Some minutes from now, on the next full minute. */
const moment = (minutes: number, next: number, { now, zone }: Speaking): DateMatch => {
  const local = localMoment(later(now, minutes * MINUTE + MINUTE - 1), zone)
  return { claims: [day(local.date), exactly(local.minute)], next }
}

const offsets: Readonly<Record<Modifier, number>> = { last: -1, this: 0, next: 1, 'after-next': 2 }
const which = { last: 'last', this: 'coming', next: 'next', 'after-next': 'after-next' } as const

/** "nächsten Freitag", "diese Woche", "week after next", "this afternoon", "next available". */
const readModified = (tokens: readonly Token[], at: number, { today }: Speaking): DateMatch | undefined => {
  if (keyAt(tokens, at) === 'week' && keyAt(tokens, at + 1) === 'after' && keyAt(tokens, at + 2) === 'next')
    return claim({ kind: 'week', offset: 2 }, at + 3)
  const modifier = modifiers.get(keyAt(tokens, at))
  if (!modifier) return undefined
  const key = keyAt(tokens, at + 1)
  const weekday = weekdayWords.get(key) ?? shortWeekdays.get(key)
  if (weekday !== undefined) return claim({ kind: 'weekday', weekday, which: which[modifier] }, at + 2)
  const unit: Unit | undefined = unitWords.get(key)
  if (unit === 'week' || unit === 'month' || unit === 'year')
    return claim({ kind: unit, offset: offsets[modifier] }, at + 2)
  if (modifier === 'this' && dayPartWords.has(key)) return claim(day(today), at + 1)
  if (monthWords.has(key) || vagueWords.has(key)) return claim({ kind: 'vague' }, at + 1)
  return notADayAfter.has(key) ? claim({ kind: 'vague' }, at + 2) : undefined
}

const readWeekday = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  const key = keyAt(tokens, at)
  const weekday = weekdayWords.get(key) ?? (standsAsWeekday(tokens, at) ? shortWeekdays.get(key) : undefined)
  if (weekday === undefined) return undefined
  const coming: DateClaim = { kind: 'weekday', weekday, which: 'coming' }
  const week = keyAt(tokens, at + 1) === 'week'
  return week ? { claims: [coming, { kind: 'later', days: 7, from: true }], next: at + 2 } : claim(coming, at + 1)
}

/** Two letters count as a weekday when nothing but a date or a time is around them. */
const standsAsWeekday = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]
  const before = tokens[at - 1]
  const next = tokens[at + 1]
  if (before && !/^(am|on|den|der)$/.test(before.key) && !modifiers.has(before.key)) return false
  if (!next || next.kind === 'dotted' || next.kind === 'iso-date') return true
  if (next.kind === 'number' && next.ordinal) return true
  if (token?.key === 'so') return false
  return (
    next.kind !== 'word' || /^(um|den|der|ab|nach|vor|bis|zwischen|gegen)$/.test(next.key) || dayPartWords.has(next.key)
  )
}

/** "am dritten", "am 15.", "on the 3rd". After "um", before "Uhr" and alone in the field for times, a number is an hour. */
const readDayOfMonth = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  const token = tokens[at]
  if (token?.kind !== 'number' || (token.digits?.length ?? 0) > 2) return undefined
  const before = keyAt(tokens, at - 1)
  const after = keyAt(tokens, at + 1)
  const announced = /^(am|den|dem|der|vom|zum|the|on)$/.test(before)
  const ordinal = token.ordinal && (token.digits === undefined || token.field !== 'time')
  if (!announced && (!ordinal || timePrepositions.has(before))) return undefined
  if (hourWords.has(after) || /^(pm|nach|vor|viertel)$/.test(after)) return undefined
  if (token.ordinal && notADayAfter.has(after)) return claim({ kind: 'vague' }, at + 2)
  return claim({ kind: 'day-of-month', day: token.value }, at + 1)
}

const soonest = ['so fruh wie moglich', 'as early as possible', 'moglichst fruh', 'moglichst bald', 'moglichst schnell']

/** "so früh wie möglich" names no part of the day. */
const readSoonest = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  const said = soonest
    .map((words) => words.split(' '))
    .find((words) => words.every((word, n) => keyAt(tokens, at + n) === word))
  return said && claim({ kind: 'vague' }, at + said.length)
}

/** "Anfang nächster Woche", "Ende Dezember", "unter der Woche", "end of the month": no day yet. */
const readStretch = (tokens: readonly Token[], at: number): DateMatch | undefined => {
  if (!stretchWords.has(keyAt(tokens, at))) return undefined
  let next = at + 1
  while (glue.test(keyAt(tokens, next)) && next < at + 3) next += 1
  const key = keyAt(tokens, next)
  if (modifiers.has(key) || monthWords.has(key)) return claim({ kind: 'vague' }, next)
  const unit = unitWords.get(key)
  return unit === 'week' || unit === 'month' || unit === 'year' ? claim({ kind: 'vague' }, next + 1) : undefined
}

const readVague = (tokens: readonly Token[], at: number): DateMatch | undefined =>
  vagueWords.has(keyAt(tokens, at)) ? claim({ kind: 'vague' }, at + 1) : undefined
