import type { Dialect, Trx } from '../engine.ts'

/** One step of the schema and the way back. Once released it never changes; what comes after is another one. */
export interface Migration {
  /** Sorts by its place in the list. */
  readonly name: string
  readonly up: (trx: Trx, dialect: Dialect) => Promise<void>
  /** Leaves what was there before `up`. What only the new form could hold is lost. */
  readonly down: (trx: Trx, dialect: Dialect) => Promise<void>
}
