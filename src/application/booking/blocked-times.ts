import { err, ok, type Result } from 'neverthrow'
import { isAhead } from '../../domain/booking/appointment.ts'
import { type BlockedTime, inPieces, longestBlock } from '../../domain/booking/blocked-time.ts'
import { type Interval, subtract } from '../../domain/booking/interval.ts'
import type { ResourceId } from '../../domain/booking/resource.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { BlockedTimeId, BranchId, StaffId } from '../../domain/ids.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { InvalidInput } from '../failure.ts'
import type { BlockedTimeQuery } from '../ports/blocked-times.ts'
import type { AppointmentQuery } from '../ports/booking.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { invalid } from './wanted.ts'

/** Of one colleague or of one whole branch; exactly one of them is named. */
export interface NewBlockedTime {
  readonly branch: Slug | undefined
  readonly staff: Slug | undefined
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly reason: string | undefined
}

/** What was blocked, and the appointments inside that stand all the same until somebody moves them. */
export interface Blocking {
  readonly blocked: BlockedTime
  readonly appointments: readonly AppointmentView[]
}

/**
 * Takes what is still free of the time, in the occupancy as well. Nobody's appointment is taken away, and what a call
 * is held at this moment stays held.
 */
export const blockTime =
  ({ store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    wish: NewBlockedTime,
  ): Promise<Result<Blocking, InvalidInput>> => {
    const now = clock.now()
    const whose = whoseOf(profile, wish)
    if (whose.isErr()) return err(whose.error)
    if (wish.endsAt <= wish.startsAt) return invalid('/to', 'The end has to be after the beginning.')
    if (wish.endsAt <= now) return invalid('/to', 'This time is over.')
    if (wish.endsAt - wish.startsAt > longestBlock) return invalid('/to', 'At most 366 days can be blocked at once.')
    const { startsAt, endsAt, reason } = wish
    const { resources, ...owner } = whose.value
    return store.transact(scope, async (tx): Promise<Result<Blocking, never>> => {
      const more = { startsAt, endsAt, reason, resources, createdBy: scope.actor, createdAt: now }
      const blocked: BlockedTime = { id: ids.next('blockedTime'), ...owner, ...more }
      await tx.blockedTimes.add(blocked)
      await keep(tx, blocked, resources, now)
      tell(tx, blocked.id)
      return ok({ blocked, appointments: await inside(tx, blocked) })
    })
  }

/** Gives the time back, but for what other blocked times keep of it. */
export const unblockTime =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, id: BlockedTimeId): Promise<Result<BlockedTime, NotFound>> =>
    store.transact(scope, async (tx): Promise<Result<BlockedTime, NotFound>> => {
      const found = await tx.blockedTimes.find(id)
      if (!found || !(await tx.blockedTimes.remove(id))) return err({ kind: 'not-found' })
      for (const resource of found.resources) await tx.occupancy.release(ownerOf(id, resource))
      await closeGaps(tx, found, found.resources, clock.now())
      tell(tx, id)
      return ok(found)
    })

/** With the appointments that stand inside now. */
export const blockedTimeDetail =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: BlockedTimeId): Promise<Blocking | undefined> =>
    store.read(scope, async (tx) => {
      const blocked = await tx.blockedTimes.find(id)
      return blocked && { blocked, appointments: await inside(tx, blocked) }
    })

export const listBlockedTimes =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, query: BlockedTimeQuery): Promise<Page<BlockedTime>> =>
    store.read(scope, (tx) => tx.blockedTimes.list(query))

type Whose = { readonly resources: readonly ResourceId[] } & (
  | { readonly staff: StaffId; readonly branch: undefined }
  | { readonly staff: undefined; readonly branch: BranchId }
)

/** In a fixed order, in which locks are taken. */
const whoseOf = (profile: CompanyProfile, wish: NewBlockedTime): Result<Whose, InvalidInput> => {
  if (wish.staff !== undefined) {
    if (wish.branch !== undefined) return invalid('/branch', 'Name a colleague or a branch, not both.')
    const staff = profile.staff.find(({ slug }) => slug === wish.staff)
    if (!staff) return invalid('/staff', 'There is no colleague of this slug.')
    return ok({ staff: staff.id, branch: undefined, resources: [staff.id] })
  }
  if (wish.branch === undefined) return invalid('/staff', 'Name a colleague or a branch.')
  const branch = profile.branches.find(({ slug }) => slug === wish.branch)
  if (!branch) return invalid('/branch', 'There is no branch of this slug.')
  const here = profile.staff.filter((one) => one.branches.includes(branch.slug))
  const onlyHere = here.filter((one) => one.branches.length === 1).map(({ id }) => id)
  return ok({ staff: undefined, branch: branch.id, resources: here.length === 0 ? [branch.id] : onlyHere.toSorted() })
}

const ownerOf = (id: BlockedTimeId, resource: ResourceId) => `${id}.${resource}` as const

/** Claims of each resource what nobody else has. Who comes between is seen at the next try, for then we hold it. */
const keep = async (
  tx: CompanyTx,
  blocked: BlockedTime,
  resources: readonly ResourceId[],
  now: Instant,
): Promise<void> => {
  for (const resource of resources) {
    const owner = ownerOf(blocked.id, resource)
    const claimFree = async () => {
      const taken = await tx.occupancy.between([resource], blocked.startsAt, blocked.endsAt, now)
      const others = taken.filter((one) => one.owner !== owner)
      return tx.occupancy.claim(owner, resource, subtract([blocked], others).flatMap(inPieces), undefined, now)
    }
    const claimed = await claimFree()
    const kept = claimed.isOk() ? claimed : await claimFree()
    if (kept.isErr()) throw new Error('Free time could not be claimed')
  }
}

/** What became free of these resources is not free where it is blocked. Buffers reach beyond `freed`, at most a day. */
export const closeGaps = async (
  tx: CompanyTx,
  freed: Interval,
  resources: readonly ResourceId[],
  now: Instant,
): Promise<void> => {
  const blocked = await tx.blockedTimes.between(after(freed.startsAt, -DAY), after(freed.endsAt, DAY))
  for (const one of blocked) {
    const theirs = resources.filter((resource) => one.resources.includes(resource))
    if (one.endsAt > now) await keep(tx, one, theirs, now)
  }
}

const tell = (tx: CompanyTx, id: BlockedTimeId): void =>
  tx.publish({ kind: 'blocked_time.updated', data: { blocked_time_id: id } })

const inside = async (tx: CompanyTx, blocked: BlockedTime): Promise<readonly AppointmentView[]> => {
  const found: AppointmentView[] = []
  let cursor: string | undefined
  do {
    const query: AppointmentQuery = {
      from: blocked.startsAt,
      to: blocked.endsAt,
      ...(blocked.staff === undefined ? { branch: blocked.branch } : { staff: blocked.staff }),
      limit: 200,
      cursor,
    }
    const page = await tx.appointments.list(query)
    const standing = page.items.filter(isAhead)
    const customers = await tx.customers.many(standing.flatMap(({ customer }) => customer ?? []))
    for (const appointment of standing) {
      found.push({ appointment, customer: customers.find(({ id }) => id === appointment.customer) })
    }
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
