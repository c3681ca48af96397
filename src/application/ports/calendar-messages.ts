import type { Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { CalendarBooking } from './calendar.ts'
import type { MalformedPayload } from './voice-platform.ts'

/** What a calendar tells by itself. */
export type CalendarNews =
  | { readonly kind: 'booking'; readonly booking: CalendarBooking }
  /** Somebody did not come, or came after all. Nothing else of the booking is told. */
  | { readonly kind: 'attendance'; readonly uid: string; readonly isNoShow: boolean }
  /** Something documented that does not concern us. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown' }

export interface CalendarMessage {
  /** What the vendor calls it, such as `BOOKING_CREATED`. */
  readonly event: string
  readonly at: Instant
  /** Equal for the same thing told again, by whichever of several webhooks. Undefined: never the same. */
  readonly sameAs: string | undefined
  readonly news: CalendarNews
}

/** The words in which a vendor's calendar tells us of its bookings. */
export interface CalendarMessages {
  /** Is this signature over exactly these bytes made with the secret? In constant time; nothing but a digest is one. */
  readonly isSigned: (body: Uint8Array, signature: string | undefined, secret: Secret) => boolean
  readonly read: (body: string, company: CompanyProfile) => Result<CalendarMessage, MalformedPayload>
}
