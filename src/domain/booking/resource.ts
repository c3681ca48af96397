import type { BranchId, ServiceId, StaffId } from '../ids.ts'
import type { Interval } from './interval.ts'

/** Whose time an appointment takes: a colleague's, that of a branch without staff, or of a vendor's event type. */
export type ResourceId = StaffId | BranchId | ServiceId

/** Who keeps a resource's time: an appointment or a blocked time for good, an offer until its hold ends. */
export type Owner = `apt_${string}` | `off_${string}` | `blk_${string}`

/** A stretch of a resource's time that somebody has, buffers included. */
export interface Busy extends Interval {
  readonly resource: ResourceId
  readonly owner: Owner
}
