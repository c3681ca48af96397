import {
  type DeleteQueryBuilder,
  type DeleteResult,
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type SelectQueryBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely'
import { err, ok, type Result } from 'neverthrow'
import type { CompanyId } from '../../domain/ids.ts'
import { brokenConstraint, type ConstraintBroken } from './constraint.ts'
import type { Dialect, Trx } from './engine.ts'
import type { Schema, TenantTable } from './schema.ts'

/** A query that starts here knows one table. To join another, join `db.from(other).selectAll().as('other')`. */
type Only<T extends TenantTable> = Pick<Schema, T>
export type NewRow<T extends TenantTable> = Omit<Insertable<Schema[T]>, 'company_id'>

/** All that a repository ever sees of the database. It has no method that forgets the company. */
export interface TenantDb {
  readonly dialect: Dialect
  /** For associated data alone; queries carry it anyway. */
  readonly company: CompanyId
  readonly from: <T extends TenantTable>(table: T) => SelectQueryBuilder<Only<T>, T, object>
  /** As `from`, and the rows stay ours until the transaction ends. A reading has nothing for itself. */
  readonly locked: <T extends TenantTable>(table: T) => SelectQueryBuilder<Only<T>, T, object>
  /** One row or several; an empty list is a defect. */
  readonly insert: <T extends TenantTable>(
    table: T,
    row: NewRow<T> | readonly NewRow<T>[],
  ) => InsertQueryBuilder<Only<T>, T, InsertResult>
  readonly update: <T extends TenantTable>(table: T) => UpdateQueryBuilder<Only<T>, T, T, UpdateResult>
  readonly delete: <T extends TenantTable>(table: T) => DeleteQueryBuilder<Only<T>, T, DeleteResult>
  /**
   * Runs `work` in a savepoint. When a statement breaks a constraint everything `work` did is undone and the
   * transaction goes on, on both databases. Nothing else of the transaction may run beside it.
   */
  readonly guarded: <T>(work: () => Promise<T>) => Promise<Result<T, ConstraintBroken>>
  /**
   * Waits until no other transaction of this company holds the name, and holds it until this one ends. Take several in
   * order. It spares deadlocks where many want the same; what must not happen is a constraint's business. A reading holds
   * nothing and waits for nobody.
   */
  readonly hold: (name: string) => Promise<void>
}

/** The database as one company sees it. PostgreSQL checks the same once more by row-level security. */
export const tenantDb = (
  trx: Trx,
  dialect: Dialect,
  company: CompanyId,
  mode: 'read' | 'write' = 'write',
): TenantDb => {
  const locks = dialect === 'postgres' && mode === 'write'
  const from = <T extends TenantTable>(table: T) =>
    trx.selectFrom<TenantTable>(table).where('company_id', '=', company) as unknown as SelectQueryBuilder<
      Only<T>,
      T,
      object
    >
  return {
    dialect,
    company,
    from,
    locked: (table) => (locks ? from(table).forUpdate() : from(table)),
    insert: <T extends TenantTable>(table: T, row: NewRow<T> | readonly NewRow<T>[]) => {
      const rows = (Array.isArray(row) ? row : [row]).map((one: NewRow<T>) => ({ ...one, company_id: company }))
      return trx.insertInto(table).values(rows as never) as unknown as InsertQueryBuilder<Only<T>, T, InsertResult>
    },
    update: <T extends TenantTable>(table: T) =>
      trx.updateTable(table as 'calls').where('company_id', '=', company) as unknown as UpdateQueryBuilder<
        Only<T>,
        T,
        T,
        UpdateResult
      >,
    delete: <T extends TenantTable>(table: T) =>
      trx.deleteFrom(table as 'calls').where('company_id', '=', company) as unknown as DeleteQueryBuilder<
        Only<T>,
        T,
        DeleteResult
      >,
    hold: async (name) => {
      if (!locks) return
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${company}/${name}`}, 0))`.execute(trx)
    },
    guarded: async (work) => {
      await sql`savepoint guarded`.execute(trx)
      try {
        const done = await work()
        await sql`release savepoint guarded`.execute(trx)
        return ok(done)
      } catch (fault) {
        const broken = brokenConstraint(fault)
        if (!broken) throw fault
        await sql`rollback to savepoint guarded`.execute(trx)
        await sql`release savepoint guarded`.execute(trx)
        return err(broken)
      }
    },
  }
}
