import { z } from 'zod'
import type { CompanyProfile, Slug } from '../../../domain/company.ts'
import { type Instant, isoWithOffset, type TimeZone } from '../../../domain/time.ts'

/** What several resources of the API have in common. Answers are strict: what is not described is not sent. */
export const instantText = z.string().meta({ format: 'date-time', description: 'ISO 8601 with an offset' })
export const named = z.strictObject({ slug: z.string(), name: z.string() })
export const json = z.record(z.string(), z.unknown())

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The `cursor` of the next page; null: this was the end.' }),
  })

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional().meta({ description: 'The `next` of the page before.' }),
} as const

/** One line or several, without control characters. */
export const personText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Control characters are not allowed.')
export const personNotes = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, 'Control characters are not allowed.')

export const emailText = z.email().max(254)

export const slugText = z.string().min(1).max(100)

export const written = (moment: Instant, zone: TimeZone): string => isoWithOffset(moment, zone)
export const writtenOrNull = (moment: Instant | undefined, zone: TimeZone): string | null =>
  moment === undefined ? null : isoWithOffset(moment, zone)

export const nameOf = ({ slug, name }: { readonly slug: Slug; readonly name: string }) => ({ slug, name })

export const companyOf = ({ company }: CompanyProfile) => nameOf(company)

type Kind = 'branches' | 'services' | 'staff'

/** Null for what was retired since, and for none. */
export const namedIn = (profile: CompanyProfile, kind: Kind, id: string | undefined) => {
  const things: readonly { readonly id: string; readonly slug: Slug; readonly name: string }[] = profile[kind]
  const thing = id === undefined ? undefined : things.find((one) => one.id === id)
  return thing ? nameOf(thing) : null
}

/** The zone of a branch, the company's where there is none. */
export const zoneOf = (profile: CompanyProfile, branch: string | undefined): TimeZone =>
  profile.branches.find(({ id }) => id === branch)?.timeZone ?? profile.company.timeZone
