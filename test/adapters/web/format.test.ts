import { describe, expect, it } from 'vitest'
import {
  change,
  clockSeconds,
  clockTime,
  dayAndTime,
  dayTitle,
  duration,
  milliseconds,
  moment,
  money,
  percent,
  phone,
  recently,
} from '../../../src/adapters/web/format.ts'
import { de } from '../../../src/adapters/web/words/de.ts'
import { en } from '../../../src/adapters/web/words/en.ts'
import { acceptedLanguage } from '../../../src/adapters/web/words/words.ts'
import type { Country } from '../../../src/domain/phone-number.ts'
import { instant, type LocalDate, after as later, MINUTE, type TimeZone } from '../../../src/domain/time.ts'

const at = instant(Date.UTC(2025, 11, 5, 9, 30, 7))
const berlin = { language: 'de', zone: 'Europe/Berlin' as TimeZone } as const
const london = { language: 'en', zone: 'Europe/London' as TimeZone } as const

describe('what people read', () => {
  it("shows times on the clock of the branch's zone", () => {
    expect(clockTime(at, berlin)).toBe('10:30')
    expect(clockTime(at, london)).toBe('09:30')
    expect(clockSeconds(at, berlin)).toBe('10:30:07')
    expect(clockTime(instant(Date.UTC(2025, 11, 4, 23, 5)), berlin)).toBe('00:05')
    expect(dayAndTime(at, berlin)).toBe('Fr 5.12. 10:30')
    expect(dayAndTime(at, london)).toBe('Fri 5 Dec 09:30')
  })

  it('keeps summer and winter time apart', () => {
    expect(clockTime(instant(Date.UTC(2026, 2, 29, 0, 59)), berlin)).toBe('01:59')
    expect(clockTime(instant(Date.UTC(2026, 2, 29, 1, 0)), berlin)).toBe('03:00')
  })

  it('says how near a moment is while that says more than the clock', () => {
    expect(recently(at, later(at, 20_000), 'de')).toBe('gerade eben')
    expect(recently(at, later(at, 12 * MINUTE), 'de')).toBe('vor 12 Min.')
    expect(recently(at, later(at, 12 * MINUTE), 'en')).toBe('12 min ago')
    expect(recently(at, later(at, 30 * MINUTE), 'de')).toBeUndefined()
    expect(moment(at, later(at, MINUTE), berlin)).toBe('10:30')
    expect(moment(at, later(at, 1440 * MINUTE), berlin)).toBe('Fr 5.12. 10:30')
  })

  it('names days as people do', () => {
    const today = '2025-12-03' as LocalDate
    expect(dayTitle(today, today, 'de')).toBe('Heute, Mittwoch, 3. Dezember')
    expect(dayTitle('2025-12-04' as LocalDate, today, 'en')).toBe('Tomorrow, Thursday 4 December')
    expect(dayTitle('2026-01-02' as LocalDate, today, 'de')).toBe('Freitag, 2. Januar 2026')
  })

  it('rounds money, shares and lengths for people', () => {
    expect(money(260_000, 'USD', 'de')).toBe('0,26\u00a0$')
    expect(money(54_000_000, 'EUR', 'en')).toBe('€54.00')
    expect(percent(0.6596, 'de')).toBe('66\u00a0%')
    expect(change(47, 42, 'de')).toBe('+12\u00a0%')
    expect(change(47, 0, 'de')).toBeUndefined()
    expect(duration(118_400)).toBe('1:58')
    expect(duration(3_723_000)).toBe('1:02:03')
    expect(milliseconds(38.4, 'de')).toBe('38 ms')
    expect(milliseconds(3_120, 'de')).toBe('3,1 s')
  })

  it('spells numbers as the country does and calls hidden ones hidden', () => {
    expect(phone('+493023125101', 'DE' as Country)).toBe('030 23125101')
    expect(phone('anonymous', 'DE' as Country)).toBeUndefined()
    expect(phone(undefined, 'DE' as Country)).toBeUndefined()
  })
})

describe('the languages', () => {
  const leaves = (node: object, path = ''): readonly string[] =>
    Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? leaves(value, `${path}.${key}`) : [`${path}.${key}`],
    )
  const texts = (node: object): readonly string[] =>
    Object.values(node).flatMap((value: unknown) =>
      typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? texts(value) : [],
    )

  it('say the same things, none left empty', () => {
    expect(leaves(en)).toEqual(leaves(de))
    expect([...texts(de), ...texts(en)].filter((text) => text.trim() === '')).toEqual([])
  })

  it('are chosen by weight, not by place', () => {
    expect(acceptedLanguage('fr;q=1, en;q=0.3, de-AT;q=0.7')).toBe('de')
    expect(acceptedLanguage('en-US,en;q=0.9')).toBe('en')
    expect(acceptedLanguage('fr')).toBeUndefined()
    expect(acceptedLanguage('de;q=0, en;q=0.1')).toBe('en')
    expect(acceptedLanguage(undefined)).toBeUndefined()
  })
})
