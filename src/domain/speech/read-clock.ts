import type { MinuteOfDay } from '../time.ts'
import { germanWeekday, monthWords } from './calendar-words.ts'
import { type Clock, exactly } from './claims.ts'
import { dayPartWords, hourWords, minuteWords, pastWords, toWords } from './clock-words.ts'
import type { Language } from './language.ts'
import { keyAt, type Token } from './tokens.ts'

export type ClockMatch = { readonly clock: Clock; readonly next: number }
/** `loose`: a bare number is an hour here, because "um" stands before it or the field is the one for times. */
export type ClockManner = { readonly language: Language; readonly loose: boolean }

const HALF_DAY = 720

/** The clock time that begins at a token, with its "Uhr", "pm" and minutes. */
export const readClock = (tokens: readonly Token[], at: number, manner: ClockManner): ClockMatch | undefined => {
  const start = tokens[at]
  if (!start) return undefined
  const plain =
    start.kind === 'clock'
      ? withHourWord(tokens, at + 1, written(start.hour, start.minute, start.padded))
      : start.kind === 'dotted'
        ? readDotted(tokens, at, manner)
        : (readPhrase(tokens, at) ?? readHour(tokens, at, manner))
  return plain && withMeridiem(tokens, plain, manner)
}

const two = (minute: MinuteOfDay): Clock => ({
  kind: 'clock',
  readings: [minute % HALF_DAY, (minute % HALF_DAY) + HALF_DAY],
  asSaid: undefined,
})

/** An hour up to twelve has two readings, any other has one. */
const spoken = (hour: number, minute: number): Clock | undefined => {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined
  return hour >= 1 && hour <= 12 ? two(hour * 60 + minute) : exactly(hour * 60 + minute)
}

/** `09:00` means nine in the morning; `10:00` does too, unless only the evening can be meant; `9:00` leaves both open. */
const written = (hour: number, minute: number, padded: boolean): Clock | undefined => {
  if (padded && hour < 10) return minute > 59 ? undefined : exactly(hour * 60 + minute)
  const clock = spoken(hour, minute)
  return clock && padded ? { ...clock, asSaid: hour * 60 + minute } : clock
}

/** `offset` minutes from a full hour: "halb drei" is -30 from three. */
const relative = (hour: number, offset: number): Clock | undefined => {
  if (hour > 24) return undefined
  const minute = (hour * 60 + offset + 1440) % 1440
  return hour >= 1 && hour <= 12 ? two(minute) : exactly(minute)
}

const withHourWord = (tokens: readonly Token[], next: number, clock: Clock | undefined): ClockMatch | undefined => {
  if (!clock) return undefined
  const after = tokens[next]
  return { clock, next: after && hourWords.has(after.key) ? next + 1 : next }
}

const readDotted = (tokens: readonly Token[], at: number, { loose }: ClockManner): ClockMatch | undefined => {
  const start = tokens[at]
  if (start?.kind !== 'dotted' || start.secondDigits !== 2 || start.year !== undefined) return undefined
  const hourWord = hourWords.has(keyAt(tokens, at + 1))
  const meridiem = /^[ap]m$/.test(keyAt(tokens, at + 1))
  if (!hourWord && !meridiem && !loose && start.second <= 12) return undefined
  return withHourWord(tokens, at + 1, spoken(start.first, start.second))
}

const numberAt = (tokens: readonly Token[], at: number): number | undefined => {
  const token = tokens[at]
  if (token?.kind === 'number' && (!token.ordinal || token.digits !== undefined)) return token.value
  return token?.key === 'ein' && hourWords.has(keyAt(tokens, at + 1)) ? 1 : undefined
}

/** The hour that ends a phrase: "halb drei", "Viertel nach drei Uhr". */
const phraseEnd = (tokens: readonly Token[], at: number, offset: number): ClockMatch | undefined => {
  const hour = numberAt(tokens, at)
  if (hour !== undefined) return withHourWord(tokens, at + 1, relative(hour, offset))
  const noon = /^(mittag|noon|midday)$/.test(keyAt(tokens, at))
  return noon ? { clock: exactly(720 + offset), next: at + 1 } : undefined
}

/** Phrases around an hour: halves, quarters and minutes before and after it. */
const readPhrase = (tokens: readonly Token[], at: number): ClockMatch | undefined => {
  const key = tokens[at]?.key
  const second = keyAt(tokens, at + 1)
  if (key === 'halb') return phraseEnd(tokens, at + 1, -30)
  if (key === 'half') return second === 'past' ? phraseEnd(tokens, at + 2, 30) : phraseEnd(tokens, at + 1, 30)
  if (key === 'dreiviertel') return phraseEnd(tokens, at + 1, -15)
  if (tokens[at]?.kind === 'number' && numberAt(tokens, at) === 3 && second === 'viertel')
    return phraseEnd(tokens, at + 2, -15)
  if (key === 'viertel' || key === 'quarter') {
    if (pastWords.has(second)) return phraseEnd(tokens, at + 2, 15)
    if (toWords.has(second)) return phraseEnd(tokens, at + 2, -15)
    return key === 'viertel' ? phraseEnd(tokens, at + 1, -45) : undefined
  }
  return readMinutesAround(tokens, at)
}

