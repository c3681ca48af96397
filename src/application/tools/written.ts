import type { LanguageCode } from '../../domain/company.ts'
import { spokenMoment, weekdayName } from '../../domain/speech/say.ts'
import {
  clockText,
  dateParts,
  type Instant,
  isoWithOffset,
  type LocalDate,
  localMoment,
  type TimeZone,
} from '../../domain/time.ts'
import type { JsonObject } from '../ports/tool-calls.ts'

/** `03.12.2026` in German, `2026-12-03` elsewhere: what agents read without misreading. */
export const writtenDate = (language: LanguageCode, date: LocalDate): string => {
  if (language !== 'de') return date
  const { year, month, day } = dateParts(date)
  return `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${year}`
}

/** A moment as every answer carries it; what is said and what machines read come from the same instant. */
export const momentFields = (language: LanguageCode, moment: Instant, zone: TimeZone): JsonObject => {
  const { date, minute, weekday } = localMoment(moment, zone)
  return {
    starts_at: isoWithOffset(moment, zone),
    date: writtenDate('de', date),
    time: clockText(minute),
    weekday: weekdayName(language, weekday),
    spoken: spokenMoment(language, moment, zone),
  }
}
