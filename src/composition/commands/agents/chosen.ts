import { note } from '../../../adapters/cli/terminal.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import { type Asking, failureLines } from './asked.ts'
import { allAgents } from './list.ts'

export interface Chosen {
  readonly agents: readonly ManagedAgent[]
  /** Somebody named one that is not there; it was said. */
  readonly isComplete: boolean
}

/** The agents that were named, or all that are there. */
export const chosenAgents = async (asking: Asking, names: readonly string[] | undefined): Promise<Chosen> => {
  if (names === undefined) return { agents: await allAgents(asking), isComplete: true }
  const agents: ManagedAgent[] = []
  let isComplete = true
  for (const name of names) {
    const found = await asking.desk.app.resolveAgent(asking.scope, name)
    if (found.isOk()) agents.push(found.value)
    else {
      isComplete = false
      for (const line of failureLines(found.error, name)) note(line)
    }
  }
  return { agents, isComplete }
}
