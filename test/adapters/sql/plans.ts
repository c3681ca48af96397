import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../../../src/adapters/sql/database.ts'
import type { Run, Trx } from '../../../src/adapters/sql/engine.ts'
import { type TenantDb, tenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'

/** How the database answers each query that `ask` runs, one text a query. What `ask` makes of the rows is no matter. */
export const plansOn =
  (opened: Database) =>
  async (ask: (database: Database) => Promise<unknown>): Promise<readonly string[]> => {
    const plans: string[] = []
    const seen: RootOperationNode[] = []
    const recorder: KyselyPlugin = {
      transformQuery: ({ node }) => {
        seen.push(node)
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const { engine, seals } = opened
    const recording =
      (run: Run): Run =>
      (work) =>
        run(async (trx) => {
          const done = await Promise.allSettled([work(trx.withPlugin(recorder) as typeof trx)])
          for (const node of seen.splice(0)) {
            const { sql: text, parameters } = trx.getExecutor().compileQuery(node, { queryId: 'plan' })
            const explain = engine.dialect === 'sqlite' ? 'explain query plan' : 'explain'
            const { rows } = await trx.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]))
            plans.push(`${text}\n${rows.map((row) => Object.values(row as object).join(' ')).join('\n')}`)
          }
          const [first] = done
          if (first.status === 'rejected') throw first.reason
          return first.value
        })
    const recorded = {
      ...engine,
      asSystem: recording(engine.asSystem),
      readAsSystem: recording(engine.readAsSystem),
      readAsCompany: <T>(company: CompanyId, work: (trx: Trx) => Promise<T>) =>
        recording((inner) => engine.readAsCompany(company, inner))(work),
    }
    await ask({ ...opened, engine: recorded as Database['engine'], seals }).catch(() => undefined)
    return plans
  }

/** The same of a reading of one company. */
export const plansOfCompany =
  (opened: Database, company: CompanyId) => (ask: (db: TenantDb, database: Database) => Promise<unknown>) =>
    plansOn(opened)((recorded) =>
      recorded.engine.readAsCompany(company, (trx) =>
        ask(tenantDb(trx, recorded.engine.dialect, company, 'read'), recorded),
      ),
    )

/** SQLite says SCAN for a whole table, PostgreSQL Seq Scan. */
export const expectIndexed = (plans: readonly string[], ...indexes: readonly string[]): void => {
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).not.toMatch(/\bSCAN \w+\b(?! USING)|Seq Scan/)
  for (const index of indexes) expect(plans.join('\n')).toMatch(index)
}

/** No sorting of what was found: the index gives the order, so that the first page costs one page. */
export const expectOrdered = (plans: readonly string[]): void => {
  for (const plan of plans) expect(plan).not.toMatch(/TEMP B-TREE|Sort/)
}
