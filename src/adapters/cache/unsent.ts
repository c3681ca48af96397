import { LRUCache } from 'lru-cache'
import type { RealTime } from '../../application/ports/ambient.ts'

/** What a server has not confirmed yet. Undefined value: nothing is to be there. */
export interface Unsent {
  readonly value: string | undefined
}

export interface UnsentValues {
  readonly add: (place: string, value: string | undefined, forMs: number) => Unsent
  readonly of: (place: string) => Unsent | undefined
  /** The server has it; what was added since stays. */
  readonly told: (place: string, change: Unsent) => void
  /** Are there any, with nothing done about them for a while? */
  readonly isDue: () => boolean
  /** Forgets them everywhere, in portions, until the server does not answer. */
  readonly forget: (remove: (places: readonly string[]) => Promise<boolean>) => Promise<void>
}

const most = 5_000
const mostBytes = 16_000_000
const atOnce = 200
const againAfterMs = 1_000
const usualMs = 3_600_000

/**
 * What was written while the server was away, for as long as it would have been kept there. Once the server is back it
 * is forgotten on both sides: others may have written something else meanwhile, and nobody can say which is newer.
 */
export const unsentValues = (realTime: RealTime): UnsentValues => {
  const elapsed = realTime.measure()
  const now = () => elapsed() + 1
  const kept = new LRUCache<string, Unsent>({
    max: most,
    maxSize: mostBytes,
    sizeCalculation: ({ value = '' }, place) => 2 * (value.length + place.length) + 100,
    perf: { now },
    ttlResolution: 0,
  })
  let lookedAt = now()
  const told = (place: string, change: Unsent) => {
    if (kept.peek(place) === change) kept.delete(place)
  }
  return {
    add: (place, value, forMs) => {
      const change: Unsent = { value }
      kept.set(place, change, { ttl: value === undefined ? usualMs : forMs })
      return change
    },
    of: (place) => kept.get(place),
    told,
    isDue: () => kept.size > 0 && now() - lookedAt > againAfterMs,
    forget: async (remove) => {
      lookedAt = now()
      const all = [...kept.entries()]
      for (let begin = 0; begin < all.length; begin += atOnce) {
        const some = all.slice(begin, begin + atOnce)
        if (!(await remove(some.map(([place]) => place)))) return
        for (const [place, change] of some) told(place, change)
      }
    },
  }
}
