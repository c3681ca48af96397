import type { Result } from 'neverthrow'
import type { PublicHolidays } from '../../application/ports/holidays.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import { type CompanyFile, type CompanyFileProblem, readCompanyFile } from './read-company-file.ts'
import { escaped } from './references.ts'
import { isMapping, mapLeaves } from './source.ts'
import { companyFileOf } from './write-company-file.ts'

/** One thing of a company file, by its list and its name. */
export interface FilePart {
  readonly list: 'branches' | 'services' | 'staff'
  readonly slug: Slug
}

/**
 * The file of a stored company with some keys of one of its things changed: what is null is left out, what is not named
 * stays. It is read and checked like any other. Undefined: there is no such thing.
 */
export const patchCompanyFile = (
  profile: CompanyProfile,
  { list, slug }: FilePart,
  changes: { readonly [key: string]: unknown },
  regionsOf?: PublicHolidays['regionsOf'],
): Result<CompanyFile, readonly CompanyFileProblem[]> | undefined => {
  const at = profile[list].findIndex((one) => one.slug === slug)
  const file = companyFileOf(profile)
  const things = isMapping(file) ? file[list] : undefined
  if (at < 0 || !isMapping(file) || !Array.isArray(things)) return undefined
  const patched = things.map((thing, nth) => (nth === at && isMapping(thing) ? patchedThing(thing, changes) : thing))
  return readCompanyFile({ ...file, [list]: patched }, {}, regionsOf)
}

/** What is null is no key at all to the reader. Another sum of segments is another length, unless that is told as well. */
const patchedThing = (thing: object, changes: { readonly [key: string]: unknown }): object => {
  const forgotten = 'segments' in changes && !('duration_minutes' in changes) ? { duration_minutes: null } : {}
  const written = mapLeaves(changes, literally)
  return { ...thing, ...forgotten, ...(isMapping(written) ? written : {}) }
}

/** Nobody reads the environment by a change. */
const literally = (leaf: unknown): unknown => (typeof leaf === 'string' ? escaped(leaf) : leaf)
