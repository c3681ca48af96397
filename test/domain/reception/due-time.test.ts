import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hoursOn, isOpenAt, type OpeningHours } from '../../../src/domain/opening-hours.ts'
import { dueBy } from '../../../src/domain/reception/due-time.ts'
import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instantAt,
  after as later,
  localMoment,
  MINUTE,
  parseInstant,
  parseLocalDate,
  parseTimeZone,
  type Weekday,
} from '../../../src/domain/time.ts'

const berlin = parseTimeZone('Europe/Berlin')._unsafeUnwrap()
const date = (text: string) => parseLocalDate(text)._unsafeUnwrap()
const moment = (text: string): Instant => parseInstant(text)._unsafeUnwrap()
const priorities = ['urgent', 'high', 'normal'] as const
const plain = { urgent: 2 * HOUR, high: 4 * HOUR, normal: 24 * HOUR }

/** Sorted, apart from each other, and out of the hours in which clocks are moved. */
const day = fc
  .uniqueArray(fc.integer({ min: 16, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((one, other) => one - other).map((quarter) => quarter * 15))
  .map((cuts) => cuts.flatMap((cut, n) => (n % 2 === 1 ? [{ opens: cuts[n - 1] ?? 0, closes: cut }] : [])))
/** Around both changes of the clock. */
const near = fc
  .tuple(fc.constantFrom('2026-03-29', '2026-10-25', '2026-12-22'), fc.integer({ min: -4, max: 4 }))
  .map(([around, days]) => addDays(date(around), days))
const weekday = fc.integer({ min: 1, max: 7 }).map((number) => number as Weekday)
const someHours = day.filter((stretches) => stretches.length > 0)
/** Of a branch that opens at least once a week. */
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  weekly: fc
    .tuple(fc.array(fc.tuple(weekday, day), { maxLength: 6 }), weekday, someHours)
    .map(([days, sure, open]) => ({ ...Object.fromEntries(days), [sure]: open })),
  special: fc.array(fc.tuple(near, day), { maxLength: 3 }).map((days) => Object.fromEntries(days)),
  closed: fc.array(
    fc.tuple(near, fc.integer({ min: 0, max: 4 })).map(([from, length]) => ({ from, to: addDays(from, length) })),
    { maxLength: 2 },
  ),
})
const moments = fc
  .tuple(near, fc.integer({ min: 0, max: DAY - 1 }))
  .map(([on, ms]) => later(instantAt(on, 0, berlin), ms))
const priority = fc.constantFrom(...priorities)

const salon: OpeningHours = {
  weekly: {
    1: [{ opens: 540, closes: 1080 }],
    2: [{ opens: 540, closes: 1080 }],
    5: [
      { opens: 540, closes: 720 },
      { opens: 840, closes: 1080 },
    ],
    6: [{ opens: 540, closes: 840 }],
  },
  special: {},
  closed: [{ from: date('2026-12-05'), to: date('2026-12-06') }],
  holidays: (on) => (on === '2026-12-07' ? { name: { de: 'Feiertag', en: 'holiday' } } : undefined),
}
const at = { hours: salon, timeZone: berlin }

/** Minute by minute, slow and plain. */
const openMinutes = (from: Instant, to: Instant): number => {
  let count = 0
  for (let now = from; now < to; now = later(now, MINUTE)) if (isOpenAt(at.hours, now, berlin)) count += 1
  return count
}

