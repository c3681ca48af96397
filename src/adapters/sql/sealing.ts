import type { CompanyId } from '../../domain/ids.ts'

/**
 * Seals and opens the personal fields of one company, or of the platform. Sealed text opens only in the table, column,
 * company and row that it was sealed for; anything else, and any changed bit, throws.
 */
export interface Sealing {
  readonly seal: (table: string, column: string, rowId: string, text: string) => string
  readonly open: (table: string, column: string, rowId: string, sealed: string) => string
  readonly sealBytes: (table: string, column: string, rowId: string, text: string) => Buffer
  readonly openBytes: (table: string, column: string, rowId: string, sealed: Buffer) => string
  /** Equal texts of one purpose and one company give equal indexes; nothing else can be learnt from them. */
  readonly index: (purpose: string, text: string) => string
}

/** The key ring, unlocked: makes a `Sealing` for whoever's rows are to be read. */
export interface Seals {
  readonly of: (company: CompanyId) => Sealing
  /** For rows that are read before a company is known: users, deliveries, unrouted calls, security events. */
  readonly platform: Sealing
}
