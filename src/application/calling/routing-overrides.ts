import { err, ok, type Result } from 'neverthrow'
import type { OverrideDestination } from '../../domain/calling/routing.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { RoutingOverrideId } from '../../domain/ids.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import { DAY, type Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { RoutingOverrideQuery, StoredRoutingOverride } from '../ports/routing-overrides.ts'
import type { CompanyScope } from '../scope.ts'

/** Calls of a number go to a branch, to an agent (by slug or Retell's id) or on to a person; exactly one is named. */
export interface NewRoutingOverride {
  /** One of the company's own, in any spelling. */
  readonly number: string
  readonly branch: Slug | undefined
  readonly agent: string | undefined
  readonly transferTo: string | undefined
  readonly endsAt: Instant
}

const longest = 366 * DAY

/** Counts at once, in place of the one that stood for the number, until its end. */
export const setRoutingOverride =
  ({ routingOverrides, clock, ids }: Pick<Ports, 'routingOverrides' | 'clock' | 'ids'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    wish: NewRoutingOverride,
  ): Promise<Result<StoredRoutingOverride, InvalidInput>> => {
    const now = clock.now()
    const number = ownNumber(profile, wish.number)
    if (number === undefined) return invalid('/number', 'This is none of the numbers of the company.')
    const to = destinationOf(profile, wish)
    if (to.isErr()) return err(to.error)
    if (wish.endsAt <= now) return invalid('/ends_at', 'This time is over.')
    if (wish.endsAt - now > longest) return invalid('/ends_at', 'An override lasts 366 days at most.')
    const override: StoredRoutingOverride = {
      id: ids.next('routingOverride'),
      number,
      to: to.value,
      createdAt: now,
      endsAt: wish.endsAt,
      createdBy: scope.actor,
    }
    await routingOverrides.set(scope, override)
    return ok(override)
  }

/** Ends one now. One that is over stays as it is. */
export const endRoutingOverride =
  ({ routingOverrides, clock }: Pick<Ports, 'routingOverrides' | 'clock'>) =>
  async (scope: CompanyScope, id: RoutingOverrideId): Promise<Result<StoredRoutingOverride, NotFound>> => {
    const ended = await routingOverrides.end(scope, id, clock.now())
    return ended ? ok(ended) : err({ kind: 'not-found' })
  }

export const listRoutingOverrides =
  ({ routingOverrides }: Pick<Ports, 'routingOverrides'>) =>
  (scope: CompanyScope, query: RoutingOverrideQuery): Promise<Page<StoredRoutingOverride>> =>
    routingOverrides.list(scope, query)

const ownNumber = (profile: CompanyProfile, text: string): PhoneNumber | undefined => {
  const number = parsePhoneNumber(text, profile.company.country).unwrapOr(undefined)
  const known = profile.branches.flatMap(({ phoneNumbers }) => phoneNumbers)
  return known.some((one) => one.number === number) ? number : undefined
}

const destinationOf = (
  profile: CompanyProfile,
  { branch, agent, transferTo }: NewRoutingOverride,
): Result<OverrideDestination, InvalidInput> => {
  const named = [branch, agent, transferTo].filter((one) => one !== undefined).length
  if (named !== 1) return invalid('', 'Name one of branch, agent and transfer_to.')
  if (branch !== undefined) {
    const found = profile.branches.find(({ slug }) => slug === branch)
    return found ? ok({ kind: 'branch', branch: found.id }) : invalid('/branch', 'There is no branch of this slug.')
  }
  if (agent !== undefined) {
    const agentId = agentOf(profile, agent)
    return agentId === undefined
      ? invalid('/agent', 'Neither the agents nor the branches of the company name this agent.')
      : ok({ kind: 'agent', agentId })
  }
  const number = parsePhoneNumber(transferTo ?? '', profile.company.country)
  if (number.isErr()) return invalid('/transfer_to', 'This is no phone number.')
  return ownNumber(profile, number.value) === undefined
    ? ok({ kind: 'transfer', number: number.value })
    : invalid('/transfer_to', 'This number is answered here as well. Name the branch instead.')
}

/** Retell refuses a call whose agent it does not know, so only those of the company can be named. */
const agentOf = (profile: CompanyProfile, text: string): string | undefined =>
  profile.agents.find(({ slug }) => slug === text)?.retellAgentId ??
  [...profile.agents, ...profile.branches].find(({ retellAgentId }) => retellAgentId === text)?.retellAgentId
