import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { findKeys } from '../../../src/adapters/crypto/find-keys.ts'
import { countingIds, fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { sqlAlarm } from '../../../src/adapters/sql/alarm.ts'
import { type Database, openDatabase } from '../../../src/adapters/sql/database.ts'
import { sqlInbox } from '../../../src/adapters/sql/inbox.ts'
import { intakeJournal } from '../../../src/adapters/sql/intake-journal.ts'
import { migrateDown, migrateUp } from '../../../src/adapters/sql/migrate.ts'
import { migrations } from '../../../src/adapters/sql/migrations/all.ts'
import type { SqliteEngine } from '../../../src/adapters/sql/sqlite.ts'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import type { Inbox } from '../../../src/application/ports/inbox.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { instant } from '../../../src/domain/time.ts'
import { aDelivery, at, ids, newCompany, platform } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabase, testKeys } from '../../databases/test-databases.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})
const newFile = async (): Promise<TestDatabase> => {
  const database = await testDatabase('an SQLite file').make()
  closings.push(database.drop)
  return database
}
/** A process that has the file, with ids that no other process of the test gives. */
const aProcess = async (file: TestDatabase, ids = countingIds()) => {
  const opened = await openPorts(file, { ids })
  closings.push(opened.close)
  return opened
}

const page = { limit: 200, cursor: undefined }
const all = async ({ inbox }: Pick<Ports, 'inbox'>) => (await inbox.listAll(platform, page)).items
const entries = ({ engine }: Database) =>
  engine.readAsSystem((trx) => trx.selectFrom('intake_journal').selectAll().orderBy('seq').execute())
const rows = ({ engine }: Database) =>
  engine.readAsSystem((trx) => trx.selectFrom('deliveries').select('id').orderBy('id').execute())
const openAlerts = async ({ alarm }: Pick<Ports, 'alarm'>) => (await alarm.alerts(platform, page)).items

