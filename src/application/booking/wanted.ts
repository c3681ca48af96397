import { err, ok, type Result } from 'neverthrow'
import { canDo, isOfferedAt } from '../../domain/booking/catalogue.ts'
import type { Branch, CompanyProfile, Service, Slug, Staff } from '../../domain/company.ts'
import type { BookingNotOffered, InvalidInput } from '../failure.ts'

export interface Wanted {
  readonly branch: Branch
  readonly service: Service
  /** Undefined: anyone who can. */
  readonly staff: Staff | undefined
}

/** What slugs mean, held to the rules of who offers what where. */
export const resolveWanted = (
  profile: CompanyProfile,
  slugs: { readonly branch: Slug; readonly service: Slug; readonly staff: Slug | undefined },
): Result<Wanted, InvalidInput | BookingNotOffered> => {
  if (!profile.company.booking) return err({ kind: 'booking-not-offered' })
  const branch = profile.branches.find(({ slug }) => slug === slugs.branch)
  if (!branch) return invalid('/branch', 'There is no branch of this slug.')
  const service = profile.services.find(({ slug }) => slug === slugs.service)
  if (!service) return invalid('/service', 'There is no service of this slug.')
  if (!isOfferedAt(service, branch)) return invalid('/service', 'This branch does not offer the service.')
  if (slugs.staff === undefined) return ok({ branch, service, staff: undefined })
  const staff = profile.staff.find(({ slug }) => slug === slugs.staff)
  if (!staff) return invalid('/staff', 'There is no colleague of this slug.')
  if (!canDo(staff, service, branch)) return invalid('/staff', 'This colleague does not do the service in this branch.')
  return ok({ branch, service, staff })
}

export const invalid = (pointer: string, detail: string) =>
  err<never, InvalidInput>({ kind: 'invalid-input', errors: [{ pointer, detail }] })
