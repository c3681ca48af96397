import { Redis } from 'ioredis'
import type { Deadline, RealTime } from '../../application/ports/ambient.ts'
import type { Cache, RateLimits } from '../../application/ports/cache.ts'
import { inProcessLimits } from './in-process.ts'
import { cacheKey, limitKey } from './keys.ts'
import { unsentValues } from './unsent.ts'

export interface RedisOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string
  readonly realTime: RealTime
  /** How long anybody waits for the server at most, in milliseconds; 40 unless said otherwise. */
  readonly patienceMs?: number
}

export interface RedisCache {
  readonly cache: Cache
  readonly limits: RateLimits
  /** Does the server answer just now? While it does not, this process goes on by itself. */
  readonly answers: () => Promise<boolean>
  readonly close: () => Promise<void>
}

/** A server beside us answers within one. */
const usualPatienceMs = 40
/** A server that did not answer in time is left alone for so long. */
const restMs = 500
/** A connection on which nothing comes back is made anew. */
const deadAfterMs = 2_000
const largestValue = 1_000_000

/**
 * Keeps and counts on a Redis server, shared by everybody who names it. Whatever is wrong with it, nobody waits longer
 * than a moment and nothing is rejected: nothing is found but what this process wrote meanwhile, and turns are counted
 * here. What was written meanwhile is forgotten as soon as the server is back.
 */
export const redisCache = ({ url, realTime, patienceMs = usualPatienceMs }: RedisOptions): RedisCache => {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: deadAfterMs,
    socketTimeout: deadAfterMs,
    retryStrategy: (times) => Math.min(5_000, 50 * 2 ** Math.min(times, 10)),
  })
  let rest: Deadline | undefined
  let connecting: Promise<unknown> | undefined
  const unsent = unsentValues(realTime)

  /** Undefined: the server did not answer in time, or not with what was asked for. */
  const ask = async <T>(command: () => Promise<T>): Promise<{ readonly answer: T } | undefined> => {
    const deadline = realTime.deadlineIn(patienceMs)
    if (redis.status === 'wait') connecting = redis.connect().catch(() => undefined)
    if (redis.status !== 'ready' && connecting) await deadline.within(connecting)
    connecting = undefined
    if (redis.status !== 'ready' || (rest?.left() ?? 0) > 0) return undefined
    try {
      const answer = await deadline.within(command())
      if (answer !== 'too-late') return { answer }
    } catch {
      // As if there had been no answer.
    }
    rest = realTime.deadlineIn(restMs)
    return undefined
  }
  let forgetting: Promise<void> | undefined
  const forgetUnsent = (): Promise<void> => {
    const remove = async (places: readonly string[]) => (await ask(() => redis.unlink(...places))) !== undefined
    forgetting ??= unsent.forget(remove).finally(() => {
      forgetting = undefined
    })
    return forgetting
  }
  redis.on('error', () => undefined)
  redis.on('ready', () => {
    rest = undefined
    void forgetUnsent()
  })

  return {
    cache: {
      of: (company) => ({
        get: async (key) => {
          const place = cacheKey(company, key)
          const own = unsent.of(place)
          if (own) return own.value
          const found = await ask(() => redis.get(place))
          return found?.answer ?? undefined
        },
        set: async (key, value, seconds) => {
          if (unsent.isDue()) void forgetUnsent()
          const place = cacheKey(company, key)
          const forMs = Math.ceil(seconds * 1_000)
          const isKept = forMs > 0 && value.length <= largestValue
          const change = unsent.add(place, isKept ? value : undefined, forMs)
          const told = await ask<unknown>(() => (isKept ? redis.set(place, value, 'PX', forMs) : redis.unlink(place)))
          if (told) unsent.told(place, change)
        },
      }),
    },
    limits: redisLimits(realTime, (script, key, ...words) => ask(() => redis.eval(script, 2, ...key, ...words))),
    answers: async () => (await ask(() => redis.ping())) !== undefined,
    close: async () => {
      await realTime.deadlineIn(patienceMs).within(forgetUnsent())
      redis.disconnect()
    },
  }
}

type Run = (
  script: string,
  keys: readonly [turns: string, none: string],
  ...words: readonly number[]
) => Promise<{ readonly answer: unknown } | undefined>

/**
 * The moments of the turns of a window, latest first, and for how long there are none. Answers 0 for a turn that was
 * taken, otherwise in how many milliseconds there is one.
 */
const takeScript = `
local none = redis.call('PTTL', KEYS[2])
if none > 0 then return none end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local most, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local last = redis.call('LINDEX', KEYS[1], -1)
while last and now - tonumber(last) >= window do
  redis.call('RPOP', KEYS[1])
  last = redis.call('LINDEX', KEYS[1], -1)
end
local oldest = redis.call('LINDEX', KEYS[1], most - 1)
if oldest then return math.max(1, tonumber(oldest) + window - now) end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], window)
return 0`

/** Whoever knows of the longest time is believed; answers with it. */
const exhaustScript = `
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[2], '1', 'PX', ARGV[1]) end
return redis.call('PTTL', KEYS[2])`

const redisLimits = (realTime: RealTime, run: Run): RateLimits => {
  const local = inProcessLimits({ realTime })
  const keysOf = (name: string) => [`${limitKey(name)}:turns`, `${limitKey(name)}:none`] as const
  return {
    take: async (name, most, windowMs) => {
      const here = local.exhaustedForMs(name)
      if (here > 0) return { taken: false, retryInMs: here }
      const told = await run(takeScript, keysOf(name), most, windowMs)
      if (typeof told?.answer !== 'number') return local.take(name, most, windowMs)
      if (told.answer > 0) return { taken: false, retryInMs: told.answer }
      // Counted here as well, for the server may be gone at the next turn.
      local.note(name, windowMs)
      return { taken: true }
    },
    exhaust: async (name, forMs) => {
      await local.exhaust(name, forMs)
      const told = await run(exhaustScript, keysOf(name), Math.max(1, Math.ceil(forMs)))
      if (typeof told?.answer === 'number') await local.exhaust(name, told.answer)
    },
  }
}
