import { describe, expect, it } from 'vitest'
import { allDay, at, contextAt, meaning, type Said, wednesday } from './berlin.ts'

/** Said of tomorrow, 13 November 2025, when the branch is open from nine to six. */
const clocks: readonly (readonly [said: string, meant: string])[] = [
  ['14', '14:00'],
  ['14 Uhr', '14:00'],
  ['14:30', '14:30'],
  ['14:30 Uhr', '14:30'],
  ['14.30 Uhr', '14:30'],
  ['14.30', '14:30'],
  ['14 Uhr 30', '14:30'],
  ['14h30', '14:30'],
  ['1430', '14:30'],
  ['um 14 Uhr 5', '14:05'],
  ['vierzehn Uhr', '14:00'],
  ['vierzehn Uhr dreißig', '14:30'],
  ['sechzehn Uhr fünfundvierzig', '16:45'],
  ['so gegen 16 Uhr', '16:00'],
  ['ein Uhr', '13:00'],
  ['drei Uhr', '15:00'],
  ['um drei', '15:00'],
  ['halb drei', '14:30'],
  ['halb eins', '12:30'],
  ['halb zehn', '09:30'],
  ['Viertel nach drei', '15:15'],
  ['Viertel vor drei', '14:45'],
  ['viertel drei', '14:15'],
  ['drei viertel vier', '15:45'],
  ['dreiviertel vier', '15:45'],
  ['fünf vor halb drei', '14:25'],
  ['fünf nach halb drei', '14:35'],
  ['fünf vor dreiviertel vier', '15:40'],
  ['fünf nach dreiviertel vier', '15:50'],
  ['um zehn nach drei', '15:10'],
  ['mittags um halb eins', '12:30'],
  ['Mittag um halb eins', '12:30'],
  ['zehn nach drei', '15:10'],
  ['20 Minuten vor vier', '15:40'],
  ['Mittag', '12:00'],
  ['12 Uhr mittags', '12:00'],
  ['3 Uhr nachmittags', '15:00'],
  ['8 Uhr abends', '20:00'],
  ['abends um acht', '20:00'],
  ['2 Uhr nachts', '02:00'],
  ['9 Uhr', '09:00'],
  ['9:00', '09:00'],
  ['09:00', '09:00'],
  ['03:00', '03:00'],
  ['10:30', '10:30'],
  ['half past two', '14:30'],
  ['quarter to three', '14:45'],
  ['a quarter past three', '15:15'],
  ['ten to three', '14:50'],
  ['3 pm', '15:00'],
  ['3pm', '15:00'],
  ['3:30 p.m.', '15:30'],
  ['12 am', '00:00'],
  ['12 pm', '12:00'],
  ['7 am', '07:00'],
  ['two thirty', '14:30'],
  ["3 o'clock", '15:00'],
  ['nine oh five', '09:05'],
  ['9 in the morning', '09:00'],
  ['at noon', '12:00'],
]

const windows: readonly (readonly [said: string, meant: string])[] = [
  ['vormittags', '09:00-12:00'],
  ['am Vormittag', '09:00-12:00'],
  ['mittags', '11:00-14:00'],
  ['nachmittags', '13:00-17:00'],
  ['am späten Nachmittag', '15:00-17:00'],
  ['abends', '17:00-21:00'],
  ['morgens', '06:00-10:00'],
  ['früh', '06:00-10:00'],
  ['in the morning', '09:00-12:00'],
  ['noon', '11:00-14:00'],
  ['afternoon', '13:00-17:00'],
  ['in the evening', '17:00-21:00'],
  ['vormittags oder nachmittags', '09:00-17:00'],
  ['ab 16 Uhr', '16:00-24:00'],
  ['ab vier', '16:00-24:00'],
  ['16 Uhr oder später', '16:00-24:00'],
  ['nicht vor vier', '16:00-24:00'],
  ['nicht früher als 16 Uhr', '16:00-24:00'],
  ['nicht nach 12 Uhr', '00:00-12:00'],
  ['no later than 12', '00:00-12:00'],
  ['10 or earlier', '00:00-10:00'],
  ['spät nachmittags', '15:00-17:00'],
  ['nach 16 Uhr', '16:00-24:00'],
  ['frühestens um 15 Uhr', '15:00-24:00'],
  ['vor 12 Uhr', '00:00-12:00'],
  ['bis 12', '00:00-12:00'],
  ['spätestens um 6', '00:00-18:00'],
  ['zwischen 10 und 12', '10:00-12:00'],
  ['zwischen zwei und vier', '14:00-16:00'],
  ['von 10 bis 12 Uhr', '10:00-12:00'],
  ['10-12 Uhr', '10:00-12:00'],
  ['nachmittags ab drei', '15:00-17:00'],
  ['from 4 pm', '16:00-24:00'],
  ['between 10 and 12', '10:00-12:00'],
  ['between 2 and 4 pm', '14:00-16:00'],
  ['10 to 12', '10:00-12:00'],
  ['after 3', '15:00-24:00'],
  ['before noon', '00:00-12:00'],
]

