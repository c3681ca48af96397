import type { CompanyProfile, Staff } from '../../domain/company.ts'

/** The colleague whose slug is kept as the host of a booking. Earlier versions kept the name, which may have changed since. */
export const knownHost = ({ staff }: Pick<CompanyProfile, 'staff'>, host: string | undefined): Staff | undefined =>
  host === undefined ? undefined : (staff.find(({ slug }) => slug === host) ?? staff.find(({ name }) => name === host))
