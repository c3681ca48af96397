import { createHash } from 'node:crypto'
import type { CompanyId } from '../../domain/ids.ts'

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Longer than anything that is looked at by people. */
const longest = 120

/**
 * A part of a key that holds nothing but letters that separate no parts. What is long or odd becomes `#` and a digest,
 * which no plain part can look like.
 */
const plainOr = (part: string, plain: RegExp): string =>
  part.length <= longest && plain.test(part) ? part : `#${digestOf(part)}`

/** Different companies and different keys never meet, whatever is in them. At most 260 characters. */
export const cacheKey = (company: CompanyId, key: string): string =>
  `frontdesk:${plainOr(company, /^[\w-]+$/)}:${plainOr(key, /^[\w:.@/+-]+$/)}`

/** Where turns are counted; no company can be called `~limit`. */
export const limitKey = (name: string): string => `frontdesk:~limit:{${plainOr(name, /^[\w:.@/+-]+$/)}}`