/** "zehn nach drei", "fünf vor halb drei", "20 minutes to four". */
const readMinutesAround = (tokens: readonly Token[], at: number): ClockMatch | undefined => {
  const minutes = numberAt(tokens, at)
  if (minutes === undefined || minutes < 1 || minutes > 29) return undefined
  const named = minuteWords.has(keyAt(tokens, at + 1))
  const middle = at + (named ? 2 : 1)
  const direction = keyAt(tokens, middle)
  if (direction === 'to' && !named && !isMinutesTo(tokens, at)) return undefined
  const sign = pastWords.has(direction) ? 1 : toWords.has(direction) ? -1 : 0
  if (sign === 0) return undefined
  const fraction = fractions.get(keyAt(tokens, middle + 1))
  return fraction === undefined
    ? phraseEnd(tokens, middle + 1, sign * minutes)
    : phraseEnd(tokens, middle + 2, sign * minutes + fraction)
}

/** What stands before an hour that is not full yet: "fünf vor halb drei", "fünf vor dreiviertel vier". */
const fractions: ReadonlyMap<string, number> = new Map([
  ['viertel', -45],
  ['halb', -30],
  ['dreiviertel', -15],
])

/** "ten to twelve" and "5 to 3" are clock times; "10 to 12" is a range. */
export const isMinutesTo = (tokens: readonly Token[], at: number): boolean => {
  const minutes = tokens[at]
  const hour = tokens[at + 2]
  if (tokens[at + 1]?.key !== 'to' || minutes?.kind !== 'number') return false
  return minutes.digits === undefined || (hour?.kind === 'number' && minutes.value >= hour.value)
}

/** "14 Uhr", "14 Uhr 30", "3 pm", "two thirty", "nine oh five"; a bare number only in a loose place. */
const readHour = (tokens: readonly Token[], at: number, { loose, language }: ClockManner): ClockMatch | undefined => {
  const start = tokens[at]
  const hour = numberAt(tokens, at)
  if (!start || hour === undefined) return undefined
  const digits = start.kind === 'number' ? start.digits : undefined
  const padded = digits !== undefined && digits.length === 2 && digits.startsWith('0')
  const clockOf = (minute: number) => (padded ? written(hour, minute, true) : spoken(hour, minute))
  if (hourWords.has(keyAt(tokens, at + 1))) {
    const minute = minuteAt(tokens, at + 2)
    const match = minute && { clock: clockOf(minute.value), next: minute.next }
    return match?.clock ? { clock: match.clock, next: match.next } : withHourWord(tokens, at + 1, clockOf(0))
  }
  if (hour === 12 && /^(noon|midday)$/.test(keyAt(tokens, at + 1))) return { clock: exactly(720), next: at + 2 }
  if (isMeridiem(tokens, at + 1, language)) return withHourWord(tokens, at + 1, clockOf(0))
  if (!loose) return undefined
  if (digits?.length === 4) return withHourWord(tokens, at + 1, written(Math.floor(hour / 100), hour % 100, true))
  const minute = minuteAt(tokens, at + 1)
  const paired = minute && (minute.value >= 10 || minute.spelled) ? clockOf(minute.value) : undefined
  if (minute && paired) return withHourWord(tokens, minute.next, paired)
  return withHourWord(tokens, at + 1, clockOf(0))
}

/** Minutes after an hour, unless the number belongs to a date ("10 Uhr 19. November") or to another time. */
const minuteAt = (
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly next: number; readonly spelled: boolean } | undefined => {
  const oh = tokens[at]?.key === 'oh' || tokens[at]?.key === 'null'
  const token = tokens[at + (oh && tokens[at + 1]?.kind === 'number' ? 1 : 0)]
  if (token?.kind !== 'number' || token.ordinal || token.value > 59 || (token.digits?.length ?? 0) > 2) return undefined
  const next = tokens.indexOf(token, at) + 1
  const after = keyAt(tokens, next)
  if (hourWords.has(after) || monthWords.has(after)) return undefined
  if ((pastWords.has(after) || toWords.has(after)) && numberAt(tokens, next + 1) !== undefined) return undefined
  const spelled = oh || token.digits?.startsWith('0') === true
  return { value: token.value, next: minuteWords.has(after) ? next + 1 : next, spelled }
}

/** German "am" is a preposition: "um 10 am Freitag". */
const isMeridiem = (tokens: readonly Token[], at: number, language: Language): boolean => {
  const token = tokens[at]
  if (!token || !/^[ap]m$/.test(token.key)) return false
  const before = tokens[at - 1]
  const next = tokens[at + 1]
  if (token.key === 'pm' || token.end - token.start > 2 || before?.end === token.start) return true
  if (!next || next.kind === 'dash') return true
  if (next.kind === 'number') return language === 'en' && !(next.ordinal && /t(e|er|en|es|em)$/.test(next.key))
  if (next.kind !== 'word') return language === 'en'
  const german =
    germanWeekday.test(next.key) || dayPartWords.has(next.key) || /^(nachst|kommend|selb|gleich)/.test(next.key)
  return !german && next.key !== 'morgen'
}

const withMeridiem = (tokens: readonly Token[], match: ClockMatch, manner: ClockManner): ClockMatch | undefined => {
  if (!isMeridiem(tokens, match.next, manner.language)) return match
  const wanted = tokens[match.next]?.key === 'pm' ? 1 : 0
  const reading = match.clock.readings.find((minute) => Math.floor(minute / HALF_DAY) === wanted)
  if (reading === undefined) return undefined
  const next = match.next + 1
  return { clock: exactly(reading), next: hourWords.has(keyAt(tokens, next)) ? next + 1 : next }
}
