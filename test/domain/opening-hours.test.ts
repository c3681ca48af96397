import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Holidays,
  hoursOn,
  isOpenAt,
  nextOpening,
  type OpeningHours,
  whyClosed,
} from '../../src/domain/opening-hours.ts'
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

/** From nine until an hour. */
const nine = (until: number) => [{ opens: 540, closes: until * 60 }]

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

const newYear = { name: { de: 'Neujahr', en: "New Year's Day" } }
const holidaysOf =
  (days: readonly string[]): Holidays =>
  (on) =>
    days.includes(on) ? newYear : undefined

describe('opening hours with public holidays', () => {
  const holidays = fc.uniqueArray(near, { maxLength: 4 }).map(holidaysOf)

  it('close a day of the week, but neither special hours nor a day that is closed anyway', () => {
    fc.assert(
      fc.property(hours, holidays, near, (some, days, on) => {
        const kept = { ...some, holidays: days }
        const isClosed = some.closed.some(({ from, to }) => from <= on && on <= to)
        const closes = days(on) !== undefined && !isClosed && some.special[on] === undefined
        expect(hoursOn(kept, on)).toEqual(closes ? [] : hoursOn(some, on))
        const isHoliday = closes && hoursOn(some, on).length > 0
        expect(whyClosed(kept, on)).toEqual(isHoliday ? { kind: 'holiday', holiday: newYear } : whyClosed(some, on))
      }),
      { numRuns: 300 },
    )
  })

  it('say why a day is closed exactly when it has no hours', () => {
    fc.assert(
      fc.property(hours, holidays, near, (some, days, on) => {
        const kept = { ...some, holidays: days }
        expect(whyClosed(kept, on) === undefined).toBe(hoursOn(kept, on).length > 0)
      }),
    )
  })

  /** Closed over Christmas, open on Sunday the 20th and, for once, on New Year's Day. */
  const week = { 1: nine(18), 2: nine(18), 3: nine(18), 4: nine(18), 5: nine(18), 6: nine(14) }
  const shop: OpeningHours = {
    weekly: week,
    special: { '2026-12-20': nine(12), '2026-12-30': [], '2027-01-01': nine(11) },
    closed: [{ from: date('2026-12-24'), to: date('2026-12-27') }],
    holidays: holidaysOf(['2026-12-25', '2026-12-26', '2026-12-31', '2027-01-01', '2027-01-03', '2027-01-06']),
  }
  it.each([
    ['2026-12-20', nine(12), undefined, 'special hours open a Sunday'],
    ['2026-12-21', nine(18), undefined, 'a day like any other'],
    ['2026-12-25', [], 'closed', 'closed beats a holiday'],
    ['2026-12-28', nine(18), undefined, 'between the years'],
    ['2026-12-30', [], 'closed', 'special hours without any are a closed day'],
    ['2026-12-31', [], 'holiday', 'a holiday of the old year'],
    ['2027-01-01', nine(11), undefined, 'special hours beat a holiday'],
    ['2027-01-02', nine(14), undefined, 'a Saturday of the new year'],
    ['2027-01-03', [], 'weekly', 'a holiday on a Sunday changes nothing'],
    ['2027-01-06', [], 'holiday', 'a holiday of the new year'],
  ] as const)('on %s over New Year are %j, closed for %j: %s', (on, open, why, _because) => {
    expect(hoursOn(shop, date(on))).toEqual(open)
    expect(whyClosed(shop, date(on))?.kind).toBe(why)
  })

  it('are passed over by the next opening, over the turn of the year', () => {
    const at = (text: string) => nextOpening({ ...shop, special: {} }, moment(text), berlin)
    expect(at('2026-12-30T18:00:00+01:00')).toBe(moment('2027-01-02T09:00:00+01:00'))
    expect(at('2027-01-05T18:00:00+01:00')).toBe(moment('2027-01-07T09:00:00+01:00'))
  })

  it.each([
    ['in spring', '2027-03-28', '2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'],
    ['in autumn', '2027-10-31', '2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z'],
  ])('last from midnight to midnight when clocks are moved %s', (_when, on, midnight, next) => {
    const always = [{ opens: 0, closes: 1440 }]
    const open = { weekly: { 1: always, 6: always, 7: always }, special: {}, closed: [], holidays: holidaysOf([on]) }
    const isOpen = (at: Instant) => isOpenAt(open, at, berlin)
    const [first, after] = [moment(midnight), moment(next)]
    expect([later(first, -1), first, later(after, -1), after].map(isOpen)).toEqual([true, false, false, true])
    expect(nextOpening(open, first, berlin)).toBe(after)
  })
})
