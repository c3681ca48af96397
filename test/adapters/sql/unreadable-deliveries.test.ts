import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { application } from '../../../src/application/application.ts'
import { aDelivery, at, newCompany, platform, unhurried } from '../../contracts/fixtures.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

describe.each(testDatabases)('deliveries on $name that cannot be opened', unhurried, ({ make }) => {
  let test: TestDatabase
  let opened: OpenPorts
  beforeAll(async () => {
    test = await make()
    opened = await openPorts(test)
  }, 120_000)
  afterAll(async () => {
    await opened.close()
    await test.drop()
  })

  it('are given up with an alert that names them and the cure, and the others are processed', async () => {
    const { ports, database } = opened
    const company = await newCompany(ports)
    const [damaged, whole] = [
      aDelivery(ports, { company: company.profile.id, dueAt: at(0) }),
      aDelivery(ports, { company: company.profile.id, dueAt: at(0) }),
    ]
    for (const one of [damaged, whole]) await ports.inbox.store(one)
    await ports.inbox.nextDue()
    await database.engine.asSystem(async (trx) => {
      await trx
        .updateTable('deliveries')
        .set({ body: Buffer.from('not sealed') })
        .where('id', '=', damaged.id)
        .execute()
    })
    expect(await application(ports).workInbox(10)).toEqual({ processed: 1, postponed: 0, dead: 1 })
    expect(await application(ports).workInbox(10)).toEqual({ processed: 0, postponed: 0, dead: 0 })

    const found = await ports.inbox.findAny(platform, damaged.id)
    expect(found).toMatchObject({ outcome: 'dead' })
    const { items } = await ports.alarm.alerts(platform, { limit: 10, cursor: undefined })
    expect(items).toMatchObject([{ kind: 'key_fault', company: company.profile.id }])
    for (const said of [items[0]?.message ?? '', found?.stages.at(-1)?.detail ?? '']) {
      expect(saidInGerman(said)).not.toBe(said)
    }
    expect(items[0]?.message).toContain(damaged.id)
  })
})
