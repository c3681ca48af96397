import { ok } from 'neverthrow'
import { expect, it } from 'vitest'
import { after } from '../../../src/domain/time.ts'
import { aJob } from '../../contracts/jobs.contract.ts'
import { openApi } from './api.ts'

it('shows how a job stands to its company and, with all others, to the platform, and never what it is about', async () => {
  const api = await openApi()
  const { ports, scopeOf } = api.desk
  const now = ports.clock.now()
  const [mine, other] = [aJob(ports, { createdAt: now }), aJob(ports, { createdAt: after(now, 1) })]
  for (const [slug, one] of [
    ['salon-sonne', mine],
    ['praxis-mond', other],
  ] as const) {
    await ports.store.transact(await scopeOf(slug), async (tx) => {
      await tx.jobs.enqueue(one)
      return ok(undefined)
    })
  }
  await ports.jobs.settle(mine.id, { state: 'given-up', error: 'It is no use.' })
  const viewer = await api.token('viewer')
  const path = `/api/v1/companies/salon-sonne/jobs/`
  const seen = await api.ask(viewer, 'GET', path + mine.id)
  expect(seen.json()).toMatchObject({
    ...{ id: mine.id, company: { slug: 'salon-sonne' }, kind: 'call-summary', state: 'given-up' },
    ...{ error: 'It is no use.', attempt: 0, progress: { done: 0, total: 1, note: null } },
  })
  expect(seen.body).not.toContain('call_a')
  for (const id of [other.id, 'job_00000000', 'nonsense']) {
    expect((await api.ask(viewer, 'GET', path + id)).statusCode).toBe(404)
  }
  expect((await api.ask(viewer, 'GET', '/api/v1/jobs')).statusCode).toBe(403)
  const admin = await api.token('platform_admin')
  const listed = await api.ask(admin, 'GET', '/api/v1/jobs')
  expect(listed.body).not.toContain('call_a')
  const all = listed.json().items
  expect(all.map(({ id, company }) => [id, company.slug])).toEqual([
    [other.id, 'praxis-mond'],
    [mine.id, 'salon-sonne'],
  ])
  const waiting = (await api.ask(admin, 'GET', '/api/v1/jobs?state=waiting')).json().items
  expect(waiting.map(({ id }) => id)).toEqual([other.id])
})

it('shows how far work has come, also while nobody knows how much it is', async () => {
  const api = await openApi()
  const { ports, scopeOf } = api.desk
  const viewer = await api.token('viewer')
  const [counted, counting] = [aJob(ports), aJob(ports)]
  await ports.store.transact(await scopeOf('salon-sonne'), async ({ jobs }) => {
    for (const job of [counted, counting]) await jobs.enqueue(job)
    await jobs.report(counted.id, { done: 3, total: 1_400, note: 'Empfang' })
    await jobs.report(counting.id, { done: 50, total: undefined, note: undefined })
    return ok(undefined)
  })
  const progress = async (id: string) =>
    (await api.ask(viewer, 'GET', `/api/v1/companies/salon-sonne/jobs/${id}`)).json().progress
  expect(await progress(counted.id)).toEqual({ done: 3, total: 1_400, note: 'Empfang' })
  expect(await progress(counting.id)).toEqual({ done: 50, total: null, note: null })
  await ports.jobs.settle(counted.id, { state: 'done' })
  expect(await progress(counted.id)).toEqual({ done: 3, total: 1_400, note: 'Empfang' })
})
