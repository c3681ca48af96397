import type { RealTime } from '../../application/ports/ambient.ts'
import type { Cache, RateLimits } from '../../application/ports/cache.ts'
import { inProcessCache, inProcessLimits } from './in-process.ts'

/** `own`: this process keeps and counts for itself. `away`: it has to, for its server does not answer. */
export type CacheState = 'own' | 'shared' | 'away'

export interface SharedCache {
  readonly cache: Cache
  readonly limits: RateLimits
  readonly state: () => Promise<CacheState>
  readonly close: () => Promise<void>
}

/** What the processes that name one Redis server share; without a server, every process has its own. */
export const sharedCache = async (redisUrl: string | undefined, realTime: RealTime): Promise<SharedCache> => {
  if (redisUrl === undefined) {
    return {
      cache: inProcessCache({ realTime }),
      limits: inProcessLimits({ realTime }),
      state: async () => 'own',
      close: async () => undefined,
    }
  }
  const { redisCache } = await import('./redis.ts')
  const { answers, ...redis } = redisCache({ url: redisUrl, realTime })
  return { ...redis, state: async () => ((await answers()) ? 'shared' : 'away') }
}
