import type { KeyRing } from '../../application/ports/keyring.ts'
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

const platformName = 'platform'

/** `indexKey` is a key of its own, so that a new key ring finds what the old one indexed. */
export const sealsOf = (ring: KeyRing, indexKey: string): Seals => {
  const digest = ring.indexWith(indexKey)
  const sealing = (owner: string): Sealing => {
    // A row's id comes last: it alone may hold a line break.
    const context = (table: string, column: string, rowId: string) => `${table}\n${column}\n${owner}\n${rowId}`
    return {
      seal: (table, column, rowId, text) => ring.sealText(context(table, column, rowId), text),
      open: (table, column, rowId, sealed) => ring.openText(context(table, column, rowId), sealed),
      sealBytes: (table, column, rowId, text) => {
        const { buffer, byteOffset, byteLength } = ring.sealBytes(context(table, column, rowId), text)
        return Buffer.from(buffer, byteOffset, byteLength)
      },
      openBytes: (table, column, rowId, sealed) => ring.openBytes(context(table, column, rowId), sealed),
      index: (purpose, text) => digest(`${purpose}\n${owner}`, text),
    }
  }
  return { of: sealing, platform: sealing(platformName) }
}
