import type { BlockedTime } from '../../domain/booking/blocked-time.ts'
import type { BlockedTimeId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export interface BlockedTimeQuery extends PageRequest {
  /** Those that touch [from, to). */
  readonly from?: Instant
  readonly to?: Instant
}

export interface BlockedTimes {
  readonly find: (id: BlockedTimeId) => Promise<BlockedTime | undefined>
  /** Stores a new one. The time it keeps is claimed apart, in the same transaction. */
  readonly add: (blocked: BlockedTime) => Promise<void>
  /** False when there is none. The time it kept is released apart. */
  readonly remove: (id: BlockedTimeId) => Promise<boolean>
  /** All that touch [from, to), oldest start first. */
  readonly between: (from: Instant, to: Instant) => Promise<readonly BlockedTime[]>
  /** Oldest start first. */
  readonly list: (query: BlockedTimeQuery) => Promise<Page<BlockedTime>>
}
