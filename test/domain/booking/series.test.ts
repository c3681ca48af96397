import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SeriesWish, seriesDays } from '../../../src/domain/booking/series.ts'
import { addDays, type LocalDate, weekdayOf } from '../../../src/domain/time.ts'

const first = '2026-11-24' as LocalDate
const farAway = '2036-01-01' as LocalDate
const weekly = (count: number): SeriesWish => ({ everyWeeks: 1, end: { kind: 'count', count } })
const until = (date: string, everyWeeks = 1): SeriesWish => ({
  everyWeeks,
  end: { kind: 'until', date: date as LocalDate },
})

describe('the days of a series', () => {
  it.each([
    [weekly(3), ['2026-11-24', '2026-12-01', '2026-12-08']],
    [until('2026-12-08'), ['2026-11-24', '2026-12-01', '2026-12-08']],
    [until('2026-12-07'), ['2026-11-24', '2026-12-01']],
    [until('2026-12-22', 2), ['2026-11-24', '2026-12-08', '2026-12-22']],
    [until('2026-11-01'), ['2026-11-24']],
  ])('of %j', (wish, days) => {
    expect(seriesDays(first, wish, farAway)).toEqual({ days, cut: false })
  })

  it('say when more was wanted than may be booked', () => {
    expect(seriesDays(first, weekly(5), '2026-12-03' as LocalDate)).toEqual({
      days: ['2026-11-24', '2026-12-01'],
      cut: true,
    })
    expect(seriesDays(first, weekly(500), farAway).days).toHaveLength(52)
  })

  it('begin with the first, keep the weekday, and end by the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 400 }),
        (offset, everyWeeks, count, ahead) => {
          const begin = addDays(first, offset)
          const latest = addDays(begin, ahead)
          const { days } = seriesDays(begin, { everyWeeks, end: { kind: 'count', count } }, latest)
          expect(days[0]).toBe(begin)
          expect(days.length).toBeLessThanOrEqual(count)
          expect(new Set(days.map(weekdayOf)).size).toBe(1)
          expect(days.every((day) => day <= latest)).toBe(true)
          for (const [index, day] of days.slice(1).entries()) {
            expect(day).toBe(addDays(days[index] ?? begin, everyWeeks * 7))
          }
        },
      ),
    )
  })
})
