import { bookingParts } from '../../domain/booking/booking-parts.ts'
import type { Branch, CompanyProfile, Service, Staff } from '../../domain/company.ts'

/** What a booking of an event type is here. `where`: in which branch does not follow, for several or none come into question. */
export type Meaning =
  | { readonly kind: 'one'; readonly service: Service; readonly branch: Branch; readonly staff: Staff | undefined }
  | { readonly kind: 'no-service' | 'several-services' | 'only-a-part' | 'where' }

/** Follows from the company file alone; nothing is guessed. */
export const meaningOf = (
  profile: CompanyProfile,
  { eventType, host }: { readonly eventType: number | undefined; readonly host: Staff | undefined },
): Meaning => {
  if (eventType === undefined) return { kind: 'no-service' }
  const owners = profile.staff.filter(({ calcomEventTypes }) => Object.values(calcomEventTypes).includes(eventType))
  const fits = profile.services.map((service) => ({ service, as: shareOf(profile, service, eventType) }))
  const whole = fits.filter(({ as }) => as === 'whole')
  const [only] = whole
  if (!only) return { kind: fits.some(({ as }) => as === 'part') ? 'only-a-part' : 'no-service' }
  if (whole.length > 1) return { kind: 'several-services' }
  const { service } = only
  const staff = host ?? (owners.length === 1 ? owners[0] : undefined)
  const branches = profile.branches.filter(
    ({ slug }) => (service.branches?.includes(slug) ?? true) && (staff?.branches.includes(slug) ?? true),
  )
  const [branch] = branches
  return branch && branches.length === 1 ? { kind: 'one', service, branch, staff } : { kind: 'where' }
}

const shareOf = ({ staff }: CompanyProfile, service: Service, eventType: number): 'whole' | 'part' | undefined => {
  if (staff.some(({ calcomEventTypes }) => calcomEventTypes[service.slug] === eventType)) return 'whole'
  const parts = bookingParts(service)
  if (!parts) return service.calcomEventTypeId === eventType ? 'whole' : undefined
  if (!parts.some((part) => part.eventType === eventType)) return undefined
  return parts.length === 1 ? 'whole' : 'part'
}
