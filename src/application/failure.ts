import type { AlreadyOver } from '../domain/booking/appointment.ts'
import type { NotAllowed, NotFound, NotSignedIn } from './access/authenticate.ts'
import type { FeatureOff } from './access/known-flags.ts'
import type { AgentFailure } from './agents/agent-failures.ts'
import type { ReleaseFailure } from './agents/release-failures.ts'
import type { DecisionUnfit } from './calendar/decision-unfit.ts'
import type { WebhookFailure } from './calling/accept-webhook.ts'
import type { AlreadyAssigned } from './calling/assign-unrouted.ts'
import type { NoRecording } from './calling/play-recording.ts'
import type { ApplyFailure } from './companies/apply-company.ts'

/** A mistake in what was sent, with a JSON pointer to it. */
export interface InputError {
  readonly pointer: string
  readonly detail: string
}

export type InvalidInput = { readonly kind: 'invalid-input'; readonly errors: readonly InputError[] }
/** What is free instead, as every answer spells it. */
export interface Alternative {
  readonly starts_at: string
  readonly ends_at: string
  readonly staff: { readonly slug: string; readonly name: string } | null
}
/** The database cannot say yes: somebody has the time. */
export type SlotTaken = {
  readonly kind: 'slot-taken'
  readonly alternatives: readonly Alternative[]
}
/** The rules of the company do not allow this time, whoever else wants it. */
export type TimeNotBookable = {
  readonly kind: 'time-not-bookable'
  readonly reason: 'closed' | 'off-grid' | 'past' | 'notice-too-short' | 'too-far'
  readonly alternatives: readonly Alternative[]
}
/** The calendar of the company did not answer in time; nothing was changed. */
export type CalendarUnreachable = { readonly kind: 'calendar-unreachable' }
export type BookingNotOffered = { readonly kind: 'booking-not-offered' }
export type TooManyRequests = { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number }

/** Every way in which a request can end without success. */
export type Failure =
  | WebhookFailure
  | NotSignedIn
  | NotFound
  | NotAllowed
  | ApplyFailure
  | InvalidInput
  | SlotTaken
  | TimeNotBookable
  | BookingNotOffered
  | CalendarUnreachable
  | DecisionUnfit
  | AlreadyOver
  | AgentFailure
  | ReleaseFailure
  | FeatureOff
  | { readonly kind: 'not-asked-over-http' }
  | { readonly kind: 'secret-missing' }
  | TooManyRequests
  | { readonly kind: 'body-too-large' }
  | { readonly kind: 'unsupported-media-type' }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'still-running' }
  | { readonly kind: 'csrf-token-missing' }
  | { readonly kind: 'company-exists' }
  | { readonly kind: 'not-replayable' }
  | NoRecording
  | AlreadyAssigned
