import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareOutcomes,
  defaultGuard,
  guardOf,
  type OutcomeTally,
  wilson,
} from '../../../src/domain/agents/outcome-guard.ts'

const counted = fc
  .integer({ min: 0, max: 400 })
  .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
const tally: fc.Arbitrary<OutcomeTally> = fc.integer({ min: 0, max: 300 }).chain((calls) => {
  const some = fc.integer({ min: 0, max: calls })
  return fc
    .record({
      booked: some,
      failed: some,
      negative: some,
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      looping: some,
      withToolFailures: some,
    })
    .map(({ cut, failed, ...rest }) => ({
      ...rest,
      calls,
      failed,
      short: Math.floor((calls - failed) * cut),
    }))
})
const none: OutcomeTally = {
  ...{ calls: 0, booked: 0, failed: 0, negative: 0, short: 0, looping: 0, withToolFailures: 0 },
}
const good: OutcomeTally = {
  ...{ calls: 200, booked: 100, failed: 4, negative: 10, short: 6, looping: 2, withToolFailures: 8 },
}

describe('a rate', () => {
  it.each([
    // Newcombe's published examples of the score interval.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is known as well as published', (count, of, low, high) => {
    const rate = wilson(count, of)
    expect(rate.low).toBeCloseTo(low, 4)
    expect(rate.high).toBeCloseTo(high, 4)
  })

  it('lies in its interval, which lies between none and all', () => {
    fc.assert(
      fc.property(counted, ([count, of]) => {
        const { rate, low, high } = wilson(count, of)
        expect(low >= 0 && high <= 1 && low <= high).toBe(true)
        if (of > 0) expect(rate !== undefined && low <= rate && rate <= high).toBe(true)
      }),
    )
  })

  it('is known better after more calls', () => {
    fc.assert(
      fc.property(counted, fc.integer({ min: 2, max: 9 }), ([count, of], times) => {
        const [few, many] = [wilson(count, of), wilson(count * times, of * times)]
        expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low)
        if (of > 0) expect(many.high - many.low).toBeLessThan(few.high - few.low)
      }),
    )
  })

  it('says the same of what did not happen', () => {
    fc.assert(
      fc.property(counted, ([count, of]) => {
        expect(wilson(of - count, of).low).toBeCloseTo(1 - wilson(count, of).high, 10)
      }),
    )
  })
})

describe('the difference of two versions', () => {
  it('is as published', () => {
    // Newcombe 1998, method 10: 56/70 and 48/80.
    const [booked] = compareOutcomes({
      candidate: { ...none, calls: 70, booked: 56 },
      live: { ...none, calls: 80, booked: 48 },
    })
    expect(booked).toMatchObject({ kind: 'booked', verdict: 'better' })
    expect(booked?.low).toBeCloseTo(0.0524, 4)
    expect(booked?.high).toBeCloseTo(0.3339, 4)
  })

  it('is the other way round when they change places', () => {
    const opposite = { better: 'worse', worse: 'better', open: 'open' } as const
    fc.assert(
      fc.property(tally, tally, (live, candidate) => {
        const there = compareOutcomes({ live, candidate })
        const back = compareOutcomes({ live: candidate, candidate: live })
        expect(back.map(({ kind }) => kind)).toEqual(there.map(({ kind }) => kind))
        for (const [index, one] of there.entries()) {
          const other = back[index]
          expect(other?.verdict).toBe(opposite[one.verdict])
          expect(other?.low).toBeCloseTo(-one.high, 10)
          expect((other?.difference ?? 0) + (one.difference ?? 0)).toBeCloseTo(0, 10)
          if (one.difference !== undefined) expect(one.low <= one.difference && one.difference <= one.high).toBe(true)
        }
      }),
    )
  })

  it('is told for every kind, each of calls', () => {
    expect(
      compareOutcomes({ live: good, candidate: good }).map(({ kind, live }) => [kind, live.count, live.of]),
    ).toEqual([
      ['booked', 100, 200],
      ['failed', 4, 200],
      ['negative', 10, 200],
      ['short', 6, 200],
      ['looping', 2, 200],
      ['tool-failures', 8, 200],
    ])
  })
})

