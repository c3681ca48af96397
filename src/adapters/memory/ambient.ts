import type { Clock, Ids } from '../../application/ports/ambient.ts'
import { mintId } from '../../domain/ids.ts'
import { after, type Instant } from '../../domain/time.ts'

/** A clock that stands still until it is told otherwise. */
export interface SettableClock extends Clock {
  readonly advance: (milliseconds: number) => void
  readonly set: (moment: Instant) => void
}

export const fixedClock = (start: Instant): SettableClock => {
  let moment = start
  return {
    now: () => moment,
    advance: (milliseconds) => {
      moment = after(moment, milliseconds)
    },
    set: (next) => {
      moment = next
    },
  }
}

/** Ids in the order in which they were asked for, the same in every run: `com_00000001`, `cus_00000002`. */
export const countingIds = (): Ids => {
  let count = 0
  return {
    next: (kind) => {
      count += 1
      return mintId(kind, String(count).padStart(8, '0'))
    },
  }
}
