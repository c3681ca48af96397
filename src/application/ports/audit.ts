import type { AuditEntry, AuditKind, AuditSubject, BrokenLink, NewAuditEntry } from '../../domain/access/audit-entry.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { PlatformScope } from '../scope.ts'
import type { Page, PageRequest } from './page.ts'

export interface AuditQuery extends PageRequest {
  readonly kind?: AuditKind
  /** The name of a user or token, whole. */
  readonly actor?: string
  readonly subject?: AuditSubject
  readonly from?: Instant
  /** The first moment that is no longer wanted. */
  readonly to?: Instant
}

/** Who looked at what and who changed what: a chain of entries that only grows. Nothing changes one or takes it back. */
export interface Audit {
  /** Joined to the end of the company's chain; nobody else appends to it until the transaction ends. */
  readonly append: (entry: NewAuditEntry) => Promise<AuditEntry>
  /** In the order of the chain, newest first. */
  readonly list: (query: AuditQuery) => Promise<Page<AuditEntry>>
  /**
   * Reads the whole chain. Undefined: every link holds. Entries that were taken off its very end are missed, unless the
   * whole log was. */
  readonly firstBroken: () => Promise<BrokenLink | undefined>
}

/** The chain of what concerns no company, and the chains of all beside each other. */
export interface PlatformAudit {
  readonly append: (scope: PlatformScope, entry: NewAuditEntry) => Promise<AuditEntry>
  /** Of every company and of none, newest first. */
  readonly list: (
    scope: PlatformScope,
    query: AuditQuery,
  ) => Promise<Page<AuditEntry & { readonly company: CompanyId | undefined }>>
  /** As `Audit.firstBroken`, of the platform's own chain. */
  readonly firstBroken: (scope: PlatformScope) => Promise<BrokenLink | undefined>
}
