import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spokenRemaining } from '../../../src/domain/speech/say-remaining.ts'
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts'

describe('a time that is left', () => {
  it.each([
    [21.913095436111 * HOUR, 'knapp 22 Stunden', 'just under 22 hours'],
    [21.2 * HOUR, 'gut 21 Stunden', 'just over 21 hours'],
    [24 * HOUR, '24 Stunden', '24 hours'],
    [HOUR, 'eine Stunde', 'one hour'],
    [1.4 * HOUR, 'gut eine Stunde', 'just over one hour'],
    [25 * MINUTE, '25 Minuten', '25 minutes'],
    [20_000, 'eine Minute', 'one minute'],
    [2.9 * DAY, 'knapp 3 Tage', 'just under 3 days'],
    [2 * DAY, '2 Tage', '2 days'],
  ])('%d ms is said as %s', (left, german, english) => {
    expect(spokenRemaining('de', left)).toBe(german)
    expect(spokenRemaining('en', left)).toBe(english)
  })

  it('never says a fraction, and never misses by more than half of what it counts in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * DAY }), (left) => {
        const said = spokenRemaining('en', left)
        expect(said).not.toMatch(/\d[.,]\d/)
        const count = Number(/\d+/.exec(said)?.[0] ?? 1)
        const unit = said.includes('day') ? DAY : said.includes('hour') ? HOUR : MINUTE
        const tolerance = Math.max(unit / 2, MINUTE)
        expect(Math.abs(count * unit - left)).toBeLessThanOrEqual(tolerance)
        if (said.includes('under')) expect(left).toBeLessThan(count * unit)
        if (said.includes('over')) expect(left).toBeGreaterThan(count * unit)
      }),
    )
  })
})
