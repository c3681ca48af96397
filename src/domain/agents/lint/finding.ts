/** `error`: callers are harmed, and nothing is published. `warning`: some of them are. `hint`: good to know. */
export type LintSeverity = 'error' | 'warning' | 'hint'

type At<Code extends string, Detail = unknown> = Detail & {
  readonly code: Code
  /** Where, as a JSON pointer into the document with `agent`, `response_engine` and `numbers`. */
  readonly path: string
}
type OfTool = { readonly tool: string }
type OfNode = { readonly node: string }
type OfVariable = { readonly variable: string }
type OfState = { readonly state: string }
/** `own`: it is the same as in the company's settings, so that a variable or a tool says it. */
type OfLiteral = { readonly text: string; readonly own: boolean }

/** What is wrong with an agent's configuration, as far as callers or whoever runs it will notice. */
export type LintFinding =
  // Tools
  | At<'tool-unknown', OfTool>
  | At<'tool-not-ours', OfTool>
  | At<'tool-mentioned', OfTool>
  | At<'tool-mentioned-unknown', OfTool>
  | At<'tool-duplicate', OfTool>
  | At<'tool-malformed', OfTool & { readonly wrong: ToolFault }>
  | At<'tool-url-insecure', OfTool>
  | At<'tool-url-path', OfTool>
  | At<'tool-url-foreign', OfTool & { readonly host: string }>
  | At<'tool-without-call', OfTool>
  | At<'tool-argument-missing', OfTool & { readonly argument: string }>
  | At<'tool-deprecated', OfTool>
  | At<'tool-without-booking', OfTool>
  | At<'no-booking-tool'>
  | At<'no-tools'>
  | At<'no-tools-left'>
  | At<'tool-removed', OfTool>
  | At<'tool-removal-confirmed', OfTool>
  | At<'tool-url-changed', OfTool & { readonly host: string }>
  | At<'swap-unpinned', OfTool>
  | At<'mapping-empty', OfTool>
  | At<'mapping-missing', OfTool & { readonly parameter: string }>
  | At<'mapping-literal', OfTool & { readonly parameter: string }>
  | At<'mapping-unknown-variable', OfTool & OfVariable & { readonly parameter: string }>
  // What is said
  | At<'variable-unknown', OfVariable>
  | At<'variable-unknown-spoken', OfVariable>
  | At<'variable-single-brace', OfVariable>
  | At<'literal-money', OfLiteral>
  | At<'literal-date', OfLiteral>
  | At<'literal-phone', OfLiteral>
  | At<'literal-email', OfLiteral>
  | At<'literal-hours', OfLiteral>
  | At<'literal-year', OfLiteral>
  | At<'literal-example', OfLiteral>
  | At<'instruction-spoken', { readonly text: string }>
  | At<'success-early', { readonly text: string }>
  | At<'prompt-empty'>
  | At<'prompt-too-long', { readonly tokens: number }>
  | At<'begin-message-empty'>
  // Flows
  | At<'flow-empty'>
  | At<'flow-start-missing'>
  | At<'node-duplicate', OfNode>
  | At<'edge-unknown-node', OfNode & { readonly to: string }>
  | At<'edge-open', OfNode>
  | At<'dead-end', OfNode>
  | At<'dead-end-escapable', OfNode>
  | At<'node-unreachable', OfNode>
  | At<'tool-node-unreachable', OfNode>
  | At<'silent-loop', { readonly nodes: readonly string[] }>
  | At<'silent-loop-guarded', { readonly nodes: readonly string[] }>
  | At<'result-not-awaited', OfNode & OfTool>
  | At<'silent-node', OfNode>
  | At<'prompt-edges', OfNode & { readonly edges: number }>
  | At<'no-way-out'>
  // States of a language model's prompt
  | At<'state-unknown', OfState>
  | At<'state-unreachable', OfState>
  | At<'state-duplicate', OfState>
  | At<'start-state-missing'>
  // Settings
  | At<'engine-missing'>
  | At<'webhook-missing'>
  | At<'webhook-lost'>
  | At<'webhook-foreign', { readonly host: string }>
  | At<'webhook-events', { readonly missing: readonly string[] }>
  | At<'language', { readonly spoken: string; readonly company: string }>
  | At<'time-zone', { readonly zone: string; readonly company: string }>
  | At<'two-models'>
  | At<'out-of-range', { readonly field: string; readonly least: number; readonly most: number }>
  | At<'odd-value', { readonly field: string }>
  | At<'secret-missing', { readonly secret: string }>
  | At<'no-analysis'>

