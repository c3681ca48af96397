import type { MinuteOfDay } from '../time.ts'
import { type Clock, type DayWindow, exactly, type Match, type TimeClaim, type Windows } from './claims.ts'
import {
  betweenWords,
  type DayPart,
  dayPartWords,
  fillers,
  halves,
  midday,
  openEndedWords,
  rangeWords,
  untilWords,
} from './clock-words.ts'
import { type ClockManner, isMinutesTo, readClock } from './read-clock.ts'
import { keyAt, type Token } from './tokens.ts'

const MIDNIGHT = 1440
const NOON: Clock = { ...exactly(720), part: midday }

/** The time that begins at a token: a range, a clock time, a part of the day. */
export const readTime = (
  tokens: readonly Token[],
  at: number,
  manner: ClockManner,
  text: string,
): Match<TimeClaim> | undefined => {
  const range =
    readBetween(tokens, at, manner) ??
    readSpan(tokens, at, manner) ??
    readOpenEnded(tokens, at, manner) ??
    readOrLater(tokens, at, manner)
  if (range) return { claims: [{ ...range.windows, said: saidBy(tokens, at, range.next, text) }], next: range.next }
  const clock = readClock(tokens, at, manner)
  if (clock) return { claims: [clock.clock], next: clock.next }
  return readPart(tokens, at, text)
}

const saidBy = (tokens: readonly Token[], at: number, next: number, text: string): string =>
  text.slice(tokens[at]?.start ?? 0, tokens[next - 1]?.end ?? 0)

/** "nachmittags", "am späten Nachmittag", "spät nachmittags", "Mittag" (twelve o'clock), "at noon". */
const readPart = (tokens: readonly Token[], at: number, text: string): Match<TimeClaim> | undefined => {
  const key = keyAt(tokens, at)
  const half = key === 'spat' ? 'second' : halves.get(key)
  const after = dayPartWords.get(keyAt(tokens, at + 1)) ?? morningAfterHalf(tokens[at + 1]?.key)
  if (half && after) {
    const claim: TimeClaim = { kind: 'part', part: halved(after, half), said: saidBy(tokens, at, at + 2, text) }
    return { claims: [claim], next: at + 2 }
  }
  const part = dayPartWords.get(key)
  if (!part) return undefined
  const exact = key === 'mittag' || (key === 'noon' && ['at', '12', 'twelve'].includes(keyAt(tokens, at - 1)))
  if (exact) return { claims: [NOON], next: at + 1 }
  return { claims: [{ kind: 'part', part, said: saidBy(tokens, at, at + 1, text) }], next: at + 1 }
}

const morningAfterHalf = (key: string | undefined): DayPart | undefined =>
  key === 'morgen' ? dayPartWords.get('morgens') : undefined

const halved = (part: DayPart, half: 'first' | 'second'): DayPart => {
  const middle = (part.from + part.to) / 2
  return half === 'first' ? { ...part, to: middle } : { ...part, from: middle }
}

type Endpoint = { readonly clock: Clock; readonly next: number }

/** One end of a range: a clock time, or where a part of the day begins. Small words before it are passed over. */
const readEndpoint = (tokens: readonly Token[], at: number, manner: ClockManner): Endpoint | undefined => {
  let start = at
  while (start < at + 3 && tokens[start]?.kind === 'word' && isPassedOver(keyAt(tokens, start))) start += 1
  if (isDayOfDate(tokens, start)) return undefined
  const clock = readClock(tokens, start, { ...manner, loose: true })
  if (clock) return clock
  const key = keyAt(tokens, start)
  if (/^(mittags?|noon|midday)$/.test(key)) return { clock: NOON, next: start + 1 }
  const part = dayPartWords.get(key)
  return part && { clock: exactly(part.from), next: start + 1 }
}

const isPassedOver = (key: string): boolean => fillers.has(key) || key === 'spatestens' || key === 'fruhestens'

/** "nach dem 15." and "vor dem dritten" are about days. */
const isDayOfDate = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]
  const before = keyAt(tokens, at - 1)
  return token?.kind === 'number' && (token.ordinal || /^(dem|den|the)$/.test(before))
}

type Range = { readonly windows: Omit<Windows, 'said'>; readonly next: number }

/** "zwischen 10 und 12". */
const readBetween = (tokens: readonly Token[], at: number, manner: ClockManner): Range | undefined =>
  betweenWords.has(keyAt(tokens, at)) ? readPair(tokens, at + 1, manner, rangeWords) : undefined

