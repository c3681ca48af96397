import type { Branch, BranchSpec, CompanyProfile, CompanySpec, Slug } from '../../domain/company.ts'

export type ChangeKind =
  | 'company'
  | 'branch'
  | 'service'
  | 'staff'
  | 'agent'
  | 'phone-number'
  | 'settings'
  | 'customer'
  | 'secret'

export interface Change {
  readonly action: 'create' | 'change' | 'retire'
  readonly kind: ChangeKind
  /** The number in E.164 for phone numbers, the section for settings, the name for secrets. */
  readonly slug: string
  /** As the company file spells them; for things that are new, what they have. Empty for what retires. */
  readonly fields: readonly string[]
}

const sections = ['retell', 'calendar', 'policies', 'retention', 'notifications'] as const

/**
 * What brings a company to what its file says, in an order in which it can be done: what others name comes first,
 * retirements come last and the other way round. Without `prune`, what the file does not name stays and is not
 * mentioned; settings are the exception, for leaving a section out says "the default". Customers and secrets are
 * not part of a company's profile, so they are not planned here.
 */
export const planCompany = (
  current: CompanyProfile | undefined,
  spec: CompanySpec,
  options: { readonly prune: boolean },
): readonly Change[] => {
  const branches = compare('branch', current?.branches.map(bare), spec.branches.map(bare))
  const services = compare('service', current?.services, spec.services)
  const staff = compare('staff', current?.staff, spec.staff)
  const agents = compare('agent', current?.agents, spec.agents)
  const numbers = compare('phone-number', current && numbersOf(current.branches), numbersOf(spec.branches))
  const kinds = [branches, services, staff, agents, numbers]
  const gone = options.prune ? kinds.toReversed().flatMap(({ missing }) => missing) : []
  return [...companyChanges(current, spec), ...kinds.flatMap(({ changes }) => changes), ...gone]
}

const companyChanges = (current: CompanyProfile | undefined, spec: CompanySpec): readonly Change[] => {
  const slug = spec.company.slug
  if (!current) {
    const fields = [...fieldsOf(spec.company), ...sections.filter((section) => spec[section] !== undefined)]
    return [{ action: 'create', kind: 'company', slug, fields }]
  }
  const fields = differing(current.company, spec.company)
  return [
    ...(fields.length > 0 ? [{ action: 'change', kind: 'company', slug, fields } as const] : []),
    ...sections.flatMap((section): readonly Change[] => {
      const [before, after] = [current[section], spec[section]]
      if (before === undefined && after === undefined) return []
      if (after === undefined) return [{ action: 'retire', kind: 'settings', slug: section, fields: [] }]
      if (before === undefined) return [{ action: 'create', kind: 'settings', slug: section, fields: fieldsOf(after) }]
      const changed = differing(before, after)
      return changed.length > 0 ? [{ action: 'change', kind: 'settings', slug: section, fields: changed }] : []
    }),
  ]
}

/** A branch without its numbers, which are planned as things of their own: they can move. */
const bare = ({ phoneNumbers: _, ...branch }: BranchSpec | Branch): Omit<BranchSpec, 'phoneNumbers'> => branch

const numbersOf = (branches: readonly BranchSpec[]) =>
  branches.flatMap(({ slug: branch, phoneNumbers }) =>
    phoneNumbers.map(({ number, active }) => ({ slug: number as string, branch, active })),
  )

const compare = <Thing extends { readonly slug: Slug }>(
  kind: ChangeKind,
  before: readonly Thing[] | undefined,
  after: readonly Thing[],
): { readonly changes: readonly Change[]; readonly missing: readonly Change[] } => {
  const known = new Map((before ?? []).map((thing) => [thing.slug, thing]))
  const wanted = new Set(after.map(({ slug }) => slug))
  return {
    changes: after.flatMap((thing): readonly Change[] => {
      const stored = known.get(thing.slug)
      if (!stored) return [{ action: 'create', kind, slug: thing.slug, fields: fieldsOf(thing) }]
      const fields = differing(stored, thing)
      return fields.length > 0 ? [{ action: 'change', kind, slug: thing.slug, fields }] : []
    }),
    missing: [...known.keys()]
      .filter((slug) => !wanted.has(slug))
      .map((slug) => ({ action: 'retire', kind, slug, fields: [] })),
  }
}

/** `minNoticeMinutes` is `min_notice_minutes` in a company file. */
const spelling = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Ids and slugs say which thing it is, not how it is. */
const own = (thing: object): readonly (readonly [string, unknown])[] =>
  Object.entries(thing).filter(([field, value]) => value !== undefined && field !== 'id' && field !== 'slug')

const fieldsOf = (thing: object): readonly string[] => own(thing).map(([field]) => spelling(field))

const differing = (before: object, after: object): readonly string[] => {
  const stored = new Map(own(before))
  const wanted = new Map(own(after))
  return [...new Set([...wanted.keys(), ...stored.keys()])]
    .filter((field) => canonical(stored.get(field), field) !== canonical(wanted.get(field), field))
    .map(spelling)
}

/**
 * One text for equal values: keys in any order, missing and undefined alike. Only a service's segments have an order.
 * What a profile looks up, such as holidays, is a function and stands in no file.
 */
const canonical = (value: unknown, field: string): string => {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, field))
    return `[${(field === 'segments' ? items : items.toSorted()).join(',')}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value)
    .filter(([, inside]) => inside !== undefined && typeof inside !== 'function')
    .map(([key, inside]) => `${JSON.stringify(key)}:${canonical(inside, field)}`)
  return `{${entries.toSorted().join(',')}}`
}