describe('by when somebody is rung back', () => {
  it.each([
    ['urgent', 'Friday within hours', '2026-11-20T10:00:00+01:00', '2026-11-20T12:00:00+01:00'],
    ['urgent', 'Friday over the break', '2026-11-20T11:30:00+01:00', '2026-11-20T15:30:00+01:00'],
    ['high', 'Friday at night', '2026-11-20T20:00:00+01:00', '2026-11-21T13:00:00+01:00'],
    ['high', 'Saturday over a closed Sunday', '2026-11-21T13:00:00+01:00', '2026-11-23T12:00:00+01:00'],
    ['urgent', 'over closed days and a holiday', '2026-12-04T17:00:00+01:00', '2026-12-08T10:00:00+01:00'],
    ['normal', 'the same time of the next open day', '2026-11-20T10:07:30+01:00', '2026-11-21T10:07:30+01:00'],
    ['normal', 'when it closes before that time', '2026-11-20T16:00:00+01:00', '2026-11-21T14:00:00+01:00'],
    ['normal', 'when it opens, called before', '2026-11-22T07:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['normal', 'before the break that the time falls into', '2026-11-19T13:00:00+01:00', '2026-11-20T12:00:00+01:00'],
    ['normal', 'over closed days and a holiday', '2026-12-04T10:00:00+01:00', '2026-12-08T10:00:00+01:00'],
  ] as const)('%s, %s', (how, _, now, due) => {
    expect(new Date(dueBy(how, moment(now), at)).toISOString()).toBe(new Date(moment(due)).toISOString())
  })

  it('is counted by the wall clock when clocks are changed', () => {
    const always = { hours: { weekly: everyDay(), special: {}, closed: [] }, timeZone: berlin }
    expect(dueBy('normal', moment('2026-10-24T10:00:00+02:00'), always)).toBe(moment('2026-10-25T10:00:00+01:00'))
    expect(dueBy('urgent', moment('2026-03-29T01:30:00+01:00'), always)).toBe(moment('2026-03-29T04:30:00+02:00'))
  })

  it('is 2, 4 and 24 hours without a branch, and in one that never opens', () => {
    const never = { hours: { weekly: {}, special: {}, closed: [] }, timeZone: berlin }
    for (const how of priorities) {
      const now = moment('2026-11-20T10:00:00+01:00')
      expect(dueBy(how, now, undefined)).toBe(later(now, plain[how]))
      expect(dueBy(how, now, never)).toBe(later(now, plain[how]))
    }
  })

  it('is never in closed time and never before the call', () => {
    fc.assert(
      fc.property(hours, moments, priority, (open, now, how) => {
        const due = dueBy(how, now, { hours: open, timeZone: berlin })
        expect(due).toBeGreaterThan(now)
        // What closes at six is due by six.
        const isOpen = isOpenAt(open, due, berlin) || isOpenAt(open, later(due, -1), berlin)
        expect(isOpen).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('comes no earlier for a later call, when it is normal for one of the same day', () => {
    fc.assert(
      fc.property(hours, moments, moments, priority, (open, one, other, how) => {
        const place = { hours: open, timeZone: berlin }
        const [first, second] = one <= other ? [one, other] : [other, one]
        const isSameDay = localMoment(first, berlin).date === localMoment(second, berlin).date
        fc.pre(how !== 'normal' || isSameDay)
        expect(dueBy(how, second, place)).toBeGreaterThanOrEqual(dueBy(how, first, place))
      }),
      { numRuns: 500 },
    )
  })

  it('comes no later when it is urgent than when it is high', () => {
    fc.assert(
      fc.property(hours, moments, (open, now) => {
        const place = { hours: open, timeZone: berlin }
        expect(dueBy('urgent', now, place)).toBeLessThanOrEqual(dueBy('high', now, place))
      }),
    )
  })

  it('leaves exactly two and four hours of opening time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 1440 }), fc.constantFrom('urgent', 'high'), (minutes, how) => {
        const now = later(moment('2026-11-27T00:00:00+01:00'), minutes * MINUTE)
        expect(openMinutes(now, dueBy(how, now, at))).toBe(how === 'urgent' ? 120 : 240)
      }),
      { numRuns: 60 },
    )
  })

  it('is on another day that is open, when it is normal', () => {
    fc.assert(
      fc.property(hours, moments, (open, now) => {
        const due = dueBy('normal', now, { hours: open, timeZone: berlin })
        const [from, to] = [localMoment(now, berlin).date, localMoment(later(due, -1), berlin).date]
        expect(to > from).toBe(true)
        for (let between = addDays(from, 1); between < to; between = addDays(between, 1)) {
          expect(hoursOn(open, between)).toEqual([])
        }
      }),
    )
  })
})

const everyDay = () => {
  const whole = [{ opens: 0, closes: 1440 }]
  return { 1: whole, 2: whole, 3: whole, 4: whole, 5: whole, 6: whole, 7: whole }
}
