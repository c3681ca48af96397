import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import type { JobHandler } from '../../../src/application/jobs/job-handler.ts'
import { jobWorker } from '../../../src/application/jobs/work-jobs.ts'
import { at, newCompany, platform, unhurried, within } from '../../contracts/fixtures.ts'
import { aJob, everyKindBy, idlePlatform } from '../../contracts/jobs.contract.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

describe.each(testDatabases)('jobs on $name that cannot be opened', unhurried, ({ make }) => {
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

  it('are set aside with an alert that names them and the cure, and the others are done', async () => {
    const { ports, database } = opened
    const company = await newCompany(ports)
    const [lost, damaged, whole] = [
      aJob(ports, { runAt: at(-2) }),
      aJob(ports, { runAt: at(-1), key: 'k' }),
      aJob(ports),
    ]
    for (const job of [lost, damaged, whole]) await within(ports, company, (tx) => tx.jobs.enqueue(job))
    const damage = (id: string, payload: string) =>
      database.engine.asSystem(async (trx) => {
        await trx.updateTable('jobs').set({ payload }).where('id', '=', id).execute()
      })
    await damage(lost.id, `v1.another-key.${'A'.repeat(80)}`)
    await damage(damaged.id, 'not sealed at all')

    const handled: string[] = []
    const noted: JobHandler = async (_scope, { id }) => {
      handled.push(id)
      return { kind: 'done' }
    }
    const worker = jobWorker(ports, everyKindBy(noted), idlePlatform)
    expect(await worker.workNow(company.profile.id, 'k')).toMatchObject({ kind: 'given-up' })
    expect(await worker.workJobs(10)).toEqual({ done: 1, postponed: 0, givenUp: 1 })
    expect(await worker.workJobs(10)).toEqual({ done: 0, postponed: 0, givenUp: 0 })
    expect(handled).toEqual([whole.id])

    const { items } = await ports.jobs.listAll(platform, { limit: 10, cursor: undefined, state: 'given-up' })
    expect(items.map(({ id, payload }) => [id, payload])).toEqual([damaged, lost].map(({ id }) => [id, undefined]))
    const kept = await ports.store.read(company.scope, (tx) => tx.jobs.find(lost.id))
    expect(kept).toMatchObject({ state: 'given-up', error: expect.stringContaining('cannot be opened') })

    const alerts = (await ports.alarm.alerts(platform, { limit: 10, cursor: undefined })).items
    expect(alerts.map(({ kind, company: of }) => [kind, of])).toEqual([
      ['key_fault', company.profile.id],
      ['key_fault', company.profile.id],
    ])
    for (const { id } of [lost, damaged]) {
      const about = alerts.find(({ message }) => message.includes(id))
      expect(about?.message).toContain('ENCRYPTION_KEYS')
      expect(saidInGerman(about?.message ?? '')).toContain(id)
      expect(saidInGerman(about?.message ?? '')).toContain('beiseitegelegt')
    }
  })
})
