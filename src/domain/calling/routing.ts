import type { Branch } from '../company.ts'
import { isOpenAt, nextOpening } from '../opening-hours.ts'
import type { Instant } from '../time.ts'

/** Where a ringing call goes: to the branch that was dialled, whose agent answers whether it is open or not. */
export interface Destination {
  readonly branch: Branch
  /** Undefined: whichever agent the number is bound to. */
  readonly agentId: string | undefined
  readonly isOpen: boolean
  /** When a closed branch opens next; undefined while it is open, and for one that never opens. */
  readonly opensAt: Instant | undefined
}

/** Every call has a destination; the hours of the branch say what its agent may promise. */
export const route = (branch: Branch, now: Instant): Destination => {
  const isOpen = isOpenAt(branch.hours, now, branch.timeZone)
  return {
    branch,
    agentId: branch.retellAgentId,
    isOpen,
    opensAt: isOpen ? undefined : nextOpening(branch.hours, now, branch.timeZone),
  }
}
