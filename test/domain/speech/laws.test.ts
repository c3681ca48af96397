import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../../src/domain/speech/language.ts'
import { understandName } from '../../../src/domain/speech/names.ts'
import { spokenMoment } from '../../../src/domain/speech/say.ts'
import { understandEmail } from '../../../src/domain/speech/spoken-email.ts'
import { understandWhen, type When } from '../../../src/domain/speech/understand-when.ts'
import {
  addDays,
  after,
  existsAt,
  type Instant,
  instant,
  instantAt,
  localMoment,
  MINUTE,
  parseTimeZone,
} from '../../../src/domain/time.ts'
import { allDay, at, berlin, contextAt, shopHours, wednesday } from './berlin.ts'

const words =
  `heute morgen übermorgen gestern Montag Mittwoch Freitag Sonntag nächste nächsten diese Woche in einer drei
  Tagen 19. November 7. Dezember 15.1 19.11. 2025-12-03 29.3.2026 um gegen ab vor nach bis zwischen und halb Viertel 3 9
  10 14 Uhr 30 14:30 02:30 vormittags abends früh Mittag today tomorrow next Tuesday at pm am half past two oder dritten
  letzten jetzt Stunde 24:00 1.1.2020 Do so`.split(/\s+/)
const saying = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((some) => some.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)
const said = fc.record({ date: saying, time: saying, datetime: saying }, { requiredKeys: [] })
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'].map((name) =>
  parseTimeZone(name)._unsafeUnwrap(),
)
const now = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }).map(instant)
const language = fc.constantFrom<Language>('de', 'en')
const hoursOn = fc.constantFrom(shopHours, allDay, () => [])

/** The last moment that a meaning offers, per day and minute it names. */
const moments = (when: When, zone: (typeof zones)[number]): readonly Instant[] => {
  if (when.kind === 'exact') return [instantAt(when.date, when.minute, zone)]
  if (when.kind === 'window') return [instantAt(when.date, when.window.from, zone)]
  if (when.kind === 'ambiguous')
    return when.candidates.flatMap(({ date, minute }) =>
      date === undefined ? [] : [instantAt(minute === undefined ? addDays(date, 1) : date, minute ?? 0, zone)],
    )
  return when.kind === 'day' || when.kind === 'too-far' ? [instantAt(addDays(when.date, 1), 0, zone)] : []
}

describe('whatever is said', () => {
  it('means nothing before now, except as past, and no clock time that a day does not have', () =>
    fc.assert(
      fc.property(said, now, language, hoursOn, fc.constantFrom(...zones), (words, now, language, hoursOn, zone) => {
        const when = understandWhen(words, { now, language, hoursOn, zone, maxAdvanceDays: 180 })
        for (const moment of moments(when, zone)) expect(moment).toBeGreaterThanOrEqual(now)
        if (when.kind === 'exact') expect(existsAt(when.date, when.minute, zone)).toBe(true)
        if (when.kind === 'window') expect(when.window.from).toBeLessThan(when.window.to)
      }),
      { numRuns: 1500, seed: 7 },
    ))

  it('is answered, without an exception and in the same way twice', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const saying = { date: text, time: text, datetime: text }
        expect(understandWhen(saying, contextAt(wednesday))).toEqual(understandWhen(saying, contextAt(wednesday)))
        understandEmail(text)
        understandName(text, { staffNames: [text], agentName: text, language: 'de' })
      }),
      { numRuns: 300, seed: 7 },
    ))

  it('is read only as far as people speak', () => {
    const texts = ['1', 'morgen ', '1.1.', '10 bis ', 'a at ', '. ', 'ist ', '-', 'ä', 'ja '].map((part) =>
      part.repeat(Math.ceil(100_000 / part.length)),
    )
    const started = performance.now()
    for (const text of texts) {
      understandWhen({ date: text, time: text, datetime: text }, contextAt(wednesday))
      understandEmail(text)
      understandName(text, { staffNames: ['Nina Beispiel'], language: 'de' })
    }
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('what is spoken', () => {
  /** Of a German clock time the hours tell which half of the day is meant. */
  const halves = [[{ opens: 0, closes: 720 }], [{ opens: 720, closes: 1440 }]] as const
  const newYear = at('2026-01-01T00:00:00+01:00')
  const quarters = 365 * 24 * 4

  it.each(['de', 'en'] as const)(
    'is understood again: every quarter of an hour of a year, both changes of the clocks included (%s)',
    (language) => {
      const others: string[] = []
      for (let quarter = 0; quarter < quarters; quarter += 1) {
        const moment = after(newYear, quarter * 15 * MINUTE)
        const { date, minute } = localMoment(moment, berlin)
        const hoursOn = language === 'de' ? () => halves[minute < 720 ? 0 : 1] : allDay
        const context = { language, now: newYear, zone: berlin, hoursOn, maxAdvanceDays: 366 }
        const when = understandWhen({ datetime: spokenMoment(language, moment, berlin) }, context)
        if (when.kind !== 'exact' || when.date !== date || when.minute !== minute)
          others.push(`${date} ${minute}: ${JSON.stringify(when)}`)
      }
      expect(others).toEqual([])
    },
  )
})
