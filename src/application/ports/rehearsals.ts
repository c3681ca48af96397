import type { Result } from 'neverthrow'
import type { CallScript } from '../../domain/agents/script.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { AgentId, RehearsalId, ScriptId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

/** A scripted call that a company keeps, as written (YAML). */
export interface StoredScript {
  readonly id: ScriptId
  /** Unique in the company. */
  readonly name: string
  readonly source: string
  readonly changedAt: Instant
}

/** What came of playing scripts against a version. */
export interface Rehearsal {
  readonly id: RehearsalId
  readonly agent: AgentId
  /** Ours. */
  readonly version: number
  readonly passed: boolean
  readonly at: Instant
  /** What a caller would have heard, script by script. */
  readonly report: JsonObject
}

export interface Rehearsals {
  /** By name. */
  readonly scripts: () => Promise<readonly StoredScript[]>
  /** Adds it or replaces the one of its id. Rejects for a name of another one. */
  readonly saveScript: (script: StoredScript) => Promise<void>
  readonly removeScript: (id: ScriptId) => Promise<void>
  readonly save: (rehearsal: Rehearsal) => Promise<void>
  readonly find: (id: RehearsalId) => Promise<Rehearsal | undefined>
  /** Newest first. */
  readonly list: (agent: AgentId, request: PageRequest) => Promise<Page<Rehearsal>>
}

/** What a script cannot be read for, with a JSON pointer to the place. */
export interface ScriptProblem {
  readonly path: string
  readonly message: string
}

/** Reads a script as people write it. */
export type ScriptReader = (source: string) => Result<CallScript, readonly ScriptProblem[]>
