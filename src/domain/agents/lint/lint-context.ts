import type { CompanySpec } from '../../company.ts'
import type { AgentConfiguration } from '../configuration.ts'

/** A tool that we answer, as far as an agent's configuration has to agree with it. */
export interface KnownTool {
  readonly name: string
  readonly needsBooking: boolean
  /** What it makes true, and what nobody may say before it answered. */
  readonly makes: 'booked' | 'moved' | 'cancelled' | undefined
  /** Each argument without which it makes no sense, in all its spellings. */
  readonly required: readonly (readonly string[])[]
}

/** What a configuration is held against. */
export interface LintContext {
  /** Where Retell reaches us. */
  readonly publicUrl: string
  /** Hosts of other people's functions that are known and meant. */
  readonly knownHosts: readonly string[]
  /** The tool that answers to a name as an agent spells it. Undefined: none. */
  readonly toolOf: (name: string) => KnownTool | undefined
  readonly company: Pick<CompanySpec, 'company' | 'branches' | 'services' | 'staff' | 'policies' | 'notifications'>
  /** The names of the dynamic variables that callers' agents are given when a call comes in. */
  readonly variables: readonly string[]
  /** What callers reach now. Undefined: nothing yet, so nothing can have been lost. */
  readonly live: AgentConfiguration | undefined
  /** Tools of the live configuration that somebody said may go. */
  readonly confirmedRemovals: readonly string[]
  /** The placeholders in a text behind which no sealed value is kept. */
  readonly missingSecrets: (text: string) => readonly string[]
}
