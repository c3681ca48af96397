import { expect, it } from 'vitest'
import { createFrontdesk } from '../../src/index.ts'

it('the library keeps house every day in which it is asked to do what is due', async () => {
  let now = Date.parse('2026-11-20T09:00:00Z')
  const desk = await createFrontdesk({
    ...{ database: 'sqlite::memory:', encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}` },
    ...{ clock: { now: () => now }, logLevel: 'silent' },
  })
  const token = await desk.createToken({ role: 'platform_admin' })
  const jobs = async () => {
    const answer = await desk.http.inject({ url: '/api/v1/jobs', headers: { authorization: `Bearer ${token}` } })
    return answer.json().items
  }
  const nothing = { done: 0, postponed: 0, givenUp: 0 }
  expect((await desk.runDueJobs()).jobs).toEqual(nothing)
  expect(await jobs()).toMatchObject([{ kind: 'housekeeping', company: null, state: 'waiting' }])
  for (let day = 0; day < 3; day += 1) {
    now += 24 * 3_600_000
    expect((await desk.runDueJobs()).jobs).toEqual({ ...nothing, done: 1 })
    expect((await desk.runDueJobs()).jobs).toEqual(nothing)
  }
  expect(await jobs()).toHaveLength(1)
  await desk.close()
})
