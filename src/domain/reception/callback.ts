import type { Branch } from '../company.ts'
import type { BranchId, CallbackId, CallId, ServiceId, UserId } from '../ids.ts'
import type { PhoneNumber } from '../phone-number.ts'
import { after, DAY, type Instant } from '../time.ts'
import { type CallbackPriority, dueBy } from './due-time.ts'

/** A callback promises to ring somebody up; a message is only passed on. */
export type CallbackKind = 'callback' | 'message'
/** Assigned: somebody took it over. Expired: nobody did for a week after it was due. */
export type CallbackState = 'open' | 'assigned' | 'done' | 'expired'

/** The user who took it over, by the name under which they are known to the others. */
export interface Assignee {
  readonly user: UserId
  readonly name: string
}

export interface Callback {
  readonly id: CallbackId
  readonly kind: CallbackKind
  readonly state: CallbackState
  readonly priority: CallbackPriority
  readonly customerName: string | undefined
  /** Where to ring. Only a message may be without one, for it promises no call. */
  readonly phoneNumber: PhoneNumber | undefined
  /** What it is about, in the words of who asked. */
  readonly reason: string | undefined
  readonly message: string | undefined
  /** When they like to be called, in their own words. It moves nothing. */
  readonly preferredTimeWindow: string | undefined
  readonly branch: BranchId | undefined
  readonly service: ServiceId | undefined
  readonly callId: CallId | undefined
  readonly dueBy: Instant
  /** When it was found overdue and others were told. */
  readonly escalatedAt: Instant | undefined
  readonly assignedTo: Assignee | undefined
  readonly createdAt: Instant
}

type Where = Pick<Branch, 'hours' | 'timeZone'>

/** How long an overdue one waits for somebody before it expires. */
const patience = 7 * DAY

/** Somebody still has to see to it. */
export const isStanding = ({ state }: Pick<Callback, 'state'>): boolean => state === 'open' || state === 'assigned'

/** Promised for a moment that has come, and not done. */
export const isOverdue = (callback: Pick<Callback, 'state' | 'dueBy'>, now: Instant): boolean =>
  isStanding(callback) && callback.dueBy <= now

/** When an overdue one that nobody sees to expires. */
export const expiryOf = ({ dueBy }: Pick<Callback, 'dueBy'>): Instant => after(dueBy, patience)

export const done = (callback: Callback): Callback => ({ ...callback, state: 'done' })

/** Nobody's again. One that was closed is due anew, counted from now; one that stands keeps its moment. */
export const reopened = (callback: Callback, where: Where | undefined, now: Instant): Callback => ({
  ...callback,
  state: 'open',
  assignedTo: undefined,
  ...(isStanding(callback) ? {} : { dueBy: dueBy(callback.priority, now, where), escalatedAt: undefined }),
})

/** Taken over by somebody, or by somebody else. What was closed is opened again with it. */
export const assigned = (
  callback: Callback,
  assignedTo: Assignee,
  where: Where | undefined,
  now: Instant,
): Callback => ({
  ...(isStanding(callback) ? callback : reopened(callback, where, now)),
  state: 'assigned',
  assignedTo,
})

/** Another moment. Whoever was told that the old one has passed is told again when the new one does. */
export const dueAt = (callback: Callback, moment: Instant, now: Instant): Callback => ({
  ...callback,
  dueBy: moment,
  escalatedAt: moment > now ? undefined : callback.escalatedAt,
})

const ranks: { readonly [P in CallbackPriority]: number } = { normal: 0, high: 1, urgent: 2 }

/** The greater of two. */
export const morePressing = (one: CallbackPriority, other: CallbackPriority): CallbackPriority =>
  ranks[other] > ranks[one] ? other : one

/** Due anew, counted from now; what becomes more pressing is never due later than it was. */
export const prioritised = (
  callback: Callback,
  priority: CallbackPriority,
  where: Where | undefined,
  now: Instant,
): Callback => {
  if (priority === callback.priority) return callback
  const due = dueBy(priority, now, where)
  const rises = ranks[priority] > ranks[callback.priority]
  return dueAt({ ...callback, priority }, rises && callback.dueBy < due ? callback.dueBy : due, now)
}

/** Overdue and nobody told yet. */
export const mustEscalate = (callback: Callback, now: Instant): boolean =>
  callback.escalatedAt === undefined && isOverdue(callback, now)

export const escalated = (callback: Callback, now: Instant): Callback => ({ ...callback, escalatedAt: now })

export const mustExpire = (callback: Callback, now: Instant): boolean =>
  isStanding(callback) && expiryOf(callback) <= now

export const expired = (callback: Callback): Callback => ({ ...callback, state: 'expired' })
