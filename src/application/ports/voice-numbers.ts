import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { NumberAgent } from './voice-accounts.ts'

/** A company's number as Retell last had it. */
export interface SeenNumber {
  readonly number: PhoneNumber
  readonly inbound: readonly NumberAgent[]
  readonly outbound: readonly NumberAgent[]
  readonly inboundWebhookUrl: string | undefined
  /** False: the account does not have this number. */
  readonly isThere: boolean
  readonly seenAt: Instant
}

/** How Retell has a company's numbers, as far as it was seen; used while Retell does not answer. */
export interface SeenNumbers {
  /** By number. */
  readonly list: () => Promise<readonly SeenNumber[]>
  readonly find: (number: PhoneNumber) => Promise<SeenNumber | undefined>
  /** Replaces what was seen of these numbers before. */
  readonly save: (numbers: readonly SeenNumber[]) => Promise<void>
  readonly forget: (number: PhoneNumber) => Promise<void>
}
