import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { Publication } from '../../../src/application/ports/releases.ts'
import { learn, unheard } from '../../../src/domain/calling/call.ts'
import { managedAgent } from '../../application/agents/managed-agent.ts'
import { aRollout } from '../../contracts/releases.contract.ts'
import { openApi } from './api.ts'

const agents = '/api/v1/companies/salon-sonne/agents'

const open = async () => {
  const api = await openApi()
  const scope = await api.desk.scopeOf('salon-sonne')
  const { ids, clock } = api.desk.ports
  const [one, other] = [ids.next('agent'), ids.next('agent')]
  const publication: Publication = {
    ...{ id: ids.next('publication'), agent: one, job: ids.next('job'), kind: 'publish', state: 'failed' },
    ...{ version: 1, retellVersion: undefined, numbers: [], isCandidate: false, message: 'Nur für die eine' },
    ...{ actor: scope.actor, steps: [], startedAt: clock.now(), endedAt: clock.now(), draftSeen: undefined },
    before: { liveVersion: undefined, liveAtRetell: undefined, newestAtRetell: undefined, bindings: [] },
  }
  await api.desk.ports.store.transact(scope, async (tx) => {
    await tx.agents.save(managedAgent(one, { slug: 'eine', retellAgentId: 'agent_eine' }))
    await tx.agents.save(managedAgent(other, { slug: 'andere', retellAgentId: 'agent_andere' }))
    await tx.agents.append({
      ...{ agent: one, parents: [], origin: 'created', author: scope.actor, message: '', createdAt: clock.now() },
      configuration: { agent: {}, engine: undefined, numbers: [] },
    })
    await tx.releases.savePublication(publication)
    return ok()
  })
  return { ...api, publication }
}

describe('a publication over the API', () => {
  it('is found under its own agent alone', async () => {
    const { ask, token, publication } = await open()
    const viewer = await token('viewer')
    const own = await ask(viewer, 'GET', `${agents}/eine/publications/${publication.id}`)
    expect([own.statusCode, own.json().message]).toEqual([200, 'Nur für die eine'])
    const foreign = await ask(viewer, 'GET', `${agents}/andere/publications/${publication.id}`)
    expect([foreign.statusCode, foreign.body.includes('Nur')]).toEqual([404, false])
  })

  it.each(['resume', 'undo'])('is not changed under the name of another: %s', async (verb) => {
    const { ask, token, publication, desk } = await open()
    const manager = await token('manager')
    const answer = await ask(manager, 'POST', `${agents}/andere/publications/${publication.id}/${verb}`)
    expect(answer.statusCode).toBe(404)
    expect((await desk.look((tx) => tx.releases.publication(publication.id)))?.state).toBe('failed')
    expect((await ask(manager, 'POST', `${agents}/eine/publications/${publication.id}/${verb}`)).statusCode).not.toBe(
      404,
    )
  })
})

describe('a rollout over the API', () => {
  it('says of both versions how often the agent repeated itself and how often functions failed', async () => {
    const { ask, token, desk, publication } = await open()
    const scope = await desk.scopeOf('salon-sonne')
    const startedAt = desk.clock.now()
    const rollout = aRollout(desk.ports, publication.agent, { startedAt, changedAt: startedAt })
    for (const tool of [...Array.from({ length: 10 }, () => 'list_services'), 'book_table', 'book_table'])
      await desk.ask(tool, {})
    await desk.ports.store.transact(scope, async (tx) => {
      await tx.releases.saveRollout(rollout)
      const call = await tx.calls.open('call_a', undefined, startedAt)
      const fields = { agentId: 'agent_eine', agentVersion: rollout.candidateAtRetell, startedAt, endedAt: startedAt }
      await tx.calls.save({ ...call, record: learn(unheard, { event: 'call_ended', fields, canonical: 'ended' }) })
      return ok()
    })
    const answer = await ask(await token('viewer'), 'GET', `${agents}/eine/rollout`)
    const named = (kind: string, more: object) => expect.objectContaining({ kind, ...more })
    expect(answer.json().outcomes).toMatchObject({
      live: { calls: 0, looping: 0, with_tool_failures: 0, tool_calls: 0, tool_failures: 0 },
      candidate: { calls: 1, short: 0, looping: 1, with_tool_failures: 1, tool_calls: 12, tool_failures: 2 },
      differences: expect.arrayContaining([
        named('looping', { candidate: expect.objectContaining({ count: 1, of: 1 }) }),
        named('tool_failures', { candidate: expect.objectContaining({ count: 1, of: 1 }) }),
      ]),
    })
  })
})
