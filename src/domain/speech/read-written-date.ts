import { localMoment, parseInstant, parseLocalDate, parseMinuteOfDay, type TimeZone } from '../time.ts'
import { claim, type DateClaim, type DateMatch, day, exactly } from './claims.ts'
import { hourWords } from './clock-words.ts'
import type { Language } from './language.ts'
import { keyAt, type Token } from './tokens.ts'

/** A date in digits: ISO with or without a time, `19.11.`, `19.11.26`, `15.1`, `3/4`. */
export const readWritten = (
  tokens: readonly Token[],
  at: number,
  { zone, language, loose }: { readonly zone: TimeZone; readonly language: Language; readonly loose: boolean },
): DateMatch | undefined => {
  const token = tokens[at]
  if (!token) return undefined
  if (token.kind === 'iso-date')
    return claim(
      parseLocalDate(token.date).match<DateClaim>(day, () => ({ kind: 'impossible' })),
      at + 1,
    )
  if (token.kind === 'iso-moment') return isoMoment(token, at + 1, zone)
  if (token.kind === 'slashed') {
    const { first, second, year } = token
    return language === 'de' && second <= 12
      ? claim({ kind: 'day-and-month', day: first, month: second, year }, at + 1)
      : claim({ kind: 'two-orders', first, second, year }, at + 1)
  }
  if (token.kind !== 'dotted') return undefined
  const { first, second, year, closed, secondDigits } = token
  const isTime =
    hourWords.has(keyAt(tokens, at + 1)) || (year === undefined && (loose || second > 12) && secondDigits === 2)
  if (isTime && second < 60 && !(closed && second <= 12)) return undefined
  if (!closed && secondDigits === 1) return claim({ kind: 'day-and-perhaps-month', day: first, month: second }, at + 1)
  const spokenYear = year ?? yearAt(tokens, at + 1)
  const next = year === undefined && spokenYear !== undefined ? at + 2 : at + 1
  return claim({ kind: 'day-and-month', day: first, month: second, year: spokenYear }, next)
}

const isoMoment = (
  { date, clock, offset }: Extract<Token, { kind: 'iso-moment' }>,
  next: number,
  zone: TimeZone,
): DateMatch => {
  if (offset !== undefined) {
    const colon = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
    const moment = parseInstant(`${date}T${clock}:00${colon.toUpperCase()}`)
    if (moment.isErr()) return claim({ kind: 'impossible' }, next)
    const local = localMoment(moment.value, zone)
    return { claims: [day(local.date), exactly(local.minute)], next }
  }
  const parsed = parseLocalDate(date)
  const minute = parseMinuteOfDay(clock)
  if (parsed.isErr() || minute.isErr()) return claim({ kind: 'impossible' }, next)
  return { claims: [day(parsed.value), exactly(minute.value)], next }
}

/** A year in four digits, if one stands there. */
export const yearAt = (tokens: readonly Token[], at: number): number | undefined => {
  const token = tokens[at]
  const isYear = token?.kind === 'number' && token.digits?.length === 4 && token.value >= 1900 && token.value <= 2199
  return isYear ? token.value : undefined
}
