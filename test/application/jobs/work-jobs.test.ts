import { beforeEach, describe, expect, it } from 'vitest'
import type { JobHandler, JobHandlers } from '../../../src/application/jobs/job-handler.ts'
import { type JobWorker, jobWorker } from '../../../src/application/jobs/work-jobs.ts'
import type { JobKind } from '../../../src/application/ports/jobs.ts'
import { wakeOnWork } from '../../../src/composition/wake-on-work.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { type Company, newCompany, within } from '../../contracts/fixtures.ts'
import { aJob, everyKindBy, idlePlatform } from '../../contracts/jobs.contract.ts'
import { type Desk, openDesk } from '../desk.ts'

describe('jobs', () => {
  let desk: Desk
  let company: Company
  let handled: string[]
  let worker: JobWorker
  let handlers: JobHandlers
  let handle: JobHandler

  beforeEach(async () => {
    desk = await openDesk()
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('There is no salon')
    company = { scope, profile }
    handled = []
    handle = async () => ({ kind: 'done' })
    const noted: JobHandler = async (given, job, now) => {
      handled.push(`${given.company === scope.company} ${String(job.payload.what)}`)
      return handle(given, job, now)
    }
    handlers = everyKindBy(noted)
    worker = jobWorker(desk.ports, handlers, idlePlatform)
  })

  const add = async (what: string, more: Parameters<typeof aJob>[1] = {}) => {
    const job = aJob(desk.ports, { payload: { what }, runAt: desk.clock.now(), ...more })
    await within(desk.ports, company, (tx) => tx.jobs.enqueue(job))
    return job
  }
  const look = (id: `job_${string}`) => desk.look((tx) => tx.jobs.find(id))
  const alerts = () => desk.look(async (tx) => (await tx.alerts.list({ limit: 50, cursor: undefined })).items)

  it('are done once, in the name of their company, when they are due', async () => {
    await add('now')
    await add('later', { runAt: (desk.clock.now() + MINUTE) as ReturnType<typeof desk.clock.now> })
    expect(await worker.workJobs(10)).toEqual({ done: 1, postponed: 0, givenUp: 0 })
    expect(await worker.workJobs(10)).toEqual({ done: 0, postponed: 0, givenUp: 0 })
    desk.clock.advance(MINUTE)
    await worker.workJobs(10)
    expect(handled).toEqual(['true now', 'true later'])
  })

  it.each([
    ['says that it failed', async () => ({ kind: 'failed', error: 'It broke.' }) as const],
    ['throws', () => Promise.reject(new TypeError('with a name in it'))],
  ])(
    'are tried after 1, 5, 15 and 60 minutes when a handler %s, and then given up with an alert',
    async (_how, fails) => {
      handle = fails
      const begun = desk.clock.now()
      const { id } = await add('broken')
      const attempts: number[] = []
      for (let minute = 0; minute < 120; minute += 1) {
        const before = handled.length
        await worker.workJobs(10)
        if (handled.length > before) attempts.push((desk.clock.now() - begun) / MINUTE)
        desk.clock.advance(MINUTE)
      }
      expect(attempts).toEqual([0, 1, 6, 21, 81])
      const job = await look(id)
      expect(job).toMatchObject({ state: 'given-up', error: expect.stringMatching(/fifth attempt/) })
      expect(job?.error).not.toContain('name in it')
      expect(await alerts()).toMatchObject([{ kind: 'job_given_up', message: expect.stringContaining('call-summary') }])
    },
  )

  it('that are postponed cost no attempt, and those of a kind that only a newer version knows wait', async () => {
    handle = async (_scope, _job, now) => ({ kind: 'postponed', until: (now + MINUTE) as typeof now, error: undefined })
    const { id } = await add('patient')
    const unknown = await add('unknown', { kind: 'of-tomorrow' as JobKind })
    for (let minute = 0; minute < 10; minute += 1) {
      await worker.workJobs(10)
      desk.clock.advance(MINUTE)
    }
    expect(await look(id)).toMatchObject({ state: 'waiting', attempt: 0 })
    expect(await look(unknown.id)).toMatchObject({ state: 'waiting', attempt: 0 })
    expect(handled).toHaveLength(10)
  })

  it('of a killed worker are done by another one once the lease is over', async () => {
    const { id } = await add('killed')
    await desk.ports.jobs.claim(desk.clock.now(), 10, (desk.clock.now() + 2 * MINUTE) as never)
    expect(await worker.workJobs(10)).toEqual({ done: 0, postponed: 0, givenUp: 0 })
    desk.clock.advance(2 * MINUTE)
    expect(await worker.workJobs(10)).toEqual({ done: 1, postponed: 0, givenUp: 0 })
    expect(await look(id)).toMatchObject({ state: 'done' })
  })

  it('of a company that has many running wait, and nobody else’s wait for them', async () => {
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    handle = async (scope) => {
      if (scope.company === company.scope.company) await gate
      return { kind: 'done' }
    }
    for (let which = 0; which < 12; which += 1) await add('slow')
    const slow = worker.workJobs(8)
    await expect.poll(() => handled).toHaveLength(8)
    const other = await newCompany(desk.ports)
    await within(desk.ports, other, (tx) => tx.jobs.enqueue(aJob(desk.ports, { runAt: desk.clock.now() })))
    expect(await worker.workJobs(8)).toEqual({ done: 1, postponed: 0, givenUp: 0 })
    expect(handled).toHaveLength(9)
    letGo()
    expect(await slow).toMatchObject({ done: 8 })
    expect(await worker.workJobs(8)).toMatchObject({ done: 4 })
  })

  it('that are given up are told of even if the worker dies before it is noted', async () => {
    handle = async () => ({ kind: 'given-up', error: 'It is no use.' })
    const { id } = await add('useless')
    const dies = { ...desk.ports.jobs, settle: () => Promise.reject(new Error('died')) }
    const dying = jobWorker({ ...desk.ports, jobs: dies }, handlers, idlePlatform)
    await expect(dying.workJobs(10)).rejects.toThrow('died')
    expect(await alerts()).toMatchObject([{ kind: 'job_given_up' }])
    desk.clock.advance(2 * MINUTE)
    expect(await worker.workJobs(10)).toMatchObject({ givenUp: 1 })
    expect(await look(id)).toMatchObject({ state: 'given-up' })
    expect(await alerts()).toHaveLength(1)
  })

  it('wake whoever waits for work once their transaction is committed, and only then', async () => {
    const woken: string[] = []
    const ports = wakeOnWork(desk.ports, (work) => void woken.push(work))
    await within(ports, company, async (tx) => {
      await tx.jobs.enqueue(aJob(ports))
      expect(woken).toEqual([])
    })
    expect(woken).toEqual(['jobs'])
    await within(ports, company, (tx) => tx.jobs.withdraw('none'))
    await ports.store
      .transact(company.scope, async (tx) => {
        await tx.jobs.enqueue(aJob(ports))
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    expect(woken).toEqual(['jobs'])
  })
})
