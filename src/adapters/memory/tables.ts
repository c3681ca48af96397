import type { AgentSync } from '../../application/ports/agent-syncs.ts'
import type { AgentVersion, ManagedAgent } from '../../application/ports/agents.ts'
import type { Alert } from '../../application/ports/alarm.ts'
import type { Suggestion } from '../../application/ports/booking.ts'
import type { KnownCalendarBooking } from '../../application/ports/calendar-bookings.ts'
import type { CallEventEntry, Ring, StoredCall } from '../../application/ports/calls.ts'
import type { Customer, VipMark } from '../../application/ports/customers.ts'
import type { LiveEvent } from '../../application/ports/events.ts'
import type { Feed } from '../../application/ports/feeds.ts'
import type { Job } from '../../application/ports/jobs.ts'
import type { Rehearsal, StoredScript } from '../../application/ports/rehearsals.ts'
import type { AgentRollout, LiveDecision, Publication } from '../../application/ports/releases.ts'
import type { StoredRoutingOverride } from '../../application/ports/routing-overrides.ts'
import type { ToolCall } from '../../application/ports/tool-calls.ts'
import type { SeenNumber } from '../../application/ports/voice-numbers.ts'
import type { AuditEntry } from '../../domain/access/audit-entry.ts'
import type { SplitConfiguration } from '../../domain/agents/split-configuration.ts'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { BlockedTime } from '../../domain/booking/blocked-time.ts'
import type { Interval } from '../../domain/booking/interval.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import type { Owner, ResourceId } from '../../domain/booking/resource.ts'
import type { AgentId, CallId } from '../../domain/ids.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import type { Wish } from '../../domain/reception/wish.ts'
import type { Instant } from '../../domain/time.ts'
import { keep } from './keep.ts'

/** All the time that one owner keeps. */
export interface Holding {
  readonly owner: Owner
  readonly resource: ResourceId
  readonly intervals: readonly Interval[]
  readonly until: Instant | undefined
}

/** What is remembered of one company. */
export interface Rows {
  readonly calls: StoredCall
  readonly callEvents: CallEventEntry & { readonly call: CallId }
  readonly rings: Ring & { readonly joined: CallId | undefined }
  readonly toolCalls: ToolCall
  readonly customers: Customer
  /** By customer. */
  readonly vipMarks: VipMark
  readonly appointments: Appointment
  readonly offers: Offer
  readonly suggestions: readonly Suggestion[]
  readonly holdings: Holding
  readonly blockedTimes: BlockedTime
  readonly calendarBookings: KnownCalendarBooking
  readonly callbacks: Callback
  readonly wishes: Wish
  readonly routingOverrides: StoredRoutingOverride
  readonly feeds: Feed
  readonly voiceAgents: ManagedAgent
  /** By content hash. */
  readonly agentConfigurations: SplitConfiguration['content']
  readonly agentVersions: Omit<AgentVersion, 'retellVersion'> & Pick<SplitConfiguration, 'saidAbout'>
  /** `isCurrent`: Retell's version has that content now. */
  readonly retellVersions: {
    readonly agent: AgentId
    readonly retellVersion: number
    readonly number: number
    readonly isPublished: boolean
    readonly isCurrent: boolean
  }
  /** Plain, by their ids. */
  readonly agentSecrets: string
  readonly agentSyncs: AgentSync
  readonly liveDecisions: LiveDecision
  readonly publications: Publication
  readonly agentRollouts: AgentRollout
  readonly seenNumbers: SeenNumber
  readonly rehearsalScripts: StoredScript
  readonly rehearsals: Rehearsal
  readonly jobs: Job & { readonly leaseUntil: Instant | undefined }
  readonly alerts: Alert & { readonly key: string }
  /** By seq. */
  readonly auditLog: AuditEntry
  readonly events: LiveEvent
}

export type TableName = keyof Rows
/** Rows by key, in order of arrival. Never changed once it is somebody's reading. */
export type Tables = { readonly [Table in TableName]: ReadonlyMap<string, Rows[Table]> }

export const emptyTables: Tables = {
  calls: new Map(),
  callEvents: new Map(),
  rings: new Map(),
  toolCalls: new Map(),
  customers: new Map(),
  vipMarks: new Map(),
  appointments: new Map(),
  offers: new Map(),
  suggestions: new Map(),
  holdings: new Map(),
  blockedTimes: new Map(),
  calendarBookings: new Map(),
  callbacks: new Map(),
  wishes: new Map(),
  routingOverrides: new Map(),
  feeds: new Map(),
  voiceAgents: new Map(),
  agentConfigurations: new Map(),
  agentVersions: new Map(),
  retellVersions: new Map(),
  agentSecrets: new Map(),
  agentSyncs: new Map(),
  liveDecisions: new Map(),
  publications: new Map(),
  agentRollouts: new Map(),
  seenNumbers: new Map(),
  rehearsalScripts: new Map(),
  rehearsals: new Map(),
  jobs: new Map(),
  alerts: new Map(),
  auditLog: new Map(),
  events: new Map(),
}

/** All that a repository sees: a company's tables as they were when the transaction began, and its own changes. */
export interface Draft {
  readonly row: <Table extends TableName>(table: Table, key: string) => Rows[Table] | undefined
  readonly rows: <Table extends TableName>(table: Table) => readonly Rows[Table][]
  readonly put: <Table extends TableName>(table: Table, key: string, row: Rows[Table]) => void
  readonly remove: (table: TableName, key: string) => void
}

export interface OpenDraft {
  readonly draft: Draft
  /** The tables with the changes. The draft is of no use afterwards. */
  readonly close: () => Tables
}

/** Changes stay in the draft; forgetting it takes them all back. */
export const draftOf = (begin: Tables, mode: 'read' | 'write'): OpenDraft => {
  const changed: { -readonly [Table in TableName]?: Map<string, Rows[Table]> } = {}
  let open = true

  const seen = <Table extends TableName>(table: Table): ReadonlyMap<string, Rows[Table]> => {
    if (!open) throw new Error('A transaction was used after its end')
    return changed[table] ?? begin[table]
  }
  const own = <Table extends TableName>(table: Table): Map<string, Rows[Table]> => {
    if (mode === 'read') throw new Error('A reading cannot write')
    const copy: Map<string, Rows[Table]> = changed[table] ?? new Map(seen(table))
    Object.assign(changed, { [table]: copy })
    return copy
  }

  return {
    draft: {
      row: (table, key) => seen(table).get(key),
      rows: (table) => [...seen(table).values()],
      put: (table, key, row) => {
        own(table).set(key, keep(row))
      },
      remove: (table, key) => {
        if (seen(table).has(key)) own(table).delete(key)
      },
    },
    close: () => {
      open = false
      return { ...begin, ...changed }
    },
  }
}
