import { err, ok, type Result } from 'neverthrow'
import type { AgentId, CompanyId } from '../../domain/ids.ts'
import { MINUTE, SECOND } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import { failureOf, type RetellNotConnected, type RetellRefused, type RetellUnreachable } from './agent-failures.ts'
import { lookAtAgent } from './agent-look.ts'
import { learnAgent } from './learn-agent.ts'
import { ownAgents } from './own-agents.ts'
import { keepNumbers, linesByAgent, readNumbers } from './read-numbers.ts'
import { type Resolving, resolveAgent } from './resolve-agent.ts'
import { sealLook } from './sealed-look.ts'
import { inTransaction } from './sync-desk.ts'

export type Refreshing = Resolving & Pick<Ports, 'ids' | 'clock' | 'cache' | 'voiceAccounts' | 'realTime'>
export type RefreshFailure = NotFound | RetellNotConnected | RetellUnreachable | RetellRefused

/** How long what Retell said of an agent is good for. */
const keptFor = 5 * MINUTE
const keyOf = (agent: AgentId): string => `agent-look:${agent}`

/** For whoever changes an agent: Retell is asked anew when somebody wants to know. */
export const forgetLook = ({ cache }: Pick<Ports, 'cache'>, company: CompanyId, agent: AgentId): Promise<void> =>
  cache.of(company).set(keyOf(agent), '', 0)

/**
 * Asks Retell for one agent and learns what it says, unless that was done in the last five minutes and `fresh` is not
 * set. When Retell fails, the agent stays as it was known. An agent that was made here and is not at Retell yet is
 * answered as it is.
 */
export const refreshAgent =
  (ports: Refreshing) =>
  async (
    scope: CompanyScope,
    name: string,
    { fresh = false }: { readonly fresh?: boolean } = {},
  ): Promise<Result<ManagedAgent, RefreshFailure>> => {
    const { store, directory, clock } = ports
    const resolved = await resolveAgent(ports)(scope, name)
    if (resolved.isErr() || resolved.value.retellAgentId === undefined) return resolved
    const { id, retellAgentId } = resolved.value
    const kept = ports.cache.of(scope.company)
    if (!fresh && (await kept.get(keyOf(id))) !== undefined) return resolved

    const profile = await directory.profile(scope.company)
    const account = profile && (await ports.voiceAccounts.of(profile))
    if (!profile || !account) return err({ kind: 'retell-not-connected' })
    const own = await ownAgents(ports, profile)
    if (await own.isForeign(retellAgentId)) return err({ kind: 'not-found' })
    const askedAt = clock.now()
    const numbers = await readNumbers(account, own, profile, clock.now())
    if (numbers.isErr()) return err(failureOf(numbers.error))
    const lines = linesByAgent(numbers.value)(retellAgentId)
    const look = await lookAtAgent(account, retellAgentId, { known: resolved.value.seen, pins: lines.pins })
    const sealed = await sealLook(ports, scope, look, resolved.value)
    const seen = { retellAgentId, look: sealed, askedAt, numbers: lines.numbers }
    const learned = await inTransaction(store, scope, async (tx) => {
      await keepNumbers(tx, numbers.value)
      const found = await learnAgent(tx, ports.ids, seen, clock.now())
      if (found.agent && found.outcome !== 'same' && found.outcome !== 'left') tx.publish(agentUpdated(found.agent))
      return found
    })
    if (look.kind === 'failed') return err(failureOf(look.failure))
    await kept.set(keyOf(id), '1', keptFor / SECOND)
    return learned.agent ? ok(learned.agent) : err({ kind: 'not-found' })
  }
