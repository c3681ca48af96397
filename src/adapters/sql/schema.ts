import type { ColumnType } from 'kysely'
import type { AgentTables } from './agent-tables.ts'
import type { Blind, Flag, Moment, Own, OwnOrPlatform, Sealed } from './columns.ts'
import type {
  AuditHeadsTable,
  AuditLogTable,
  DeliveriesTable,
  FeatureFlagsTable,
  IdempotentRequestsTable,
  IntakeJournalTable,
  JobsTable,
  KeyChecksTable,
  MigrationsTable,
  PasswordLinksTable,
  SealedKeysTable,
  SecurityEventsTable,
  SessionsTable,
  TokensTable,
  UnroutedCallsTable,
  UsersTable,
} from './system-tables.ts'

/**
 * The tables, the same on SQLite and PostgreSQL. Moments are epoch milliseconds, flags are 0 or 1, JSON is text.
 * `Sealed` text is what `Sealing.seal` gave, `Blind` text what `Sealing.index` gave.
 */
export interface Schema extends AgentTables {
  readonly companies: CompaniesTable
  readonly company_secrets: CompanySecretsTable
  readonly branches: DocumentTable
  readonly services: DocumentTable
  readonly staff: DocumentTable
  readonly agents: DocumentTable
  readonly phone_numbers: PhoneNumbersTable
  readonly branch_agents: BranchAgentsTable
  readonly customers: CustomersTable
  readonly calls: CallsTable
  readonly call_events: CallEventsTable
  readonly rings: RingsTable
  readonly tool_calls: ToolCallsTable
  readonly offers: OffersTable
  readonly suggestions: SuggestionsTable
  readonly occupancy: OccupancyTable
  readonly appointments: AppointmentsTable
  readonly callbacks: CallbacksTable
  readonly wishes: WishesTable
  readonly routing_overrides: RoutingOverridesTable
  readonly blocked_times: BlockedTimesTable
  readonly calendar_feeds: CalendarFeedsTable
  readonly calendar_bookings: CalendarBookingsTable
  readonly alerts: AlertsTable
  readonly audit_log: AuditLogTable
  readonly audit_heads: AuditHeadsTable
  readonly deliveries: DeliveriesTable
  readonly intake_journal: IntakeJournalTable
  readonly live_counters: LiveCountersTable
  readonly live_events: LiveEventsTable
  readonly security_events: SecurityEventsTable
  readonly unrouted_calls: UnroutedCallsTable
  readonly users: UsersTable
  readonly sessions: SessionsTable
  readonly tokens: TokensTable
  readonly feature_flags: FeatureFlagsTable
  readonly password_links: PasswordLinksTable
  readonly idempotent_requests: IdempotentRequestsTable
  readonly jobs: JobsTable
  readonly key_checks: KeyChecksTable
  readonly sealed_keys: SealedKeysTable
  readonly migrations: MigrationsTable
}

interface CompaniesTable {
  readonly id: ColumnType<string, string, never>
  /** Unique over all companies. */
  readonly slug: string
  readonly version: number
  /** Counts the changes of all companies, in the order of their commits. Unique: who is late runs again. */
  readonly changed: number
  /** Sealed JSON of the settings: what a profile is without branches, services, staff and agents. */
  readonly document: Sealed
  readonly created_at: Moment
  readonly retired_at: Moment | null
}

interface CompanySecretsTable {
  readonly company_id: Own
  /** Primary key with the company. */
  readonly name: string
  readonly sealed: Sealed
}

/** Branches, services, staff and agents: a slug that keeps its id, also over a retirement. */
interface DocumentTable {
  readonly company_id: Own
  readonly id: string
  /** Unique in its company. */
  readonly slug: string
  /** Sealed JSON of the spec. */
  readonly document: Sealed
  /** Where it stands in the company file. */
  readonly position: number
  readonly retired_at: Moment | null
}

interface PhoneNumbersTable {
  readonly company_id: Own
  readonly id: string
  /** E.164. Unique over all companies among the active ones. */
  readonly number: string
  readonly branch_id: string
  readonly active: Flag
}

/** Which agent a branch names; primary key (company, branch). */
interface BranchAgentsTable {
  readonly company_id: Own
  readonly branch_id: string
  readonly retell_agent_id: string
}

interface CustomersTable {
  readonly company_id: Own
  readonly id: string
  readonly name: Sealed
  readonly phone: Sealed | null
  /** Unique in its company. */
  readonly phone_index: Blind | null
  readonly email: Sealed | null
  readonly email_index: Blind | null
  readonly language: string | null
  readonly notes: Sealed | null
  readonly first_seen_at: Moment
  /** Written by `setVip` alone, and never beside the rest. */
  readonly vip: ColumnType<Flag, never, Flag>
  readonly vip_at: ColumnType<Moment | null, never, Moment | null>
  /** JSON of who said so. */
  readonly vip_by: ColumnType<Sealed | null, never, Sealed | null>
}

interface CallsTable {
  readonly company_id: Own
  /** Retell's call id. */
  readonly id: string
  readonly branch_id: string | null
  readonly customer_id: string | null
  readonly status: string
  readonly direction: string | null
  readonly outcome: string
  /** When it began as far as known, else when it was first heard of. */
  readonly at: Moment
  readonly started_at: Moment | null
  readonly ended_at: Moment | null
  readonly duration_ms: number | null
  readonly agent_id: string | null
  /** Retell's number. Null also for calls that are older than the column. */
  readonly agent_version: number | null
  readonly caller_index: Blind | null
  /** Sealed JSON of what lists show. */
  readonly card: Sealed
  /** Sealed JSON of the whole call. */
  readonly record: Sealed
  readonly first_heard_at: Moment
}

