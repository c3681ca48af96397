import { describe, expect, it } from 'vitest'
import { publicHolidays } from '../../../src/adapters/holidays/public-holidays.ts'
import { addDays, parseLocalDate } from '../../../src/domain/time.ts'

const holidays = publicHolidays()
const date = (text: string) => parseLocalDate(text)._unsafeUnwrap()

/** Every holiday of a region in a year, by date. */
const yearIn = (region: string, year: number): readonly string[] => {
  const found: string[] = []
  for (let day = date(`${year}-01-01`); day.startsWith(String(year)); day = addDays(day, 1)) {
    const holiday = holidays.of(region)?.(day)
    if (holiday) found.push(`${day.slice(5)} ${holiday.name.de} / ${holiday.name.en}`)
  }
  return found
}

describe('public holidays', () => {
  it('are those of the region, with their names in both languages', () => {
    expect(yearIn('DE-BE', 2027)).toEqual([
      "01-01 Neujahr / New Year's Day",
      "03-08 Internationaler Frauentag / International Women's Day",
      '03-26 Karfreitag / Good Friday',
      '03-29 Ostermontag / Easter Monday',
      '05-01 Maifeiertag / Labour Day',
      '05-06 Christi Himmelfahrt / Ascension Day',
      '05-17 Pfingstmontag / Whit Monday',
      '10-03 Tag der Deutschen Einheit / National Holiday',
      '12-25 Erster Weihnachtstag / Christmas Day',
      '12-26 Zweiter Weihnachtstag / Boxing Day',
    ])
  })

  it('differ between the parts of a country, and are more than those of the country', () => {
    const [country, berlin, bavaria] = ['DE', 'DE-BE', 'DE-BY'].map((region) => new Set(yearIn(region, 2026)))
    expect([...(country ?? [])].every((day) => berlin?.has(day) && bavaria?.has(day))).toBe(true)
    expect([...(bavaria ?? [])].filter((day) => !berlin?.has(day))).toEqual([
      '01-06 Heilige Drei Könige / Epiphany',
      '06-04 Fronleichnam / Corpus Christi',
      "11-01 Allerheiligen / All Saints' Day",
    ])
  })

  it.each([1999, 2020, 2024, 2038, 2099])('are known of the year %i as well', (year) => {
    expect(yearIn('DE', year)).toContain('10-03 Tag der Deutschen Einheit / National Holiday')
    expect(yearIn('DE', year)[0]).toBe("01-01 Neujahr / New Year's Day")
  })

  it('last as many whole days as they last, also over the turn of the year', () => {
    expect(
      yearIn('TR', 2027)
        .filter((day) => day.includes('Ramadan'))
        .map((day) => day.slice(0, 5)),
    ).toEqual(['03-09', '03-10', '03-11'])
    const of = holidays.of('SZ')
    expect(of?.(date('2027-12-28'))).toEqual(of?.(date('2028-01-02')))
    expect(of?.(date('2028-01-02'))?.name.en).toBe('Incwala Festival')
  })

  it('leave a day that only its afternoon is off', () => {
    expect(yearIn('IS', 2027).filter((day) => day.startsWith('12-24'))).toEqual([])
    expect(yearIn('IS', 2027).filter((day) => day.startsWith('12-25'))).toHaveLength(1)
  })

  it('are unknown of a region that nobody knows', () => {
    for (const region of ['DE-XX', 'XX', 'XX-YY', 'DE-', '', 'toString']) expect(holidays.of(region)).toBeUndefined()
    expect(holidays.regionsOf('DE').slice(0, 4)).toEqual(['DE', 'DE-BB', 'DE-BE', 'DE-BW'])
    expect(holidays.regionsOf('XX')).toEqual([])
    expect(holidays.regionsOf('constructor')).toEqual([])
  })

  it('are worked out once for a region', () => {
    expect(holidays.of('DE-BE')).toBe(holidays.of('DE-BE'))
    expect(holidays.of('DE-BE')?.(date('2027-01-01'))).toBe(holidays.of('DE-BE')?.(date('2027-01-01')))
  })
})
