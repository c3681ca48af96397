import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateParts,
  daysBetween,
  instant,
  instantAt,
  type LocalDate,
  localMoment,
  type TimeZone,
  weekdayOf,
} from '../../src/domain/time.ts'

const zones = fc
  .constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'UTC',
  )
  .map((zone) => zone as TimeZone)
const moments = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2060, 0, 1) }).map(instant)
const dates = fc
  .integer({ min: -150_000, max: 150_000 })
  .map((days) => Temporal.PlainDate.from('1970-01-01').add({ days }).toString() as LocalDate)

describe('our own calendar arithmetic', () => {
  it('shows what Temporal shows, in every zone at every moment', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const theirs = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
        expect(localMoment(moment, zone)).toEqual({
          date: theirs.toPlainDate().toString(),
          minute: theirs.hour * 60 + theirs.minute,
          weekday: theirs.dayOfWeek,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('finds the moment that Temporal finds, in gaps and overlaps too', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 1440 }), zones, (near, minute, zone) => {
        const { date } = localMoment(near, zone)
        const theirs = Temporal.PlainDate.from(date)
          .add({ days: minute === 1440 ? 1 : 0 })
          .toZonedDateTime({
            timeZone: zone,
            plainTime: new Temporal.PlainTime(Math.floor((minute % 1440) / 60), minute % 60),
          })
        expect(instantAt(date, minute, zone)).toBe(theirs.epochMilliseconds)
      }),
      { numRuns: 500 },
    )
    for (const date of ['2026-03-29', '2026-10-25', '2026-03-28', '2026-10-26'] as LocalDate[]) {
      for (let minute = 0; minute < 1440; minute += 15) {
        const theirs = Temporal.PlainDate.from(date).toZonedDateTime({
          timeZone: 'Europe/Berlin',
          plainTime: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60),
        })
        expect(instantAt(date, minute, 'Europe/Berlin' as TimeZone)).toBe(theirs.epochMilliseconds)
      }
    }
  })

  it('counts days, weekdays and parts as Temporal does, also before 1970 and over leap years', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        const theirs = Temporal.PlainDate.from(date)
        const later = theirs.add({ days }).toString()
        expect(addDays(date, days)).toBe(later)
        expect(daysBetween(date, later as LocalDate)).toBe(days)
        expect(weekdayOf(date)).toBe(theirs.dayOfWeek)
        expect(dateParts(date)).toEqual({ year: theirs.year, month: theirs.month, day: theirs.day })
      }),
      { numRuns: 500 },
    )
  })
})
