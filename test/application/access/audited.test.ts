import { describe, expect, it } from 'vitest'
import { auditingChanges } from '../../../src/application/access/audited-changes.ts'
import { publishing } from '../../../src/application/agents/publishing.ts'
import { grantCompany } from '../../../src/application/grant-scope.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { openAgentDesk } from '../agents/agent-desk.ts'
import { openReleaseDesk, ourUrl, theAgent } from '../agents/release-desk.ts'
import { openDesk, praxis } from '../desk.ts'

const page = { limit: 200, cursor: undefined }
const nina = { kind: 'user', name: 'nina@salon.example' } as const
const asNina = (company: CompanyId) =>
  grantCompany(company, nina, { actorId: 'usr_nina0000', address: '192.0.2.9', role: 'manager', seesVip: false })

const who = { actor: { ...nina, id: 'usr_nina0000' }, address: '192.0.2.9' }

const openAgents = async () => {
  const desk = await openAgentDesk([praxis.concat('agents: [{ slug: empfang, retell_agent_id: agent_mond }]\n')])
  desk.addAgent('agent_mond')
  await desk.sync()
  const scope = asNina(desk.scope.company)
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('There is no practice.')
  const log = async () => (await desk.look((tx) => tx.audit.list(page), 'praxis-mond')).items.toReversed()
  const put = async (volume: number) => {
    const { configuration } = (await desk.app.getDraft(scope, 'empfang'))._unsafeUnwrap()
    const wanted = { agent: { ...configuration.agent, volume }, engine: configuration.engine, message: 'Von Hand' }
    return desk.app.putDraft(scope, profile, 'empfang', { ...wanted, numbers: configuration.numbers })
  }
  return { ...desk, scope, profile, log, put }
}

