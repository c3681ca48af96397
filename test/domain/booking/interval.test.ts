import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, type Interval, intersect, overlaps, subtract, union } from '../../../src/domain/booking/interval.ts'
import { instant } from '../../../src/domain/time.ts'

const end = 12
const edge = fc.integer({ min: 0, max: end })
const interval: fc.Arbitrary<Interval> = fc
  .tuple(edge, edge)
  .map(([one, other]) => ({ startsAt: instant(Math.min(one, other)), endsAt: instant(Math.max(one, other)) }))
const filled = interval.filter(({ startsAt, endsAt }) => startsAt < endsAt)
const intervals = fc.array(interval, { maxLength: 6 })

/** Which units of time intervals cover: what they mean, said without them. */
const covered = (all: readonly Interval[]): readonly boolean[] =>
  Array.from({ length: end }, (_, unit) => all.some(({ startsAt, endsAt }) => startsAt <= unit && unit < endsAt))
/** What of two coverages `pick` says, unit by unit. */
const paired = (
  one: readonly Interval[],
  other: readonly Interval[],
  pick: (inOne: boolean, inOther: boolean) => boolean,
): readonly boolean[] => {
  const others = covered(other)
  return covered(one).map((inOne, unit) => pick(inOne, others[unit] === true))
}
const both = (inOne: boolean, inOther: boolean): boolean => inOne && inOther
const firstOnly = (inOne: boolean, inOther: boolean): boolean => inOne && !inOther

const isTidy = (all: readonly Interval[]): boolean =>
  all.every(({ startsAt, endsAt }, position) => startsAt < endsAt && (all[position - 1]?.endsAt ?? -1) < startsAt)

describe('intervals', () => {
  it('overlap when they share a moment; touching is not overlapping', () => {
    fc.assert(
      fc.property(filled, filled, (one, other) => {
        expect(overlaps(one, other)).toBe(paired([one], [other], both).includes(true))
        expect(overlaps(one, other)).toBe(overlaps(other, one))
      }),
    )
    const [from, middle, to] = [instant(0), instant(5), instant(9)]
    expect(overlaps({ startsAt: from, endsAt: middle }, { startsAt: middle, endsAt: to })).toBe(false)
  })

  it('contain what lies within them, edges included', () => {
    fc.assert(
      fc.property(filled, filled, (outer, inner) => {
        expect(contains(outer, inner)).toBe(!paired([inner], [outer], firstOnly).includes(true))
      }),
    )
  })

  it('join into the same time, in order, without overlap or touch, and joining again changes nothing', () => {
    fc.assert(
      fc.property(intervals, (all) => {
        const joined = union(all)
        expect(covered(joined)).toEqual(covered(all))
        expect(isTidy(joined)).toBe(true)
        expect(union(joined)).toEqual(joined)
        expect(union(all.toReversed())).toEqual(joined)
      }),
    )
  })

  it('subtract to what is in the one and in none of the others', () => {
    fc.assert(
      fc.property(intervals, intervals, (from, taken) => {
        const rest = subtract(from, taken)
        expect(covered(rest)).toEqual(paired(from, taken, firstOnly))
        expect(isTidy(rest)).toBe(true)
      }),
    )
  })

  it('intersect in what is in both, whichever is named first', () => {
    fc.assert(
      fc.property(intervals, intervals, (one, other) => {
        const shared = intersect(one, other)
        expect(covered(shared)).toEqual(paired(one, other, both))
        expect(intersect(other, one)).toEqual(shared)
      }),
    )
  })

  it('fall apart into what is shared and what is not', () => {
    fc.assert(
      fc.property(intervals, intervals, (one, other) => {
        expect(union([...subtract(one, other), ...intersect(one, other)])).toEqual(union(one))
      }),
    )
  })
})
