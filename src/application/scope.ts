import type { Role } from '../domain/access/role.ts'
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
  /** The id of the user or token; undefined for jobs, commands and the library. */
  readonly actorId: string | undefined
  /** From where it was asked, as far as that is known. */
  readonly address: string | undefined
  /** Of the user or token. */
  readonly role: Role | undefined
  /** Whether whoever asks may see and set the VIP mark. */
  readonly seesVip: boolean
  /** A page that stays open reads itself anew: who opened it was written down then. */
  readonly rereads: boolean
  readonly [granted]: 'company'
}

/** The right to see the rows of every company, and of none. */
export interface PlatformScope {
  readonly actor: ActorName
  readonly actorId: string | undefined
  readonly address: string | undefined
  readonly [granted]: 'platform'
}
