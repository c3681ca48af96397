import type { Selectable } from 'kysely'
import type { RoutingOverrides, StoredRoutingOverride } from '../../application/ports/routing-overrides.ts'
import type { CompanyScope } from '../../application/scope.ts'
import { instant } from '../../domain/time.ts'
import { noteChange, takeTurn } from './company-changes.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Engine } from './engine.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing, Seals } from './sealing.ts'
import { type TenantDb, tenantDb } from './tenant-db.ts'

/**
 * Where people send the calls of numbers; where to and who said so is sealed. It is written like a company, for it is
 * known before one is. `written` is called after each commit, so that this process forgets what it knew.
 */
export const sqlRoutingOverrides = (engine: Engine, seals: Seals, written: () => void): RoutingOverrides => {
  const change = async <T>({ company }: CompanyScope, work: (db: TenantDb) => Promise<T>): Promise<T> => {
    const done = await engine.asSystem(async (trx) => {
      await takeTurn(engine, trx)
      const result = await work(tenantDb(trx, engine.dialect, company))
      await noteChange(trx, company)
      return result
    })
    written()
    return done
  }

  return {
    set: (scope, { id, number, createdAt, endsAt, to, createdBy }) =>
      change(scope, async (db) => {
        await db
          .update('routing_overrides')
          .set({ ends_at: createdAt })
          .where('number', '=', number)
          .where('created_at', '<=', createdAt)
          .where('ends_at', '>', createdAt)
          .execute()
        const body = seals.of(scope.company).seal('routing_overrides', 'body', id, toDocument({ to, createdBy }))
        await db.insert('routing_overrides', { id, number, created_at: createdAt, ends_at: endsAt, body }).execute()
      }),
    end: (scope, id, at) =>
      change(scope, async (db) => {
        const row = await db.from('routing_overrides').selectAll().where('id', '=', id).executeTakeFirst()
        if (!row) return undefined
        const ended = { ...overrideFrom(seals.of(scope.company), row), endsAt: instant(Math.min(row.ends_at, at)) }
        await db.update('routing_overrides').set({ ends_at: ended.endsAt }).where('id', '=', id).execute()
        return ended
      }),
    list: ({ company }, { number, at, ...page }) =>
      engine.readAsCompany(company, async (trx) => {
        let query = tenantDb(trx, engine.dialect, company).from('routing_overrides').selectAll()
        if (number !== undefined) query = query.where('number', '=', number)
        if (at !== undefined) query = query.where('created_at', '<=', at).where('ends_at', '>', at)
        return readPage(query, { by: 'created_at', first: 'highest' }, page, (row) =>
          overrideFrom(seals.of(company), row),
        )
      }),
  }
}

/** The newest ones of a number, newest first: as many as could still matter to a late message. */
export const overridesOf = async (
  db: TenantDb,
  seal: Sealing,
  number: string,
): Promise<readonly StoredRoutingOverride[]> => {
  const rows = await db
    .from('routing_overrides')
    .selectAll()
    .where('number', '=', number)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => overrideFrom(seal, row))
}

const overrideFrom = (seal: Sealing, row: Selectable<Schema['routing_overrides']>): StoredRoutingOverride => {
  const stored = {
    id: row.id,
    number: row.number,
    createdAt: row.created_at,
    endsAt: row.ends_at,
    ...(fromDocument(seal.open('routing_overrides', 'body', row.id, row.body)) as Pick<
      StoredRoutingOverride,
      'to' | 'createdBy'
    >),
  }
  return stored as StoredRoutingOverride
}
