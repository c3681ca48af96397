import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenConstraint } from '../../../src/adapters/sql/constraint.ts'
import { type TenantDb, tenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { newCompany } from '../../contracts/fixtures.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

interface Row {
  readonly id: string
  readonly resource_id: string
  readonly starts_at: number
  readonly ends_at: number
}

/** What the database itself refuses, whatever code is in front of it. */
describe.each(testDatabases)('everybody’s time in $name', ({ make }) => {
  let database: TestDatabase
  let opened: OpenPorts
  beforeAll(async () => {
    database = await make()
    opened = await openPorts(database)
  })
  afterAll(async () => {
    await opened.close()
    await database.drop()
  })

  const asNewCompany = async () => {
    const { scope } = await newCompany(opened.ports)
    return <T>(work: (db: TenantDb) => Promise<T>, company: CompanyId = scope.company) =>
      opened.database.engine.asCompany(company, (trx) => work(tenantDb(trx, opened.database.engine.dialect, company)))
  }
  const row = (id: string, starts_at: number, ends_at: number, resource_id = 'stf_a'): Row => ({
    id,
    resource_id,
    starts_at,
    ends_at,
  })
  const add = (db: TenantDb, one: Row) => db.insert('occupancy', { ...one, owner: 'apt_a', until: null }).execute()
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (fault: unknown) => brokenConstraint(fault)?.constraint ?? fault,
    )

  it('is never taken twice, by insertion', async () => {
    const as = await asNewCompany()
    await as((db) => add(db, row('a', 10, 20)))
    const cases = [row('b', 5, 11), row('c', 19, 30), row('d', 12, 13), row('e', 0, 99), row('f', 10, 20)]
    for (const one of cases) expect(await outcome(as((db) => add(db, one)))).toBe('overlap')
    for (const one of [row('g', 0, 10), row('h', 20, 30), row('i', 10, 20, 'stf_b')]) {
      expect(await outcome(as((db) => add(db, one)))).toBe('done')
    }
  })

  it('is never taken twice, by change', async () => {
    const as = await asNewCompany()
    await as(async (db) => {
      await add(db, row('a', 10, 20))
      await add(db, row('b', 30, 40))
    })
    const move = (starts_at: number, ends_at: number) =>
      outcome(as((db) => db.update('occupancy').set({ starts_at, ends_at }).where('id', '=', 'b').execute()))
    expect(await move(15, 25)).toBe('overlap')
    expect(await move(5, 99)).toBe('overlap')
    expect(await move(25, 35)).toBe('done')
    expect(await move(20, 30)).toBe('done')
  })

  it('is of each company its own, and has a beginning before its end', async () => {
    const [one, other] = [await asNewCompany(), await asNewCompany()]
    for (const as of [one, other]) expect(await outcome(as((db) => add(db, row('a', 10, 20))))).toBe('done')
    for (const bad of [row('b', 50, 50), row('c', 60, 55)]) {
      expect(await outcome(one((db) => add(db, bad)))).not.toBe('done')
    }
  })

  it('is as a list of disjoint intervals would have it, whatever is added and removed', async () => {
    const step = fc.record({
      id: fc.integer({ min: 0, max: 9 }).map(String),
      starts_at: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 1, max: 25 }),
      resource_id: fc.constantFrom('stf_a', 'stf_b'),
      remove: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const as = await asNewCompany()
        const model = new Map<string, Row>()
        for (const { remove, length, ...rest } of steps) {
          if (remove) {
            model.delete(rest.id)
            await as((db) => db.delete('occupancy').where('id', '=', rest.id).execute())
            continue
          }
          const next = row(rest.id, rest.starts_at, rest.starts_at + length, rest.resource_id)
          const taken = [...model.values()].some(
            (known) =>
              known.resource_id === next.resource_id &&
              known.starts_at < next.ends_at &&
              next.starts_at < known.ends_at,
          )
          const expected = taken || model.has(next.id) ? ['overlap', 'unique'] : ['done']
          expect(expected).toContain(await outcome(as((db) => add(db, next))))
          if (expected[0] === 'done') model.set(next.id, next)
        }
        const stored = await as((db) =>
          db.from('occupancy').select(['id', 'resource_id', 'starts_at', 'ends_at']).orderBy('id').execute(),
        )
        expect(stored).toEqual([...model.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      }),
      { numRuns: 12 },
    )
  })

  it('lets a transaction go on after a refusal that it expected', async () => {
    const as = await asNewCompany()
    const left = await as(async (db) => {
      await add(db, row('a', 10, 20))
      const refused = await db.guarded(async () => {
        await add(db, row('b', 30, 40))
        await add(db, row('c', 15, 25))
      })
      expect(refused._unsafeUnwrapErr()).toEqual({ kind: 'constraint-broken', constraint: 'overlap' })
      await add(db, row('d', 50, 60))
      return db.from('occupancy').select('id').orderBy('id').execute()
    })
    expect(left.map(({ id }) => id)).toEqual(['a', 'd'])
  })
})
