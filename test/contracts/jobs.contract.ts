import { err } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { JobHandler, JobHandlers, PlatformJobHandlers } from '../../src/application/jobs/job-handler.ts'
import type { JobProgress, Jobs } from '../../src/application/ports/jobs.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { DAY } from '../../src/domain/time.ts'
import {
  at,
  type Company,
  eventually,
  ids,
  newCompany,
  type Open,
  opening,
  platform,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

type Enqueued = Parameters<Jobs['enqueue']>[0]

export const aJob = (ports: Ports, more: Partial<Enqueued> = {}): Enqueued => ({
  id: ports.ids.next('job'),
  kind: 'call-summary',
  payload: { call: 'call_a', nested: { name: 'Änne', nothing: null, list: [1, true] } },
  key: undefined,
  runAt: at(0),
  createdAt: at(0),
  ...more,
})

/** The platform's own jobs, which have nothing to do. */
export const idlePlatform: PlatformJobHandlers = {
  housekeeping: { every: DAY, handle: async () => ({ kind: 'done' }) },
}

/** Every kind of job, done by one. */
export const everyKindBy = (handler: JobHandler): JobHandlers => ({
  'appointment-mail': handler,
  'appointment-reminder': handler,
  'call-summary': handler,
  'escalate-callback': handler,
  'callback-mail': handler,
  'calendar-sync': handler,
  'calendar-check': handler,
  'calendar-look': handler,
  'calendar-let-go': handler,
  'calendar-reconcile': handler,
  'agents-sync': handler,
  'agents-watch': handler,
  'agent-publish': handler,
  'agent-guard': handler,
  'calls-reconcile': handler,
})

/** What is promised of work that is done later. */
export const jobsContract = (name: string, open: Open): void => {
  describe(`jobs in ${name}`, unhurried, () => {
    const get = opening(open)
    const far = at(1_000_000)

    /** Leaves nothing due, for the queue is everybody's. */
    const settled = async (): Promise<{ ports: Ports; company: Company }> => {
      const { ports } = get()
      for (const { id } of await ports.jobs.claim(far, 1000, far)) await ports.jobs.settle(id, { state: 'done' })
      return { ports, company: await newCompany(ports) }
    }
    const add = async (ports: Ports, company: Company, more: Partial<Enqueued> = {}) => {
      const job = aJob(ports, more)
      await within(ports, company, (tx) => tx.jobs.enqueue(job))
      return job
    }
    const look = (ports: Ports, company: Company, id: Enqueued['id']) =>
      ports.store.read(company.scope, (tx) => tx.jobs.find(id))

    it('come back as they were written, to their company and to whoever works on them', async () => {
      const { ports, company } = await settled()
      const job = await add(ports, company, { key: 'k' })
      const kept = { ...job, company: company.profile.id, attempt: 0, state: 'waiting', error: undefined }
      expect(await look(ports, company, job.id)).toEqual(kept)
      expect(await ports.jobs.claim(at(0), 10, at(2))).toEqual([kept])
      expect(await look(ports, company, 'job_00000000')).toBeUndefined()
    })

    it('keep how far they have come, whatever becomes of them', async () => {
      const { ports, company } = await settled()
      const other = await newCompany(ports)
      const job = await add(ports, company, { key: 'k' })
      const report = (one: Company, id: Enqueued['id'], progress: JobProgress) =>
        within(ports, one, (tx) => tx.jobs.report(id, progress))
      expect((await look(ports, company, job.id))?.progress).toBeUndefined()
      await report(company, job.id, { done: 1, total: undefined, note: undefined })
      expect((await look(ports, company, job.id))?.progress).toEqual({ done: 1, total: undefined, note: undefined })
      await ports.jobs.claim(at(0), 10, at(2))
      const progress = { done: 2, total: 9, note: 'Empfang wird gelesen' }
      await report(company, job.id, progress)
      await report(other, job.id, { done: 7, total: 7, note: 'not theirs' })
      await report(company, 'job_00000000', progress)
      const [again] = await ports.jobs.claim(at(2), 10, at(3))
      expect(again).toMatchObject({ id: job.id, progress })
      await ports.jobs.settle(job.id, { state: 'given-up', error: 'Retell does not answer.' })
      expect(await look(ports, company, job.id)).toMatchObject({ state: 'given-up', progress })
    })

    it('are there when their transaction was committed, and never when it was not', async () => {
      const { ports, company } = await settled()
      const job = aJob(ports)
      await ports.store.transact(company.scope, async (tx) => {
        await tx.jobs.enqueue(job)
        return err('no')
      })
      expect(await look(ports, company, job.id)).toBeUndefined()
      expect(await ports.jobs.claim(far, 10, far)).toEqual([])
    })

    it('are claimed when they are due, oldest first, by one worker only, until the lease ends', async () => {
      const { ports, company } = await settled()
      const [late, early, future] = [
        await add(ports, company, { runAt: at(2) }),
        await add(ports, company, { runAt: at(1) }),
        await add(ports, company, { runAt: at(9) }),
      ]
      expect(ids(await ports.jobs.claim(at(5), 10, at(7)))).toEqual([early.id, late.id])
      expect(await ports.jobs.claim(at(6), 10, at(8))).toEqual([])
      expect(ids(await ports.jobs.claim(at(7), 1, at(8)))).toHaveLength(1)
      expect(ids(await ports.jobs.claim(at(9), 10, at(20)))).toContain(future.id)
    })

    it('are claimed without those of companies that are left out', async () => {
      const { ports, company } = await settled()
      const [other, another] = [await newCompany(ports), await newCompany(ports)]
      await add(ports, company, { runAt: at(-2) })
      const wanted = await add(ports, other, { runAt: at(-1) })
      await add(ports, another)
      const except = [company.profile.id, another.profile.id]
      expect(ids(await ports.jobs.claim(at(0), 10, at(2), except))).toEqual([wanted.id])
      expect(await ports.jobs.claim(at(0), 10, at(2))).toHaveLength(2)
    })

    it('go to one of many workers who want them at the same moment', async () => {
      const { ports, company } = await settled()
      const wanted = await race(12, () => add(ports, company))
      const claimed = await race(6, () => ports.jobs.claim(at(0), 3, at(2)))
      await eventually(async () => {
        claimed.push(await ports.jobs.claim(at(0), 3, at(2)))
        expect(claimed.flat()).toHaveLength(12)
      })
      expect(ids(claimed.flat()).toSorted()).toEqual(ids(wanted).toSorted())
    })

    it('wait once for each key, at the earlier moment, and again once the first is over', async () => {
      const { ports, company } = await settled()
      const other = await newCompany(ports)
      const job = await add(ports, company, { key: 'same', runAt: at(5) })
      const [twin, earlier] = [
        await add(ports, company, { key: 'same', runAt: at(9) }),
        await add(ports, company, { key: 'same', runAt: at(3) }),
      ]
      const foreign = await add(ports, other, { key: 'same', runAt: at(3) })
      expect(await look(ports, company, job.id)).toMatchObject({ runAt: at(3), payload: job.payload })
      for (const { id } of [twin, earlier]) expect(await look(ports, company, id)).toBeUndefined()
      expect(ids(await ports.jobs.claim(at(3), 10, at(5))).toSorted()).toEqual([job.id, foreign.id].toSorted())
      for (const { id } of [job, foreign]) await ports.jobs.settle(id, { state: 'done' })
      expect(await look(ports, company, job.id)).toMatchObject({ state: 'done' })
      const next = await add(ports, company, { key: 'same' })
      await ports.jobs.settle(next.id, { state: 'given-up', error: 'It is no use.' })
      const last = await add(ports, company, { key: 'same' })
      expect(ids(await ports.jobs.claim(far, 10, far))).toEqual([last.id])
    })

    it('of one key that twenty want at once is added once', async () => {
      const { ports, company } = await settled()
      await race(20, () => add(ports, company, { key: 'raced' }))
      expect(await ports.jobs.claim(at(0), 30, at(2))).toHaveLength(1)
    })

    it('run once more when they were wanted again while they ran, but not beside themselves', async () => {
      const { ports, company } = await settled()
      const job = await add(ports, company, { key: 'again' })
      await ports.jobs.claim(at(0), 10, at(10))
      await add(ports, company, { key: 'again', runAt: at(1) })
      expect(await ports.jobs.claim(at(5), 10, at(15))).toEqual([])
      await ports.jobs.settle(job.id, { state: 'done' })
      expect(ids(await ports.jobs.claim(at(5), 10, at(15)))).toEqual([job.id])
      await ports.jobs.settle(job.id, { state: 'done' })
      expect(await ports.jobs.claim(far, 10, far)).toEqual([])
    })

    it('wanted again for later while they run are not lost either', async () => {
      const { ports, company } = await settled()
      const job = await add(ports, company, { key: 'later' })
      await ports.jobs.claim(at(0), 10, at(2))
      await add(ports, company, { key: 'later', runAt: at(60) })
      await ports.jobs.settle(job.id, { state: 'given-up', error: 'x' })
      expect(await look(ports, company, job.id)).toMatchObject({ state: 'waiting', attempt: 0 })
      expect(ids(await ports.jobs.claim(at(60), 10, far))).toEqual([job.id])
    })

    it('are put off, with the attempt and what went wrong', async () => {
      const { ports, company } = await settled()
      const job = await add(ports, company)
      await ports.jobs.claim(at(0), 10, at(2))
      await ports.jobs.settle(job.id, { state: 'waiting', runAt: at(5), attempt: 1, error: 'It failed.' })
      expect(await ports.jobs.claim(at(4), 10, at(6))).toEqual([])
      expect(await ports.jobs.claim(at(5), 10, at(7))).toMatchObject([{ id: job.id, attempt: 1, error: 'It failed.' }])
      await ports.jobs.settle(job.id, { state: 'given-up', error: 'Over.' })
      expect(await look(ports, company, job.id)).toMatchObject({ state: 'given-up', attempt: 1, error: 'Over.' })
      await ports.jobs.settle('job_00000000', { state: 'done' })
    })

    it('are forgotten when they are withdrawn, only those of the key and the company', async () => {
      const { ports, company } = await settled()
      const other = await newCompany(ports)
      const [one, two] = [await add(ports, company, { key: 'one' }), await add(ports, company, { key: 'two' })]
      const foreign = await add(ports, other, { key: 'one' })
      await within(ports, company, async (tx) => {
        await tx.jobs.withdraw('one')
        await tx.jobs.withdraw('none')
      })
      expect(await look(ports, company, one.id)).toBeUndefined()
      expect(await look(ports, company, foreign.id)).toBeUndefined()
      expect(ids(await ports.jobs.claim(at(0), 10, at(2))).toSorted()).toEqual([two.id, foreign.id].toSorted())
    })

    it('are forgotten while they wait or run, and remembered once they are done', async () => {
      const { ports, company } = await settled()
      const withdraw = () => within(ports, company, (tx) => tx.jobs.withdraw('k'))
      const done = await add(ports, company, { key: 'k' })
      await ports.jobs.settle(done.id, { state: 'done' })
      const running = await add(ports, company, { key: 'k' })
      await ports.jobs.claim(at(0), 10, at(2))
      await withdraw()
      await ports.jobs.settle(running.id, { state: 'waiting', runAt: at(1), attempt: 1, error: 'It failed.' })
      expect(await look(ports, company, running.id)).toBeUndefined()
      expect(await ports.jobs.claim(far, 10, far)).toEqual([])
      await withdraw()
      expect(await look(ports, company, done.id)).toMatchObject({ state: 'done' })
    })

    it('are claimed by their key, due or not, unless somebody else has them', async () => {
      const { ports, company } = await settled()
      const other = await newCompany(ports)
      const job = await add(ports, company, { key: 'k', runAt: at(50) })
      const id = company.profile.id
      expect(await ports.jobs.claimOne(other.profile.id, 'k', at(0), at(2))).toBeUndefined()
      expect(await ports.jobs.claimOne(id, 'other', at(0), at(2))).toBeUndefined()
      expect(await ports.jobs.claimOne(id, 'k', at(0), at(2))).toMatchObject({ id: job.id, runAt: at(50) })
      expect(await ports.jobs.claimOne(id, 'k', at(1), at(3))).toBeUndefined()
      expect(await ports.jobs.claimOne(id, 'k', at(2), at(4))).toMatchObject({ id: job.id })
      await ports.jobs.settle(job.id, { state: 'done' })
      expect(await ports.jobs.claimOne(id, 'k', far, far)).toBeUndefined()
    })

    it('of the platform are planned once, however many ask, and keep their moment', async () => {
      const { ports } = await settled()
      const plan = (minute: number) =>
        ports.jobs.plan({ ...aJob(ports, { key: 'housekeeping', runAt: at(minute) }), kind: 'housekeeping' })
      await plan(5)
      await race(10, (which) => plan(which))
      expect(await ports.jobs.claim(at(4), 10, far)).toEqual([])
      const claimed = await ports.jobs.claim(at(5), 10, at(7))
      expect(claimed).toMatchObject([{ kind: 'housekeeping', company: undefined, runAt: at(5) }])
      await plan(1)
      expect(await ports.jobs.claim(at(6), 10, at(8))).toEqual([])
      const [id] = ids(claimed)
      await ports.jobs.settle(id as `job_${string}`, { state: 'waiting', runAt: at(9), attempt: 0, error: undefined })
      expect(ids(await ports.jobs.claim(at(9), 10, at(11)))).toEqual([id])
      await ports.jobs.settle(id as `job_${string}`, { state: 'done' })
      await plan(20)
      expect(await ports.jobs.claim(at(20), 10, at(22))).toHaveLength(1)
    })

    it('are counted while they wait, with the moment at which the first is due', async () => {
      const { ports, company } = await settled()
      const before = await ports.jobs.tally()
      const jobs = await race(3, (which) => add(ports, company, { runAt: at(which + 1) }))
      expect(await ports.jobs.tally()).toEqual({ waiting: before.waiting + 3, nextDue: at(1) })
      const lent = await ports.jobs.claim(at(1), 10, at(9))
      expect(lent).toHaveLength(1)
      expect(await ports.jobs.tally()).toEqual({ waiting: before.waiting + 3, nextDue: at(2) })
      for (const { id } of lent) await ports.jobs.settle(id, { state: 'done' })
      expect((await ports.jobs.tally()).waiting).toBe(before.waiting + 2)
      for (const id of jobs.map((one) => one.id)) await ports.jobs.settle(id, { state: 'done' })
      expect(await ports.jobs.tally()).toEqual(before)
    })

    it('are listed for the platform newest first, page by page, all or those of a state', async () => {
      const { ports, company } = await settled()
      const jobs = await race(5, (which) => add(ports, company, { createdAt: at(2_000 + (which % 3)), runAt: far }))
      await ports.jobs.settle(jobs[0]?.id ?? 'job_0', { state: 'done' })
      const seen = await walk((request) => ports.jobs.listAll(platform, request), 2)
      const ours = seen.filter((one) => one.company === company.profile.id)
      expect(ids(ours).toSorted()).toEqual(ids(jobs).toSorted())
      expect(ours.map(({ createdAt }) => createdAt)).toEqual([at(2_002), at(2_001), at(2_001), at(2_000), at(2_000)])
      const done = await walk((request) => ports.jobs.listAll(platform, { ...request, state: 'done' }), 3)
      expect(done.filter((one) => one.company === company.profile.id)).toMatchObject([{ id: jobs[0]?.id }])
    })
  })
}
