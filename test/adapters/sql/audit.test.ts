import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import type { SqlEngine } from '../../../src/adapters/sql/database.ts'
import type { Trx } from '../../../src/adapters/sql/engine.ts'
import { application } from '../../../src/application/application.ts'
import { anAuditEntry } from '../../contracts/audit.contract.ts'
import { type Company, newCompany, platform, within } from '../../contracts/fixtures.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})

const length = 1_203

/** What the database refuses, and what is found out although somebody went past it. */
describe.each(testDatabases)('the audit log on $name', ({ make }) => {
  const open = async (entries = 3) => {
    const database = await make()
    const opened = await openPorts(database)
    closings.push(database.drop, opened.close)
    const company = await newCompany(opened.ports)
    await within(opened.ports, company, async (tx) => {
      for (let count = 0; count < entries; count += 1) await tx.audit.append(anAuditEntry(opened.ports))
    })
    return { ...opened, company, engine: opened.database.engine }
  }
  const broken = ({ ports }: OpenPorts, { scope }: Company) => ports.store.read(scope, (tx) => tx.audit.firstBroken())

  const refused = /only grows|permission denied/

  it('refuses to change an entry or to take it back, to a company and to the service itself', async () => {
    const { engine, company, ...opened } = await open()
    for (const as of [
      (work: (trx: Trx) => Promise<unknown>) => engine.asCompany(company.scope.company, work),
      engine.asSystem,
    ]) {
      await expect(as((trx) => trx.deleteFrom('audit_log').execute())).rejects.toThrow(refused)
      await expect(as((trx) => trx.updateTable('audit_log').set({ kind: 'call.viewed' }).execute())).rejects.toThrow(
        refused,
      )
    }
    expect(await broken(opened, company)).toBeUndefined()
  })

  it('finds the first entry that somebody changed, however long the chain', async () => {
    const { engine, company, ...opened } = await open(length)
    expect(await broken(opened, company)).toBeUndefined()
    await pastTheGuard(engine, sql`update audit_log set kind = 'call.viewed' where seq = 702`)
    await pastTheGuard(engine, sql`update audit_log set at = at + 1 where seq = 1100`)
    expect(await broken(opened, company)).toEqual({ seq: 702, reason: 'changed' })
    const checks = await application(opened.ports).doctor(platform, company.scope.company)
    expect(checks.filter(({ link }) => link === 'audit log').map(({ state, found }) => [state, found])).toEqual([
      ['broken', 'Entry 702 of the audit log is not what was written.'],
      ['ok', 'Every entry of the audit log is as it was written.'],
    ])
  }, 60_000)

  it('finds what was copied from elsewhere, and what was taken out', async () => {
    const { engine, company, ...opened } = await open(6)
    const body = sql`(select body from audit_log where seq = 2)`
    await engine.asSystem((trx) => sql`update audit_log set body = ${body} where seq = 4`.execute(trx))
    expect(await broken(opened, company)).toEqual({ seq: 4, reason: 'changed' })
    await pastTheGuard(engine, sql`delete from audit_log where seq = 3`)
    expect(await broken(opened, company)).toEqual({ seq: 3, reason: 'missing' })
  })

  it.each([
    ['was cut off', 'delete from audit_log where seq > 4'],
    ['is gone as a whole', 'delete from audit_log'],
  ])('finds that its end %s, and does not forget it when it goes on', async (_, statement) => {
    const { engine, company, ...opened } = await open(6)
    await within(opened.ports, await newCompany(opened.ports), (tx) => tx.audit.append(anAuditEntry(opened.ports)))
    await opened.ports.audit.append(platform, anAuditEntry(opened.ports))
    const cut = sql.raw(
      `${statement}${statement.includes('where') ? ' and' : ' where'} company_id = '${company.scope.company}'`,
    )
    await pastTheGuard(engine, sql`${cut}`)
    const missing = { seq: statement.includes('where') ? 5 : 1, reason: 'missing' }
    expect(await broken(opened, company)).toEqual(missing)
    expect(await opened.ports.audit.firstBroken(platform)).toBeUndefined()
    const next = await within(opened.ports, company, (tx) => tx.audit.append(anAuditEntry(opened.ports)))
    expect(next.seq).toBe(8)
    expect(await broken(opened, company)).toEqual(missing)
  })

  it.each([
    ['set back', 'update audit_heads set seq = 4'],
    ['taken away', 'delete from audit_heads'],
  ])('finds that its end was cut off although what was kept of it was %s', async (_, statement) => {
    const { engine, company, ...opened } = await open(6)
    await pastTheGuard(engine, sql`delete from audit_log where seq > 4`)
    await pastTheGuard(engine, sql.raw(statement) as never)
    expect(await broken(opened, company)).toEqual({ seq: 5, reason: 'missing' })
    await within(opened.ports, company, (tx) => tx.audit.append(anAuditEntry(opened.ports)))
    expect(await broken(opened, company)).toEqual({ seq: 5, reason: 'missing' })
  })

  it('finds it in the log of the platform as well', async () => {
    const { engine, ports } = await open(0)
    for (let count = 0; count < 3; count += 1) await ports.audit.append(platform, anAuditEntry(ports))
    expect(await ports.audit.firstBroken(platform)).toBeUndefined()
    await pastTheGuard(engine, sql`delete from audit_log where seq = 3 and company_id is null`)
    expect(await ports.audit.firstBroken(platform)).toEqual({ seq: 3, reason: 'missing' })
  })
})

/** As whoever has the database itself: its file, or the login that owns the tables. */
const pastTheGuard = async (engine: SqlEngine, statement: ReturnType<typeof sql>): Promise<void> => {
  await engine.asOwner(async (trx) => {
    const unguarded =
      engine.dialect === 'sqlite'
        ? ['drop trigger if exists audit_log_no_update', 'drop trigger if exists audit_log_no_delete']
        : ['audit_log', 'audit_heads'].map((table) => `alter table ${table} no force row level security`)
    for (const each of unguarded) await sql.raw(each).execute(trx)
    await statement.execute(trx)
  })
}
