import type { Branch, Service, Staff } from '../company.ts'
import { matchByLikeness, matchByName, matchByWords } from '../likeness.ts'

/** May this be booked in this branch? The one predicate for checking, booking, moving and listing. */
export const isOfferedAt = (service: Service, branch: Branch): boolean =>
  service.active && (service.branches?.includes(branch.slug) ?? true)

/** May this colleague do this service in this branch? The one predicate, likewise. */
export const canDo = (staff: Staff, service: Service, branch: Branch): boolean =>
  staff.branches.includes(branch.slug) && staff.services.includes(service.slug)

export type ServiceChoice =
  | { readonly kind: 'one'; readonly service: Service }
  | { readonly kind: 'several'; readonly services: readonly Service[] }
  | { readonly kind: 'elsewhere'; readonly service: Service; readonly branches: readonly Branch[] }
  | { readonly kind: 'none'; readonly services: readonly Service[] }

/**
 * What a caller means by the name of a service. The branch's own services win over company-wide ones that fit as well;
 * another branch's are never taken, only named, and what is called just so there is no mishearing of something here.
 * `none` and `several` carry what can be asked about.
 */
export const chooseService = (
  said: string | undefined,
  services: readonly Service[],
  branch: Branch,
  branches: readonly Branch[],
): ServiceChoice => {
  const here = services.filter((service) => isOfferedAt(service, branch))
  const elsewhere = services.filter((service) => service.active && !here.includes(service))
  const none: ServiceChoice = { kind: 'none', services: here.slice(0, 5) }
  if (said === undefined) return none

  const ours = (match: Matcher): ServiceChoice | undefined => {
    const any = match(said, here, namesOf)
    const own = match(
      said,
      here.filter((service) => service.branches !== undefined),
      namesOf,
    )
    const best = own.kind === 'one' && any.kind === 'several' ? own : any
    if (best.kind === 'one') return { kind: 'one', service: best.item }
    return best.kind === 'several' ? { kind: 'several', services: best.items } : undefined
  }
  const theirs = (match: Matcher, among: readonly Service[]): ServiceChoice | undefined => {
    const best = match(said, among, namesOf)
    if (best.kind !== 'one' || !elsewhere.includes(best.item)) return undefined
    const { item: service } = best
    const offering = branches.filter((one) => service.branches?.includes(one.slug) ?? true)
    return { kind: 'elsewhere', service, branches: offering }
  }
  return (
    ours(matchByWords) ??
    theirs(matchByWords, elsewhere) ??
    theirs(matchByLikeness, [...here, ...elsewhere]) ??
    ours(matchByLikeness) ??
    none
  )
}

type Matcher = typeof matchByWords

const namesOf = (service: Service): readonly string[] => [service.slug, service.name, ...service.keywords]

export type StaffChoice =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'one'; readonly staff: Staff }
  | { readonly kind: 'cannot'; readonly name: string; readonly who: readonly Staff[] }

const indifferent =
  /^(egal|irgendwer|irgendjemand|any(one|body)?|no preference|keine praeferenz|keiner|niemand bestimmtes)$/

/** Whom a caller wishes for. A wish is honoured or explained, never replaced. */
export const chooseStaff = (
  said: string | undefined,
  staff: readonly Staff[],
  service: Service,
  branch: Branch,
): StaffChoice => {
  if (said === undefined || indifferent.test(said.trim().toLowerCase())) return { kind: 'anyone' }
  const able = staff.filter((one) => canDo(one, service, branch))
  const names = (one: Staff) => [one.id, one.slug, one.name, ...one.name.split(/\s+/).slice(0, 1)]
  const match = matchByName(said, able, names)
  if (match.kind === 'one') return { kind: 'one', staff: match.item }
  const known = matchByName(said, staff, names)
  return { kind: 'cannot', name: known.kind === 'one' ? known.item.name : said.slice(0, 60), who: able }
}
