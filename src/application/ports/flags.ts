import type { FlagRules } from '../../domain/access/flag.ts'
import type { Instant } from '../../domain/time.ts'
import type { PlatformScope } from '../scope.ts'

/** What was said of a flag. What nobody said anything of is as it is defined. */
export interface StoredFlag {
  readonly name: string
  readonly rules: FlagRules
  readonly changedAt: Instant
}

/** Features that are switched on for some and not yet for others. */
export interface Flags {
  /** By name. Asked by whoever needs to know, so nothing in it is anybody's secret. */
  readonly all: () => Promise<readonly StoredFlag[]>
  /** Adds it or replaces all of it. */
  readonly save: (scope: PlatformScope, flag: StoredFlag) => Promise<void>
}
