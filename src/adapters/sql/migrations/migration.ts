import type { Dialect, Trx } from '../engine.ts'

/** One step of the schema and the way back. Once released it never changes; what comes after is another one. */
export interface Migration {
  /** Sorts by its place in the list. */
  readonly name: string
  readonly up: (trx: Trx, dialect: Dialect) => Promise<void>
  /** False: something waits there that `down` would lose and cannot keep. Undefined: it may always go back. */
  readonly mayGoBack?: (trx: Trx) => Promise<boolean>
  /** Leaves what was there before `up`. What only the new form could hold is lost. */
  readonly down: (trx: Trx, dialect: Dialect) => Promise<void>
}
