import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RedisCache, redisCache } from '../../../src/adapters/cache/redis.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { mintId } from '../../../src/domain/ids.ts'
import { cacheContract } from '../../contracts/cache.contract.ts'
import { missingRedis, type RedisServer, startRedis } from '../../databases/redis-server.ts'

const connected = async (url: string, patienceMs?: number): Promise<RedisCache> => {
  const shared = redisCache({ url, realTime, ...(patienceMs === undefined ? {} : { patienceMs }) })
  await until(shared.answers)
  return shared
}

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 15_000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It does not come to that.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

cacheContract(
  'two clients of one Redis',
  async () => {
    const server = await startRedis()
    // What they share is what is tested, however busy the machine is.
    const [one, other] = [await connected(server.url, 10_000), await connected(server.url, 10_000)]
    return [
      one,
      {
        ...other,
        close: async () => {
          await other.close()
          await server.stop()
        },
      },
    ]
  },
  missingRedis,
)

describe('a Redis that fails', () => {
  let server: RedisServer | undefined
  const redis = (): RedisServer => {
    if (!server) throw new Error('There is no server')
    return server
  }
  beforeEach((context) => context.skip(missingRedis !== undefined, missingRedis))
  beforeAll(async () => {
    if (missingRedis === undefined) server = await startRedis()
  })
  afterAll(() => server?.stop())

  const company = mintId('company', '1')
  /** Far longer than is promised, for the machine of a test may be busy. */
  const promptly = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const done = await work()
    expect(performance.now() - begun).toBeLessThan(1_000)
    return done
  }

  it('writes no key without an end', async () => {
    const { cache, limits, close } = await connected(redis().url)
    const looking = new Redis(redis().url)
    await looking.flushall()
    await cache.of(company).set('a', 'x', 60)
    await cache.of(company).set('b', 'x', 0.5)
    await limits.take('vendor', 5, 60_000)
    await limits.exhaust('vendor', 60_000)
    const keys = await looking.keys('*')
    expect(keys).toHaveLength(4)
    for (const key of keys) {
      expect(key).toMatch(/^frontdesk:/)
      expect(await looking.pttl(key)).toBeGreaterThan(0)
    }
    looking.disconnect()
    await close()
  })

  it('keeps nobody waiting and goes on by itself while it is away, and is joined again', async () => {
    const [one, other] = [await connected(redis().url), await connected(redis().url)]
    await one.cache.of(company).set('before', 'x', 60)
    await redis().stop()
    expect(await promptly(() => one.answers())).toBe(false)
    expect(await promptly(() => one.cache.of(company).get('before'))).toBeUndefined()
    await promptly(() => one.cache.of(company).set('meanwhile', 'mine', 60))
    expect(await promptly(() => one.cache.of(company).get('meanwhile'))).toBe('mine')
    const turns = [1, 2, 3].map(() => promptly(() => one.limits.take('away', 2, 60_000)))
    expect((await Promise.all(turns)).map(({ taken }) => taken)).toEqual([true, true, false])

    await redis().start()
    await until(one.answers)
    await until(other.answers)
    await other.cache.of(company).set('after', 'theirs', 60)
    expect(await one.cache.of(company).get('after')).toBe('theirs')
    await until(async () => (await one.cache.of(company).get('meanwhile')) === undefined)
    await one.close()
    await other.close()
  })

  it('has what it kept before forgotten, where it was written over while nobody could say so', async () => {
    const [one, other] = [await connected(redis().url), await connected(redis().url)]
    await one.cache.of(company).set('token', 'old', 60)
    redis().freeze()
    await promptly(() => one.cache.of(company).set('token', 'new', 60))
    expect(await promptly(() => one.cache.of(company).get('token'))).toBe('new')
    redis().wake()
    await until(other.answers)
    await until(async () => {
      // Only a look at it tells this process that the server is back.
      await one.cache.of(company).set('any', 'x', 60)
      return (await other.cache.of(company).get('token')) !== 'old'
    })
    expect(await other.cache.of(company).get('token')).not.toBe('old')
    await one.close()
    await other.close()
  })

  it('waits for a frozen one once, not every time', async () => {
    const { cache, limits, close } = await connected(redis().url)
    redis().freeze()
    const begun = performance.now()
    for (let n = 0; n < 20; n++) {
      expect(await cache.of(company).get(`k${n}`)).toBeUndefined()
      expect(await limits.take('frozen', 100, 60_000)).toEqual({ taken: true })
    }
    expect(performance.now() - begun).toBeLessThan(1_500)
    redis().wake()
    await close()
  })

  it('counts on here what was counted there', async () => {
    const { limits, close } = await connected(redis().url)
    expect((await limits.take('lost', 3, 60_000)).taken).toBe(true)
    expect((await limits.take('lost', 3, 60_000)).taken).toBe(true)
    await redis().stop()
    const turns = [await limits.take('lost', 3, 60_000), await limits.take('lost', 3, 60_000)]
    expect(turns.map(({ taken }) => taken)).toEqual([true, false])
    await redis().start()
    await close()
  })

  it('is no obstacle where it never was', async () => {
    const nowhere = redisCache({ url: 'redis://127.0.0.1:1', realTime })
    await promptly(() => nowhere.cache.of(company).set('k', 'v', 60))
    expect(await promptly(() => nowhere.cache.of(company).get('k'))).toBe('v')
    expect(await promptly(() => nowhere.limits.take('n', 1, 60_000))).toEqual({ taken: true })
    expect(await promptly(() => nowhere.limits.take('n', 1, 60_000))).toMatchObject({ taken: false })
    await promptly(nowhere.close)
  })
})
