import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inProcessCache } from '../../../src/adapters/cache/in-process.ts'
import { fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { hiddenTimes } from '../../../src/application/booking/hidden-times.ts'
import { mintId } from '../../../src/domain/ids.ts'
import { after, instant, MINUTE } from '../../../src/domain/time.ts'

const start = instant(Date.parse('2026-11-20T09:00:00Z'))

describe('answers that lacked what we had hidden ourselves', () => {
  it('law: are all those asked for while a reservation stood that is let go by now, and few others', async () => {
    const step = fc.record({ wait: fc.nat({ max: 20_000 }), what: fc.constantFrom('hide', 'show', 'nothing') })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const clock = fixedClock(start)
        const hidden = hiddenTimes(inProcessCache({ realTime }).of(mintId('company', '1')), clock)
        const standing: { name: string; since: number }[] = []
        const spans: { from: number; to: number }[] = []
        for (const [index, { wait, what }] of steps.entries()) {
          clock.advance(wait)
          if (what === 'hide') {
            standing.push({ name: `res-${index}`, since: clock.now() })
            await hidden.hide(`res-${index}`, clock.now())
          }
          const one = what === 'show' ? standing.shift() : undefined
          if (one) {
            expect(await hidden.show(one.name)).toBe(true)
            spans.push({ from: one.since, to: clock.now() })
          }
        }
        const isBlind = await hidden.isBlind()
        for (let back = 0; back < 14 * MINUTE; back += 7_000) {
          const askedAt = after(clock.now(), -back)
          const isHit = spans.some(({ from, to }) => from <= askedAt && askedAt <= to)
          if (spans.length <= 50) expect(isBlind(askedAt)).toBe(isHit)
          else if (isHit) expect(isBlind(askedAt)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('cannot be told apart once it is forgotten since when it was hidden', async () => {
    const hidden = hiddenTimes(inProcessCache({ realTime }).of(mintId('company', '1')), fixedClock(start))
    expect(await hidden.show('res-of-another-time')).toBe(false)
  })
})
