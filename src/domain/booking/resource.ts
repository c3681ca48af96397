import type { AppointmentId, BranchId, ServiceId, StaffId } from '../ids.ts'
import type { Interval } from './interval.ts'

/** Whose time an appointment takes: a colleague's, that of a branch without staff, or of a vendor's event type. */
export type ResourceId = StaffId | BranchId | ServiceId

/** Who keeps a resource's time: an appointment or a blocked time for good, an offer until its hold ends. */
export type Owner = `apt_${string}` | `off_${string}` | `blk_${string}` | `mov_${string}`

/** Keeps the time that an appointment is to be moved to, beside the time it has, until the calendar has answered. */
export const moveOwner = (id: AppointmentId): Owner => `mov_${id.slice('apt_'.length)}`

/** Everything by which an appointment has time; none of it is in its own way. */
export const ownersOf = (id: AppointmentId): readonly Owner[] => [id, moveOwner(id)]

/** A stretch of a resource's time that somebody has, buffers included. */
export interface Busy extends Interval {
  readonly resource: ResourceId
  readonly owner: Owner
}
