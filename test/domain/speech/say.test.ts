import { describe, expect, it } from 'vitest'
import {
  spokenDate,
  spokenDuration,
  spokenHours,
  spokenList,
  spokenMoment,
  spokenMoney,
  spokenTime,
  weekdayName,
} from '../../../src/domain/speech/say.ts'
import { parseLocalDate } from '../../../src/domain/time.ts'
import { at, berlin } from './berlin.ts'

const date = parseLocalDate('2025-12-03')._unsafeUnwrap()
const moment = at('2025-12-03T09:30:00Z')

describe('what a caller hears', () => {
  it('is a moment with its weekday and without its year', () => {
    expect(spokenMoment('de', moment, berlin)).toBe('Mittwoch, den 3. Dezember um 10 Uhr 30')
    expect(spokenMoment('en', moment, berlin)).toBe('Wednesday, December 3rd at 10:30 am')
  })
  it('is a date or a weekday', () => {
    expect(spokenDate('de', date)).toBe('Mittwoch, den 3. Dezember')
    expect(weekdayName('de', 7)).toBe('Sonntag')
    expect(weekdayName('en', 1)).toBe('Monday')
  })
  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [21, '21st'],
    [22, '22nd'],
    [30, '30th'],
  ])('is an English ordinal for %i', (day, spoken) => {
    const january = parseLocalDate(`2026-01-${String(day).padStart(2, '0')}`)._unsafeUnwrap()
    expect(spokenDate('en', january)).toContain(`January ${spoken}`)
  })
  it.each([
    [0, '0 Uhr', '12 am'],
    [545, '9 Uhr 5', '9:05 am'],
    [600, '10 Uhr', '10 am'],
    [720, '12 Uhr', '12 pm'],
    [870, '14 Uhr 30', '2:30 pm'],
    [1440, '24 Uhr', '12 am'],
  ])('is a clock time for minute %i', (minute, german, english) => {
    expect(spokenTime('de', minute)).toBe(german)
    expect(spokenTime('en', minute)).toBe(english)
  })
  it.each([
    [[], ''],
    [['10 Uhr'], '10 Uhr'],
    [['10 Uhr', '11 Uhr'], '10 Uhr oder 11 Uhr'],
    [['10 Uhr', '11 Uhr', '12 Uhr'], '10 Uhr, 11 Uhr oder 12 Uhr'],
  ])('is a list of %j', (items, spoken) => expect(spokenList('de', items, 'or')).toBe(spoken))
  it('is an English list', () => expect(spokenList('en', ['a', 'b'], 'and')).toBe('a and b'))
  it.each([
    [0, '0 Minuten', '0 minutes'],
    [1, '1 Minute', '1 minute'],
    [55, '55 Minuten', '55 minutes'],
    [60, '1 Stunde', '1 hour'],
    [90, '1 Stunde 30 Minuten', '1 hour 30 minutes'],
    [120, '2 Stunden', '2 hours'],
  ])('is a duration of %i minutes', (minutes, german, english) => {
    expect(spokenDuration('de', minutes)).toBe(german)
    expect(spokenDuration('en', minutes)).toBe(english)
  })
  it.each([
    [3200, 'EUR', '32 Euro', '32 euros'],
    [3250, 'EUR', '32 Euro 50', '32 euros 50'],
    [3205, 'EUR', '32 Euro 05', '32 euros 05'],
    [100, 'EUR', '1 Euro', '1 euro'],
    [50, 'EUR', '50 Cent', '50 cents'],
    [0, 'EUR', '0 Euro', '0 euros'],
    [4500, 'CHF', '45 Franken', '45 francs'],
    [1200, 'SEK', '12 SEK', '12 SEK'],
  ])('is money: %i %s', (amount, currency, german, english) => {
    expect(spokenMoney('de', { amount, currency })).toBe(german)
    expect(spokenMoney('en', { amount, currency })).toBe(english)
  })
  it.each([
    [[], 'geschlossen', 'closed'],
    [[{ opens: 540, closes: 1080 }], '9 bis 18 Uhr', '9 am to 6 pm'],
    [[{ opens: 570, closes: 1080 }], '9 Uhr 30 bis 18 Uhr', '9:30 am to 6 pm'],
    [
      [
        { opens: 540, closes: 750 },
        { opens: 840, closes: 1080 },
      ],
      '9 bis 12 Uhr 30 und 14 bis 18 Uhr',
      '9 am to 12:30 pm and 2 pm to 6 pm',
    ],
    [[{ opens: 0, closes: 1440 }], 'rund um die Uhr', 'around the clock'],
  ])('is opening hours', (hours, german, english) => {
    expect(spokenHours('de', hours)).toBe(german)
    expect(spokenHours('en', hours)).toBe(english)
  })
})
