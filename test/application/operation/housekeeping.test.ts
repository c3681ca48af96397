import { beforeEach, describe, expect, it } from 'vitest'
import { application } from '../../../src/application/application.ts'
import { keepHouse } from '../../../src/application/operation/housekeeping.ts'
import type { Housekeeping } from '../../../src/application/ports/housekeeping.ts'
import type { StoredJob } from '../../../src/application/ports/jobs.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import { after, DAY, HOUR, type Instant, MINUTE } from '../../../src/domain/time.ts'
import { within } from '../../contracts/fixtures.ts'
import { aJob } from '../../contracts/jobs.contract.ts'
import { type Desk, openDesk } from '../desk.ts'

const aDayAfter = (moment: Instant): Instant => after(moment, DAY)
const aMinuteAfter = (moment: Instant): Instant => after(moment, MINUTE)

describe('housekeeping', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
  })

  const page = { limit: 50, cursor: undefined }
  const own = async () =>
    (await desk.ports.jobs.listAll(desk.platform, page)).items.filter(({ company }) => company === undefined)
  const work = () => desk.app.workJobs(50)

  it('is planned by itself, once for the platform however many processes work, and comes round every day', async () => {
    const other = application(desk.ports)
    for (const app of [desk.app, other, desk.app]) await app.workJobs(10)
    const due = aDayAfter(desk.clock.now())
    expect(await own()).toMatchObject([{ kind: 'housekeeping', state: 'waiting', runAt: due }])
    desk.clock.set(due)
    expect(await Promise.all([work(), other.workJobs(50)])).toContainEqual({ done: 1, postponed: 0, givenUp: 0 })
    expect(await own()).toMatchObject([{ state: 'waiting', runAt: aDayAfter(due), attempt: 0, error: undefined }])
    expect(await work()).toEqual({ done: 0, postponed: 0, givenUp: 0 })
  })

  it('deletes a done job after thirty days and a given-up one after ninety', async () => {
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('There is no salon')
    const runAt = desk.clock.now()
    const [done, lost] = [aJob(desk.ports, { runAt }), aJob(desk.ports, { runAt })]
    for (const job of [done, lost]) await within(desk.ports, { scope, profile }, (tx) => tx.jobs.enqueue(job))
    await desk.ports.jobs.settle(done.id, { state: 'done' })
    await desk.ports.jobs.settle(lost.id, { state: 'given-up', error: 'It is no use.' })
    const goneAfter = new Map<string, number>()
    for (let day = 1; day <= 95; day += 1) {
      await work()
      for (const { id } of [done, lost]) {
        const found = await desk.look((tx) => tx.jobs.find(id))
        if (!found && !goneAfter.has(id)) goneAfter.set(id, day - 1)
      }
      desk.clock.advance(DAY)
    }
    expect([goneAfter.get(done.id), goneAfter.get(lost.id)]).toEqual([30, 90])
  })

  const job: StoredJob = {
    ...{ id: 'job_1', company: undefined, kind: 'housekeeping', payload: {}, key: 'housekeeping', attempt: 0 },
    ...{ state: 'waiting', error: undefined, progress: undefined, runAt: 0 as never, createdAt: 0 as never },
  }
  const kinds = 12
  /** So many of each kind are left, and what was asked for. */
  const leftovers = (many: number) => {
    const left = new Map<string, number>()
    const limits: number[] = []
    const clear: Housekeeping['clear'] = async (_scope, kind, _before, limit) => {
      limits.push(limit)
      const cleared = Math.min(left.get(kind) ?? many, limit)
      left.set(kind, (left.get(kind) ?? many) - cleared)
      return cleared
    }
    return { left, limits, housekeeping: { clear } }
  }

  it('deletes in portions until nothing is left', async () => {
    const { left, limits, housekeeping } = leftovers(1_700)
    const outcome = await keepHouse({ ...desk.ports, housekeeping })(desk.platform, job, desk.clock.now())
    expect(outcome).toEqual({ kind: 'done' })
    expect([...left.values()]).toEqual(Array(kinds).fill(0))
    expect(Math.max(...limits)).toBeLessThanOrEqual(500)
    expect(limits).toHaveLength(kinds * 4)
  })

  it('leaves the rest for a minute when it takes long, and goes on then', async () => {
    const { left, housekeeping } = leftovers(1_000)
    let turns = 0
    const hurried: Ports['realTime'] = {
      ...desk.ports.realTime,
      deadlineIn: (milliseconds) => {
        const deadline = desk.ports.realTime.deadlineIn(milliseconds)
        turns = 13
        return { ...deadline, left: () => Math.max(0, turns--) }
      },
    }
    const keep = keepHouse({ housekeeping, realTime: hurried })
    const now = desk.clock.now()
    expect(await keep(desk.platform, job, now)).toEqual({ kind: 'done', again: aMinuteAfter(now) })
    for (let round = 0; round < 20; round += 1) await keep(desk.platform, job, now)
    expect([...left.values()]).toEqual(Array(kinds).fill(0))
  })

  it('raises an alert when it fails again and again, and comes round the next day all the same', async () => {
    let fails = true
    const { limits, housekeeping } = leftovers(0)
    const ports: Ports = {
      ...desk.ports,
      housekeeping: {
        clear: (...asked) => (fails ? Promise.reject(new Error('no')) : housekeeping.clear(...asked)),
      },
    }
    const app = application(ports)
    await app.workJobs(10)
    for (let hour = 0; hour < 30; hour += 1) {
      desk.clock.advance(HOUR)
      await app.workJobs(10)
    }
    const alerts = (await desk.ports.alarm.alerts(desk.platform, page)).items
    expect(alerts).toMatchObject([{ kind: 'job_given_up', company: undefined }])
    expect(await own()).toMatchObject([{ state: 'waiting', attempt: 0, error: expect.stringContaining('fifth') }])
    fails = false
    desk.clock.advance(DAY)
    expect(await app.workJobs(10)).toMatchObject({ done: 1 })
    expect(limits).toHaveLength(kinds)
  })
})
