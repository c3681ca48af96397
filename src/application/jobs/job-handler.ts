import type { Instant } from '../../domain/time.ts'
import type { CompanyJobKind, Job, PlatformJobKind, StoredJob } from '../ports/jobs.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

/** What came of one attempt at a job. */
export type JobOutcome =
  /** `again`: and it is to be done again then. */
  | { readonly kind: 'done'; readonly again?: Instant }
  /**
   * Tried again after a while, and given up when that does not help; as what a handler throws. With `goodUntil` it is tried
   * less and less often, and given up only when that moment comes.
   */
  | { readonly kind: 'failed'; readonly error: string; readonly goodUntil?: Instant }
  /** Not its time yet: looked at again at `until`, and not counted as an attempt. */
  | { readonly kind: 'postponed'; readonly until: Instant; readonly error: string | undefined }
  /** Trying again would not help. */
  | { readonly kind: 'given-up'; readonly error: string }

/**
 * Does a job of its company, at `now`. It may run twice: a worker can die after the work and before it is noted. Its
 * sentences hold nothing personal.
 */
export type JobHandler = (scope: CompanyScope, job: Job, now: Instant) => Promise<JobOutcome>

/** Every kind has one. */
export type JobHandlers = { readonly [Kind in CompanyJobKind]: JobHandler }

/** Does a job of the platform; otherwise as a `JobHandler`. */
export type PlatformJobHandler = (scope: PlatformScope, job: StoredJob, now: Instant) => Promise<JobOutcome>

/** They come round by themselves, so many milliseconds after they were done or given up. */
export type PlatformJobHandlers = {
  readonly [Kind in PlatformJobKind]: { readonly every: number; readonly handle: PlatformJobHandler }
}
