import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  after,
  clockText,
  DAY,
  dateParts,
  daysBetween,
  existsAt,
  HOUR,
  instant,
  instantAt,
  isoUtc,
  isoWithOffset,
  type LocalDate,
  localDate,
  localMoment,
  MINUTE,
  parseInstant,
  parseLocalDate,
  parseMinuteOfDay,
  parseTimeZone,
  weekdayOf,
} from '../../src/domain/time.ts'

const zone = (name: string) => parseTimeZone(name)._unsafeUnwrap()
const date = (text: string): LocalDate => parseLocalDate(text)._unsafeUnwrap()
const utc = (text: string) => parseInstant(text)._unsafeUnwrap()
const berlin = zone('Europe/Berlin')

const zones = fc
  .constantFrom(
    ...[
      'Europe/Berlin',
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
    ],
  )
  .map(zone)
const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) }).map(instant)
const days = fc.integer({ min: -20_000, max: 20_000 }).map((n) => addDays(date('2026-01-01'), n))
const minutes = fc.integer({ min: 0, max: 1439 })

describe('moments and wall clocks', () => {
  it('lead back to each other wherever the clock shows the time', () => {
    fc.assert(
      fc.property(days, minutes, zones, (day, minute, where) => {
        const moment = instantAt(day, minute, where)
        const shown = localMoment(moment, where)
        const exists = shown.date === day && shown.minute === minute
        expect(existsAt(day, minute, where)).toBe(exists)
        if (exists) expect(shown.weekday).toBe(weekdayOf(day))
      }),
    )
  })

  it('show a time at which the clock can be set to the same moment, or an hour that came twice', () => {
    fc.assert(
      fc.property(moments, zones, (moment, where) => {
        const { date: day, minute } = localMoment(moment, where)
        const back = instantAt(day, minute, where)
        expect(moment - back).toBeGreaterThanOrEqual(0)
        expect(moment - back).toBeLessThan(HOUR + MINUTE)
      }),
    )
  })

  it('do not run backwards within a day', () => {
    fc.assert(
      fc.property(days, minutes, minutes, zones, (day, one, other, where) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)]
        if (existsAt(day, early, where) && existsAt(day, late, where)) {
          expect(instantAt(day, early, where)).toBeLessThanOrEqual(instantAt(day, late, where))
        }
      }),
    )
  })

  it('begin the next day at minute 1440', () => {
    fc.assert(
      fc.property(days, zones, (day, where) => {
        expect(instantAt(day, 1440, where)).toBe(instantAt(addDays(day, 1), 0, where))
      }),
    )
  })

  it('skip an hour in spring: half past two is read as half past three', () => {
    const day = date('2026-03-29')
    expect(instantAt(day, 150, berlin)).toBe(utc('2026-03-29T03:30:00+02:00'))
    expect(existsAt(day, 150, berlin)).toBe(false)
    expect(existsAt(day, 119, berlin)).toBe(true)
    expect(existsAt(day, 180, berlin)).toBe(true)
    expect(instantAt(day, 1440, berlin) - instantAt(day, 0, berlin)).toBe(23 * HOUR)
  })

  it('repeat an hour in autumn: half past two is the first one', () => {
    const day = date('2026-10-25')
    expect(instantAt(day, 150, berlin)).toBe(utc('2026-10-25T02:30:00+02:00'))
    expect(existsAt(day, 150, berlin)).toBe(true)
    expect(instantAt(day, 1440, berlin) - instantAt(day, 0, berlin)).toBe(25 * HOUR)
  })

  it('know the time zones of the runtime by name alone', () => {
    for (const name of ['', 'Europe/Atlantis', '+01:00', 'Berlin', '../etc']) {
      expect(parseTimeZone(name), name).toMatchObject({ error: { kind: 'unknown-time-zone', name } })
    }
  })
})

