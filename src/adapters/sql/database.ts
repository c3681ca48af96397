import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { err, ok, type Result } from 'neverthrow'
import type { Clock } from '../../application/ports/ambient.ts'
import type { FindKeys, KeyFault, KeyRingFailure } from '../../application/ports/keyring.ts'
import { codeOf } from './constraint.ts'
import { isSealed, unlock } from './keys.ts'
import { migrateUp, migrationStatus, type NewerDatabase, type StillInUse } from './migrate.ts'
import type { PoolSize, PostgresEngine } from './postgres.ts'
import type { Seals } from './sealing.ts'
import { openSqlite, type SqliteEngine } from './sqlite.ts'

export type SqlEngine = SqliteEngine | PostgresEngine

export type DatabaseFailure =
  | { readonly kind: 'database-url-unusable'; readonly reason: 'scheme' | 'no-path' | 'malformed' }
  /** `code` is the system's or the database's own: ECONNREFUSED, 28P01, SQLITE_CANTOPEN. */
  | { readonly kind: 'database-unreachable'; readonly where: string; readonly code: string }
  /** Something that the login may not do, such as making the roles of row-level security. */
  | { readonly kind: 'database-forbids'; readonly where: string; readonly code: string }
  | { readonly kind: 'older-database'; readonly pending: readonly string[] }
  | NewerDatabase
  | StillInUse
  | KeyRingFailure
  | KeyFault

export interface DatabaseOptions {
  readonly findKeys: FindKeys
  readonly clock: Clock
  /** `refuse`: an older database is left as it is. */
  readonly migrations: 'apply' | 'refuse'
  /** PostgreSQL alone. */
  readonly pool: PoolSize
}

export interface Database {
  readonly engine: SqlEngine
  readonly seals: Seals
  /** The migrations that were applied just now. */
  readonly migrated: readonly string[]
  /** The file in which a new key ring was made just now. */
  readonly madeKeyRing: string | undefined
}

/** Where a database is, without its password. */
interface Place {
  readonly where: string
  /** Undefined: on a server. */
  readonly file: string | undefined
  /** Loads what this kind of database needs, and no other. */
  readonly open: () => Promise<SqlEngine>
}

/** Opens, brings up to date and unlocks a database. After a failure nothing is left open. */
export const openDatabase = async (
  url: string,
  options: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> => {
  const opened = await openEngine(url, options.pool)
  if (opened.isErr()) return err(opened.error)
  const { engine, place } = opened.value
  const ready = await prepare(engine, place, options).catch(async (fault: unknown) => {
    await engine.close()
    throw fault
  })
  if (ready.isErr()) await engine.close()
  return ready
}

/** Opens a database as it is: for the commands that migrate, which need no key. */
export const openEngine = async (
  url: string,
  pool: PoolSize,
): Promise<Result<{ readonly engine: SqlEngine; readonly place: Place }, DatabaseFailure>> => {
  const place = placeOf(url, pool)
  if (place.isErr()) return err(place.error)
  let engine: SqlEngine | undefined
  try {
    engine = await place.value.open()
    await engine.asOwner(async (trx) => trx.selectNoFrom((no) => no.val(1).as('one')).execute())
    return ok({ engine, place: place.value })
  } catch (fault) {
    await engine?.close()
    const code = codeOf(fault)
    if (code === undefined) throw fault
    return err({ kind: 'database-unreachable', where: place.value.where, code })
  }
}

const prepare = async (
  engine: SqlEngine,
  { where, file }: Place,
  { findKeys, clock, migrations }: DatabaseOptions,
): Promise<Result<Database, DatabaseFailure>> => {
  try {
    const migrated = migrations === 'apply' ? await migrateUp(engine, clock.now()) : await nothingPending(engine)
    if (migrated.isErr()) return err(migrated.error)
    const found = findKeys({ isEmpty: !(await isSealed(engine)), file })
    if (found.isErr()) return err(found.error)
    const seals = await unlock(engine, found.value.ring)
    if (seals.isErr()) return err(seals.error)
    return ok({ engine, seals: seals.value, migrated: migrated.value, madeKeyRing: found.value.made })
  } catch (fault) {
    const code = codeOf(fault)
    if (code !== insufficientPrivilege) throw fault
    return err({ kind: 'database-forbids', where, code })
  }
}

const insufficientPrivilege = '42501'

const nothingPending = async (engine: SqlEngine): Promise<Result<readonly string[], DatabaseFailure>> => {
  const status = await migrationStatus(engine)
  if (status.isErr()) return err(status.error)
  const pending = status.value.filter(({ appliedAt }) => appliedAt === undefined).map(({ name }) => name)
  return pending.length > 0 ? err({ kind: 'older-database', pending }) : ok([])
}

const placeOf = (url: string, pool: PoolSize): Result<Place, DatabaseFailure> => {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length)
    if (path === '') return err({ kind: 'database-url-unusable', reason: 'no-path' })
    const file = path === ':memory:' ? path : resolve(path)
    return ok({ where: file, file, open: async () => openSqlite(prepared(file)) })
  }
  if (!/^postgres(ql)?:/.test(url)) return err({ kind: 'database-url-unusable', reason: 'scheme' })
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed) return err({ kind: 'database-url-unusable', reason: 'malformed' })
  const where = `${parsed.hostname || 'localhost'}:${parsed.port || '5432'}${parsed.pathname}`
  return ok({ where, file: undefined, open: async () => (await import('./postgres.ts')).openPostgres(url, pool) })
}

/** The folder and an empty file that its owner alone can read, unless they are there. */
const prepared = (file: string): string => {
  if (file === ':memory:') return file
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // SQLite says why it cannot open the file.
  }
  return file
}
