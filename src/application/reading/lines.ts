import { type Destination, route } from '../../domain/calling/routing.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import { type Closure, closingAt, nextOpening, whyClosed } from '../../domain/opening-hours.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import { type Instant, localMoment } from '../../domain/time.ts'
import type { Ports } from '../ports/ports.ts'
import type { StoredRoutingOverride } from '../ports/routing-overrides.ts'
import type { CompanyScope } from '../scope.ts'

/** One number of a company and where its calls go at this moment. */
export interface LineView {
  readonly number: PhoneNumber
  /** Inactive numbers are answered by nobody. */
  readonly active: boolean
  readonly dialled: Branch
  readonly destination: Destination
  /** When the branch whose call it is closes or opens next; undefined: not within a year. */
  readonly until: Instant | undefined
  /** Why that branch has no hours today; undefined when it has some. */
  readonly closure: Closure | undefined
  readonly override: StoredRoutingOverride | undefined
}

/** Every number of the company, in the order of its file. */
export const linesOf =
  ({ routingOverrides, clock }: Pick<Ports, 'routingOverrides' | 'clock'>) =>
  async (scope: CompanyScope, profile: CompanyProfile): Promise<readonly LineView[]> => {
    const now = clock.now()
    const standing = await allStanding(routingOverrides, scope, now)
    return profile.branches.flatMap((dialled) =>
      dialled.phoneNumbers.map(({ number, active }) => {
        const override = standing.find((one) => one.number === number)
        const destination = route(profile.branches, dialled, override, now)
        const { hours, timeZone } = destination.branch
        const until = (destination.isOpen ? closingAt : nextOpening)(hours, now, timeZone)
        const closure = whyClosed(hours, localMoment(now, timeZone).date)
        return { number, active, dialled, destination, until, closure, override }
      }),
    )
  }

/** At most one of each number. */
const allStanding = async (
  overrides: Ports['routingOverrides'],
  scope: CompanyScope,
  at: Instant,
): Promise<readonly StoredRoutingOverride[]> => {
  const found: StoredRoutingOverride[] = []
  let cursor: string | undefined
  do {
    const page = await overrides.list(scope, { at, limit: 200, cursor })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
