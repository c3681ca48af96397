import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hoursOn, isOpenAt, nextOpening, type OpeningHours } from '../../src/domain/opening-hours.ts'
import {
  addDays,
  DAY,
  type Instant,
  instantAt,
  after as later,
  localMoment,
  parseInstant,
  parseLocalDate,
  parseTimeZone,
  type Weekday,
  weekdayOf,
} from '../../src/domain/time.ts'

const berlin = parseTimeZone('Europe/Berlin')._unsafeUnwrap()
const date = (text: string) => parseLocalDate(text)._unsafeUnwrap()
const moment = (text: string): Instant => parseInstant(text)._unsafeUnwrap()
const today = date('2026-12-03')

/** Sorted, apart from each other, and out of the hours in which clocks are moved. */
const day = fc
  .uniqueArray(fc.integer({ min: 16, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((one, other) => one - other).map((quarter) => quarter * 15))
  .map((cuts) => cuts.flatMap((cut, n) => (n % 2 === 1 ? [{ opens: cuts[n - 1] ?? 0, closes: cut }] : [])))
const near = fc.integer({ min: -5, max: 20 }).map((days) => addDays(today, days))
const weekday = fc.integer({ min: 1, max: 7 }).map((number) => number as Weekday)
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  weekly: fc.array(fc.tuple(weekday, day), { maxLength: 5 }).map((days) => Object.fromEntries(days)),
  special: fc.array(fc.tuple(near, day), { maxLength: 3 }).map((days) => Object.fromEntries(days)),
  closed: fc.array(
    fc.tuple(near, fc.integer({ min: 0, max: 4 })).map(([from, length]) => ({ from, to: addDays(from, length) })),
    { maxLength: 3 },
  ),
})
const moments = fc.tuple(near, fc.integer({ min: 0, max: 1439 })).map(([on, minute]) => instantAt(on, minute, berlin))

const salon: OpeningHours = {
  weekly: {
    4: [
      { opens: 540, closes: 720 },
      { opens: 780, closes: 1080 },
    ],
    5: [{ opens: 540, closes: 1080 }],
  },
  special: { '2026-12-20': [{ opens: 720, closes: 1080 }], '2026-12-24': [{ opens: 540, closes: 600 }] },
  closed: [{ from: date('2026-12-24'), to: date('2027-01-02') }],
}

describe('opening hours', () => {
  it('let a closed day beat special hours, and special hours the week', () => {
    fc.assert(
      fc.property(hours, near, (some, on) => {
        const closed = some.closed.some(({ from, to }) => from <= on && on <= to)
        const expected = closed ? [] : (some.special[on] ?? some.weekly[weekdayOf(on)] ?? [])
        expect(hoursOn(some, on)).toEqual(expected)
      }),
    )
    expect(hoursOn(salon, date('2026-12-24'))).toEqual([])
    expect(hoursOn(salon, date('2026-12-20'))).toEqual([{ opens: 720, closes: 1080 }])
    expect(hoursOn(salon, date('2026-12-06'))).toEqual([])
    expect(hoursOn({ ...salon, special: { '2026-12-03': [] } }, today)).toEqual([])
  })

  it('begin with the first minute and end before the last', () => {
    const isOpen = (text: string) => isOpenAt(salon, moment(text), berlin)
    expect(isOpen('2026-12-03T08:59:59+01:00')).toBe(false)
    expect(isOpen('2026-12-03T09:00:00+01:00')).toBe(true)
    expect(isOpen('2026-12-03T11:59:59+01:00')).toBe(true)
    expect(isOpen('2026-12-03T12:00:00+01:00')).toBe(false)
    expect(isOpen('2026-12-03T13:00:00+01:00')).toBe(true)
    expect(isOpen('2026-12-31T10:00:00+01:00')).toBe(false)
  })

  it('are those of the branch’s own wall clock', () => {
    const tokyo = parseTimeZone('Asia/Tokyo')._unsafeUnwrap()
    expect(isOpenAt(salon, moment('2026-12-03T00:30:00Z'), tokyo)).toBe(true)
    expect(isOpenAt(salon, moment('2026-12-03T00:30:00Z'), berlin)).toBe(false)
  })

  it('name the next opening: later, open then, and none between', () => {
    fc.assert(
      fc.property(hours, moments, (some, now) => {
        const next = nextOpening(some, now, berlin)
        const openings = Array.from({ length: 35 }, (_, n) => addDays(localMoment(now, berlin).date, n))
          .flatMap((on) => hoursOn(some, on).map(({ opens }) => instantAt(on, opens, berlin)))
          .filter((at) => at > now)
        if (openings.length > 0) expect(next).toBe(Math.min(...openings))
        if (next === undefined) return
        expect(next).toBeGreaterThan(now)
        expect(isOpenAt(some, next, berlin)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('name the opening after this one when it opens right now', () => {
    const opening = moment('2026-12-03T09:00:00+01:00')
    expect(nextOpening(salon, later(opening, -1), berlin)).toBe(opening)
    expect(nextOpening(salon, opening, berlin)).toBe(moment('2026-12-03T13:00:00+01:00'))
  })

  it('look past a long holiday, and give up after a year', () => {
    expect(nextOpening(salon, moment('2026-12-23T12:00:00+01:00'), berlin)).toBe(moment('2027-01-07T09:00:00+01:00'))
    expect(nextOpening({ weekly: {}, special: {}, closed: [] }, moment('2026-12-23T12:00:00Z'), berlin)).toBeUndefined()
    const far = { weekly: {}, special: { '2029-01-01': [{ opens: 540, closes: 600 }] }, closed: [] }
    expect(nextOpening(far, moment('2026-12-23T12:00:00Z'), berlin)).toBeUndefined()
    const soon = nextOpening(far, later(moment('2029-01-01T00:00:00Z'), -300 * DAY), berlin)
    expect(soon).toBe(moment('2029-01-01T09:00:00+01:00'))
  })
})
