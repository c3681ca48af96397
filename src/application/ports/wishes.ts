import type { BranchId, CallId, ServiceId, WishId } from '../../domain/ids.ts'
import type { Wish } from '../../domain/reception/wish.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export interface WishQuery extends PageRequest {
  readonly branch?: BranchId
  readonly service?: ServiceId
  /** Said in [from, to). */
  readonly from?: Instant
  readonly to?: Instant
}

/** How often one service was wanted in vain. */
export interface WishTally {
  /** Undefined: what it was is not known. */
  readonly service: ServiceId | undefined
  readonly count: number
}

export interface Wishes {
  /** Stores a new one, or one that is there, changed. */
  readonly put: (wish: Wish) => Promise<void>
  readonly remove: (id: WishId) => Promise<void>
  /** In order of their making. */
  readonly ofCall: (call: CallId) => Promise<readonly Wish[]>
  /** Newest first. */
  readonly list: (query: WishQuery) => Promise<Page<Wish>>
  /** By service, the most wanted first, of those said since a moment. */
  readonly tally: (since: Instant) => Promise<readonly WishTally[]>
}
