import type { AgentFinding, LintSeverity } from '../../domain/agents/lint/finding.ts'

/** What is found by asking, beside what stands in the configuration. */
export type AskedFinding = {
  readonly severity: LintSeverity
  /** A JSON pointer into the configuration's document. */
  readonly path: string
} & (
  | { readonly code: 'tool-unreachable'; readonly tool: string; readonly host: string }
  | { readonly code: 'tool-address-forbidden'; readonly tool: string; readonly host: string }
  | { readonly code: 'rehearsal-failed'; readonly script: string }
)
export type GateFinding = AgentFinding | AskedFinding
