import type { BlockedTimeId, BranchId, StaffId } from '../ids.ts'
import { after, DAY, type Instant, instant } from '../time.ts'
import type { ActorName } from './appointment.ts'
import { type Interval, subtract } from './interval.ts'
import type { ResourceId } from './resource.ts'

interface Core extends Interval {
  readonly id: BlockedTimeId
  readonly reason: string | undefined
  readonly createdBy: ActorName
  readonly createdAt: Instant
  /** Whose time it keeps in the occupancy. Who works elsewhere as well is free there. */
  readonly resources: readonly ResourceId[]
}

/** Hours in which one colleague, or a whole branch with everybody in it, takes no new appointments. */
export type BlockedTime =
  | (Core & { readonly staff: StaffId; readonly branch: undefined })
  | (Core & { readonly staff: undefined; readonly branch: BranchId })

/** Nobody blocks more at once: 366 days. */
export const longestBlock = 366 * DAY

/** Does it close this branch, or this colleague in whatever branch? */
export const concerns = (blocked: BlockedTime, branch: BranchId, staff: StaffId | undefined): boolean =>
  blocked.staff === undefined ? blocked.branch === branch : blocked.staff === staff

/** What is left of somebody's hours in a branch. What they keep already inside a blocked time stays theirs. */
export const outsideBlocked = (
  hours: readonly Interval[],
  blocked: readonly BlockedTime[],
  who: { readonly branch: BranchId; readonly staff: StaffId | undefined },
  kept: readonly Interval[],
): readonly Interval[] =>
  subtract(
    hours,
    subtract(
      blocked.filter((one) => concerns(one, who.branch, who.staff)),
      kept,
    ),
  )

const piece = 7 * DAY

/** The same time in pieces of at most a week, for nobody's time is taken for longer than a month in one. */
export const inPieces = ({ startsAt, endsAt }: Interval): readonly Interval[] =>
  Array.from({ length: Math.ceil((endsAt - startsAt) / piece) }, (_, index) => {
    const from = after(startsAt, index * piece)
    return { startsAt: from, endsAt: instant(Math.min(after(from, piece), endsAt)) }
  })
