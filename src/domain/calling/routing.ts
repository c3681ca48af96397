import type { Branch } from '../company.ts'
import type { BranchId, RoutingOverrideId } from '../ids.ts'
import { isOpenAt } from '../opening-hours.ts'
import type { PhoneNumber } from '../phone-number.ts'
import type { Instant } from '../time.ts'

/** Where a person sends the calls of a number. */
export type OverrideDestination =
  | { readonly kind: 'branch'; readonly branch: BranchId }
  /** Retell's id of an agent. */
  | { readonly kind: 'agent'; readonly agentId: string }
  /** The agent that answers passes callers on to this number at once. */
  | { readonly kind: 'transfer'; readonly number: PhoneNumber }

/** A person's word on where a number's calls go. It counts from when it was given until its end, the end not included. */
export interface RoutingOverride {
  readonly id: RoutingOverrideId
  readonly number: PhoneNumber
  readonly to: OverrideDestination
  readonly createdAt: Instant
  readonly endsAt: Instant
}

/** Where a ringing call goes. */
export interface Destination {
  /** Whose call it is: the branch that was dialled, or the one that an override names. */
  readonly branch: Branch
  readonly isOpen: boolean
  /** An open branch that answers for the closed one. */
  readonly fallback: Branch | undefined
  /** Undefined: whichever agent the number is bound to. */
  readonly agentId: string | undefined
  /** Where the agent may pass a caller on to a person. */
  readonly transferTo: PhoneNumber | undefined
  /** What was applied. */
  readonly override: RoutingOverride | undefined
}

export const stands = ({ createdAt, endsAt }: RoutingOverride, at: Instant): boolean => createdAt <= at && at < endsAt

/** What a person said about where calls go that counts at this moment. */
export const overrideAt = (overrides: readonly RoutingOverride[], at: Instant): RoutingOverride | undefined =>
  overrides.find((one) => stands(one, at))

/** Whose call it is: the dialled branch's, unless an override names another one that still exists. */
export const branchOfCall = (
  branches: readonly Branch[],
  dialled: Branch,
  override: RoutingOverride | undefined,
): Branch => {
  if (override?.to.kind !== 'branch') return dialled
  const { branch } = override.to
  return branches.find(({ id }) => id === branch) ?? dialled
}

/**
 * Every call has a destination. A branch is answered for by its own agent; a closed one by the first open branch along
 * its fallbacks, and by itself when none of them is open or they lead in a circle. An override that does not stand at
 * `now` counts nothing.
 */
export const route = (
  branches: readonly Branch[],
  dialled: Branch,
  given: RoutingOverride | undefined,
  now: Instant,
): Destination => {
  const override = given && stands(given, now) ? given : undefined
  const branch = branchOfCall(branches, dialled, override)
  const openNow = (one: Branch): boolean => isOpenAt(one.hours, now, one.timeZone)
  const isOpen = openNow(branch)
  const ownAgent = branch.retellAgentId ?? dialled.retellAgentId
  const own = {
    branch,
    isOpen,
    fallback: undefined,
    agentId: ownAgent,
    transferTo: branch.fallback.transferTo,
    override,
  }
  if (override?.to.kind === 'agent') return { ...own, agentId: override.to.agentId }
  if (override?.to.kind === 'transfer') return { ...own, transferTo: override.to.number }
  const fallback = isOpen ? undefined : fallbacksOf(branches, branch).find(openNow)
  if (!fallback) return own
  return {
    ...own,
    fallback,
    agentId: fallback.retellAgentId ?? ownAgent,
    transferTo: own.transferTo ?? fallback.fallback.transferTo,
  }
}

/** The branches that stand in for one, nearest first, each once. */
const fallbacksOf = (branches: readonly Branch[], branch: Branch): readonly Branch[] => {
  const chain: Branch[] = []
  let last = branch
  for (;;) {
    const next = branches.find(({ slug }) => slug === last.fallback.whenClosedToBranch)
    if (!next || chain.includes(next)) return chain
    chain.push(next)
    last = next
  }
}