describe('the audit log of agents', () => {
  it('says nothing of what frontdesk itself saw at Retell', async () => {
    expect(await (await openAgents()).log()).toEqual([])
  })

  it('has every look at whole documents and every change, with who and from where', async () => {
    const desk = await openAgents()
    expect((await desk.put(1.5)).isOk()).toBe(true)
    expect((await desk.app.agentVersionDetail(desk.scope, 'empfang', 1)).isOk()).toBe(true)
    expect((await desk.app.diffAgentVersions(desk.scope, 'empfang', 2)).isOk()).toBe(true)
    expect((await desk.app.restoreAgentVersion(desk.scope, 'empfang', 1, { message: 'Zurück' })).isOk()).toBe(true)
    expect((await desk.app.discardDraft(desk.scope, 'empfang')).isOk()).toBe(true)
    const log = await desk.log()
    expect(log.map(({ kind }) => kind)).toEqual([
      'agent.viewed',
      'agent.draft_changed',
      'agent.viewed',
      'agent.viewed',
      'agent.restored',
      'agent.draft_discarded',
    ])
    const { id } = await desk.agent('agent_mond')
    for (const entry of log) expect(entry).toMatchObject({ ...who, subject: { kind: 'agent', id } })
    expect(log[1]?.facts).toEqual({ agent: 'empfang', version: 2 })
    expect(JSON.stringify(log)).not.toContain('Von Hand')
  })

  it('has every agent that somebody took out as a file', async () => {
    const desk = await openAgents()
    expect((await desk.app.exportAgent(desk.scope, 'empfang', 1)).isOk()).toBe(true)
    const [entry, ...others] = await desk.log()
    expect(entry).toMatchObject({ ...who, kind: 'agent.exported', facts: { version: 1 } })
    expect(others).toEqual([])
    expect((await desk.app.exportAgent(desk.scope, 'nobody')).isErr()).toBe(true)
    expect(await desk.log()).toHaveLength(1)
  })

  it('has a look at what a merge would make', async () => {
    const desk = await openAgents()
    expect((await desk.app.previewMerge(desk.scope, 'empfang', new Map())).isOk()).toBe(true)
    expect(await desk.log()).toMatchObject([{ ...who, kind: 'agent.viewed', facts: { agent: 'empfang' } }])
  })

  it('has nothing of what was refused or came to nothing', async () => {
    const desk = await openAgents()
    expect((await desk.app.getDraft(desk.scope, 'niemand')).isErr()).toBe(true)
    expect((await desk.app.discardDraft(desk.scope, 'empfang', { ifVersion: 77 })).isErr()).toBe(true)
    expect((await desk.app.discardDraft(desk.scope, 'empfang')).isOk()).toBe(true)
    expect(await desk.log()).toEqual([])
  })

  it('is written in the transaction of the change, or neither is', async () => {
    const desk = await openAgents()
    const store = auditingChanges(desk.ports)
    const agent = await desk.agent('agent_mond')
    const failing = store.transact(desk.scope, async (tx) => {
      const configuration = await tx.agents.configuration(agent.id, 1)
      if (!configuration) throw new Error('There is no version.')
      const version = { configuration, parents: [1], origin: 'edited', author: nina, message: '' } as const
      await tx.agents.append({ ...version, agent: agent.id, createdAt: desk.clock.now() })
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await desk.log()).toEqual([])
  })

  it('has what became of publications and rollouts, in the name of who wanted them', async () => {
    const desk = await openReleaseDesk()
    const scope = asNina(desk.scope.company)
    const ports = { ...desk.ports, store: auditingChanges(desk.ports) }
    const gate = async (_scope: unknown, _agent: unknown, { version }: { version: number }) => ({
      ...{ version, findings: [], isClosed: false },
    })
    const releases = publishing({ ...ports, publicUrl: ourUrl, gate }, { workNow: async () => undefined })
    await desk.draft({ engine: { general_prompt: 'Neu.' } })
    const { id } = await desk.managed()
    const started = (await releases.startPublish(scope, id, { numbers: [] }))._unsafeUnwrap()
    await desk.toItsEnd(started)
    expect((await releases.rollOut(scope, id, { version: started.version, percent: 10 })).isOk()).toBe(true)
    expect((await releases.takeBackRollout(scope, id)).isOk()).toBe(true)
    const { items } = await desk.look((tx) => tx.audit.list(page), 'praxis-mond')
    const kinds = [
      'agent.draft_changed',
      'agent.publish_started',
      'agent.published',
      'agent.rollout_started',
      'agent.rollout_taken_back',
    ]
    const seen = items.toReversed()
    expect(seen.map(({ kind }) => kind)).toEqual(kinds)
    for (const { actor } of seen) expect(actor).toMatchObject(nina)
    expect(seen[1]).toMatchObject(who)
    expect(seen[2]).toMatchObject({ actor: { id: undefined }, address: undefined })
    expect(await desk.agent(theAgent)).toMatchObject({ draft: started.version })
  })

  it('has requests that are sent to a tool outside, before they are sent', async () => {
    const desk = await openAgents()
    const { tools } = (await desk.app.agentToolList(desk.scope, 'empfang'))._unsafeUnwrap()
    const { id } = await desk.agent('agent_mond')
    const [tool] = tools
    const tried = await desk.app.tryTool(desk.scope, id, { path: tool?.path ?? '', args: {} })
    expect(tried._unsafeUnwrap().where).toBe('outside')
    expect((await desk.log()).map(({ kind }) => kind)).toEqual(['agent.viewed', 'agent.tool_tried'])
    expect((await desk.log()).at(-1)).toMatchObject({ ...who, facts: { agent: 'empfang', tool: tool?.name } })
  })
})

describe('the audit log of customers', () => {
  it('has every look at them, in the reading itself', async () => {
    const desk = await openDesk()
    const scope = asNina((await desk.scopeOf()).company)
    const { items } = await desk.app.listCustomers(scope, page)
    const [max] = items
    if (!max) throw new Error('There is nobody.')
    expect(await desk.app.customerDetail(scope, max.customer.id)).toBeDefined()
    expect(await desk.app.customerDetail(scope, 'cus_nobody000')).toBeUndefined()
    const log = (await desk.look((tx) => tx.audit.list(page))).items
    expect(log).toMatchObject([
      { ...who, kind: 'customer.viewed', subject: { kind: 'customer', id: max.customer.id } },
      { ...who, kind: 'customers.listed', subject: undefined, facts: { count: 1 } },
    ])
    expect(await desk.look((tx) => tx.audit.firstBroken())).toBeUndefined()
  })
})
