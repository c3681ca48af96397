import { sql } from 'kysely'
import { err, ok, type Result } from 'neverthrow'
import type { Instant } from '../../domain/time.ts'
import type { Engine, Trx } from './engine.ts'
import { migrations as ours } from './migrations/all.ts'
import type { Migration } from './migrations/migration.ts'

export interface MigrationStatus {
  readonly name: string
  /** Undefined: not applied yet. */
  readonly appliedAt: number | undefined
}

/** The database was changed by a newer version of frontdesk, which alone knows these. */
export type NewerDatabase = { readonly kind: 'newer-database'; readonly unknown: readonly string[] }

/** A step cannot be taken back while something waits in what it made. */
export type StillInUse = { readonly kind: 'still-in-use'; readonly migration: string }

/** One at a time, whatever number of processes start at once. */
const migrationLock = 7_305_417_620_881

/** Every migration that is known, in order. */
export const migrationStatus = async (
  engine: Engine,
  migrations: readonly Migration[] = ours,
): Promise<Result<readonly MigrationStatus[], NewerDatabase>> =>
  engine.asOwner(async (trx) => {
    const applied = await appliedIn(trx)
    const unknown = unknownOf(applied, migrations)
    return unknown ? err(unknown) : ok(migrations.map(({ name }) => ({ name, appliedAt: applied.get(name) })))
  })

/** Takes every step that was not taken yet, each in a transaction of its own, and names them. */
export const migrateUp = async (
  engine: Engine,
  now: Instant,
  migrations: readonly Migration[] = ours,
): Promise<Result<readonly string[], NewerDatabase>> => {
  const taken: string[] = []
  for (const migration of migrations) {
    const step = await locked(engine, async (trx): Promise<Result<boolean, NewerDatabase>> => {
      const applied = await appliedIn(trx)
      const unknown = unknownOf(applied, migrations)
      if (unknown) return err(unknown)
      if (applied.has(migration.name)) return ok(false)
      await migration.up(trx, engine.dialect)
      await trx.insertInto('migrations').values({ name: migration.name, applied_at: now }).execute()
      return ok(true)
    })
    if (step.isErr()) return err(step.error)
    if (step.value) taken.push(migration.name)
  }
  return ok(taken)
}

/** Goes back over the last `steps` that were taken, newest first, each in a transaction of its own, and names them. */
export const migrateDown = async (
  engine: Engine,
  steps: number,
  migrations: readonly Migration[] = ours,
): Promise<Result<readonly string[], NewerDatabase | StillInUse>> => {
  const undone: string[] = []
  for (let step = 0; step < steps; step += 1) {
    const back = await locked(engine, async (trx): Promise<Result<string | undefined, NewerDatabase | StillInUse>> => {
      const applied = await appliedIn(trx)
      const unknown = unknownOf(applied, migrations)
      if (unknown) return err(unknown)
      const last = migrations.findLast(({ name }) => applied.has(name))
      if (!last) return ok(undefined)
      if (last.mayGoBack && !(await last.mayGoBack(trx))) return err({ kind: 'still-in-use', migration: last.name })
      await last.down(trx, engine.dialect)
      await trx.deleteFrom('migrations').where('name', '=', last.name).execute()
      return ok(last.name)
    })
    if (back.isErr()) return err(back.error)
    if (back.value === undefined) break
    undone.push(back.value)
  }
  return ok(undone)
}

const locked = <T>(engine: Engine, work: (trx: Trx) => Promise<T>): Promise<T> =>
  engine.asOwner(async (trx) => {
    if (engine.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx)
    const moment = engine.dialect === 'postgres' ? 'bigint' : 'integer'
    await trx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('applied_at', moment, (column) => column.notNull())
      .execute()
    return work(trx)
  })

const appliedIn = async (trx: Trx): Promise<ReadonlyMap<string, number>> => {
  if (!(await trx.introspection.getTables()).some(({ name }) => name === 'migrations')) return new Map()
  const rows = await trx.selectFrom('migrations').selectAll().execute()
  return new Map(rows.map(({ name, applied_at }) => [name, applied_at]))
}

const unknownOf = (
  applied: ReadonlyMap<string, number>,
  migrations: readonly Migration[],
): NewerDatabase | undefined => {
  const unknown = [...applied.keys()].filter((name) => !migrations.some((one) => one.name === name))
  return unknown.length > 0 ? { kind: 'newer-database', unknown } : undefined
}
