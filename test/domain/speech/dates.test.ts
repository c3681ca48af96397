import { describe, expect, it } from 'vitest'
import { at, contextAt, meaning, wednesday } from './berlin.ts'

/** Said on Wednesday, 12 November 2025, at ten. */
const german: readonly (readonly [said: string, meant: string])[] = [
  ['heute', '2025-11-12'],
  ['HEUTE bitte', '2025-11-12'],
  ['morgen', '2025-11-13'],
  ['am morgen', '2025-11-13'],
  ['übermorgen', '2025-11-14'],
  ['Uebermorgen', '2025-11-14'],
  ['Mittwoch', '2025-11-12'],
  ['Freitag', '2025-11-14'],
  ['am Fr.', '2025-11-14'],
  ['So', '2025-11-16'],
  ['freitags', '2025-11-14'],
  ['dieser Freitag', '2025-11-14'],
  ['diesen Montag', '2025-11-17'],
  ['nächster Freitag', '2025-11-14'],
  ['naechsten Mittwoch', '2025-11-19'],
  ['kommender Mittwoch', '2025-11-19'],
  ['übernächsten Freitag', '2025-11-21'],
  ['nächste Woche Freitag', '2025-11-21'],
  ['Dienstag nächste Woche', '2025-11-18'],
  ['am Dienstag in der kommenden Woche', '2025-11-18'],
  ['diese Woche Freitag', '2025-11-14'],
  ['Donnerstag diese Woche', '2025-11-13'],
  ['diese Woche Montag', 'past 2025-11-10'],
  ['letzten Freitag', 'past 2025-11-07'],
  ['gestern', 'past 2025-11-11'],
  ['Mittwoch, den 19. November', '2025-11-19'],
  ['Mittwoch der neunzehnte November', '2025-11-19'],
  ['19. November', '2025-11-19'],
  ['7. Dezember', '2025-12-07'],
  ['19.11.', '2025-11-19'],
  ['19.11', '2025-11-19'],
  ['19. 11.', '2025-11-19'],
  ['19.11.2025', '2025-11-19'],
  ['19.11.25', '2025-11-19'],
  ['10.1.', '2026-01-10'],
  ['2025-12-03', '2025-12-03'],
  ['3. Januar', '2026-01-03'],
  ['dritter Dezember', '2025-12-03'],
  ['am dritten zwölften', '2025-12-03'],
  ['am dritten', '2025-12-03'],
  ['am 15.', '2025-11-15'],
  ['am 15. dieses Monats', '2025-11-15'],
  ['am 15. nächsten Monats', '2025-12-15'],
  ['Silvester', '2025-12-31'],
  ['in drei Tagen', '2025-11-15'],
  ['in einer Woche', '2025-11-19'],
  ['heute in 14 Tagen', '2025-11-26'],
  ['heute in einer Woche', '2025-11-19'],
  ['morgen in einer Woche', '2025-11-20'],
  ['am einundzwanzigsten November', '2025-11-21'],
  ['einundzwanzigster elfter', '2025-11-21'],
  ['Ende nächster Woche, am Freitag', '2025-11-21'],
  ['Freitag in einer Woche', '2025-11-21'],
  ['in zwei Wochen am Montag', '2025-11-24'],
  ['ab Montag', '2025-11-17'],
  ['November 19th', '2025-11-19'],
]

const english: readonly (readonly [said: string, meant: string])[] = [
  ['today', '2025-11-12'],
  ['tomorrow', '2025-11-13'],
  ['the day after tomorrow', '2025-11-14'],
  ['this Friday', '2025-11-14'],
  ['next Tuesday', '2025-11-18'],
  ['next Wednesday', '2025-11-19'],
  ['Tuesday next week', '2025-11-18'],
  ['November 19th', '2025-11-19'],
  ['the 3rd of December', '2025-12-03'],
  ['December the third', '2025-12-03'],
  ['twenty-first of November', '2025-11-21'],
  ['Nov 19, 2025', '2025-11-19'],
  ['in two weeks', '2025-11-26'],
  ['a week from Friday', '2025-11-21'],
  ['a week on Friday', '2025-11-21'],
  ['a week today', '2025-11-19'],
  ['in a fortnight', '2025-11-26'],
  ['do you have Friday please', '2025-11-14'],
  ['11/19', '2025-11-19'],
  ['Friday 14.11', '2025-11-14'],
  ['yesterday', 'past 2025-11-11'],
  ['last Friday', 'past 2025-11-07'],
]

describe('a date', () => {
  it.each(german)('„%s“ is %s', (said, meant) => expect(meaning({ date: said })).toBe(meant))
  it.each(english)('"%s" is %s', (said, meant) =>
    expect(meaning({ date: said }, contextAt(wednesday, 'en'))).toBe(meant),
  )
  it.each(english)('"%s" is understood in a German call', (said, meant) => expect(meaning({ date: said })).toBe(meant))

  it('"next week Tuesday" said on a Saturday is three days away', () =>
    expect(meaning('nächste Woche Dienstag', contextAt(at('2025-10-18T12:00:00+02:00')))).toBe('2025-10-21'))

  it('without a year is the next one of its kind', () => {
    const october = contextAt(at('2025-10-02T09:00:00+02:00'))
    expect(meaning('10.10.', october)).toBe('2025-10-10')
    expect(meaning('Freitag', october)).toBe('2025-10-03')
    expect(meaning('7. November', contextAt(at('2025-11-07T09:00:00+01:00')))).toBe('2025-11-07')
  })

  it('29 February waits for a leap year', () =>
    expect(meaning('29. Februar', { ...contextAt(wednesday), maxAdvanceDays: 2000 })).toBe('2028-02-29'))
})

