import type { AuditEntry, BrokenLink } from '../../domain/access/audit-entry.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { noteLook } from '../access/audited.ts'
import type { AuditQuery } from '../ports/audit.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

/** Writes down that somebody takes the company file out, with the names and addresses in it. */
export const noteCompanyExport =
  (ports: Pick<Ports, 'store' | 'clock' | 'ids'>) =>
  (scope: CompanyScope): Promise<void> =>
    noteLook(ports)(scope, { kind: 'company.exported', subject: { kind: 'company', id: scope.company } })

/** Newest first. */
export const listAuditLog =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, query: AuditQuery): Promise<Page<AuditEntry>> =>
    store.read(scope, (tx) => tx.audit.list(query))

export interface PlatformAuditEntry extends AuditEntry {
  /** Undefined: it concerns the platform itself. */
  readonly company: CompanyId | undefined
}

/** Of every company and of none, newest first. */
export const listPlatformAuditLog =
  ({ audit }: Pick<Ports, 'audit'>) =>
  (scope: PlatformScope, query: AuditQuery): Promise<Page<PlatformAuditEntry>> =>
    audit.list(scope, query)

/** The first link of the company's chain that does not hold. Reads all of it. */
export const verifyAuditLog =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope): Promise<BrokenLink | undefined> =>
    store.read(scope, (tx) => tx.audit.firstBroken())
