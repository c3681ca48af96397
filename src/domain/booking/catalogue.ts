import type { Branch, Service, Staff } from '../company.ts'
import { type Match, matchByName } from '../likeness.ts'

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
 * another branch's are never taken, only named. `none` and `several` carry what can be asked about.
 */
export const chooseService = (
  said: string | undefined,
  services: readonly Service[],
  branch: Branch,
  branches: readonly Branch[],
): ServiceChoice => {
  const here = services.filter((service) => isOfferedAt(service, branch))
  if (said === undefined) return { kind: 'none', services: here.slice(0, 5) }
  const own = matched(
    said,
    here.filter((service) => service.branches !== undefined),
  )
  const any = matched(said, here)
  const match = own.kind === 'one' && any.kind === 'several' ? own : any
  if (match.kind === 'one') return { kind: 'one', service: match.item }
  if (match.kind === 'several') return { kind: 'several', services: match.items }
  const others = matched(
    said,
    services.filter((service) => service.active && !here.includes(service)),
  )
  if (others.kind === 'one') {
    const offering = branches.filter((one) => others.item.branches?.includes(one.slug) ?? true)
    return { kind: 'elsewhere', service: others.item, branches: offering }
  }
  return { kind: 'none', services: here.slice(0, 5) }
}

const matched = (said: string, services: readonly Service[]): Match<Service> =>
  matchByName(said, services, (service) => [service.slug, service.name, ...service.keywords])

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
