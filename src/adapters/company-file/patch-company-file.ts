import { err, type Result } from 'neverthrow'
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

/** What holds for the company as a whole: changes go by part and stay within it. */
export interface SettingsPart {
  readonly list: 'settings'
  readonly slug: Slug
}

/** A phone number stands in the list of its branch. */
export interface NumberPart {
  readonly list: 'phone-numbers'
  readonly slug: string
}

/**
 * The file of a stored company with some keys of one of its things changed: what is null is left out, what is not named
 * stays. It is read and checked like any other. Undefined: there is no such thing.
 */
export const patchCompanyFile = (
  profile: CompanyProfile,
  part: FilePart | NumberPart | SettingsPart,
  changes: { readonly [key: string]: unknown },
  regionsOf?: PublicHolidays['regionsOf'],
): Result<CompanyFile, readonly CompanyFileProblem[]> | undefined => {
  if (part.list === 'phone-numbers') return patchedNumber(profile, part.slug, changes, regionsOf)
  if (part.list === 'settings') {
    const changed = within(companyFileOf(profile), mapLeaves(changes, literally))
    return isMapping(changed) ? readCompanyFile(changed, {}, regionsOf) : undefined
  }
  const { list, slug } = part
  const at = profile[list].findIndex((one) => one.slug === slug)
  const file = companyFileOf(profile)
  const things = isMapping(file) ? file[list] : undefined
  if (at < 0 || !isMapping(file) || !Array.isArray(things)) return undefined
  const patched = things.map((thing, nth) => (nth === at && isMapping(thing) ? patchedThing(thing, changes) : thing))
  return readCompanyFile({ ...file, [list]: patched }, {}, regionsOf)
}

/** A document with what a change names in it exchanged, at any depth; lists are exchanged whole. */
const within = (document: unknown, change: unknown): unknown =>
  isMapping(document) && isMapping(change)
    ? Object.fromEntries(
        [...new Set([...Object.keys(document), ...Object.keys(change)])].map((name) => [
          name,
          Object.hasOwn(change, name)
            ? within(Object.hasOwn(document, name) ? document[name] : undefined, change[name])
            : document[name],
        ]),
      )
    : change

const patchedNumber = (
  profile: CompanyProfile,
  number: string,
  changes: { readonly [key: string]: unknown },
  regionsOf: PublicHolidays['regionsOf'] | undefined,
): Result<CompanyFile, readonly CompanyFileProblem[]> | undefined => {
  const from = profile.branches.find(({ phoneNumbers }) => phoneNumbers.some((line) => line.number === number))
  const line = from?.phoneNumbers.find((one) => one.number === number)
  const file = companyFileOf(profile)
  const branches = isMapping(file) ? file.branches : undefined
  if (!from || !line || !isMapping(file) || !Array.isArray(branches)) return undefined
  const to = changes.branch ?? from.slug
  if (!profile.branches.some(({ slug }) => slug === to)) {
    return err([{ line: undefined, path: '/branch', message: 'The company has no branch of this slug.' }])
  }
  const next = { ...line, active: typeof changes.active === 'boolean' ? changes.active : line.active }
  const patched = branches.map((branch, nth) => {
    const at = profile.branches[nth]
    if (!isMapping(branch) || !at) return branch
    const kept = at.phoneNumbers.flatMap((one) => (one.number !== number ? one : at.slug === to ? next : []))
    const lines = at.slug === to && at !== from ? [...kept, next] : kept
    return { ...branch, phone_numbers: lines.map((one) => ({ number: one.number, active: one.active })) }
  })
  return readCompanyFile({ ...file, branches: patched }, {}, regionsOf)
}

/** What is null is no key at all to the reader. Another sum of segments is another length, unless that is told as well. */
const patchedThing = (thing: object, changes: { readonly [key: string]: unknown }): object => {
  const forgotten = 'segments' in changes && !('duration_minutes' in changes) ? { duration_minutes: null } : {}
  const written = mapLeaves(changes, literally)
  return { ...thing, ...forgotten, ...(isMapping(written) ? written : {}) }
}

/** Nobody reads the environment by a change. */
const literally = (leaf: unknown): unknown => (typeof leaf === 'string' ? escaped(leaf) : leaf)
