import { describe, expect, it } from 'vitest'
import { understandName } from '../../../src/domain/speech/names.ts'
import { spokenMoment } from '../../../src/domain/speech/say.ts'
import { understandEmail } from '../../../src/domain/speech/spoken-email.ts'
import { addDays, instantAt, localMoment, weekdayOf } from '../../../src/domain/time.ts'
import { allDay, at, berlin, contextAt, meaning, shopHours, wednesday } from './berlin.ts'

/** What went wrong elsewhere with dates, times and names, by its number in the catalogue of incidents. */
describe('a failure that happened elsewhere', () => {
  it('I-63: a date without a year is the next one, never a year that is over', () => {
    expect(meaning('am 10.10.', contextAt(at('2025-10-02T09:00:00+02:00')))).toBe('2025-10-10')
    expect(meaning('am 10.10.', contextAt(at('2025-10-11T09:00:00+02:00')))).toBe('too-far 2026-10-10')
  })

  it('I-64: a year that is over or far ahead is asked about, not used', () => {
    for (const said of ['17.06.2024', '2023-06-13', '2023-10-04T10:00:00']) expect(meaning(said)).toMatch(/^past 202/)
    expect(meaning('19.11.2027')).toBe('too-far 2027-11-19')
    expect(meaning('Montag')).toBe('2025-11-17')
  })

  it('I-65: Tuesday of next week, said on a Saturday, is three days ahead', () =>
    expect(meaning('nächste Woche Dienstag', contextAt(at('2025-10-18T12:00:00+02:00')))).toBe('2025-10-21'))

  it('I-66: a weekday with its date is one way in for every argument', () => {
    for (const argument of ['date', 'time', 'datetime'])
      expect(meaning({ [argument]: 'Mittwoch, den 19. November' })).toBe('2025-11-19')
  })

  it('I-67: a day of last month is too far ahead, and said so', () =>
    expect(meaning('7. November', contextAt(at('2025-12-10T10:00:00+01:00')))).toBe('too-far 2026-11-07'))

  it('I-68: "15.1" is the fifteenth or January, and asked about', () => {
    expect(meaning('15.1', contextAt(at('2025-12-10T10:00:00+01:00')))).toBe('date: 2025-12-15 | 2026-01-15')
    expect(meaning('15.1.', contextAt(at('2025-12-10T10:00:00+01:00')))).toBe('2026-01-15')
  })

  it('I-69: a time of today that is over is past, and no other time takes its place', () =>
    expect(meaning('14 Uhr heute', contextAt(at('2025-11-12T14:00:01+01:00')))).toBe('past 2025-11-12 14:00'))

  it.each([
    ['diese Woche', 'needs-date'],
    ['nächste Woche', 'needs-date'],
    ['', 'needs-date'],
    ['9 Uhr', 'needs-date 09:00'],
    ['morgen', '2025-11-13'],
    ['Blumenkohl', 'not-understood date'],
  ])('I-70: what was not said is asked for: „%s“ is %s', (said, meant) => expect(meaning(said)).toBe(meant))

  it('I-71: the weekday that is spoken is that of the date', () => {
    for (let day = 1; day <= 28; day += 1) {
      const date = addDays(localMoment(wednesday, berlin).date, day)
      const spoken = spokenMoment('de', instantAt(date, 600, berlin), berlin)
      const names = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag']
      expect(spoken.split(',')[0]).toBe(names[weekdayOf(date) - 1])
    }
  })

  it('I-72: a moment in UTC is spoken and understood on the wall clock of the branch, in summer and in winter', () => {
    expect(spokenMoment('de', at('2026-07-01T05:00:00Z'), berlin)).toContain('um 7 Uhr')
    expect(spokenMoment('de', at('2026-12-01T06:00:00Z'), berlin)).toContain('um 7 Uhr')
    expect(meaning('2025-12-03T06:00:00Z')).toBe('2025-12-03 07:00')
  })

  it('I-76: what is spoken is understood as the same moment', () =>
    expect(meaning(spokenMoment('de', at('2025-11-13T16:25:00+01:00'), berlin))).toBe('2025-11-13 16:25'))

  it.each(['Acht Uhr', 'um acht', 'acht', 'halb neun', 'Viertel nach drei', 'Montag um zehn', 'eight o’clock', '8:30'])(
    'I-77: nobody is called „%s“',
    (said) => expect(understandName(said, { staffNames: [], language: 'de' }).isErr()).toBe(true),
  )

  it('I-78: a dictated address is mended', () => {
    expect(understandEmail('fub handy @gmail.com')).toBe('fubhandy@gmail.com')
    expect(understandEmail('erika punkt beispiel at mail punkt example')).toBe('erika.beispiel@mail.example')
  })

  it.each([
    'mir nicht',
    'guten Tag',
    'Unbekannt',
    'anonymous',
    'nein',
    'bei Nina',
    'Nina',
    'Clara',
    'mein Name ist Clara',
  ])('I-132: a fragment, a colleague or the agent is no customer: „%s“', (said) => {
    const context = { staffNames: ['Nina Beispiel'], agentName: 'Clara', language: 'de' } as const
    expect(understandName(said, context).isErr()).toBe(true)
  })

  it('of two readings of a clock time the one inside opening hours counts; both or neither become a question', () => {
    const open = (hoursOn: typeof shopHours) => ({ ...contextAt(wednesday), hoursOn })
    expect(meaning('morgen halb drei', open(shopHours))).toBe('2025-11-13 14:30')
    expect(meaning('morgen halb drei', open(allDay))).toBe('clock-time: 2025-11-13 02:30 | 2025-11-13 14:30')
    expect(meaning('morgen halb acht', open(shopHours))).toBe('outside-hours: 2025-11-13 07:30 | 2025-11-13 19:30')
    expect(
      meaning(
        'morgen halb acht',
        open(() => []),
      ),
    ).toBe('clock-time: 2025-11-13 07:30 | 2025-11-13 19:30')
  })
})