describe('the text of a moment', () => {
  it('is ISO with the offset of there and then', () => {
    expect(isoWithOffset(utc('2026-12-03T09:30:00Z'), berlin)).toBe('2026-12-03T10:30:00+01:00')
    expect(isoWithOffset(utc('2026-07-03T08:30:00Z'), berlin)).toBe('2026-07-03T10:30:00+02:00')
    expect(isoWithOffset(utc('2026-07-03T08:30:00Z'), zone('UTC'))).toBe('2026-07-03T08:30:00+00:00')
  })

  it('is read back as the same moment', () => {
    fc.assert(
      fc.property(moments, zones, (moment, where) => {
        expect(utc(isoUtc(moment))).toBe(moment)
        const whole = instant(moment - (moment % 1000))
        expect(utc(isoWithOffset(whole, where))).toBe(whole)
      }),
    )
  })

  it('in UTC always has milliseconds', () => {
    expect(isoUtc(utc('2026-12-03T10:30:00+01:00'))).toBe('2026-12-03T09:30:00.000Z')
    expect(isoUtc(after(utc('2026-12-03T09:30:00Z'), 50))).toBe('2026-12-03T09:30:00.050Z')
  })

  it('is refused when it names no moment', () => {
    for (const text of ['', '2026-12-03', '2026-12-03T09:30:00', '09:30', 'morgen', '2026-13-01T00:00:00Z']) {
      expect(parseInstant(text), text).toMatchObject({ error: { kind: 'not-a-moment', text } })
    }
  })
})

describe('days', () => {
  it('are added and counted alike', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, count) => {
        const other = addDays(day, count)
        expect(daysBetween(day, other)).toBe(count)
        expect(addDays(other, -count)).toBe(day)
        expect(other > day).toBe(count > 0)
        expect((weekdayOf(other) - weekdayOf(day) - count) % 7 === 0).toBe(true)
      }),
    )
  })

  it('agree with the parts they are made of', () => {
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: number } = dateParts(day)
        expect(localDate(year, month, number)._unsafeUnwrap()).toBe(day)
        expect(parseLocalDate(day)._unsafeUnwrap()).toBe(day)
      }),
    )
  })

  it('know their weekday', () => {
    expect(weekdayOf(date('2026-12-03'))).toBe(4)
    expect(weekdayOf(date('2026-12-06'))).toBe(7)
    expect(weekdayOf(date('2026-12-07'))).toBe(1)
  })

  it('are refused when no calendar has them or they are written loosely', () => {
    const none = [
      '2026-02-30',
      '2025-02-29',
      '2026-13-01',
      '2026-00-01',
      '2026-1-1',
      '26-01-01',
      '20260101',
      '2026-01-01T00:00',
    ]
    for (const text of [...none, '2026-01-01[u-ca=hebrew]', ' 2026-01-01', '']) {
      expect(parseLocalDate(text), text).toMatchObject({ error: { kind: 'not-a-date', text } })
    }
    expect(parseLocalDate('2028-02-29').isOk()).toBe(true)
    expect(localDate(2026, 2, 30).isErr()).toBe(true)
    expect(localDate(12026, 2, 3).isErr()).toBe(true)
  })

  it('last 24 hours where no clock is moved', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(instantAt(day, 1440, zone('Asia/Kolkata')) - instantAt(day, 0, zone('Asia/Kolkata'))).toBe(DAY)
      }),
    )
  })
})

describe('minutes of the day', () => {
  it('are read from the text they are shown as', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => {
        expect(parseMinuteOfDay(clockText(minute))._unsafeUnwrap()).toBe(minute)
      }),
    )
    expect(clockText(545)).toBe('09:05')
    expect(parseMinuteOfDay('9:05')._unsafeUnwrap()).toBe(545)
  })

  it('are refused beyond midnight and in loose writing', () => {
    for (const text of ['24:01', '25:00', '12:60', '12', '12:5', '-1:00', '12:30:00', '', 'noon']) {
      expect(parseMinuteOfDay(text).isErr(), text).toBe(true)
    }
  })
})
