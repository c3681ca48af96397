import { type Instant, isoWithOffset, parseInstant, parseTimeZone, type TimeZone } from '../../../domain/time.ts'

/** As Cal.com writes moments: `2026-09-09T16:00:00.000Z`. */
export const iso = (moment: Instant): string => new Date(moment).toISOString()

/** In a zone: `2026-09-09T18:00:00.000+02:00`, but `Z` in UTC. */
export const isoIn = (moment: Instant, zone: TimeZone): string =>
  zone === 'UTC' ? iso(moment) : isoWithOffset(moment, zone).replace(/(:\d\d)([+-])/, '$1.000$2')

/** A time without an offset is one of UTC, whatever its author meant. A date alone is a midnight, or with `end` its last second. */
export const readTime = (text: unknown, dateIs: 'start' | 'end' = 'start'): Instant | undefined => {
  if (typeof text !== 'string') return undefined
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T${dateIs === 'end' ? '23:59:59' : '00:00:00'}` : text
  const parsed = parseInstant(/(Z|[+-]\d\d:?\d\d)$/i.test(whole) ? whole : `${whole}Z`)
  return parsed.isOk() ? parsed.value : undefined
}

export const readZone = (text: string | null | undefined): TimeZone | undefined => {
  const parsed = parseTimeZone(text ?? 'UTC')
  return parsed.isOk() ? parsed.value : undefined
}
