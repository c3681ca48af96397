import type { Result } from 'neverthrow'
import type { CompanyProfile, CompanySpec, CustomerSeed } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { PlatformScope } from '../scope.ts'

export type NumberTaken = { readonly kind: 'number-taken'; readonly number: PhoneNumber }

/** Somebody else was faster: the company is of another version than the one that was changed. */
export type AlreadyChanged = { readonly kind: 'company-changed-meanwhile' }

export interface CompanyWrite {
  readonly spec: CompanySpec
  /** Sealed under their names; names not mentioned keep what they have. */
  readonly secrets: readonly { readonly name: string; readonly value: Secret }[]
  readonly customers: readonly CustomerSeed[]
  /** Retires what the file does not name. Never customers. */
  readonly prune: boolean
  /** The version that was read and changed, so that nobody's change is lost. Undefined: whatever stands. */
  readonly ofVersion?: number | undefined
}

/** Companies come into being and change as a whole, in one transaction. */
export interface Companies {
  readonly secretNames: (scope: PlatformScope, company: CompanyId) => Promise<ReadonlySet<string>>
  /** Numbers of these that an active line of another company holds. */
  readonly heldByOthers: (
    scope: PlatformScope,
    slug: string,
    numbers: readonly PhoneNumber[],
  ) => Promise<readonly PhoneNumber[]>
  /** Creates the company of this slug or brings it to the file. New versions are seen by every process within seconds. */
  readonly write: (
    scope: PlatformScope,
    write: CompanyWrite,
    now: Instant,
  ) => Promise<Result<CompanyProfile, NumberTaken | AlreadyChanged>>
}
