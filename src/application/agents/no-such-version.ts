import type { InvalidInput } from '../failure.ts'
import type { AgentNeverSeen } from './agent-failures.ts'

/** Why there is nothing to look at: there is no version of the number that was named, or none at all. */
export const noSuchVersion = (named: number | undefined): AgentNeverSeen | InvalidInput =>
  named === undefined
    ? { kind: 'agent-never-seen' }
    : { kind: 'invalid-input', errors: [{ pointer: '/version', detail: 'There is no such version.' }] }
