import type { Result } from 'neverthrow'
import type { CompanyScope } from '../scope.ts'
import type { AgentSyncs } from './agent-syncs.ts'
import type { Agents } from './agents.ts'
import type { Alerts } from './alarm.ts'
import type { Audit } from './audit.ts'
import type { BlockedTimes } from './blocked-times.ts'
import type { Appointments, Occupancy, Offers, Suggestions } from './booking.ts'
import type { CalendarBookings } from './calendar-bookings.ts'
import type { Callbacks } from './callbacks.ts'
import type { Calls, Rings } from './calls.ts'
import type { Customers } from './customers.ts'
import type { NewLiveEvent } from './events.ts'
import type { Feeds } from './feeds.ts'
import type { Jobs } from './jobs.ts'
import type { Rehearsals } from './rehearsals.ts'
import type { Releases } from './releases.ts'
import type { ToolCalls } from './tool-calls.ts'
import type { SeenNumbers } from './voice-numbers.ts'
import type { Wishes } from './wishes.ts'

/** The things of one company, and of no other. */
export interface CompanyTx {
  readonly calls: Calls
  readonly rings: Rings
  readonly toolCalls: ToolCalls
  readonly customers: Customers
  readonly appointments: Appointments
  readonly offers: Offers
  readonly suggestions: Suggestions
  readonly occupancy: Occupancy
  readonly blockedTimes: BlockedTimes
  readonly calendarBookings: CalendarBookings
  readonly callbacks: Callbacks
  readonly wishes: Wishes
  readonly feeds: Feeds
  readonly agents: Agents
  readonly agentSyncs: AgentSyncs
  readonly releases: Releases
  readonly seenNumbers: SeenNumbers
  readonly rehearsals: Rehearsals
  readonly jobs: Jobs
  readonly alerts: Alerts
  readonly audit: Audit
  /** Told to everybody who watches, once this transaction is committed. */
  readonly publish: (event: NewLiveEvent) => void
}

/**
 * The unit of work. `work` may run again when the database asks for it (a deadlock, a lost race), so it has no effect
 * outside the transaction.
 */
export interface Store {
  /** Commits on `Ok`; rolls back on `Err` and on rejection. */
  readonly transact: <T, E>(
    scope: CompanyScope,
    work: (tx: CompanyTx) => Promise<Result<T, E>>,
  ) => Promise<Result<T, E>>
  /** One consistent reading. Writing in it is a defect. */
  readonly read: <T>(scope: CompanyScope, work: (tx: CompanyTx) => Promise<T>) => Promise<T>
}
