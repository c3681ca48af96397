import type { NotAllowed, NotFound, NotSignedIn } from './access/authenticate.ts'
import type { WebhookFailure } from './calling/accept-webhook.ts'
import type { ApplyFailure } from './companies/apply-company.ts'

/** A mistake in what was sent, with a JSON pointer to it. */
export interface InputError {
  readonly pointer: string
  readonly detail: string
}

export type InvalidInput = { readonly kind: 'invalid-input'; readonly errors: readonly InputError[] }
/** The database cannot say yes: somebody has the time. */
export type SlotTaken = {
  readonly kind: 'slot-taken'
  readonly alternatives: readonly { readonly starts_at: string }[]
}
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
  | TooManyRequests
  | { readonly kind: 'body-too-large' }
  | { readonly kind: 'unsupported-media-type' }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'still-running' }
