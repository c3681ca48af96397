import type { ActorName } from '../../domain/booking/appointment.ts'
import type { JobId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

/** One reading of all agents of a company, in portions, so that a killed one goes on where it was. */
export interface AgentSync {
  /** The job that does it. */
  readonly id: JobId
  readonly state: 'running' | 'done' | 'failed'
  /** Of Retell's list, before it was all read. */
  readonly cursor: string | undefined
  /** Retell's ids that are still to be read. Undefined: the list is not complete yet. */
  readonly waiting: readonly string[]
  readonly isListed: boolean
  readonly total: number
  readonly read: number
  readonly changed: number
  readonly failed: number
  /** Why it ended without all of them. */
  readonly error: string | undefined
  readonly actor: ActorName
  readonly startedAt: Instant
  readonly endedAt: Instant | undefined
}

export interface AgentSyncs {
  readonly find: (id: JobId) => Promise<AgentSync | undefined>
  readonly newest: () => Promise<AgentSync | undefined>
  /** Adds it or replaces all of it. */
  readonly save: (sync: AgentSync) => Promise<void>
}
