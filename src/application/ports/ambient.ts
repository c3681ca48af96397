import type { Id, IdKind } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

export interface Clock {
  /** The moment it is now. Every time in the system comes from here. */
  readonly now: () => Instant
}

export interface Ids {
  /** A new id, never given before. Later ids sort after earlier ones, roughly. */
  readonly next: <Kind extends IdKind>(kind: Kind) => Id<Kind>
}
