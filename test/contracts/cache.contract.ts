import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cache, RateLimits } from '../../src/application/ports/cache.ts'
import { mintId } from '../../src/domain/ids.ts'

export interface OpenedCache {
  readonly cache: Cache
  readonly limits: RateLimits
  readonly close: () => Promise<void>
}

/** Two that know of each other as far as they can; for what lives in one process, twice the same. */
export type OpenCaches = () => Promise<readonly [OpenedCache, OpenedCache]>

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What is promised of answers that are kept and of turns that are counted, whoever of two asks. */
export const cacheContract = (name: string, open: OpenCaches, missing?: string): void => {
  describe(`cache and rate limits in ${name}`, () => {
    let both: readonly [OpenedCache, OpenedCache] | undefined
    const one = () => opened(both)[0]
    const other = () => opened(both)[1]
    beforeEach((context) => context.skip(missing !== undefined, missing))
    beforeAll(async () => {
      if (missing === undefined) both = await open()
    })
    afterAll(async () => {
      for (const { close } of new Set(both)) await close()
    })

    let last = 0
    const aCompany = () => {
      last += 1
      return mintId('company', `${name.length}cache${last}`)
    }
    const aName = () => {
      last += 1
      return `vendor/${name}/${last}`
    }

    describe('the cache', () => {
      it('finds what either of two kept, as it was, until it is replaced', async () => {
        const text = fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom('', 'Grüße, 你好 👋🏽\0\r\n', '{"a":[1]}'))
        await fc.assert(
          fc.asyncProperty(text, text, text, async (key, value, next) => {
            const company = aCompany()
            await one().cache.of(company).set(key, value, 60)
            expect(await other().cache.of(company).get(key)).toBe(value)
            await other().cache.of(company).set(key, next, 60)
            expect(await one().cache.of(company).get(key)).toBe(next)
          }),
          { numRuns: 50 },
        )
      })

      it('finds nothing of another company, whatever its keys are made of', async () => {
        const part = fc.oneof(fc.constantFrom('', ':', '#', 'com_a', 'com_a:k', '~limit', 'frontdesk:'), fc.string())
        const crafted = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
        await fc.assert(
          fc.asyncProperty(crafted, crafted, crafted, crafted, async (a, aKey, b, bKey) => {
            // Ids are minted here alone; even one that were written by somebody else opens nothing of another.
            const [mine, theirs] = [`com_${last++}${a}` as const, `com_${last}${b}` as const]
            const place = one().cache.of(mine as ReturnType<typeof aCompany>)
            const elsewhere = other().cache.of(theirs as ReturnType<typeof aCompany>)
            await elsewhere.set(bKey, 'theirs', 60)
            await place.set(aKey, 'mine', 60)
            expect(await elsewhere.get(bKey)).toBe('theirs')
            expect(await place.get(aKey)).toBe('mine')
          }),
          { numRuns: 50 },
        )
      })

      it('forgets in time', async () => {
        const company = aCompany()
        await one().cache.of(company).set('soon', 'x', 1)
        await one().cache.of(company).set('later', 'x', 60)
        expect(await other().cache.of(company).get('soon')).toBe('x')
        await sleep(1_050)
        expect(await other().cache.of(company).get('soon')).toBeUndefined()
        expect(await other().cache.of(company).get('later')).toBe('x')
      })

      it('leaves nothing behind of what cannot be kept', async () => {
        const { cache } = one()
        const place = cache.of(aCompany())
        await place.set('k', 'old', 60)
        await place.set('k', 'x'.repeat(40_000_000), 60)
        expect(await place.get('k')).toBeUndefined()
        await place.set('k', 'new', 60)
        await place.set('k', 'none', 0)
        expect(await place.get('k')).toBeUndefined()
      })
    })

    describe('the rate limits', () => {
      const windowMs = 400

      it('gives each turn once, however many ask at once', async () => {
        const limit = aName()
        const asking = Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? one() : other()).limits.take(limit, 7, 60_000),
        )
        const answers = await Promise.all(asking)
        expect(answers.filter(({ taken }) => taken)).toHaveLength(7)
        for (const answer of answers) {
          if (answer.taken) continue
          expect(answer.retryInMs).toBeGreaterThan(0)
          expect(answer.retryInMs).toBeLessThanOrEqual(60_000)
        }
        expect(await one().limits.take(aName(), 7, 60_000)).toEqual({ taken: true })
      })

      it('has a turn again when it said so, and never more than so many in any window', async () => {
        const limit = aName()
        const taken: { readonly asked: number; readonly heard: number }[] = []
        let hasWaited = false
        while (taken.length < 10) {
          const asked = performance.now()
          const turn = await (taken.length % 2 === 0 ? one() : other()).limits.take(limit, 3, windowMs)
          if (turn.taken) taken.push({ asked, heard: performance.now() })
          else expect(hasWaited).toBe(false)
          hasWaited = !turn.taken
          if (!turn.taken) await sleep(turn.retryInMs + 1)
          if (taken.length === 2) await sleep(windowMs / 2)
        }
        taken.forEach(({ asked }, index) => {
          const fourth = taken[index + 3]
          // A turn is given between the asking and the hearing; clocks of two processes round to a millisecond.
          if (fourth !== undefined) expect(fourth.heard - asked).toBeGreaterThan(windowMs - 2)
        })
      })

      it('gives nobody a turn for as long as the vendor said', async () => {
        const limit = aName()
        expect(await one().limits.take(limit, 5, windowMs)).toEqual({ taken: true })
        await one().limits.exhaust(limit, 300)
        await other().limits.exhaust(limit, 20)
        for (const { limits } of [one(), other()]) {
          const turn = await limits.take(limit, 5, windowMs)
          expect(turn).toMatchObject({ taken: false })
          if (!turn.taken) expect(turn.retryInMs).toBeGreaterThan(100)
        }
        expect(await other().limits.take(aName(), 5, windowMs)).toEqual({ taken: true })
        await sleep(320)
        expect(await other().limits.take(limit, 5, windowMs)).toEqual({ taken: true })
      })
    })
  })
}

const opened = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('Nothing is open yet')
  return value
}
