import { z } from 'zod'
import type { Branch, CompanyProfile } from '../../../domain/company.ts'
import { type Instant, instantAt, parseInstant, parseLocalDate, type TimeZone } from '../../../domain/time.ts'

/** A moment with an offset, or a day, which counts in the zone of the branch or company. */
export const momentFilter = z
  .string()
  .max(40)
  .refine((text) => parseInstant(text).isOk() || parseLocalDate(text).isOk(), {
    error: 'Write a day such as 2026-12-03 or a moment with an offset such as 2026-12-03T10:30:00+01:00.',
  })
  .meta({ description: 'A day or a moment with an offset. A day begins at its midnight; as `to` it is included.' })

/** `to` is the first moment that no longer fits. Takes only what `momentFilter` let through. */
export const momentOf = (text: string, zone: TimeZone, end: 'from' | 'to'): Instant => {
  const day = parseLocalDate(text)
  if (day.isOk()) return instantAt(day.value, end === 'to' ? 1440 : 0, zone)
  const moment = parseInstant(text)
  if (moment.isErr()) throw new Error('A filter was not checked')
  return moment.value
}

export const dateFilter = z
  .string()
  .refine((text) => parseLocalDate(text).isOk(), { error: 'Write a day such as 2026-12-03.' })
  .meta({ format: 'date' })

export const momentText = z
  .string()
  .max(40)
  .refine((text) => parseInstant(text).isOk(), {
    error: 'Write a moment with an offset such as 2026-12-03T10:30:00+01:00.',
  })
  .meta({ format: 'date-time' })

/** Takes only what `momentText` let through. */
export const momentIn = (text: string): Instant => {
  const moment = parseInstant(text)
  if (moment.isErr()) throw new Error('A moment was not checked')
  return moment.value
}

/** Undefined when nothing was asked for. */
export const branchNamed = (profile: CompanyProfile, slug: string | undefined): Branch | undefined | 'unknown' =>
  slug === undefined ? undefined : (profile.branches.find((one) => one.slug === slug) ?? 'unknown')