describe('a date that cannot be used', () => {
  it.each([
    ['too far ahead', '7. November', 'too-far 2026-11-07'],
    ['too far ahead with its year', '19.11.2026', 'too-far 2026-11-19'],
    ['over, with its year', '17.06.2024', 'past 2024-06-17'],
    ['over, in ISO', '2023-06-13', 'past 2023-06-13'],
    ['none in the calendar', '31. November', 'not-understood date'],
    ['none in the calendar, in digits', '30.2.', 'not-understood date'],
    ['not the weekday', 'Dienstag, den 19. November', 'weekday-and-date-disagree: 2025-11-19 | 2025-11-18'],
    [
      'not the weekday, whose nearest day is over',
      'Montag, 13.11.',
      'weekday-and-date-disagree: 2025-11-13 | 2025-11-17',
    ],
    ['not the weekday of tomorrow', 'morgen, Freitag', 'weekday-and-date-disagree: 2025-11-13 | 2025-11-14'],
    ['a recogniser’s fifteenth', '15.1', 'date: 2025-11-15 | 2026-01-15'],
    ['two days', 'Freitag oder Samstag', 'date: 2025-11-14 | 2025-11-15'],
    ['a week', 'diese Woche', 'needs-date'],
    ['another week', 'nächste Woche', 'needs-date'],
    ['the soonest', 'so bald wie möglich', 'needs-date'],
    ['the soonest, in English', 'as soon as possible', 'needs-date'],
    ['the first', 'the first one available', 'needs-date'],
    ['this weekend', 'dieses Wochenende', 'needs-date'],
    ['a weekend', 'am Wochenende', 'needs-date'],
    ['a month', 'im Dezember', 'needs-date'],
    ['the beginning of a week', 'Anfang nächster Woche', 'needs-date'],
    ['the middle of a week', 'Mitte der Woche', 'needs-date'],
    ['the end of a week', 'Ende nächster Woche', 'needs-date'],
    ['the end of a week, in English', 'the end of next week', 'needs-date'],
    ['the beginning of a week, in English', 'early next week', 'needs-date'],
    ['the end of a month', 'Ende des Monats', 'needs-date'],
    ['the beginning of a month', 'Anfang Dezember', 'needs-date'],
    ['some workday', 'unter der Woche', 'needs-date'],
    ['as early as possible', 'so früh wie möglich', 'needs-date'],
    ['any', 'egal', 'needs-date'],
    ['the next one', 'der nächste freie Termin', 'needs-date'],
    ['everything but', 'nicht Freitag', 'not-understood date'],
    ['after a day', 'nach dem 15. November', 'not-understood date'],
    ['no date', 'Dauerwelle', 'not-understood date'],
  ])('%s: „%s“ is %s', (_, said, meant) => expect(meaning({ date: said })).toBe(meant))

  it.each(['', '   ', 'null', 'None', 'undefined', '{{datum}}', '-', '…'])('„%s“ says nothing', (said) => {
    expect(meaning({ date: said, time: said, datetime: said })).toBe('needs-date')
    expect(meaning({ date: 'Freitag', time: said })).toBe('2025-11-14')
  })

  it('with slashes has the day first in German and is asked about in English', () => {
    expect(meaning('3/4')).toBe('2026-04-03')
    expect(meaning('3/4', contextAt(wednesday, 'en'))).toBe('date: 2026-03-04 | 2026-04-03')
  })

  it('a weekday chooses between two readings of a date', () => expect(meaning('Donnerstag, 15.1')).toBe('2026-01-15'))
})

describe('a bare weekday', () => {
  const saturday = (time: string) => contextAt(at(`2025-11-15T${time}+01:00`))

  it('is today while the branch is still open', () => {
    expect(meaning('Samstag', saturday('17:59:00'))).toBe('2025-11-15')
    expect(meaning('Samstag', saturday('18:00:00'))).toBe('2025-11-22')
  })
  it('is today while its time is ahead', () => {
    expect(meaning('Samstag um 15 Uhr', saturday('14:59:00'))).toBe('2025-11-15 15:00')
    expect(meaning('Samstag um 15 Uhr', saturday('15:00:00'))).toBe('2025-11-15 15:00')
    expect(meaning('Samstag um 15 Uhr', saturday('15:00:01'))).toBe('2025-11-22 15:00')
  })
  it('is today while its part of the day is not over, from now on', () => {
    expect(meaning('Samstag vormittags', saturday('11:00:00'))).toBe('window 2025-11-15 11:00-12:00')
    expect(meaning('Samstag vormittags', saturday('12:00:00'))).toBe('window 2025-11-22 09:00-12:00')
  })
  it('is a week away with "nächster"', () =>
    expect(meaning('nächster Samstag um 15 Uhr', saturday('09:00:00'))).toBe('2025-11-22 15:00'))
})