describe('the guard of a rollout', () => {
  it('never takes back what is no worse', () => {
    fc.assert(
      fc.property(tally, tally, (one, other) => {
        const calls = Math.max(one.calls, 1)
        const noWorse: OutcomeTally = {
          calls,
          booked: Math.max(one.booked, Math.ceil((other.booked * calls) / Math.max(other.calls, 1))),
          failed: Math.floor((other.failed * calls) / Math.max(other.calls, 1)),
          negative: Math.floor((other.negative * calls) / Math.max(other.calls, 1)),
          short: Math.floor((other.short * calls) / Math.max(other.calls, 1)),
          looping: Math.floor((other.looping * calls) / Math.max(other.calls, 1)),
          withToolFailures: Math.floor((other.withToolFailures * calls) / Math.max(other.calls, 1)),
        }
        expect(guardOf({ live: other, candidate: noWorse }).kind).toBe('keep')
      }),
      { numRuns: 500 },
    )
  })

  it('never takes both of two versions back', () => {
    const onlyBooked = { ...defaultGuard, kinds: ['booked'] } as const
    fc.assert(
      fc.property(tally, tally, (one, other) => {
        const decisions = [
          guardOf({ live: one, candidate: other }, onlyBooked),
          guardOf({ live: other, candidate: one }, onlyBooked),
        ]
        const byRate = decisions.filter((decision) => decision.kind === 'roll-back' && decision.reason === 'worse')
        expect(byRate.length).toBeLessThan(2)
      }),
    )
  })

  it('does not judge a handful of calls, unless they fail', () => {
    const few = { ...none, calls: 6, negative: 2, short: 1 }
    expect(guardOf({ live: good, candidate: few })).toEqual({ kind: 'keep', reason: 'too-few-calls' })
    expect(guardOf({ live: good, candidate: { ...few, short: 5 } })).toEqual({
      kind: 'roll-back',
      reason: 'fails-at-once',
      failed: 5,
      calls: 6,
    })
    expect(guardOf({ live: good, candidate: { ...few, calls: 15, short: 5 } }).kind).toBe('keep')
  })

  it('does not blame the candidate for what fails everywhere', () => {
    const dead = { ...none, calls: 30, failed: 30 }
    expect(guardOf({ live: dead, candidate: { ...dead, calls: 6, failed: 6 } }).kind).toBe('keep')
    const nobody = { ...dead, calls: 0, failed: 0 }
    expect(guardOf({ live: nobody, candidate: { ...dead, calls: 6, failed: 6 } }).kind).toBe('roll-back')
  })

  it('takes back what books clearly less, and says by how much', () => {
    const decision = guardOf({
      live: good,
      candidate: { ...good, calls: 60, booked: 12, failed: 1, negative: 3, short: 2 },
    })
    expect(decision).toMatchObject({ kind: 'roll-back', reason: 'worse', by: { kind: 'booked', verdict: 'worse' } })
    expect(decision.kind === 'roll-back' && decision.reason === 'worse' && decision.by.difference).toBeCloseTo(-0.3)
    expect(
      guardOf({ live: good, candidate: { ...good, calls: 60, booked: 27, failed: 1, negative: 3, short: 2 } }).kind,
    ).toBe('keep')
  })

  const worse = (candidate: Partial<OutcomeTally>) => {
    const decision = guardOf({ live: good, candidate: { ...good, ...candidate } })
    return decision.kind === 'roll-back' && decision.reason === 'worse' ? decision.by.kind : decision.kind
  }

  it('takes back what repeats itself clearly more', () => {
    expect(worse({ looping: 20 })).toBe('looping')
    expect(worse({ looping: 8 })).toBe('keep')
    expect(worse({ looping: 0 })).toBe('keep')
  })

  it('takes back what has clearly more calls with failing tools', () => {
    expect(worse({ withToolFailures: 32 })).toBe('tool-failures')
    expect(worse({ withToolFailures: 16 })).toBe('keep')
    expect(worse({ withToolFailures: 0 })).toBe('keep')
  })

  /** The same numbers between none and one in every run. */
  const chance = (seed: number) => {
    let state = seed
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
  }
  /** Looks after every fifth call of a rollout to half of all callers, as long as it lasts. */
  const isTakenBack = (seed: number, bookedByCandidate: number): boolean => {
    const next = chance(seed)
    const sides = { live: none, candidate: none }
    for (let call = 1; call <= 600; call += 1) {
      const side = next() < 0.5 ? 'live' : 'candidate'
      const so = sides[side]
      const is = (rate: number) => (next() < rate ? 1 : 0)
      sides[side] = {
        calls: so.calls + 1,
        booked: so.booked + is(side === 'live' ? 0.45 : bookedByCandidate),
        failed: so.failed + is(0.03),
        negative: so.negative + is(0.08),
        short: so.short + is(0.05),
        looping: so.looping + is(0.02),
        withToolFailures: so.withToolFailures + is(0.05),
      }
      if (call % 5 === 0 && guardOf(sides).kind === 'roll-back') return true
    }
    return false
  }
  const takenBack = (bookedByCandidate: number): number =>
    Array.from({ length: 60 }, (_, index) => isTakenBack(index * 7919 + 1, bookedByCandidate)).filter(Boolean).length

  it('is not led astray by looking often, and does not miss what is worse', () => {
    expect(takenBack(0.45)).toBeLessThanOrEqual(6)
    expect(takenBack(0.2)).toBeGreaterThanOrEqual(54)
  })

  it('takes differences that nobody notices for none', () => {
    const many = { ...none, calls: 100_000, booked: 50_000 }
    expect(guardOf({ live: many, candidate: { ...many, booked: 48_500 } }).kind).toBe('keep')
    expect(guardOf({ live: many, candidate: { ...many, booked: 45_000 } }).kind).toBe('roll-back')
  })
})
