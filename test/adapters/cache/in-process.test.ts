import { describe, expect, it } from 'vitest'
import { inProcessCache, inProcessLimits } from '../../../src/adapters/cache/in-process.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { mintId } from '../../../src/domain/ids.ts'
import { cacheContract } from '../../contracts/cache.contract.ts'

cacheContract('one process', async () => {
  const only = {
    cache: inProcessCache({ realTime }),
    limits: inProcessLimits({ realTime }),
    close: async () => undefined,
  }
  return [only, only]
})

describe('the cache in one process', () => {
  const kept = async (
    count: number,
    length: number,
    bounds: { readonly entries?: number; readonly bytes?: number },
  ) => {
    const place = inProcessCache({ realTime, ...bounds }).of(mintId('company', '1'))
    for (let n = 0; n < count; n++) await place.set(`k${n}`, 'x'.repeat(length), 60)
    const found: number[] = []
    for (let n = 0; n < count; n++) if ((await place.get(`k${n}`)) !== undefined) found.push(n)
    return found
  }

  it('keeps no more than so many, the latest', async () => {
    expect(await kept(10, 1, { entries: 3 })).toEqual([7, 8, 9])
  })

  it('keeps no more than so many bytes', async () => {
    const found = await kept(100, 1_000, { bytes: 100_000 })
    expect(found.length).toBeGreaterThan(10)
    expect(found.length).toBeLessThan(50)
  })
})
