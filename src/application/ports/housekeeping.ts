import type { Instant } from '../../domain/time.ts'
import type { PlatformScope } from '../scope.ts'

/**
 * What only grows and is over at some moment: a job when it was last worked on, a request when it began, a live event when
 * it was told, a ring when it rang, a rehearsal when it was played, a sync that does not run when it began, and whatever
 * else at its end.
 */
export type LeftoverKind =
  | 'done-jobs'
  | 'given-up-jobs'
  | 'idempotent-requests'
  | 'live-events'
  | 'rings'
  | 'suggestions'
  | 'offers'
  | 'ended-holds'
  | 'ended-syncs'
  | 'rehearsals'
  | 'sessions'
  | 'password-links'

/** Everybody's leftovers. */
export interface Housekeeping {
  /** Deletes at most `limit` of what was over at `before`, in one commit, and says how many. Fewer than `limit`: no more is left. */
  readonly clear: (scope: PlatformScope, kind: LeftoverKind, before: Instant, limit: number) => Promise<number>
}
