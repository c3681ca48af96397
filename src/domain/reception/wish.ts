import type { BranchId, CallId, ServiceId, StaffId, WishId } from '../ids.ts'
import type { Instant, LocalDate, MinuteOfDay } from '../time.ts'

/** Why somebody could not get what they wanted, as the tool said it. */
export const wishReasons = [
  'no_availability',
  'unavailable',
  'slot_taken',
  'closed',
  'notice_too_short',
  'beyond_booking_window',
  'not_offered_here',
] as const

/** When it was wanted, on the branch's wall calendar, as far as it was said: a time or a part of a day, or neither. */
export interface WantedWhen {
  readonly date: LocalDate | undefined
  readonly time: MinuteOfDay | undefined
  /** Half-open. */
  readonly window: { readonly from: MinuteOfDay; readonly to: MinuteOfDay } | undefined
}

export interface Wish {
  readonly id: WishId
  readonly callId: CallId | undefined
  readonly branch: BranchId | undefined
  readonly service: ServiceId | undefined
  readonly wanted: WantedWhen
  readonly reason: (typeof wishReasons)[number]
  /** What was told to be free instead, in the order in which it was told. */
  readonly alternatives: readonly { readonly startsAt: Instant; readonly staff: StaffId | undefined }[]
  readonly createdAt: Instant
}

/** The same service at the same time: said twice in a call, it is one wish. */
export const isSameWish = (one: Pick<Wish, 'service' | 'wanted'>, other: Pick<Wish, 'service' | 'wanted'>): boolean =>
  one.service === other.service &&
  one.wanted.date === other.wanted.date &&
  one.wanted.time === other.wanted.time &&
  one.wanted.window?.from === other.wanted.window?.from &&
  one.wanted.window?.to === other.wanted.window?.to
