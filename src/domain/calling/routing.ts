import type { Branch } from '../company.ts'
import { isOpenAt } from '../opening-hours.ts'
import type { Instant } from '../time.ts'

/** Where a ringing call goes: to the branch that was dialled, whose agent answers whether it is open or not. */
export interface Destination {
  readonly branch: Branch
  /** Undefined: whichever agent the number is bound to. */
  readonly agentId: string | undefined
  readonly isOpen: boolean
}

/** Every call has a destination; the hours of the branch say what its agent may promise. */
export const route = (branch: Branch, now: Instant): Destination => ({
  branch,
  agentId: branch.retellAgentId,
  isOpen: isOpenAt(branch.hours, now, branch.timeZone),
})