describe('the journal of the intake', () => {
  it('has what was acknowledged by a process that died before it unpacked anything, once', async () => {
    const file = await newFile()
    const dead = await aProcess(file)
    const deliveries = [1, 2, 3].map(() => aDelivery(dead.ports, { dueAt: at(0) }))
    await Promise.all(deliveries.map(dead.ports.inbox.store))
    expect(await entries(dead.database)).toHaveLength(1)
    expect(await rows(dead.database)).toEqual([])

    const next = await aProcess(file)
    expect(ids(await all(next.ports))).toEqual(ids(deliveries).toReversed())
    expect(await entries(next.database)).toEqual([])
    expect(ids((await next.ports.inbox.claim(at(0), 9, at(2))).map(({ delivery }) => delivery))).toEqual(
      ids(deliveries),
    )
  })

  it('has lost and doubled nothing of a process that dies while it unpacks', async () => {
    const { ports, database } = await aProcess(await newFile())
    const { engine } = database
    if (engine.dialect !== 'sqlite') throw new Error('It is a file')
    let dying = true
    const asSystem: SqliteEngine['asSystem'] = (work) =>
      engine.asSystem(async (trx) => {
        const result = await work(trx)
        if (dying) throw new Error('killed before the commit')
        return result
      })
    const inbox = sqlInbox({ ...engine, asSystem }, database.seals, ports)
    const deliveries = [1, 2, 3].map(() => aDelivery(ports, { dedupeKey: 'k', dueAt: at(0) }))
    await Promise.all(deliveries.map(inbox.store))
    await expect(inbox.nextDue()).rejects.toThrow('killed')
    expect([(await entries(database)).length, (await rows(database)).length]).toEqual([1, 0])
    dying = false
    expect(await inbox.nextDue()).toBe(at(0))
    expect([(await entries(database)).length, (await rows(database)).length]).toEqual([0, 3])
    expect((await all({ inbox })).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'accepted'])
  })

  it('knows a repeat in one batch, in a later one, and after it was worked off in another process', async () => {
    const file = await newFile()
    const { ports } = await aProcess(file)
    const again = (body: string) => aDelivery(ports, { dedupeKey: 'k', dueAt: at(0), body })
    await Promise.all([again('a'), again('a'), again('b')].map(ports.inbox.store))
    await ports.inbox.store(again('a'))
    const bodies = async ({ inbox }: Pick<Ports, 'inbox'>) =>
      (await inbox.claim(at(0), 9, at(2))).map(({ delivery, body }) => [delivery.outcome, body])
    expect(await bodies(ports)).toEqual([
      ['accepted', 'a'],
      ['duplicate', 'b'],
    ])
    const next = await aProcess(file)
    for (const body of ['a', 'c']) await next.ports.inbox.store({ ...again(body), receivedAt: at(1) })
    expect(await bodies(next.ports)).toEqual([['duplicate', 'c']])
    const outcomes = (await all(next.ports)).map(({ outcome }) => outcome)
    expect(outcomes.filter((one) => one === 'duplicate')).toHaveLength(5)
    expect(outcomes.filter((one) => one === 'accepted')).toHaveLength(1)
  })

  it('takes no entry for another that has its number since somebody else unpacked it', async () => {
    const file = await newFile()
    const [slow, other] = [await aProcess(file), await aProcess(file)]
    const { engine, seals } = slow.database
    if (engine.dialect !== 'sqlite') throw new Error('It is an SQLite file')
    let between = async (): Promise<unknown> => undefined
    const paused: SqliteEngine = {
      ...engine,
      readAsSystem: async (work) => {
        const read = await engine.readAsSystem(work)
        await between()
        return read
      },
    }
    const [first, second] = [aDelivery(slow.ports), aDelivery(slow.ports)]
    await other.ports.inbox.store(first)
    const [before] = await entries(other.database)
    between = async () => {
      between = async () => undefined
      await all(other.ports)
      await other.ports.inbox.store(second)
    }
    await intakeJournal(paused, seals.platform, slow.ports).unpack()
    expect((await entries(other.database)).map(({ seq, id }) => [seq, id])).toEqual([[before?.seq, second.id]])
    expect(await openAlerts(slow.ports)).toEqual([])
    expect(ids(await all(slow.ports)).toSorted()).toEqual([first.id, second.id].toSorted())
  })

  it('is seen at once by every way of asking, whoever stored', async () => {
    const file = await newFile()
    const [one, other] = [await aProcess(file), await aProcess(file)]
    const { profile, scope } = await newCompany(one.ports)
    const asks: readonly ((inbox: Inbox, id: `dlv_${string}`) => Promise<unknown>)[] = [
      (inbox, id) => inbox.findAny(platform, id),
      async (inbox, id) => (await inbox.listAll(platform, page)).items.find((found) => found.id === id),
      (inbox, id) => inbox.of(scope).find(id),
      async (inbox, id) => (await inbox.of(scope).list(page)).items.find((found) => found.id === id),
      async (inbox, id) => (await inbox.of(scope).ofCall('call_a')).find((found) => found.id === id),
      async (inbox, id) => (await inbox.claim(at(0), 50, at(9))).find(({ delivery }) => delivery.id === id)?.delivery,
    ]
    for (const ask of asks) {
      for (const { ports } of [one, other]) {
        const delivery = aDelivery(one.ports, { company: profile.id, dueAt: at(0) })
        await one.ports.inbox.store(delivery)
        expect(await ask(ports.inbox, delivery.id)).toMatchObject({ id: delivery.id, stages: delivery.stages })
      }
    }
  })

  it('keeps a delivery as it came, whatever its characters', async () => {
    const { ports } = await aProcess(await newFile())
    const body = 'line\nbreak \u2028 "quoted" \\ Änne \u{1f600} \u0000 end'
    const delivery = aDelivery(ports, { body, dueAt: at(0), address: '2001:db8::1', dedupeKey: 'k:"\n' })
    await ports.inbox.store(delivery)
    const [claimed] = await ports.inbox.claim(at(0), 9, at(2))
    const { body: _body, dueAt: _due, dedupeKey: _key, ...kept } = delivery
    expect(claimed).toEqual({ body, delivery: { ...kept, attempt: 0 } })
  })

  it('writes long bodies apart, so that no entry grows beyond measure', async () => {
    const { ports, database } = await aProcess(await newFile())
    const long = 'x'.repeat(400_000)
    await Promise.all([1, 2, 3, 4, 5].map(() => ports.inbox.store(aDelivery(ports, { body: long }))))
    const sizes = (await entries(database)).map(({ body }) => body.length)
    expect(sizes).toHaveLength(3)
    expect(Math.max(...sizes)).toBeLessThan(1_000_000)
    expect(await all(ports)).toHaveLength(5)
  })

  it('opens what was sealed under an old key', async () => {
    const file = await newFile()
    const inboxUnder = async (keys: string) => {
      const { engine, seals } = (
        await openDatabase(file.url, {
          findKeys: findKeys(keys),
          clock: fixedClock(at(0)),
          migrations: 'apply',
          pool: { min: 0, max: 1 },
        })
      )._unsafeUnwrap()
      closings.push(engine.close)
      return sqlInbox(engine, seals, { alarm: sqlAlarm(engine, seals), ids: countingIds(), clock: fixedClock(at(0)) })
    }
    const old = await inboxUnder(testKeys)
    const delivery = aDelivery({ ids: countingIds() } as Ports, { dueAt: at(0) })
    await old.store(delivery)
    const rotated = await inboxUnder(`new:${Buffer.alloc(32, 9).toString('base64')},${testKeys}`)
    expect(await rotated.claim(at(0), 9, at(2))).toMatchObject([{ delivery: { id: delivery.id }, body: delivery.body }])
  })

  it('sets an entry aside that cannot be opened, with an alert, goes on with the others, and has it when it is mended', async () => {
    const file = await newFile()
    const { ports, database } = await aProcess(file)
    const [lost, other] = [aDelivery(ports, { dueAt: at(0) }), aDelivery(ports, { dueAt: at(0) })]
    await ports.inbox.store(lost)
    const [entry] = await entries(database)
    if (!entry) throw new Error('There is one')
    const write = (body: Buffer) =>
      database.engine.asSystem((trx) => trx.updateTable('intake_journal').set({ body }).execute())
    const damaged = Buffer.from(entry.body)
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1)
    await write(damaged)
    await ports.inbox.store(other)
    expect(ids(await all(ports))).toEqual([other.id])
    expect(ids(await all(ports))).toEqual([other.id])
    const alerts = await openAlerts(ports)
    expect(alerts).toMatchObject([{ kind: 'key_fault', severity: 'critical', company: undefined }])
    expect(alerts[0]?.message).toContain(lost.id)
    expect(saidInGerman(alerts[0]?.message ?? '')).not.toBe(alerts[0]?.message)

    await write(entry.body)
    const next = await aProcess(file)
    expect(ids(await all(next.ports)).toSorted()).toEqual([lost.id, other.id].toSorted())
  })

  it('sets what the database does not take aside, alone, and has it when it can be taken', async () => {
    const file = await newFile()
    const { ports, database } = await aProcess(file)
    const nowhere: CompanyId = 'com_nowhere00'
    const deliveries = [undefined, nowhere, undefined].map((company) => aDelivery(ports, { company, dueAt: at(0) }))
    await Promise.all(deliveries.map(ports.inbox.store))
    const taken = deliveries.filter(({ company }) => company === undefined)
    for (let times = 0; times < 2; times += 1) expect(ids(await all(ports))).toEqual(ids(taken).toReversed())
    const unfit = deliveries[1]?.id ?? ''
    const left = await entries(database)
    expect(left.map(({ id }) => id)).toEqual([unfit])
    await all(ports)
    // It is not tried, and written, again and again.
    expect(await entries(database)).toEqual(left)
    const [alert, ...others] = await openAlerts(ports)
    expect(others).toEqual([])
    expect(alert).toMatchObject({ kind: 'dead_letter', severity: 'critical' })
    expect(alert?.message).toContain(unfit)
    expect(saidInGerman(alert?.message ?? '')).not.toBe(alert?.message)

    await newCompany(ports)
    await database.engine.asSystem((trx) =>
      sql`insert into companies (id, slug, version, changed, document, created_at)
        select ${nowhere}, 'nowhere', version, changed + 1000, document, created_at from companies`.execute(trx),
    )
    const next = await aProcess(file)
    expect(ids(await all(next.ports))).toHaveLength(3)
    expect(await openAlerts(next.ports)).toHaveLength(1)
  })

  it('cannot be taken back while something waits in it', async () => {
    const { ports, database } = await aProcess(await newFile())
    const name = '0003-intake-journal'
    const steps = migrations.length - migrations.findIndex((one) => one.name === name)
    const delivery = aDelivery(ports)
    await ports.inbox.store(delivery)
    expect((await migrateDown(database.engine, steps))._unsafeUnwrapErr()).toEqual({
      kind: 'still-in-use',
      migration: name,
    })
    await migrateUp(database.engine, instant(1))
    await ports.inbox.nextDue()
    expect((await migrateDown(database.engine, steps))._unsafeUnwrap().at(-1)).toBe(name)
    expect(await rows(database)).toEqual([{ id: delivery.id }])
  })
})
