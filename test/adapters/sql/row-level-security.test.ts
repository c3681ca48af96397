import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Trx } from '../../../src/adapters/sql/engine.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import { aCustomer, type Company, newCompany, within } from '../../contracts/fixtures.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { asAdmin } from '../../databases/postgres-server.ts'
import { type TestDatabase, testDatabase } from '../../databases/test-databases.ts'
import { fillEverything } from './fill-everything.ts'

/** The second wall: what PostgreSQL refuses although the query that was sent forgot the company. */
describe('row-level security on PostgreSQL', () => {
  let database: TestDatabase
  let opened: OpenPorts
  let ports: Ports
  let mine: Company
  let other: Company

  beforeAll(async () => {
    database = await testDatabase('PostgreSQL').make()
    opened = await openPorts(database)
    ports = opened.ports
    mine = await fillEverything(ports)
    other = await newCompany(ports)
    await within(ports, other, (tx) => tx.customers.add(aCustomer(ports)))
  })
  afterAll(async () => {
    await opened.close()
    await database.drop()
  })

  const asMine = <T>(work: (trx: Trx) => Promise<T>) => opened.database.engine.asCompany(mine.scope.company, work)
  const companiesIn = async (trx: Trx, table: string): Promise<readonly string[]> => {
    const found = await sql<{
      readonly company_id: string
    }>`select distinct company_id from ${sql.table(table)}`.execute(trx)
    return found.rows.map(({ company_id }) => company_id)
  }
  const tablesWithCompany = () =>
    opened.database.engine.asOwner(async (trx) => {
      const tables = await trx.introspection.getTables()
      return tables.filter(({ columns }) => columns.some(({ name }) => name === 'company_id')).map(({ name }) => name)
    })

  it('is on and forced for every table but the list of migrations', async () => {
    const open = await opened.database.engine.asOwner(async (trx) => {
      const { rows } = await sql<{ readonly relname: string }>`
        select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
          and not (relrowsecurity and relforcerowsecurity)`.execute(trx)
      return rows.map(({ relname }) => relname)
    })
    expect(open).toEqual(['migrations'])
  })

  it('shows a company its own rows alone, whatever it asks for', async () => {
    let seen = 0
    for (const table of await tablesWithCompany()) {
      const companies = await asMine((trx) => companiesIn(trx, table)).catch((fault: Error) => fault.message)
      if (typeof companies === 'string') expect(companies).toMatch(/permission denied/)
      else {
        seen += companies.length
        for (const company of companies) expect([table, company]).toEqual([table, mine.scope.company])
      }
    }
    expect(seen).toBeGreaterThan(15)
  })

  it('lets a company change, delete and write nobody else’s rows', async () => {
    const changed = await asMine((trx) =>
      trx.updateTable('customers').set({ language: 'en' }).where('company_id', '=', other.scope.company).execute(),
    )
    expect(changed.map(({ numUpdatedRows }) => numUpdatedRows)).toEqual([0n])
    const deleted = await asMine((trx) =>
      trx.deleteFrom('customers').where('company_id', '=', other.scope.company).execute(),
    )
    expect(deleted.map(({ numDeletedRows }) => numDeletedRows)).toEqual([0n])
    const counter = { company_id: other.scope.company, last: 7 }
    await expect(asMine((trx) => trx.insertInto('live_counters').values(counter).execute())).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('keeps from a company the secrets and people of everybody', async () => {
    for (const table of ['company_secrets', 'users', 'sessions', 'tokens', 'sealed_keys'] as const) {
      await expect(asMine((trx) => trx.selectFrom(table).selectAll().execute())).rejects.toMatchObject({
        code: '42501',
      })
    }
  })

  it('shows the login itself nothing, also when it names a company', async () => {
    for (const table of await tablesWithCompany()) {
      const rows = await opened.database.engine.asOwner(async (trx) => {
        await sql`select set_config('frontdesk.company', ${mine.scope.company}, true)`.execute(trx)
        return companiesIn(trx, table)
      })
      expect([table, rows]).toEqual([table, []])
    }
  })

  it('forgets the role and the company when a transaction ends, however it ends', async () => {
    await asMine(async () => undefined)
    await asMine(() => Promise.reject(new Error('over'))).catch(() => undefined)
    for (let turn = 0; turn < 12; turn += 1) {
      const { rows } = await opened.database.engine.asOwner((trx) =>
        sql`select current_user as role, current_setting('frontdesk.company', true) as company`.execute(trx),
      )
      expect(rows).toEqual([{ role: inject('postgres').login, company: expect.toBeOneOf([null, '']) }])
    }
  })

  it('gives the roles no login and no way past it', async () => {
    const { adminUrl } = inject('postgres')
    const roles = await asAdmin(adminUrl, (admin) =>
      admin.query(
        "select rolcanlogin, rolbypassrls, rolsuper from pg_roles where rolname in ('frontdesk_app', 'frontdesk_system')",
      ),
    )
    const powerless = { rolcanlogin: false, rolbypassrls: false, rolsuper: false }
    expect(roles.rows).toEqual([powerless, powerless])
  })
})
