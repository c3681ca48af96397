import type { BranchId, CallbackId, CallId } from '../../domain/ids.ts'
import type { Callback, CallbackKind, CallbackState } from '../../domain/reception/callback.ts'
import type { CallbackPriority } from '../../domain/reception/due-time.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export interface CallbackQuery extends PageRequest {
  /** Those in any of these states. */
  readonly states?: readonly CallbackState[]
  readonly kind?: CallbackKind
  readonly branch?: BranchId
  readonly priority?: CallbackPriority
  /** Those that are overdue at a moment, or those that are not. */
  readonly overdue?: { readonly at: Instant; readonly is: boolean }
}

export interface CallbackTally {
  /** Those that somebody still has to see to. */
  readonly standing: number
  /** Those among them whose moment has come. */
  readonly overdue: number
}

export interface Callbacks {
  readonly find: (id: CallbackId) => Promise<Callback | undefined>
  /** As `find`, and ours until the transaction ends. */
  readonly open: (id: CallbackId) => Promise<Callback | undefined>
  /** Stores a new one. */
  readonly add: (callback: Callback) => Promise<void>
  /** Stores what `find` or `open` gave, changed. */
  readonly save: (callback: Callback) => Promise<void>
  /** In order of their making. */
  readonly ofCall: (call: CallId) => Promise<readonly Callback[]>
  /** Newest first. */
  readonly list: (query: CallbackQuery) => Promise<Page<Callback>>
  /** What is due first comes first. */
  readonly listByDue: (query: CallbackQuery) => Promise<Page<Callback>>
  readonly tally: (now: Instant) => Promise<CallbackTally>
}
