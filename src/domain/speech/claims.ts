import type { LocalDate, MinuteOfDay, Weekday } from '../time.ts'
import type { DayPart } from './clock-words.ts'
import type { Field } from './tokens.ts'

/** A stretch of a day, half-open. */
export type DayWindow = { readonly from: MinuteOfDay; readonly to: MinuteOfDay }

/** What words say about the day, before a calendar is asked. */
export type DateClaim =
  /** A day that is certain; `spoken` marks "morgen" as a word, which may be repeated in another field. */
  | { readonly kind: 'day'; readonly date: LocalDate; readonly morgenIn: Field | undefined }
  | { readonly kind: 'day-and-month'; readonly day: number; readonly month: number; readonly year: number | undefined }
  | { readonly kind: 'day-of-month'; readonly day: number }
  /** `15.1` is the fifteenth of January, or what a recogniser makes of "the fifteenth". */
  | { readonly kind: 'day-and-perhaps-month'; readonly day: number; readonly month: number }
  /** `3/4`: nobody knows which one is the month. */
  | { readonly kind: 'two-orders'; readonly first: number; readonly second: number; readonly year: number | undefined }
  | { readonly kind: 'weekday'; readonly weekday: Weekday; readonly which: 'coming' | 'next' | 'after-next' | 'last' }
  /** Weeks, months and years counted from the present one. */
  | { readonly kind: 'week'; readonly offset: number }
  | { readonly kind: 'month'; readonly offset: number }
  | { readonly kind: 'year'; readonly offset: number }
  /** "in einer Woche", "two weeks from": later than another day or than today. */
  | { readonly kind: 'later'; readonly days: number; readonly from: boolean }
  | { readonly kind: 'now' }
  | { readonly kind: 'vague' }
  | { readonly kind: 'impossible' }

/** A clock time with all that it can mean: `drei Uhr` is 3:00 or 15:00. Never empty. */
export type Clock = {
  readonly kind: 'clock'
  readonly readings: readonly MinuteOfDay[]
  /** The reading as it was written, when the hours of the day do not decide. */
  readonly asSaid: MinuteOfDay | undefined
  /** The part of the day that it is beside another clock time: "mittag um halb eins". */
  readonly part?: DayPart
}
export type Windows = {
  readonly kind: 'window'
  readonly windows: readonly DayWindow[]
  /** The end by which one of several readings is chosen. */
  readonly anchor: 'from' | 'to'
  readonly said: string
}
/** What words say about the time. */
export type TimeClaim = Clock | Windows | { readonly kind: 'part'; readonly part: DayPart; readonly said: string }

/** Claims made by some tokens, and the token after them. */
export type Match<Claim> = { readonly claims: readonly Claim[]; readonly next: number }

export type DateMatch = Match<DateClaim | TimeClaim>

export const claim = (one: DateClaim | TimeClaim, next: number): DateMatch => ({ claims: [one], next })
export const day = (date: LocalDate): DateClaim => ({ kind: 'day', date, morgenIn: undefined })
/** A clock time with one reading. */
export const exactly = (minute: MinuteOfDay): Clock => ({ kind: 'clock', readings: [minute], asSaid: undefined })
