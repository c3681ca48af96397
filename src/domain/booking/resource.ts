import type { BranchId, StaffId } from '../ids.ts'
import type { Interval } from './interval.ts'

/** Whose time an appointment takes: a colleague's, or that of a branch without staff. */
export type ResourceId = StaffId | BranchId

/** Who keeps a resource's time: an appointment for good, an offer until its hold ends. */
export type Owner = `apt_${string}` | `off_${string}`

/** A stretch of a resource's time that somebody has, buffers included. */
export interface Busy extends Interval {
  readonly resource: ResourceId
  readonly owner: Owner
}
