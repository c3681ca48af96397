import { describe, expect, it } from 'vitest'
import { migrations as allMigrations } from '../../src/adapters/sql/migrations/all.ts'
import { createFrontdesk } from '../../src/composition/frontdesk.ts'
import { version } from '../../src/composition/version.ts'
import { testKeys } from '../databases/test-databases.ts'

const health = async (redisUrl: string | undefined) => {
  const desk = await createFrontdesk({
    database: 'sqlite::memory:',
    encryptionKeys: testKeys,
    logLevel: 'silent',
    ...(redisUrl === undefined ? {} : { redisUrl }),
  })
  const token = await desk.createToken({ role: 'platform_admin' })
  const ready = await desk.http.inject({ method: 'GET', url: '/health/ready' })
  const whole = await desk.http.inject({
    method: 'GET',
    url: '/health',
    headers: { authorization: `Bearer ${token}` },
  })
  await desk.close()
  return { ready: ready.statusCode, whole: whole.json() }
}

describe('the cache of an installation', () => {
  it('is well without a server', async () => {
    const { ready, whole } = await health(undefined)
    expect(ready).toBe(200)
    expect(whole).toEqual({
      status: 'ok',
      checks: [
        { name: 'database', ok: true },
        { name: 'queue', ok: true, queue: { jobs_waiting: 0, oldest_job_seconds: 0, oldest_delivery_seconds: 0 } },
        { name: 'cache', ok: true, cache: { state: 'own', hits: 0, misses: 0, joined: 0 } },
        expect.objectContaining({ name: 'calcom', ok: true, accounts: [] }),
        { name: 'retell', ok: true, accounts: [] },
        { name: 'versions', ok: true, versions: { application: version, schema: allMigrations.at(-1)?.name } },
      ],
    })
  })

  it('is named when its server is away, which keeps nobody from working', async () => {
    const { ready, whole } = await health('redis://127.0.0.1:1')
    expect(ready).toBe(200)
    expect(whole).toMatchObject({ status: 'degraded' })
    expect(whole.checks).toContainEqual(
      expect.objectContaining({ name: 'cache', ok: false, cache: expect.objectContaining({ state: 'away' }) }),
    )
  })

  it('is refused where it cannot be a Redis server', async () => {
    await expect(createFrontdesk({ database: 'sqlite::memory:', redisUrl: 'http://x.example' })).rejects.toThrow(
      /redisUrl has to be/,
    )
  })
})
