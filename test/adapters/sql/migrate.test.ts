import { afterEach, describe, expect, it } from 'vitest'
import { openEngine, type SqlEngine } from '../../../src/adapters/sql/database.ts'
import { migrateDown, migrateUp, migrationStatus } from '../../../src/adapters/sql/migrate.ts'
import { migrations } from '../../../src/adapters/sql/migrations/all.ts'
import type { Migration } from '../../../src/adapters/sql/migrations/migration.ts'
import { instant } from '../../../src/domain/time.ts'
import { first, newCompany, platform, within } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabase, testDatabases } from '../../databases/test-databases.ts'
import { fillEverything } from './fill-everything.ts'

const all = migrations.map(({ name }) => name)
const later = {
  name: '9999-from-tomorrow',
  up: async () => undefined,
  down: async () => undefined,
}

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})

const engineOn = async ({ url }: TestDatabase): Promise<SqlEngine> => {
  const { engine } = (await openEngine(url, { min: 0, max: 4 }))._unsafeUnwrap()
  closings.push(engine.close)
  return engine
}
const newDatabase = async (kind: (typeof testDatabases)[number], contents: 'empty' | 'migrated') => {
  const database = await kind.make(contents)
  closings.push(database.drop)
  return database
}

describe.each(testDatabases)('migrations on $name', (kind) => {
  it('go up once, and the status says when', async () => {
    const engine = await engineOn(await newDatabase(kind, 'empty'))
    const before = (await migrationStatus(engine))._unsafeUnwrap()
    expect(before.map(({ appliedAt }) => appliedAt)).toEqual(all.map(() => undefined))
    expect((await migrateUp(engine, instant(5)))._unsafeUnwrap()).toEqual(all)
    expect((await migrateUp(engine, instant(6)))._unsafeUnwrap()).toEqual([])
    expect((await migrationStatus(engine))._unsafeUnwrap()).toEqual(all.map((name) => ({ name, appliedAt: 5 })))
  })

  it('go down and up again with data in every table', async () => {
    const database = await newDatabase(kind, 'empty')
    const { ports, database: opened, close } = await openPorts(database)
    closings.push(close)
    const { engine } = opened
    await fillEverything(ports)
    const tables = await tableNames(engine)
    const unused = kind.name === 'PostgreSQL' ? ['intake_journal'] : []
    for (const table of tables) {
      if (!unused.includes(table)) expect([table, await rowsIn(engine, table)]).not.toEqual([table, 0])
    }
    // What waits in the journal stands in the way.
    await ports.inbox.nextDue()

    for (let steps = 1; steps < all.length; steps += 1) {
      expect((await migrateDown(engine, steps))._unsafeUnwrap()).toEqual(all.slice(-steps).toReversed())
      expect((await migrateUp(engine, instant(7)))._unsafeUnwrap()).toEqual(all.slice(-steps))
      expect(await tableNames(engine)).toEqual(tables)
    }
    expect((await migrateDown(engine, all.length + 3))._unsafeUnwrap()).toEqual(all.toReversed())
    expect(await tableNames(engine)).toEqual(['migrations'])
    expect((await migrateUp(engine, instant(7)))._unsafeUnwrap()).toEqual(all)
    expect(await tableNames(engine)).toEqual(tables)
  })

  it('work again after they came back', async () => {
    const database = await newDatabase(kind, 'empty')
    const engine = await engineOn(database)
    if (kind.name === 'SQLite in memory') return
    await migrateUp(engine, instant(0))
    await migrateDown(engine, all.length)
    const { ports, close } = await openPorts(database)
    closings.push(close)
    const company = await newCompany(ports)
    await within(ports, company, (tx) => tx.calls.open('call_a', first(company.profile.branches).id, instant(1)))
    expect((await ports.inbox.listAll(platform, { limit: 1, cursor: undefined })).items).toEqual([])
  })

  it('leave nothing of a step that failed', async () => {
    const engine = await engineOn(await newDatabase(kind, 'empty'))
    const fault = new Error('half way')
    const failing: Migration = {
      name: '9998-half-way',
      up: async (trx) => {
        await trx.schema.createTable('half').addColumn('id', 'text').execute()
        throw fault
      },
      down: later.down,
    }
    await expect(migrateUp(engine, instant(0), [...migrations, failing])).rejects.toBe(fault)
    expect((await migrationStatus(engine))._unsafeUnwrap().map(({ appliedAt }) => appliedAt)).toEqual(all.map(() => 0))
    expect(await tableNames(engine)).not.toContain('half')
  })

  it('touch no database that a newer version changed', async () => {
    const engine = await engineOn(await newDatabase(kind, 'empty'))
    await migrateUp(engine, instant(0), [...migrations, later])
    const refusal = { kind: 'newer-database', unknown: [later.name] }
    expect((await migrationStatus(engine))._unsafeUnwrapErr()).toEqual(refusal)
    expect((await migrateUp(engine, instant(0)))._unsafeUnwrapErr()).toEqual(refusal)
    expect((await migrateDown(engine, 1))._unsafeUnwrapErr()).toEqual(refusal)
    expect(await tableNames(engine)).toContain('calls')
  })
})

describe('the schema', () => {
  it('has the same tables and columns on every database', async () => {
    const shapes = []
    for (const kind of testDatabases) {
      const engine = await engineOn(await newDatabase(kind, 'empty'))
      await migrateUp(engine, instant(0))
      shapes.push(await shapeOf(engine))
    }
    const [shape, ...others] = shapes
    expect(shape?.length).toBeGreaterThan(25)
    for (const other of others) expect(other).toEqual(shape)
  })

  it('comes up once when several processes start at the same moment', async () => {
    for (const name of ['an SQLite file', 'PostgreSQL']) {
      const database = await newDatabase(testDatabase(name), 'empty')
      const engines = await Promise.all([engineOn(database), engineOn(database), engineOn(database)])
      const taken = await Promise.all(engines.map((engine) => migrateUp(engine, instant(0))))
      expect(taken.flatMap((one) => one._unsafeUnwrap())).toEqual(all)
    }
  })
})

const tablesOf = (engine: SqlEngine) => engine.asOwner((trx) => trx.introspection.getTables())

const tableNames = async (engine: SqlEngine): Promise<readonly string[]> =>
  (await tablesOf(engine)).map(({ name }) => name).toSorted()

const shapeOf = async (engine: SqlEngine): Promise<readonly string[]> =>
  (await tablesOf(engine))
    .flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}${column.isNullable ? ' or null' : ''}`),
    )
    .toSorted()

const rowsIn = (engine: SqlEngine, table: string): Promise<number> =>
  engine.readAsSystem(async (trx) => {
    const { count } = await trx
      .selectFrom(table as 'calls')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  })
