import type { CalcomSettings, CompanyProfile } from '../../domain/company.ts'
import { oneSpelling } from '../../domain/web-address.ts'
import type { Ports } from '../ports/ports.ts'
import { meaningOf } from './meaning-of.ts'

/** Is a booking of this event type none of the company's business? */
export type IsOthers = (eventType: number | undefined) => boolean

type Needs = Pick<Ports, 'directory'>

/**
 * Companies that share an account of a calendar see each other's bookings in it. What a company's services do not name
 * is then taken for another's: neither kept nor told. Of an account of its own everything is its business. Asked for
 * outside a transaction.
 */
export const othersBookings = async (
  { directory }: Needs,
  profile: CompanyProfile,
  eventTypes: readonly (number | undefined)[],
): Promise<IsOthers> => {
  const isNamed = (eventType: number | undefined): boolean =>
    meaningOf(profile, { eventType, host: undefined }).kind !== 'no-service'
  if (eventTypes.every(isNamed) || !(await isShared({ directory }, profile))) return () => false
  return (eventType) => !isNamed(eventType)
}

const isShared = async ({ directory }: Needs, { id, calendar }: CompanyProfile): Promise<boolean> => {
  if (calendar.kind !== 'calcom') return false
  for (const other of await directory.sharingCalendar(id)) {
    const theirs = (await directory.profile(other))?.calendar
    if (theirs?.kind === 'calcom' && !areApart(placeOf(theirs), placeOf(calendar))) return true
  }
  return false
}

/** Where one of them names no address it is that of the installation, which may be the other's. */
const areApart = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other

const placeOf = ({ baseUrl }: CalcomSettings): string | undefined =>
  baseUrl === undefined ? undefined : oneSpelling(baseUrl)
