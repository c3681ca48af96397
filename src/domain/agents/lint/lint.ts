import type { AgentConfiguration } from '../configuration.ts'
import { type AgentFinding, withSeverity } from './finding.ts'
import { flowRules } from './flow-rules.ts'
import type { LintContext } from './lint-context.ts'
import { settingsRules } from './settings-rules.ts'
import { stateRules } from './state-rules.ts'
import { successRules } from './success-rules.ts'
import { textRules } from './text-rules.ts'
import { toolRules } from './tool-rules.ts'
import { variableRules } from './variable-rules.ts'

const rules = [toolRules, variableRules, textRules, successRules, flowRules, stateRules, settingsRules] as const

const order = { error: 0, warning: 1, hint: 2 } as const

/**
 * What callers or whoever runs the agent will notice about its configuration, what matters most first. Whatever has another
 * shape than expected is passed over or found, and never a bug.
 */
export const lintConfiguration = (configuration: AgentConfiguration, context: LintContext): readonly AgentFinding[] =>
  rules
    .flatMap((rule) => rule(configuration, context))
    .map(withSeverity)
    .toSorted((one, other) => order[one.severity] - order[other.severity])
