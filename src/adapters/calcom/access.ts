import type { CompanyProfile } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Connection } from './connection.ts'
import type { EventTypes } from './event-types.ts'

/** What it takes to speak with Cal.com for one company. */
export interface CalcomAccess {
  readonly connection: Connection
  readonly eventTypes: EventTypes
  readonly profile: CompanyProfile
  readonly webhookSecret: Secret | undefined
}
