import { afterEach, describe, expect, inject, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { eventually, newCompany, pause, race, within } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { asAdmin } from '../../databases/postgres-server.ts'
import { type TestDatabase, testDatabase, testDatabases } from '../../databases/test-databases.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})
const openOn = async (database: TestDatabase) => {
  const opened = await openPorts(database, { ids: countingIds() })
  closings.push(opened.close)
  return opened
}
const newDatabase = async (name: string) => {
  const database = await testDatabase(name).make()
  closings.push(database.drop)
  return database
}
const event = { kind: 'call.updated', data: { call_id: 'call_a' } } as const

describe.each(['an SQLite file', 'PostgreSQL'])('live events of another process on %s', (name) => {
  it('are noticed by who watches, and by nobody who watches another company', async () => {
    const database = await newDatabase(name)
    const [here, there] = [await openOn(database), await openOn(database)]
    const [mine, other] = [await newCompany(here.ports), await newCompany(here.ports)]
    let [told, toldOther] = [0, 0]
    here.ports.events.watch(mine.scope.company, () => {
      told += 1
    })
    here.ports.events.watch(other.scope.company, () => {
      toldOther += 1
    })
    await pause(600)
    const [before, beforeOther] = [told, toldOther]
    await within(there.ports, mine, async (tx) => tx.publish(event))
    await eventually(() => expect(told).toBeGreaterThan(before))
    expect(toldOther).toBe(beforeOther)
    expect(await here.ports.events.after(mine.scope.company, 0, 9)).toMatchObject([{ seq: 1, ...event }])
  })

  it('are numbered without a gap, however many write at once', async () => {
    const database = await newDatabase(name)
    const [here, there] = [await openOn(database), await openOn(database)]
    const company = await newCompany(here.ports)
    await race(40, (which) =>
      within((which % 2 ? here : there).ports, company, async (tx) => {
        tx.publish(event)
        if (which % 3 === 0) tx.publish(event)
      }),
    )
    const numbers = (await here.ports.events.after(company.scope.company, 0, 999)).map(({ seq }) => seq)
    expect(numbers).toEqual(Array.from({ length: 54 }, (_, position) => position + 1))
    expect(await there.ports.events.latest(company.scope.company)).toBe(54)
  })
})

describe('the stream on PostgreSQL', () => {
  it('comes back after its connection was cut, and then says that there may be news', async () => {
    const database = await newDatabase('PostgreSQL')
    const { ports } = await openOn(database)
    const company = await newCompany(ports)
    let told = 0
    ports.events.watch(company.scope.company, () => {
      told += 1
    })
    await eventually(() => expect(told).toBe(1))
    await asAdmin(inject('postgres').adminUrl, async (admin) => {
      const cut = await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query ilike 'listen%'",
        [new URL(database.url).pathname.slice(1)],
      )
      expect(cut.rowCount).toBe(1)
    })
    await eventually(() => expect(told).toBe(2))
  })
})

describe('the stream on SQLite', () => {
  it.each(testDatabases.filter(({ name }) => name.includes('SQLite')))(
    'tells this process at once ($name)',
    async ({ make }) => {
      const database = await make()
      closings.push(database.drop)
      const { ports } = await openOn(database)
      const company = await newCompany(ports)
      let told = 0
      const stop = ports.events.watch(company.scope.company, () => {
        told += 1
      })
      await within(ports, company, async (tx) => tx.publish(event))
      await Promise.resolve()
      expect(told).toBeGreaterThan(0)
      stop()
    },
  )
})
