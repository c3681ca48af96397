import type { DayInterval } from '../../../src/domain/opening-hours.ts'
import type { Language } from '../../../src/domain/speech/language.ts'
import { understandWhen, type When, type WhenContext } from '../../../src/domain/speech/understand-when.ts'
import { type Instant, type LocalDate, parseInstant, parseTimeZone, weekdayOf } from '../../../src/domain/time.ts'

export const berlin = parseTimeZone('Europe/Berlin')._unsafeUnwrap()
export const at = (iso: string): Instant => parseInstant(iso)._unsafeUnwrap()

/** Monday to Saturday from nine to six. */
export const shopHours = (date: LocalDate): readonly DayInterval[] =>
  weekdayOf(date) === 7 ? [] : [{ opens: 540, closes: 1080 }]
export const allDay = (): readonly DayInterval[] => [{ opens: 0, closes: 1440 }]

/** Wednesday, ten in the morning. */
export const wednesday = at('2025-11-12T10:00:00+01:00')

export const contextAt = (now: Instant, language: Language = 'de'): WhenContext => ({
  language,
  now,
  zone: berlin,
  hoursOn: shopHours,
  maxAdvanceDays: 180,
})

export type Said = Parameters<typeof understandWhen>[0]

/** A meaning on one line: `2025-11-14 10:30`, `past 2025-11-12 09:00`, `window 2025-11-13 16:00-24:00`. */
export const meaning = (said: Said | string, context: WhenContext = contextAt(wednesday)): string =>
  written(understandWhen(typeof said === 'string' ? { datetime: said } : said, context))

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const written = (when: When): string => {
  if (when.kind === 'exact') return `${when.date} ${clock(when.minute)}`
  if (when.kind === 'window') return `window ${when.date} ${clock(when.window.from)}-${clock(when.window.to)}`
  if (when.kind === 'day') return when.date
  if (when.kind === 'past') return `past ${when.date}${when.minute === undefined ? '' : ` ${clock(when.minute)}`}`
  if (when.kind === 'too-far') return `too-far ${when.date}`
  if (when.kind === 'not-understood') return `not-understood ${when.part}`
  if (when.kind === 'needs-date') {
    const { minute, window } = when
    return `needs-date${minute === undefined ? '' : ` ${clock(minute)}`}${window ? ` ${clock(window.from)}-${clock(window.to)}` : ''}`
  }
  const candidates = when.candidates.map(({ date, minute }) =>
    [date, minute === undefined ? undefined : clock(minute)].filter((part) => part !== undefined).join(' '),
  )
  return `${when.reason}: ${candidates.join(' | ')}`
}
