import { ok } from 'neverthrow'
import { expect, it } from 'vitest'
import { isKnownInAccount } from '../../../src/application/agents/known-agents.ts'
import { publishing } from '../../../src/application/agents/publishing.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../desk.ts'
import { openAgentDesk } from './agent-desk.ts'
import { managedAgent } from './managed-agent.ts'
import { ourUrl } from './release-desk.ts'

/** In the account of the platform, as the salon is. */
const studio = salon
  .replace('slug: salon-sonne, name: Salon Sonne,', 'slug: studio-stern, name: Studio Stern,')
  .replaceAll('030 23125101', '030 23125121')
  .replaceAll('030 23125102', '030 23125122')
  .replaceAll('agent_mitte', 'agent_stern')
  .replaceAll('agent_west', 'agent_stern_west')

it('an agent that another company of the account made or names is nobody’s lost one', async () => {
  const desk = await openDesk([salon, studio, praxis])
  const made = [
    ['salon-sonne', 'agt_00000001', 'agent_own'],
    ['studio-stern', 'agt_00000002', 'agent_of_studio'],
    ['praxis-mond', 'agt_00000003', 'agent_of_praxis'],
  ] as const
  for (const [slug, id, retellAgentId] of made) {
    await desk.ports.store.transact(await desk.scopeOf(slug), async (tx) =>
      ok(await tx.agents.save(managedAgent(id, { retellAgentId }))),
    )
  }
  const scope = await desk.scopeOf('salon-sonne')
  const known = (id: string) => isKnownInAccount(desk.ports)(scope, id)
  expect(await known('agent_own')).toBe(true)
  expect(await known('agent_of_studio')).toBe(true)
  expect(await known('agent_stern')).toBe(true)
  // Of another account, in which it is not looked for.
  expect(await known('agent_of_praxis')).toBe(false)
  expect(await known('agent_lost')).toBe(false)
})

it('a publication whose answer was lost takes over no agent of another company, nor does taking it back delete one', async () => {
  const desk = await openAgentDesk([salon, studio], 'salon-sonne')
  const agent = {
    ...{ agent_name: 'Empfang', voice_id: 'retell-Cimo', webhook_url: `${ourUrl}/webhooks/retell` },
    response_engine: { type: 'retell-llm', llm_id: 'llm' },
  }
  const engine = { general_prompt: 'Sie nehmen Anrufe an.', general_tools: [] }
  desk.retell.addElsewhere(agent, engine, { id: 'agent_of_studio' })
  await desk.ports.store.transact(await desk.scopeOf('studio-stern'), async (tx) =>
    ok(await tx.agents.save(managedAgent('agt_00000002', { retellAgentId: 'agent_of_studio' }))),
  )
  const id = 'agt_00000001'
  await desk.ports.store.transact(desk.scope, async (tx) => {
    await tx.agents.save(managedAgent(id, { retellAgentId: undefined, draft: 1 }))
    await tx.agents.append({
      ...{ agent: id, parents: [], origin: 'created', message: '', createdAt: desk.clock.now() },
      ...{ author: desk.scope.actor, configuration: { agent, engine, numbers: [] } },
    })
    return ok()
  })
  const worker = { workNow: async () => desk.work().then(() => undefined) }
  const releases = publishing(
    {
      ...{ ...desk.ports, publicUrl: ourUrl },
      gate: async (_scope, _agent, { version }) => ({ version, findings: [], isClosed: false }),
    },
    worker,
  )
  desk.retell.misbehave('createAgent', 'down')
  const atWork = async () => {
    for (let run = 0; run < 10; run += 1) {
      await desk.work()
      desk.clock.advance(10 * MINUTE)
    }
  }
  const started = (await releases.startPublish(desk.scope, id, { numbers: [] }))._unsafeUnwrap()
  await atWork()
  const found = () => desk.look((tx) => tx.releases.publication(started.id), 'salon-sonne')
  expect((await found())?.state).toBe('failed')
  expect((await desk.look((tx) => tx.agents.find(id), 'salon-sonne'))?.retellAgentId).toBeUndefined()
  await releases.undoPublication(desk.scope, started.id)
  await atWork()
  expect((await desk.retell.agents({}))._unsafeUnwrap().items.map(({ retellAgentId }) => retellAgentId)).toEqual([
    'agent_of_studio',
  ])
})