describe('a clock time', () => {
  it.each(clocks)('„%s“ is %s', (said, meant) =>
    expect(meaning({ date: 'morgen', time: said })).toBe(`2025-11-13 ${meant}`),
  )
  it.each(clocks)('„%s“ is %s in an English call', (said, meant) =>
    expect(meaning({ date: 'tomorrow', time: said }, contextAt(wednesday, 'en'))).toBe(`2025-11-13 ${meant}`),
  )

  it.each([
    ['kurz nach drei', 'not-understood time'],
    ['nach der Arbeit', 'not-understood time'],
    ['25 Uhr', 'not-understood time'],
    ['13:75', 'not-understood time'],
    ['15 Uhr morgens', 'not-understood time'],
    ['sieben Uhr', 'outside-hours: 2025-11-13 07:00 | 2025-11-13 19:00'],
    ['10 oder 11 Uhr', 'clock-time: 2025-11-13 10:00 | 2025-11-13 11:00'],
  ])('„%s“ is %s', (said, meant) => expect(meaning({ date: 'morgen', time: said })).toBe(meant))

  it('with both readings inside opening hours is asked about, unless written as a machine writes it', () => {
    const open = { ...contextAt(wednesday), hoursOn: allDay }
    expect(meaning('morgen um drei', open)).toBe('clock-time: 2025-11-13 03:00 | 2025-11-13 15:00')
    expect(meaning('morgen 10:00', open)).toBe('2025-11-13 10:00')
  })

  it('of a closed day is judged by the next open one', () =>
    expect(meaning('Sonntag um drei')).toBe('2025-11-16 15:00'))

  it('of today that is over is never replaced', () => {
    const afternoon = contextAt(at('2025-11-12T14:00:30+01:00'))
    expect(meaning('14 Uhr heute', afternoon)).toBe('past 2025-11-12 14:00')
    expect(meaning('heute um 9', afternoon)).toBe('past 2025-11-12 09:00')
    expect(meaning('heute Vormittag', afternoon)).toBe('past 2025-11-12 09:00')
    expect(meaning('heute Nachmittag', afternoon)).toBe('window 2025-11-12 14:01-17:00')
    expect(meaning('heute um 3', afternoon)).toBe('2025-11-12 15:00')
  })

  it('some time from now is the next full minute', () => {
    expect(meaning('in einer Stunde')).toBe('2025-11-12 11:00')
    expect(meaning('in anderthalb Stunden')).toBe('2025-11-12 11:30')
    expect(meaning('in einer Viertelstunde')).toBe('2025-11-12 10:15')
    expect(meaning('in einer dreiviertel Stunde')).toBe('2025-11-12 10:45')
    expect(meaning('in an hour and a half')).toBe('2025-11-12 11:30')
    expect(meaning('in half an hour', contextAt(at('2025-11-12T10:00:30+01:00')))).toBe('2025-11-12 10:31')
  })
})

describe('a part of the day or a range', () => {
  it.each(windows)('„%s“ is %s', (said, meant) =>
    expect(meaning({ date: 'morgen', time: said })).toBe(`window 2025-11-13 ${meant}`),
  )
})

