import type { Id, IdKind } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

export interface Clock {
  /** The moment it is now. Every time in the system comes from here. */
  readonly now: () => Instant
}

/** So much real time, from the moment it was made. */
export interface Deadline {
  /** Milliseconds, never below zero. */
  readonly left: () => number
  /** What the work gives, or `too-late`; the work itself goes on. */
  readonly within: <T>(work: Promise<T>) => Promise<T | 'too-late'>
}

/** Real time, in which callers wait whatever the clock says. Nothing that is stored comes from here. */
export interface RealTime {
  readonly deadlineIn: (milliseconds: number) => Deadline
  /** Whole milliseconds since it was called. */
  readonly measure: () => () => number
}

export interface Ids {
  /** A new id, never given before. Later ids sort after earlier ones, roughly. */
  readonly next: <Kind extends IdKind>(kind: Kind) => Id<Kind>
}
