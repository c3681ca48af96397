import type { AgentFinding, ToolFault } from '../../domain/agents/lint/finding.ts'

/** A finding for people: what was found, and what to do about it. */
export interface SaidLint {
  readonly found: string
  readonly cure: string
}

export type LintCode = AgentFinding['code']
export type FindingOf<One extends LintCode> = Extract<AgentFinding, { readonly code: One }>
/** Every finding in one language. */
export interface LintWords {
  readonly sayings: { readonly [One in LintCode]: (finding: FindingOf<One>) => SaidLint }
  readonly faults: { readonly [Fault in ToolFault]: SaidLint }
}

/** A saying that is the same whatever was found. */
export const said = (found: string, cure: string) => (): SaidLint => ({ found, cure })
