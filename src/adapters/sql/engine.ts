import type { Kysely, Transaction } from 'kysely'
import type { CompanyId } from '../../domain/ids.ts'
import type { Schema } from './schema.ts'

export type Dialect = 'sqlite' | 'postgres'
export type Trx = Transaction<Schema>
export type Run = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>

/**
 * An open database. There is no query outside a transaction, and a transaction says on whose behalf it runs: PostgreSQL
 * enforces it by row-level security. What throws is rolled back; what the database asks to try again (a deadlock, a
 * lost race) runs again as a whole, so `work` has no effect outside.
 */
export interface Engine {
  readonly dialect: Dialect
  /** Writes on behalf of one company. Repositories see it as a `TenantDb` only. */
  readonly asCompany: <T>(company: CompanyId, work: (trx: Trx) => Promise<T>) => Promise<T>
  /** One consistent reading on behalf of one company. Writing in it throws. */
  readonly readAsCompany: <T>(company: CompanyId, work: (trx: Trx) => Promise<T>) => Promise<T>
  /** Writes what is kept without a company, or for several: inbox, identities, jobs, company files. */
  readonly asSystem: Run
  /** One consistent reading across companies: directory, platform lists. Writing in it throws. */
  readonly readAsSystem: Run
  /** For migrations alone: as the login itself, which owns the tables and sees none of their rows on PostgreSQL. */
  readonly asOwner: Run
  readonly close: () => Promise<void>
}

/** Thrown inside `asCompany` and `asSystem` by whoever lost a race that a second run of the transaction wins. */
export class RaceLost extends Error {
  override readonly name = 'RaceLost'
}

/** Runs the work of a transaction on what Kysely opened. */
export const transactionOf =
  (kysely: Kysely<Schema>): Run =>
  (work) =>
    kysely.transaction().execute(work)