const spanWords: ReadonlySet<string> = new Set(['bis', 'to', 'until', 'till'])

/** "von 10 bis 12", "10 to 12", "10-12 Uhr". */
const readSpan = (tokens: readonly Token[], at: number, manner: ClockManner): Range | undefined => {
  const opened = /^(von|from)$/.test(keyAt(tokens, at))
  if (!opened && tokens[at]?.kind === 'word') return undefined
  if (!opened && isMinutesTo(tokens, at)) return undefined
  return readPair(tokens, opened ? at + 1 : at, manner, spanWords)
}

const readPair = (
  tokens: readonly Token[],
  at: number,
  manner: ClockManner,
  middle: ReadonlySet<string>,
): Range | undefined => {
  const from = readEndpoint(tokens, at, manner)
  const joint = from && tokens[from.next]
  if (!from || !joint || !(middle.has(joint.key) || joint.kind === 'dash')) return undefined
  const to = readEndpoint(tokens, from.next + 1, manner)
  if (!to) return undefined
  const windows = pairs(from.clock, to.clock)
  return windows.length > 0 ? { windows: { kind: 'window', windows, anchor: 'from' }, next: to.next } : undefined
}

/** Each beginning goes with the nearest end after it, and an end with the nearest beginning before it. */
const pairs = (from: Clock, to: Clock): readonly DayWindow[] => {
  const ends = to.readings.map((end) => (end === 0 ? MIDNIGHT : end))
  const nearest = from.readings.flatMap((start) => {
    const end = Math.min(...ends.filter((candidate) => candidate > start))
    return Number.isFinite(end) ? [{ from: start, to: end }] : []
  })
  return nearest.filter((one) => !nearest.some((other) => other.to === one.to && other.from > one.from))
}

const from = (start: MinuteOfDay): DayWindow => ({ from: start, to: MIDNIGHT })
const until = (end: MinuteOfDay): DayWindow => ({ from: 0, to: end === 0 ? MIDNIGHT : end })

/** "ab 16 Uhr", "nach 16 Uhr", "vor 12", "bis 12", "by noon", "nicht vor 10", "no later than 12". */
const readOpenEnded = (tokens: readonly Token[], at: number, manner: ClockManner): Range | undefined => {
  const denied = /^(nicht|not|no)$/.test(keyAt(tokens, at)) ? deniedEdge(tokens, at + 1) : undefined
  const key = keyAt(tokens, at)
  const isOpen = denied ? denied.isOpen : openEndedWords.has(key)
  if (!denied && !isOpen && !untilWords.has(key)) return undefined
  const end = readEndpoint(tokens, denied ? denied.next : at + 1, manner)
  if (!end) return undefined
  const last = keyAt(tokens, end.next)
  return openEnded(end.clock, isOpen, /^(onwards?|aufwarts)$/.test(last) ? end.next + 1 : end.next)
}

const openEnded = ({ asSaid, readings }: Clock, isOpen: boolean, next: number): Range | undefined => {
  const meant = asSaid === undefined ? readings : [asSaid]
  const windows = meant.map(isOpen ? from : until).filter((window) => window.from < window.to)
  return windows.length > 0 ? { windows: { kind: 'window', windows, anchor: isOpen ? 'from' : 'to' }, next } : undefined
}

/** "nicht vor" begins a window and "nicht nach" ends one; "nicht früher als" and "no later than" do the same. */
const deniedEdge = (
  tokens: readonly Token[],
  at: number,
): { readonly isOpen: boolean; readonly next: number } | undefined => {
  const [key, then] = [keyAt(tokens, at), keyAt(tokens, at + 1)]
  if (/^(vor|before|nach|after)$/.test(key)) return { isOpen: /^(vor|before)$/.test(key), next: at + 1 }
  if (!/^(als|than)$/.test(then) || !/^(fruher|earlier|spater|later)$/.test(key)) return undefined
  return { isOpen: /^(fruher|earlier)$/.test(key), next: at + 2 }
}

/** "16 Uhr oder später", "10 or earlier". */
const readOrLater = (tokens: readonly Token[], at: number, manner: ClockManner): Range | undefined => {
  const clock = readClock(tokens, at, manner)
  const later = clock && /^(oder|or|und|and)$/.test(keyAt(tokens, clock.next)) ? keyAt(tokens, clock.next + 1) : ''
  if (!clock || !/^(spater|later|fruher|earlier)$/.test(later)) return undefined
  return openEnded(clock.clock, /^(spater|later)$/.test(later), clock.next + 2)
}
