import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyId, JobId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { PlatformScope } from '../scope.ts'
import type { Page, PageRequest } from './page.ts'

/** Work that is done later, or again. Each kind has one handler. */
export type JobKind = CompanyJobKind | PlatformJobKind

/** Work for the platform as a whole, which comes round by itself. */
export const platformJobKinds = ['housekeeping'] as const
export type PlatformJobKind = (typeof platformJobKinds)[number]

export type CompanyJobKind =
  | 'appointment-mail'
  | 'appointment-reminder'
  | 'call-summary'
  | 'escalate-callback'
  | 'callback-mail'
  | 'calendar-sync'
  | 'calendar-check'
  | 'calendar-look'
  | 'calendar-let-go'
  | 'calendar-reconcile'
  | 'agents-sync'
  | 'agents-watch'
  | 'agent-publish'
  | 'agent-guard'
  | 'calls-reconcile'

export interface NewJob {
  readonly kind: JobKind
  /** Ids, moments and to whom; what they mean is looked up when the work is done. Kept sealed. */
  readonly payload: JsonObject
  /**
   * While a job of this key waits, another is not added; the earlier moment counts. One that runs at this moment runs
   * once more afterwards. Undefined: never the same.
   */
  readonly key: string | undefined
  readonly runAt: Instant
}

/** How far work has come, for those who watch it. */
export interface JobProgress {
  readonly done: number
  /** Undefined: nobody knows yet. */
  readonly total: number | undefined
  /** What is being done: a plain sentence or name without personal data. */
  readonly note: string | undefined
}

export interface Job extends NewJob {
  readonly id: JobId
  readonly company: CompanyId | undefined
  readonly attempt: number
  readonly state: 'waiting' | 'done' | 'given-up'
  /** A plain sentence without personal data. */
  readonly error: string | undefined
  readonly progress: JobProgress | undefined
  readonly createdAt: Instant
}

/** `payload` undefined: it cannot be opened, for its key is not in the ring or the row is damaged. */
export interface StoredJob extends Omit<Job, 'payload'> {
  readonly payload: JsonObject | undefined
}

/** Jobs as a company adds them: with the change that makes them necessary, in the same transaction, or not at all. */
export interface Jobs {
  readonly enqueue: (job: NewJob & { readonly id: JobId; readonly createdAt: Instant }) => Promise<void>
  /** Forgets a waiting job, for what it was to do is not wanted any more. One that runs is not stopped, nor tried again. */
  readonly withdraw: (key: string) => Promise<void>
  readonly find: (id: JobId) => Promise<StoredJob | undefined>
  /** Kept with the job, whatever becomes of it; a job that is not there is passed over. */
  readonly report: (id: JobId, progress: JobProgress) => Promise<void>
}

/** Jobs as workers take them. */
export interface DueJobs {
  /** Adds a job of the platform, unless one of its key waits: that one stays as it is. */
  readonly plan: (job: NewJob & { readonly id: JobId; readonly createdAt: Instant }) => Promise<void>
  /**
   * Due ones, oldest first, none of `except`'s, lent until `leaseUntil`; a killed worker's come back then. One that cannot
   * be opened is among them and keeps nobody from the others.
   */
  readonly claim: (
    now: Instant,
    limit: number,
    leaseUntil: Instant,
    except?: readonly CompanyId[],
  ) => Promise<readonly StoredJob[]>
  /** As `claim`, for one waiting job by its company and key. Undefined: there is none, or somebody else has it. */
  readonly claimOne: (
    company: CompanyId,
    key: string,
    now: Instant,
    leaseUntil: Instant,
  ) => Promise<StoredJob | undefined>
  /** Ends the work on a claimed one, or puts it off to `runAt`. */
  readonly settle: (
    id: JobId,
    result:
      | { readonly state: 'done' }
      | { readonly state: 'given-up'; readonly error: string }
      | {
          readonly state: 'waiting'
          readonly runAt: Instant
          readonly attempt: number
          readonly error: string | undefined
        },
  ) => Promise<void>
  /** How many wait, lent ones included, and when the earliest of them is due. */
  readonly tally: () => Promise<{ readonly waiting: number; readonly nextDue: Instant | undefined }>
  readonly listAll: (
    scope: PlatformScope,
    query: PageRequest & { readonly state?: Job['state'] },
  ) => Promise<Page<StoredJob>>
}
