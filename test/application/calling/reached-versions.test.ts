import { ok } from 'neverthrow'
import { expect, it } from 'vitest'
import { reachedVersions } from '../../../src/application/calling/reached-versions.ts'
import type { AgentId } from '../../../src/domain/ids.ts'
import { managedAgent } from '../agents/managed-agent.ts'
import { openDesk, praxis, salon } from '../desk.ts'

it('what callers of one company reach says nothing of another, though both name the same agent', async () => {
  const desk = await openDesk([salon, praxis])
  const reached = reachedVersions(desk.ports)
  const scopes = [await desk.scopeOf('salon-sonne'), await desk.scopeOf('praxis-mond')]
  for (const [index, scope] of scopes.entries()) {
    const id: AgentId = `agt_0000000${index}`
    await desk.ports.store.transact(scope, async (tx) => {
      await tx.agents.save(managedAgent(id, { retellAgentId: 'agent_both', live: 1, liveAtRetell: 7 + index }))
      return ok()
    })
  }
  for (const [index, scope] of scopes.entries()) {
    expect(await reached.of(scope, 'agent_both', undefined)).toMatchObject({ live: 7 + index })
  }
})
