import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { AgentVersion, ManagedAgent, NewVersion } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import type { AgentChangedMeanwhile } from './agent-failures.ts'
import { currentVersion } from './current-version.ts'
import { forgetLook } from './refresh-agent.ts'
import { type Resolving, resolveAgent } from './resolve-agent.ts'
import { settled } from './settled.ts'

export type Editing = Resolving & Pick<Ports, 'clock' | 'cache'>

/** What somebody saw before they changed something. */
export interface SeenVersion {
  /** Ours. Undefined: it is changed whatever it is now. */
  readonly ifVersion?: number | undefined
}

/**
 * Changes an agent on our side in one transaction: nobody else changes it meanwhile, whoever watches is told, and what
 * Retell was heard to say of it is asked anew.
 */
export const changeAgent =
  (ports: Editing) =>
  async <T, E>(
    scope: CompanyScope,
    name: string,
    { ifVersion }: SeenVersion,
    work: (tx: CompanyTx, agent: ManagedAgent) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | NotFound | AgentChangedMeanwhile>> => {
    const resolved = await resolveAgent(ports)(scope, name)
    if (resolved.isErr()) return err(resolved.error)
    const { id } = resolved.value
    const changed = await ports.store.transact<T, E | NotFound | AgentChangedMeanwhile>(scope, async (tx) => {
      const agent = await tx.agents.find(id)
      if (!agent) return err({ kind: 'not-found' })
      const version = currentVersion(agent)
      if (ifVersion !== undefined && ifVersion !== version) return err({ kind: 'agent-changed-meanwhile', version })
      const done = await work(tx, agent)
      if (done.isOk()) tx.publish(agentUpdated(agent))
      return done
    })
    if (changed.isOk()) await forgetLook(ports, scope.company, id)
    return changed
  }

/** The next version of the agent by whoever acts. */
export const addVersion = (
  tx: CompanyTx,
  { actor }: CompanyScope,
  version: Pick<NewVersion, 'agent' | 'configuration' | 'parents' | 'origin' | 'message' | 'createdAt'>,
): Promise<AgentVersion> => tx.agents.append({ ...version, author: actor })

/** Kept with what follows from its versions. */
export const saveSettled = async (tx: CompanyTx, agent: ManagedAgent): Promise<ManagedAgent> => {
  const next = await settled(tx, agent)
  await tx.agents.save(next)
  return next
}

/** What is there of a version that the agent names. */
export const configurationAt = async (tx: CompanyTx, agent: AgentId, number: number): Promise<AgentConfiguration> => {
  const configuration = await tx.agents.configuration(agent, number)
  if (!configuration) throw new Error('An agent names a version that is not there')
  return configuration
}

/** A copy of what our side has, before something takes its place. Undefined: it has nothing. */
export const backUp = async (
  tx: CompanyTx,
  scope: CompanyScope,
  agent: ManagedAgent,
  { message, createdAt }: Pick<NewVersion, 'message' | 'createdAt'>,
): Promise<number | undefined> => {
  const ours = agent.draft ?? agent.base
  if (ours === undefined) return undefined
  const configuration = await configurationAt(tx, agent.id, ours)
  const kept = { agent: agent.id, configuration, parents: [ours], origin: 'backup', message, createdAt } as const
  return (await addVersion(tx, scope, kept)).number
}

/** In a transaction that only looks. */
export const lookAt =
  (ports: Resolving) =>
  async <T, E>(
    scope: CompanyScope,
    name: string,
    work: (tx: CompanyTx, agent: ManagedAgent) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | NotFound>> => {
    const resolved = await resolveAgent(ports)(scope, name)
    if (resolved.isErr()) return err(resolved.error)
    return ports.store.read<Result<T, E | NotFound>>(scope, async (tx) => {
      const agent = await tx.agents.find(resolved.value.id)
      return agent ? work(tx, agent) : err({ kind: 'not-found' })
    })
  }

export const found = <T>(value: T | undefined): Result<T, NotFound> =>
  value === undefined ? err({ kind: 'not-found' }) : ok(value)
