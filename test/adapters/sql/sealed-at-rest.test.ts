import { afterEach, describe, expect, it } from 'vitest'
import type { SqlEngine } from '../../../src/adapters/sql/database.ts'
import { aToolCall, at, within } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { fillEverything, personal } from './fill-everything.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})

describe.each(testDatabases)('what $name keeps', ({ make }) => {
  const open = async () => {
    const database = await make()
    const opened = await openPorts(database)
    closings.push(database.drop, opened.close)
    return opened
  }

  it('shows nobody who reads it a name, a number, an e-mail, a word of a call or a secret', async () => {
    const { ports, database } = await open()
    await fillEverything(ports)
    const cells = await everyCell(database.engine)
    expect(cells.length).toBeGreaterThan(200)
    for (const text of Object.values(personal)) {
      expect(cells.filter(([, value]) => value.includes(text) || value.includes(text.replace('+', '')))).toEqual([])
    }
  })

  it('keeps no bare digest of what was asked, for that could be found again by trying', async () => {
    const { ports, database } = await open()
    const company = await fillEverything(ports)
    const [fingerprint, digest] = ['f1'.repeat(32), 'd1'.repeat(32)]
    const request = { principal: 'tok_1', path: '/appointments', key: 'k', company: company.scope.company, digest }
    await within(ports, company, (tx) =>
      tx.toolCalls.add(aToolCall(ports, { call: 'call_a', fingerprint, effect: 'apt_x' })),
    )
    await ports.idempotency.begin(request, at(0))
    const cells = await everyCell(database.engine)
    expect(cells.filter(([, value]) => value.includes(fingerprint) || value.includes(digest))).toEqual([])
    const again = await within(ports, company, (tx) => tx.toolCalls.lastEffect('call_a', fingerprint, at(-9)))
    expect(again?.fingerprint).toBe(fingerprint)
    expect(await ports.idempotency.begin(request, at(1))).toEqual({ kind: 'running' })
  })

  it('gives it back to those who hold the key', async () => {
    const { ports } = await open()
    const company = await fillEverything(ports)
    const seen = await within(ports, company, async (tx) => ({
      customer: await tx.customers.byPhone(personal.phone),
      call: await tx.calls.find('call_a'),
      caller: (await tx.calls.list({ limit: 9, cursor: undefined, caller: personal.phone })).items.length,
    }))
    expect(seen.customer).toMatchObject({ name: personal.name, email: personal.email })
    expect(seen.call?.record.reports[0]?.fields.transcript).toBe(personal.transcript)
    expect(seen.caller).toBe(1)
    expect(await ports.identities.userByEmail(personal.loginEmail.toUpperCase())).toMatchObject({ role: 'manager' })
  })

  it('gives nothing back from a row that somebody copied into another', async () => {
    const { ports, database } = await open()
    const company = await fillEverything(ports)
    await database.engine.asSystem(async (trx) => {
      const row = await trx.selectFrom('customers').selectAll().limit(1).executeTakeFirstOrThrow()
      await trx
        .insertInto('customers')
        .values({ ...row, id: 'cus_copied00', phone: null, phone_index: null, first_seen_at: at(5) })
        .execute()
    })
    await expect(within(ports, company, (tx) => tx.customers.find('cus_copied00'))).rejects.toThrow()
  })
})

const everyCell = (engine: SqlEngine): Promise<readonly (readonly [place: string, value: string])[]> =>
  engine.readAsSystem(async (trx) => {
    const cells: (readonly [string, string])[] = []
    for (const { name } of await trx.introspection.getTables()) {
      for (const row of await trx
        .selectFrom(name as 'calls')
        .selectAll()
        .execute()) {
        for (const [column, value] of Object.entries(row)) {
          cells.push([`${name}.${column}`, Buffer.isBuffer(value) ? value.toString('latin1') : String(value)])
        }
      }
    }
    return cells
  })