describe('date and time together', () => {
  const table: readonly (readonly [Said, string])[] = [
    [{ datetime: 'morgen 10:00' }, '2025-11-13 10:00'],
    [{ datetime: 'Dienstag, den 18. November 10:00' }, '2025-11-18 10:00'],
    [{ datetime: 'Freitag halb elf' }, '2025-11-14 10:30'],
    [{ datetime: '19.11.2025 14:30' }, '2025-11-19 14:30'],
    [{ datetime: '19.11. 10 Uhr' }, '2025-11-19 10:00'],
    [{ datetime: 'am 3. 14.30 Uhr' }, '2025-12-03 14:30'],
    [{ datetime: 'Fr 14.11' }, '2025-11-14'],
    [{ datetime: 'Fr 14.30' }, '2025-11-14 14:30'],
    [{ datetime: 'heute 15.10' }, '2025-11-12 15:10'],
    [{ datetime: 'zehn am Freitag' }, '2025-11-14 10:00'],
    [{ datetime: 'morgen so um drei rum' }, '2025-11-13 15:00'],
    [{ datetime: 'wie wäre es mit Freitag um zehn' }, '2025-11-14 10:00'],
    [{ datetime: '12 noon tomorrow' }, '2025-11-13 12:00'],
    [{ datetime: '10 Uhr am Freitag' }, '2025-11-14 10:00'],
    [{ datetime: 'um 10 am 15.' }, '2025-11-15 10:00'],
    [{ datetime: '10 am on Friday' }, '2025-11-14 10:00'],
    [{ datetime: '2025-12-03T10:30' }, '2025-12-03 10:30'],
    [{ datetime: '2025-12-03T10:30:00+01:00' }, '2025-12-03 10:30'],
    [{ datetime: '2025-12-03T09:30:00.000Z' }, '2025-12-03 10:30'],
    [{ datetime: '2025-12-03 09:00:00' }, '2025-12-03 09:00'],
    [{ date: 'morgen um 10' }, '2025-11-13 10:00'],
    [{ time: 'morgen um 10' }, '2025-11-13 10:00'],
    [{ date: 'morgen um 10', time: '10:00' }, '2025-11-13 10:00'],
    [{ date: '2025-12-03T00:00:00', time: '10:30' }, '2025-12-03 10:30'],
    [{ date: 'Mittwoch, den 3. Dezember', time: 'sechzehn Uhr dreißig' }, '2025-12-03 16:30'],
    [{ date: 'nächste Woche Dienstag', time: '15:30' }, '2025-11-18 15:30'],
    [{ date: 'morgen früh' }, 'window 2025-11-13 06:00-10:00'],
    [{ date: 'morgen früh', time: '9 Uhr' }, '2025-11-13 09:00'],
    [{ date: 'Freitag Morgen' }, 'window 2025-11-14 06:00-10:00'],
    [{ date: 'Freitagnachmittag' }, 'window 2025-11-14 13:00-17:00'],
    [{ date: 'Freitag', time: 'morgen' }, 'window 2025-11-14 06:00-10:00'],
    [{ date: 'morgen', time: 'morgen' }, '2025-11-13'],
    [{ date: 'heute Abend' }, 'window 2025-11-12 17:00-21:00'],
    [{ datetime: 'tonight' }, 'window 2025-11-12 17:00-21:00'],
    [{ datetime: 'Guten Morgen, am Freitag um zehn bitte' }, '2025-11-14 10:00'],
    [{ date: 'Freitag', time: 'egal' }, '2025-11-14'],
    [{ date: 'Freitag', datetime: 'Samstag 10 Uhr' }, 'date: 2025-11-14 10:00 | 2025-11-15 10:00'],
    [
      { date: 'Dienstag, den 19. November', time: '15 Uhr' },
      'weekday-and-date-disagree: 2025-11-19 15:00 | 2025-11-18 15:00',
    ],
    [{ date: 'Blumenkohl', time: '10 Uhr' }, 'not-understood date'],
    [{ date: 'morgen', time: 'Blumenkohl' }, 'not-understood time'],
    [{ time: '10 Uhr' }, 'needs-date 10:00'],
    [{ time: 'halb drei' }, 'needs-date 14:30'],
    [{ time: '7 Uhr' }, 'outside-hours: 07:00 | 19:00'],
    [{ time: 'ab 16 Uhr' }, 'needs-date 16:00-24:00'],
    [{ date: 'diese Woche', time: 'vormittags' }, 'needs-date 09:00-12:00'],
  ]
  it.each(table)('%j is %s', (said, meant) => expect(meaning(said)).toBe(meant))
})

describe('the days on which clocks are changed', () => {
  const spring = contextAt(at('2026-03-28T20:00:00+01:00'))
  it('a time that spring skips is not understood, the other reading is', () => {
    expect(meaning({ date: '2026-03-29', time: '02:30' }, spring)).toBe('not-understood time')
    expect(meaning({ date: 'morgen', time: '03:00' }, spring)).toBe('2026-03-29 03:00')
    expect(meaning({ date: 'morgen', time: 'halb drei' }, spring)).toBe('2026-03-29 14:30')
  })
  it('tomorrow is the next calendar day, 23 or 25 hours long', () => {
    expect(meaning('morgen', spring)).toBe('2026-03-29')
    expect(meaning('übermorgen 09:00', spring)).toBe('2026-03-30 09:00')
    expect(meaning('morgen 02:30', contextAt(at('2025-10-25T23:30:00+02:00')))).toBe('2025-10-26 02:30')
    expect(meaning('in zwei Tagen', contextAt(at('2025-10-25T23:30:00+02:00')))).toBe('2025-10-27')
  })
})
