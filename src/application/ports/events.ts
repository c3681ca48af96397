import type { CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

export type LiveEventKind =
  | 'call.updated'
  | 'appointment.updated'
  | 'callback.updated'
  | 'blocked_time.updated'
  | 'agent.updated'
  | 'job.progress'
  | 'alert'
  | 'ring.updated'
  | 'delivery.updated'

/** Something changed. It carries ids only; whoever is told reads the rest under their own rights. */
export interface NewLiveEvent {
  readonly kind: LiveEventKind
  readonly data: { readonly [name: string]: string }
}

export interface LiveEvent extends NewLiveEvent {
  /** Counts per company, in the order of commits, without gaps. */
  readonly seq: number
  readonly at: Instant
}

/** Told after each commit that published something; it may be told too often, never too rarely. */
export interface EventStream {
  /** Events after `seq`, oldest first, at most `limit`. */
  readonly after: (company: CompanyId, seq: number, limit: number) => Promise<readonly LiveEvent[]>
  readonly latest: (company: CompanyId) => Promise<number>
  /** Calls `look` when there may be news of the company. Returns the way to stop. */
  readonly watch: (company: CompanyId, look: () => void) => () => void
}
