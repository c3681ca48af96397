import { describe, expect, it } from 'vitest'
import { createFrontdesk } from '../../src/composition/frontdesk.ts'
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
        { name: 'cache', ok: true },
      ],
    })
  })

  it('is named when its server is away, which keeps nobody from working', async () => {
    const { ready, whole } = await health('redis://127.0.0.1:1')
    expect(ready).toBe(200)
    expect(whole).toMatchObject({ status: 'degraded' })
    expect(whole.checks).toContainEqual({ name: 'cache', ok: false })
  })

  it('is refused where it cannot be a Redis server', async () => {
    await expect(createFrontdesk({ database: 'sqlite::memory:', redisUrl: 'http://x.example' })).rejects.toThrow(
      /redisUrl has to be/,
    )
  })
})