/** What can be wrong with a tool's own document. */
export type ToolFault =
  | 'not-an-object'
  | 'name'
  | 'type-missing'
  | 'url-missing'
  | 'url'
  | 'method'
  | 'not-text'
  | 'not-texts'
  | 'not-a-switch'
  | 'timeout'
  | 'retries'
  | 'message-type'
  | 'schema'
  | 'schema-type'
  | 'schema-properties'
  | 'schema-required'
  | 'schema-required-unknown'
  | 'schema-choices'
  | 'field-missing'

export type AgentFinding = LintFinding & { readonly severity: LintSeverity }

const severities: { readonly [Code in LintFinding['code']]: LintSeverity } = {
  'tool-unknown': 'error',
  'tool-not-ours': 'error',
  'tool-mentioned': 'error',
  'tool-mentioned-unknown': 'warning',
  'tool-duplicate': 'error',
  'tool-malformed': 'error',
  'tool-url-insecure': 'error',
  'tool-url-path': 'error',
  'tool-url-foreign': 'hint',
  'tool-without-call': 'error',
  'tool-argument-missing': 'error',
  'tool-deprecated': 'error',
  'tool-without-booking': 'warning',
  'no-booking-tool': 'hint',
  'no-tools': 'error',
  'no-tools-left': 'error',
  'tool-removed': 'error',
  'tool-removal-confirmed': 'hint',
  'tool-url-changed': 'error',
  'swap-unpinned': 'error',
  'mapping-empty': 'error',
  'mapping-missing': 'error',
  'mapping-literal': 'error',
  'mapping-unknown-variable': 'error',
  'variable-unknown': 'warning',
  'variable-unknown-spoken': 'error',
  'variable-single-brace': 'warning',
  'literal-money': 'error',
  'literal-date': 'error',
  'literal-phone': 'error',
  'literal-email': 'error',
  'literal-hours': 'warning',
  'literal-year': 'hint',
  'literal-example': 'hint',
  'instruction-spoken': 'error',
  'success-early': 'error',
  'prompt-empty': 'warning',
  'prompt-too-long': 'error',
  'begin-message-empty': 'warning',
  'flow-empty': 'error',
  'flow-start-missing': 'error',
  'node-duplicate': 'error',
  'edge-unknown-node': 'error',
  'edge-open': 'warning',
  'dead-end': 'error',
  'dead-end-escapable': 'warning',
  'node-unreachable': 'hint',
  'tool-node-unreachable': 'warning',
  'silent-loop': 'error',
  'silent-loop-guarded': 'warning',
  'result-not-awaited': 'error',
  'silent-node': 'warning',
  'prompt-edges': 'hint',
  'no-way-out': 'warning',
  'state-unknown': 'error',
  'state-unreachable': 'warning',
  'state-duplicate': 'error',
  'start-state-missing': 'error',
  'engine-missing': 'error',
  'webhook-missing': 'warning',
  'webhook-lost': 'error',
  'webhook-foreign': 'warning',
  'webhook-events': 'warning',
  language: 'warning',
  'time-zone': 'hint',
  'two-models': 'error',
  'out-of-range': 'error',
  'odd-value': 'hint',
  'secret-missing': 'error',
  'no-analysis': 'hint',
}

export const withSeverity = (detail: LintFinding): AgentFinding => ({ ...detail, severity: severities[detail.code] })

/** Must this configuration not reach callers? */
export const blocks = (findings: readonly Pick<AgentFinding, 'severity'>[]): boolean =>
  findings.some(({ severity }) => severity === 'error')
