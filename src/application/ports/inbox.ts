import type { CallId, CompanyId, DeliveryId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'
import type { Line } from './directory.ts'
import type { Page, PageRequest } from './page.ts'

export interface DeliveryStage {
  readonly name: 'received' | 'signature' | 'routed' | 'stored' | 'processed' | 'answered' | 'dead'
  readonly at: Instant
  readonly ok: boolean
  /** A plain sentence: what was found, and the cure where something is wrong. Holds no personal data. */
  readonly detail: string
}

export type DeliveryOutcome = 'accepted' | 'duplicate' | 'refused' | 'failed' | 'dead' | 'ignored'

/** A webhook or tool request as received. The body is kept sealed. */
export interface Delivery {
  readonly id: DeliveryId
  readonly source: 'retell' | 'calcom'
  readonly event: string
  readonly callId: CallId | undefined
  /** Undefined: nobody owns the number. */
  readonly company: CompanyId | undefined
  /** Whose inbox keeps it while nobody owns it; undefined: the platform's. */
  readonly account: CompanyId | undefined
  readonly receivedAt: Instant
  readonly address: string
  readonly outcome: DeliveryOutcome
  readonly stages: readonly DeliveryStage[]
  readonly attempt: number
}

export interface NewDelivery extends Omit<Delivery, 'attempt'> {
  /** Equal keys are the same event. The first is kept as given, every later one becomes a `duplicate`. Undefined: never equal. */
  readonly dedupeKey: string | undefined
  /** Undefined: refused before it could be trusted enough to be kept. */
  readonly body: string | undefined
  /** Whether a worker has to look at it. A duplicate is looked at only when its body differs from the first one's. */
  readonly dueAt: Instant | undefined
}

export interface ClaimedDelivery {
  readonly delivery: Delivery
  readonly body: string
}

/** Undefined: its body cannot be opened. */
export type KeptDelivery = Pick<ClaimedDelivery, 'delivery'> & { readonly body: ClaimedDelivery['body'] | undefined }

export interface SettledDelivery extends Pick<Delivery, 'id' | 'outcome' | 'stages' | 'attempt'> {
  /** Undefined: nothing is left to do. */
  readonly dueAt: Instant | undefined
}

/** Everything that reached us, kept before it is acknowledged. Read by workers without a company: they find it there. */
export interface Inbox {
  /**
   * Resolves when it is durable, and everything here sees it from then on. Calls of the same turn of the event loop are
   * committed together; what cannot be kept takes none of them along.
   */
  readonly store: (delivery: NewDelivery) => Promise<void>
  /** Due deliveries, oldest first, lent until `leaseUntil`; a killed worker's come back then. */
  readonly claim: (now: Instant, limit: number, leaseUntil: Instant) => Promise<readonly KeptDelivery[]>
  /** Ends or postpones the work on claimed ones, all of them in one commit. */
  readonly settle: (results: readonly SettledDelivery[]) => Promise<void>
  /** The earliest moment at which something is due. */
  readonly nextDue: () => Promise<Instant | undefined>
  readonly listAll: (scope: PlatformScope, query: DeliveryQuery) => Promise<Page<Delivery>>
  readonly findAny: (scope: PlatformScope, id: DeliveryId) => Promise<Delivery | undefined>
  /** What concerns a company, and what its account keeps while nobody owns it. Not inside a transaction. */
  readonly of: (scope: CompanyScope) => Deliveries
}

export interface DeliveryQuery extends PageRequest {
  readonly outcome?: DeliveryOutcome
  readonly callId?: CallId
  readonly company?: CompanyId
}

/** A company's own view of its deliveries. */
export interface Deliveries {
  readonly find: (id: DeliveryId) => Promise<Delivery | undefined>
  readonly list: (query: DeliveryQuery) => Promise<Page<Delivery>>
  readonly ofCall: (call: CallId) => Promise<readonly Delivery[]>
}

export interface UnroutedCall {
  readonly id: `unr_${string}`
  readonly callId: CallId | undefined
  readonly account: CompanyId | undefined
  readonly fromNumber: string | undefined
  readonly toNumber: string | undefined
  readonly agentId: string | undefined
  readonly receivedAt: Instant
  readonly events: readonly string[]
  /** Where a person said it belongs. Undefined: it waits. */
  readonly assignedTo: Line | undefined
}

export interface UnroutedQuery extends PageRequest {
  readonly assigned?: boolean
}

export interface UnroutedCalls {
  /** Adds an event to the unrouted call of this account and call id (or number), making it first, and gives the call. */
  readonly note: (
    call: Omit<UnroutedCall, 'events' | 'assignedTo'> & { readonly event: string },
  ) => Promise<UnroutedCall>
  readonly listAll: (scope: PlatformScope, query: UnroutedQuery) => Promise<Page<UnroutedCall>>
  /** Those in the inbox of the company's own account. */
  readonly listOwn: (scope: CompanyScope, query: UnroutedQuery) => Promise<Page<UnroutedCall>>
  readonly findAny: (scope: PlatformScope, id: UnroutedCall['id']) => Promise<UnroutedCall | undefined>
  readonly findOwn: (scope: CompanyScope, id: UnroutedCall['id']) => Promise<UnroutedCall | undefined>
  /**
   * Gives a call and every delivery of it that is nobody's to a company, and has workers look at those again at `now`.
   * False: it was given to another line before, and stays there. To the same line it may be given again.
   */
  readonly assign: (id: UnroutedCall['id'], to: Line, now: Instant) => Promise<boolean>
  /** To which line a call of this account (undefined: the platform's) was given. */
  readonly assignedTo: (account: CompanyId | undefined, call: CallId) => Promise<Line | undefined>
}
