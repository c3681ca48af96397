import type { ActorName } from '../domain/booking/appointment.ts'
import type { CompanyId } from '../domain/ids.ts'

/** Not exported, so that no literal can be a scope. */
declare const granted: unique symbol

/**
 * The right to ask for the things of one company. It cannot be written down as a literal: authentication, the
 * directory and the job queue alone grant it.
 */
export interface CompanyScope {
  readonly company: CompanyId
  readonly actor: ActorName
  readonly [granted]: 'company'
}

/** The right to see the rows of every company, and of none. */
export interface PlatformScope {
  readonly actor: ActorName
  readonly [granted]: 'platform'
}
