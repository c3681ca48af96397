import { LRUCache } from 'lru-cache'
import type { RealTime } from '../../application/ports/ambient.ts'
import type { Cache, RateLimits } from '../../application/ports/cache.ts'
import { cacheKey } from './keys.ts'

export interface InProcessOptions {
  readonly realTime: RealTime
  /** What is kept at most; what was not used for longest goes first. */
  readonly entries?: number
  readonly bytes?: number
}

/** Kept in this process alone, and gone with it. */
export const inProcessCache = ({ realTime, entries = 20_000, bytes = 64_000_000 }: InProcessOptions): Cache => {
  const kept = keptValues(realTime, entries, bytes)
  return {
    of: (company) => ({
      get: async (key) => kept.get(cacheKey(company, key)),
      set: async (key, value, seconds) => {
        const place = cacheKey(company, key)
        // What is too large to be kept must not leave what it replaces in its place.
        kept.delete(place)
        if (seconds > 0) kept.set(place, value, { ttl: seconds * 1_000 })
      },
    }),
  }
}

/** At most so many values, and so many bytes with their keys. */
export const keptValues = (realTime: RealTime, entries: number, bytes: number): LRUCache<string, string> => {
  const elapsed = realTime.measure()
  return new LRUCache<string, string>({
    max: entries,
    maxSize: bytes,
    maxEntrySize: Math.max(1, Math.floor(bytes / 8)),
    sizeCalculation: (value, key) => 2 * (value.length + key.length) + 100,
    // A value of moment zero would be kept for ever.
    perf: { now: () => elapsed() + 1 },
    ttlResolution: 0,
  })
}

/** Rate limits that can also be told of turns that were taken elsewhere. */
export interface LocalLimits extends RateLimits {
  readonly note: (name: string, windowMs: number) => void
  /** For how long there are no turns, as far as was said here; 0 when nobody said so. */
  readonly exhaustedForMs: (name: string) => number
}

const mostNames = 10_000
const longestMs = 24 * 3_600_000

/** Counted in this process alone: never more than so many turns in any window, wherever it begins. */
export const inProcessLimits = ({ realTime }: Pick<InProcessOptions, 'realTime'>): LocalLimits => {
  const elapsed = realTime.measure()
  const taken = new LRUCache<string, readonly number[]>({ max: mostNames })
  const none = new LRUCache<string, number>({ max: mostNames })

  const within = (name: string, windowMs: number): readonly number[] => {
    const now = elapsed()
    return (taken.get(name) ?? []).filter((moment) => now - moment < windowMs)
  }
  const exhaustedForMs = (name: string): number => Math.max(0, (none.get(name) ?? 0) - elapsed())

  return {
    exhaustedForMs,
    note: (name, windowMs) => {
      taken.set(name, [...within(name, windowMs), elapsed()])
    },
    take: async (name, most, windowMs) => {
      const exhausted = exhaustedForMs(name)
      if (exhausted > 0) return { taken: false, retryInMs: exhausted }
      const turns = within(name, windowMs)
      const oldest = turns.at(-most)
      if (oldest !== undefined) return { taken: false, retryInMs: Math.max(1, oldest + windowMs - elapsed()) }
      taken.set(name, [...turns, elapsed()])
      return { taken: true }
    },
    exhaust: async (name, forMs) => {
      none.set(name, Math.max(none.get(name) ?? 0, elapsed() + Math.min(forMs, longestMs)))
    },
  }
}
