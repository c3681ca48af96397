import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import type { SqlEngine } from '../../../src/adapters/sql/database.ts'
import { sqlInbox } from '../../../src/adapters/sql/inbox.ts'
import type { NewDelivery } from '../../../src/application/ports/inbox.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { aDelivery, at, ids, platform, race } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})
const openOn = async (database: TestDatabase) => {
  const opened = await openPorts(database, { ids: countingIds() })
  closings.push(opened.close)
  return opened
}
const stored = async (ports: Ports) =>
  (await ports.inbox.listAll(platform, { limit: 200, cursor: undefined })).items.toReversed()

describe.each(testDatabases)('intake on $name', ({ name, make }) => {
  const newDatabase = async () => {
    const database = await make()
    closings.push(database.drop)
    return database
  }

  it('keeps a hundred deliveries of one turn in a few commits', async () => {
    const { ports, database } = await openOn(await newDatabase())
    const { engine } = database
    let transactions = 0
    const counted = <Run extends (...given: never[]) => unknown>(run: Run): Run =>
      ((...given: Parameters<Run>) => {
        transactions += 1
        return run(...given)
      }) as Run
    const counting: SqlEngine =
      engine.dialect === 'sqlite'
        ? { ...engine, runForAll: counted(engine.runForAll) }
        : { ...engine, asSystem: counted(engine.asSystem) }
    const inbox = sqlInbox(counting, database.seals, ports)
    await race(100, () => inbox.store(aDelivery(ports)))
    expect(await stored(ports)).toHaveLength(100)
    expect(transactions).toBeGreaterThan(0)
    expect(transactions).toBeLessThan(5)
  })

  it('lets a row that cannot be kept take none of its turn along', async () => {
    const { ports } = await openOn(await newDatabase())
    const nowhere: CompanyId = 'com_nowhere00'
    const deliveries = Array.from({ length: 40 }, (_, which) =>
      aDelivery(ports, which % 13 === 5 ? { company: nowhere } : { dedupeKey: `k${which}` }),
    )
    const results = await Promise.allSettled(deliveries.map((one) => ports.inbox.store(one)))
    const good = deliveries.filter(({ company }) => company === undefined)
    expect(ids(await stored(ports)).toSorted()).toEqual(ids(good).toSorted())
    // A journal finds it out later, so there they are told of instead.
    const alerts = (await ports.alarm.alerts(platform, { limit: 10, cursor: undefined })).items
    const refused = results.filter(({ status }) => status === 'rejected')
    expect([refused.length, alerts.length]).toEqual(name === 'PostgreSQL' ? [3, 0] : [0, 3])
  })

  it('lets a key that is longer than an index takes keep nobody else out', async () => {
    const { ports } = await openOn(await newDatabase())
    const endless = randomBytes(9_000).toString('base64')
    const deliveries = Array.from({ length: 10 }, (_, which) =>
      aDelivery(ports, { dedupeKey: which === 5 ? endless : `k${which}` }),
    )
    const results = await Promise.allSettled(deliveries.map((one) => ports.inbox.store(one)))
    const refused = results.flatMap(({ status }, which) => (status === 'rejected' ? [which] : []))
    expect(refused).toEqual(name === 'PostgreSQL' ? [5] : [])
    expect(await stored(ports)).toHaveLength(10 - refused.length)
  })

  it('asks a database that does not answer once for a whole turn', async () => {
    const { ports, database } = await openOn(await newDatabase())
    let asked = 0
    const refuse = () => {
      asked += 1
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    }
    const { engine } = database
    const dead: SqlEngine =
      engine.dialect === 'sqlite' ? { ...engine, runForAll: refuse } : { ...engine, asSystem: refuse }
    const inbox = sqlInbox(dead, database.seals, ports)
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => inbox.store(aDelivery(ports))))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(asked).toBe(1)
  })

  it('keeps one of many equal deliveries of one turn as the first', async () => {
    const { ports } = await openOn(await newDatabase())
    await race(30, (which) =>
      ports.inbox.store(
        aDelivery(ports, {
          dedupeKey: `k${which % 3}`,
          dueAt: at(1),
          body: which % 10 < 7 ? 'same' : `other ${which}`,
        }),
      ),
    )
    const all = await stored(ports)
    expect(all.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(3)
    expect(all.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(27)
    const claimed = await ports.inbox.claim(at(2), 100, at(9))
    const bodies = claimed.filter(({ delivery }) => delivery.outcome === 'duplicate').map(({ body }) => body)
    expect(bodies.every((body) => body?.startsWith('other'))).toBe(true)
    expect(bodies).toHaveLength(9)
  })

  it('gives each due delivery to one of several processes', async () => {
    if (name === 'SQLite in memory') return
    const database = await newDatabase()
    const [one, other] = [await openOn(database), await openOn(database)]
    const deliveries: readonly NewDelivery[] = Array.from({ length: 60 }, () => aDelivery(one.ports, { dueAt: at(1) }))
    await Promise.all(deliveries.map((delivery) => one.ports.inbox.store(delivery)))
    const claims = await race(12, (which) => (which % 2 ? one : other).ports.inbox.claim(at(2), 7, at(9)))
    const claimed = claims.flat().map(({ delivery }) => delivery.id)
    expect(new Set(claimed).size).toBe(claimed.length)
    const rest = await one.ports.inbox.claim(at(2), 100, at(9))
    expect([...claimed, ...rest.map(({ delivery }) => delivery.id)].toSorted()).toEqual(ids(deliveries).toSorted())
  })

  it('knows a repeat that another process stored', async () => {
    if (name === 'SQLite in memory') return
    const database = await newDatabase()
    const [one, other] = [await openOn(database), await openOn(database)]
    const delivery = aDelivery(one.ports, { dedupeKey: 'k' })
    await race(20, (which) => (which % 2 ? one : other).ports.inbox.store({ ...delivery, id: `dlv_0000100${which}` }))
    const all = await stored(other.ports)
    expect(all).toHaveLength(20)
    expect(all.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
  })
})
