import type { Generated } from 'kysely'
import type { Blind, Flag, Moment, OwnOrPlatform, Sealed } from './columns.ts'

export interface SecurityEventsTable {
  readonly id: string
  readonly company_id: OwnOrPlatform
  readonly kind: string
  readonly severity: string
  readonly at: Moment
  readonly address: string | null
  /** Under the platform. */
  readonly actor: Sealed | null
  readonly detail: string
}

/** Sealed under the platform. */
export interface UnroutedCallsTable {
  readonly id: string
  readonly account_id: string | null
  /** Unique: account and call id, or account and numbers, as a blind index. */
  readonly call_key: Blind
  readonly call_id: string | null
  readonly from_number: Sealed | null
  readonly to_number: Sealed | null
  readonly agent_id: string | null
  readonly received_at: Moment
  /** JSON list of event names. */
  readonly events: string
  /** Both null while it waits. */
  readonly assigned_company: string | null
  readonly assigned_branch: string | null
}

/** Sealed under the platform, for an e-mail is looked up before a company is known. */
export interface UsersTable {
  readonly id: string
  readonly company_id: OwnOrPlatform
  readonly email: Sealed
  /** Unique. */
  readonly email_index: Blind
  readonly role: string
  readonly password_hash: string | null
  readonly failed_logins: number
  readonly locked_until: Moment | null
  readonly disabled: Flag
  readonly sees_vip: Flag
  readonly created_at: Moment
}

/** Append-only: one chain of each company, and one of the platform. */
export interface AuditLogTable {
  readonly company_id: OwnOrPlatform
  readonly id: string
  /** Unique by (company or none). */
  readonly seq: number
  readonly at: Moment
  readonly kind: string
  /** Under the platform, so that one person is found in all chains. */
  readonly actor_index: Blind
  readonly subject_kind: string | null
  readonly subject_id: string | null
  readonly hash: string
  /** Sealed JSON of actor, address and facts. */
  readonly body: Sealed
}

/** Where each chain ended last; none for one that has no entry. */
export interface AuditHeadsTable {
  readonly company_id: OwnOrPlatform
  readonly seq: number
  /** Of the number and the hash of the last entry, made with the key of the blind indexes. */
  readonly proof: Blind
}

/** What was said of a flag; the rest of it stands in the code. */
export interface FeatureFlagsTable {
  readonly name: string
  /** JSON. */
  readonly rules: string
  readonly changed_at: Moment
}

export interface SessionsTable {
  readonly digest: string
  readonly user_id: string
  readonly created_at: Moment
  readonly expires_at: Moment
}

export interface TokensTable {
  readonly id: string
  /** Unique. */
  readonly digest: string
  readonly company_id: OwnOrPlatform
  readonly role: string
  readonly sees_vip: Flag
  readonly created_at: Moment
  readonly expires_at: Moment | null
}

export interface PasswordLinksTable {
  readonly digest: string
  readonly user_id: string
  readonly expires_at: Moment
}

/** Primary key (principal, path, key). */
export interface IdempotentRequestsTable {
  readonly principal: string
  readonly path: string
  readonly key: string
  readonly company_id: OwnOrPlatform
  readonly digest: string
  readonly begun_at: Moment
  /** Null: not answered yet. */
  readonly status: number | null
  /** Under the platform. */
  readonly body: Sealed | null
}

/** Of a company or the platform; sealed under the platform, for workers take it before they look whose it is. */
export interface JobsTable {
  readonly id: string
  readonly company_id: OwnOrPlatform
  readonly kind: string
  readonly payload: Sealed
  /** Unique by (company or none, key) among the waiting ones where it is not null. */
  readonly key: string | null
  /** While it is lent, the lease's end, or an earlier moment when it was asked for again meanwhile. */
  readonly run_at: Moment
  readonly attempt: number
  readonly lease_until: Moment | null
  readonly state: string
  readonly error: string | null
  /** JSON. */
  readonly progress: string | null
  readonly created_at: Moment
}

export interface DeliveriesTable {
  readonly id: string
  /** Who may see it: the owner, else the account whose inbox keeps it. Null: only the platform. */
  readonly company_id: OwnOrPlatform
  /** The company whose call it is; null: nobody owns the number. */
  readonly owner_id: string | null
  readonly account_id: string | null
  readonly source: string
  readonly event: string
  readonly call_id: string | null
  readonly received_at: Moment
  readonly address: string
  readonly outcome: string
  /** JSON. */
  readonly stages: string
  readonly attempt: number
  /** Unique where it is not null. */
  readonly dedupe_key: string | null
  /** What `Sealing.sealBytes` gave, under the platform and the row's id. */
  readonly body: Buffer | null
  /** When a worker has to look at it; a lease moves it to the lease's end. */
  readonly due_at: Moment | null
}

/** Deliveries of one moment, sealed together under the platform and the id of the first of them. */
export interface IntakeJournalTable {
  /** Given by SQLite; in the order of arrival. */
  readonly seq: Generated<number>
  readonly id: string
  /** What `Sealing.sealBytes` gave: a JSON list. */
  readonly body: Buffer
}

/** Proves that a key of the ring is the one that this database was sealed with. */
export interface KeyChecksTable {
  readonly key_id: string
  readonly check_value: string
}

/** Keys that rotation does not change, sealed under the ring. */
export interface SealedKeysTable {
  readonly purpose: string
  readonly sealed: Sealed
}

export interface MigrationsTable {
  readonly name: string
  readonly applied_at: Moment
}