/** Primary key (company, call, key). */
interface CallEventsTable {
  readonly company_id: Own
  readonly call_id: string
  readonly key: string
  readonly event: string
  readonly at: Moment
  readonly received_at: Moment
  readonly delivery_id: string | null
}

interface RingsTable {
  readonly company_id: Own
  readonly id: string
  readonly branch_id: string
  readonly from_sealed: Sealed | null
  readonly from_index: Blind | null
  readonly to_number: string
  readonly at: Moment
  readonly joined_call: string | null
}

interface ToolCallsTable {
  readonly company_id: Own
  readonly id: string
  readonly call_id: string
  readonly at: Moment
  readonly name: string
  readonly name_as_sent: string
  readonly fingerprint: string
  readonly status: string
  readonly ms: number
  readonly effect: string | null
  /** Sealed JSON of input, resolved, output and vendor calls. */
  readonly body: Sealed
}

interface OffersTable {
  readonly company_id: Own
  readonly id: string
  readonly call_id: string
  readonly attendee: Sealed
  readonly attendee_index: Blind
  readonly branch_id: string
  readonly service_id: string
  readonly staff_id: string | null
  readonly resource_id: string
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly until: Moment
  readonly state: string
}

/** Primary key (company, call, position). */
interface SuggestionsTable {
  readonly company_id: Own
  readonly call_id: string
  readonly position: number
  readonly resource_id: string
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly until: Moment
}

/** Half-open. The database refuses two rows of one resource that overlap. */
interface OccupancyTable {
  readonly company_id: Own
  readonly id: string
  readonly resource_id: string
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly owner: string
  /** Null: for good. */
  readonly until: Moment | null
}

interface AppointmentsTable {
  readonly company_id: Own
  readonly id: string
  readonly branch_id: string
  readonly service_id: string
  readonly staff_id: string | null
  readonly resource_id: string
  readonly customer_id: string | null
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly status: string
  readonly source: string
  readonly call_id: string | null
  readonly created_at: Moment
  readonly cancelled_at: Moment | null
  /** What the other calendar knows of it: synced, pending, failed or review. */
  readonly sync: string
  readonly provider_kind: string
  readonly provider_uid: string | null
  readonly series_id: string | null
  /** Sealed JSON of attendee, notes, segments and history. */
  readonly body: Sealed
}

interface CallbacksTable {
  readonly company_id: Own
  readonly id: string
  readonly call_id: string | null
  readonly branch_id: string | null
  readonly service_id: string | null
  readonly kind: string
  readonly priority: string
  readonly state: string
  readonly due_by: Moment
  readonly escalated_at: Moment | null
  readonly created_at: Moment
  /** Sealed JSON of name, number, reason, message and who does it. */
  readonly body: Sealed
}

interface WishesTable {
  readonly company_id: Own
  readonly id: string
  readonly call_id: string | null
  readonly branch_id: string | null
  readonly service_id: string | null
  readonly created_at: Moment
  /** Sealed JSON of what was wanted and offered. */
  readonly body: Sealed
}

interface RoutingOverridesTable {
  readonly company_id: Own
  readonly id: string
  readonly number: string
  readonly created_at: Moment
  readonly ends_at: Moment
  /** Sealed JSON of where to, and who said so. */
  readonly body: Sealed
}

/** Of one colleague, else of a whole branch. */
interface BlockedTimesTable {
  readonly company_id: Own
  readonly id: string
  readonly staff_id: string | null
  readonly branch_id: string | null
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly created_at: Moment
  /** Sealed JSON of the reason and who said so. */
  readonly body: Sealed
}

interface CalendarFeedsTable {
  readonly company_id: Own
  readonly id: string
  readonly staff_id: string
  /** Of the secret in the feed's address; unique. */
  readonly digest: string
  readonly created_at: Moment
}

interface CalendarBookingsTable {
  readonly company_id: Own
  /** The calendar's name of it. */
  readonly id: string
  readonly appointment_id: string | null
  readonly status: string
  readonly starts_at: Moment
  readonly ends_at: Moment
  readonly seen_at: Moment
  /** Sealed JSON of who comes and everything else that the calendar told. */
  readonly body: Sealed
}

/** Unique by (company or none, id), and among the open ones by (company or none, key). */
interface AlertsTable {
  readonly company_id: OwnOrPlatform
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly severity: string
  readonly message: string
  readonly call_id: string | null
  readonly appointment_id: string | null
  readonly created_at: Moment
  readonly resolved_at: Moment | null
}

interface LiveCountersTable {
  readonly company_id: Own
  readonly last: number
}

/** Primary key (company, seq). */
interface LiveEventsTable {
  readonly company_id: Own
  readonly seq: number
  readonly kind: string
  /** JSON. */
  readonly data: string
  readonly at: Moment
}

/** The tables of which a company has rows of its own. */
export type TenantTable =
  | 'branches'
  | 'services'
  | 'staff'
  | 'agents'
  | 'phone_numbers'
  | 'branch_agents'
  | 'customers'
  | 'calls'
  | 'call_events'
  | 'rings'
  | 'tool_calls'
  | 'offers'
  | 'suggestions'
  | 'occupancy'
  | 'appointments'
  | 'callbacks'
  | 'wishes'
  | 'routing_overrides'
  | 'blocked_times'
  | 'calendar_feeds'
  | 'calendar_bookings'
  | 'alerts'
  | 'audit_log'
  | 'audit_heads'
  | 'deliveries'
  | 'jobs'
  | 'live_counters'
  | 'live_events'
  | keyof AgentTables
