import type { CallRecord, CallState } from '../../domain/calling/call.ts'
import type { CallOutcome } from '../../domain/calling/outcome.ts'
import type { BranchId, CallId, CustomerId, DeliveryId, RingId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

/** What a list shows of a call; everything personal in it is stored sealed. */
export interface CallCard extends Omit<CallState, 'transcript' | 'turns'> {
  readonly id: CallId
  readonly branch: BranchId | undefined
  readonly customer: CustomerId | undefined
  /** What the caller said their name was, never the agent's words. */
  readonly callerName: string | undefined
  readonly outcome: CallOutcome
  /** When it began as far as known, else when it was first heard of. Lists are ordered by it. */
  readonly at: Instant
  readonly findings: readonly CallFinding[]
}

export interface CallFinding {
  readonly kind: 'claim-without-fact' | 'id-mismatch'
  readonly at: Instant
  /** A sentence; it may quote what was said. */
  readonly detail: string
  /** The sentence that it is about: which of the things said, from 0, and the characters [from, to) of it. */
  readonly place?: { readonly turn: number; readonly from: number; readonly to: number }
}

export interface StoredCall {
  readonly id: CallId
  readonly branch: BranchId | undefined
  readonly customer: CustomerId | undefined
  readonly callerName: string | undefined
  readonly outcome: CallOutcome
  readonly firstHeardAt: Instant
  readonly findings: readonly CallFinding[]
  readonly record: CallRecord
}

export interface CallEventEntry {
  readonly key: string
  readonly event: string
  /** The event's own time where it has one, else when it was received. */
  readonly at: Instant
  readonly receivedAt: Instant
  readonly delivery: DeliveryId | undefined
}

export interface CallQuery extends PageRequest {
  readonly branch?: BranchId
  readonly status?: CallState['status']
  readonly outcome?: CallOutcome
  readonly customer?: CustomerId
  /** Exact caller number in E.164. */
  readonly caller?: string
  readonly from?: Instant
  readonly to?: Instant
}

export interface CallTally {
  readonly calls: number
  readonly answered: number
  readonly booked: number
  /** Calls by hour of the local day, 24 entries. */
  readonly byHour: readonly number[]
  readonly bookedByHour: readonly number[]
}

export interface Calls {
  readonly find: (id: CallId) => Promise<StoredCall | undefined>
  /** The call, made first if it is new, and ours until the transaction ends. */
  readonly open: (id: CallId, branch: BranchId | undefined, now: Instant) => Promise<StoredCall>
  /** Stores what `open` gave, changed. */
  readonly save: (call: StoredCall) => Promise<void>
  readonly list: (query: CallQuery) => Promise<Page<CallCard>>
  /** Adds a line to the timeline; one per key. False: the key was there already. */
  readonly addEvent: (id: CallId, entry: CallEventEntry) => Promise<boolean>
  readonly events: (id: CallId) => Promise<readonly CallEventEntry[]>
  /** Calls that began in [from, to). Hours are counted from `from`, so give a local midnight. */
  readonly tally: (from: Instant, to: Instant) => Promise<CallTally>
}

/** A ringing that carried no call id: shown live, and joined to the call that turns out to be it. */
export interface Ring {
  readonly id: RingId
  readonly branch: BranchId
  readonly fromNumber: string | undefined
  readonly toNumber: string
  readonly at: Instant
}

export interface Rings {
  readonly add: (ring: Ring) => Promise<void>
  /** Rings not joined yet, since a moment. */
  readonly open: (since: Instant) => Promise<readonly Ring[]>
  /** Open rings of these two numbers in [from, to]. */
  readonly between: (
    fromNumber: string | undefined,
    toNumber: string,
    from: Instant,
    to: Instant,
  ) => Promise<readonly Ring[]>
  readonly join: (ring: RingId, call: CallId) => Promise<void>
}
