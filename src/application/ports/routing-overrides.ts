import type { ActorName } from '../../domain/booking/appointment.ts'
import type { RoutingOverride } from '../../domain/calling/routing.ts'
import type { RoutingOverrideId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyScope } from '../scope.ts'
import type { Page, PageRequest } from './page.ts'

export interface StoredRoutingOverride extends RoutingOverride {
  readonly createdBy: ActorName
}

export interface RoutingOverrideQuery extends PageRequest {
  readonly number?: PhoneNumber
  /** Those that stand at this moment. */
  readonly at?: Instant
}

/**
 * What people said about where numbers' calls go. What is over stays, so that a late message of a call still finds
 * where it went. The directory answers by it, in this process at once and in others after some seconds.
 */
export interface RoutingOverrides {
  /** Stores a new one. One that stood for the same number of the company ends where it begins. */
  readonly set: (scope: CompanyScope, override: StoredRoutingOverride) => Promise<void>
  /** Ends one at a moment, if it would have lasted longer, and gives it as it is then. Undefined when there is none. */
  readonly end: (scope: CompanyScope, id: RoutingOverrideId, at: Instant) => Promise<StoredRoutingOverride | undefined>
  /** Newest first. */
  readonly list: (scope: CompanyScope, query: RoutingOverrideQuery) => Promise<Page<StoredRoutingOverride>>
}
