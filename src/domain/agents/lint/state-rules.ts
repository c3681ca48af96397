import type { AgentConfiguration } from '../configuration.ts'
import { below, objectsIn, textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'

/** Where the states of a language model's prompt lead nowhere. */
export const stateRules = ({ engine }: AgentConfiguration): readonly LintFinding[] => {
  const path = '/response_engine'
  const states = objectsIn(engine, 'states', path).flatMap(({ value, path: at }) => {
    const name = textIn(value, 'name')
    const edges = objectsIn(value, 'edges', at).map((edge) => ({
      path: edge.path,
      to: textIn(edge.value, 'destination_state_name') ?? '',
    }))
    return name === undefined ? [] : [{ name, path: at, edges }]
  })
  if (states.length === 0) return []
  const names = new Set(states.map(({ name }) => name))
  const start = textIn(engine, 'starting_state')
  const startPath = start === undefined ? path : below(path, 'starting_state')
  const seen = new Set<string>()
  return [
    ...(start === undefined || !names.has(start) ? [{ code: 'start-state-missing', path: startPath } as const] : []),
    ...states.flatMap(({ name, path: at, edges }): readonly LintFinding[] => {
      const again = seen.has(name)
      seen.add(name)
      return [
        ...(again ? [{ code: 'state-duplicate', path: below(at, 'name'), state: name } as const] : []),
        ...edges
          .filter(({ to }) => !names.has(to))
          .map((edge): LintFinding => ({ code: 'state-unknown', path: edge.path, state: edge.to })),
      ]
    }),
    ...(start !== undefined && names.has(start) ? unreached(states, start) : []),
  ]
}

interface PromptState {
  readonly name: string
  readonly path: string
  readonly edges: readonly { readonly to: string }[]
}

const unreached = (states: readonly PromptState[], start: string): readonly LintFinding[] => {
  const reached = new Set([start])
  for (const name of reached) {
    for (const state of states) if (state.name === name) for (const { to } of state.edges) reached.add(to)
  }
  return states
    .filter(({ name }) => !reached.has(name))
    .map(({ name, path }) => ({ code: 'state-unreachable', path, state: name }))
}
