import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { again } from './again.ts'
import { type Engine, type Run, transactionOf } from './engine.ts'
import type { Schema } from './schema.ts'

export interface PostgresEngine extends Engine {
  readonly dialect: 'postgres'
  /** A connection of its own outside the pool, not yet connected: for LISTEN. */
  readonly newClient: () => pg.Client
}

export interface PoolSize {
  readonly min: number
  readonly max: number
}

/** Roles that own nothing: rows are seen through them alone, and each sees what its policy lets it. */
export const companyRole = 'frontdesk_app'
export const systemRole = 'frontdesk_system'

const int8 = 20
const numeric = 1700

/** Counts and moments are whole numbers below 2^53 and read as numbers, as on SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === int8 || id === numeric ? Number : pg.types.getTypeParser(id, format as 'text'),
}

/** Opens a pool. Nothing is connected before it is needed, and a connection that breaks is replaced. */
export const openPostgres = (connectionString: string, size: PoolSize): PostgresEngine => {
  const settings: pg.ClientConfig = {
    connectionString,
    types,
    application_name: 'frontdesk',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  }
  const pool = new pg.Pool({ ...settings, min: size.min, max: size.max, idleTimeoutMillis: 30_000 })
  // An idle connection that breaks is not in anybody's hands: the pool drops it, and the next one connects anew.
  pool.on('error', () => undefined)
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const write = transactionOf(kysely)
  const read: Run = (work) =>
    kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)

  /** The role and the company hold until the transaction ends, and are forgotten with it. */
  const as =
    (run: Run, role: string, company: string): Run =>
    (work) =>
      again(() =>
        run(async (trx) => {
          await sql`select set_config('role', ${role}, true), set_config('frontdesk.company', ${company}, true)`.execute(
            trx,
          )
          return work(trx)
        }),
      )

  return {
    dialect: 'postgres',
    newClient: () => new pg.Client({ ...settings, statement_timeout: false }),
    asCompany: (company, work) => as(write, companyRole, company)(work),
    readAsCompany: (company, work) => as(read, companyRole, company)(work),
    asSystem: (work) => as(write, systemRole, '')(work),
    readAsSystem: (work) => as(read, systemRole, '')(work),
    asOwner: (work) => again(() => write(work)),
    close: () => kysely.destroy(),
  }
}
