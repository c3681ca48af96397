import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { type PublishGate, startPublish } from '../../../src/application/agents/publish-agent.ts'
import { isObject } from '../../../src/domain/canonical-json.ts'
import { praxis, salon } from '../desk.ts'
import { openAgentDesk } from './agent-desk.ts'
import { engineAt, mitte, openReleaseDesk, ourUrl, theAgent, west } from './release-desk.ts'

const prompt = { engine: { general_prompt: 'Sie sind der neue Empfang.' } }
const pinned = (version: number) => [{ agent_id: theAgent, agent_version: version, weight: 1 }]

describe('the numbers of an account that several companies share', () => {
  it('ring no agent of a company that does not have them', async () => {
    const desk = await openAgentDesk([salon, praxis], 'salon-sonne')
    desk.addAgent('agent_mitte')
    for (const number of [mitte, west]) desk.retell.bindElsewhere(number, {})
    await desk.sync()
    const { id } = await desk.agent('agent_mitte')
    const gate: PublishGate = async (_scope, _agent, { version }) => ({ version, findings: [], isClosed: false })
    const publish = startPublish({ ...desk.ports, publicUrl: ourUrl, gate })
    // Of the practice, in both spellings.
    for (const number of [mitte, '030 23125112']) {
      const refused = (await publish(desk.scope, id, { numbers: [number] }))._unsafeUnwrapErr()
      expect(refused).toMatchObject({ kind: 'invalid-input', errors: [{ pointer: '/numbers/0' }] })
    }
    expect((await desk.look((tx) => tx.releases.publications(id, { limit: 5, cursor: undefined }))).items).toEqual([])
  })
})

describe('publishing an agent', () => {
  it('is only over once Retell has the version published and every number rings it', async () => {
    const desk = await openReleaseDesk()
    await desk.draft(prompt)
    const published = await desk.publish({ message: 'Neuer Empfang' })
    expect(published).toMatchObject({ state: 'published', retellVersion: 1, numbers: [mitte, west] })
    expect(published.steps.map(({ state }) => state)).toEqual(published.steps.map(() => 'done'))
    expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
    expect(await engineAt(desk, 1)).toMatchObject(prompt.engine)
    expect(await desk.managed()).toMatchObject({
      ...{ draft: undefined, live: published.version, liveAtRetell: 1, syncStatus: 'clean' },
      ...{ base: published.version, theirs: published.version, numbers: [mitte, west] },
      seen: { newest: 1, newestIsPublished: true, published: 1 },
    })
    const decisions = await desk.releases.listLiveDecisions(desk.scope, published.agent, {
      limit: 10,
      cursor: undefined,
    })
    expect(decisions.items).toMatchObject([
      { kind: 'publish', version: published.version, retellVersion: 1, percent: 100, reason: 'Neuer Empfang' },
    ])
    expect(await desk.look((tx) => tx.jobs.find(published.job), 'praxis-mond')).toMatchObject({
      ...{ state: 'done', progress: { done: 10, total: 10 } },
    })
  })

  it('sends only what differs, whole tools with all they hold, and secrets only to Retell', async () => {
    const desk = await openReleaseDesk()
    const before = await engineAt(desk, 0)
    await desk.draft(prompt)
    const published = await desk.publish()
    const { general_prompt: _, ...rest } = (await engineAt(desk, 1)) ?? {}
    const { general_prompt: __, ...same } = before ?? {}
    expect({ ...rest, version: 0, is_published: true, last_modification_timestamp: 0 }).toEqual({
      ...{ ...same, version: 0, is_published: true, last_modification_timestamp: 0 },
    })
    expect(published.steps.find(({ name }) => name === 'engine')?.detail).toBe('Sent: general_prompt.')
    expect(JSON.stringify(await desk.configuration(published.version))).not.toContain('secret-of-the-tool')
    expect(JSON.stringify(await engineAt(desk, 1))).toContain('secret-of-the-tool')
  })

  it('registers our webhook at the agent and at its numbers', async () => {
    const desk = await openReleaseDesk()
    await desk.draft({ agent: { webhook_events: ['call_started', 'transcript_updated'] } })
    await desk.publish()
    const there = (await desk.retell.agent(theAgent, 1))._unsafeUnwrap()
    expect(there).toMatchObject({
      webhook_url: `${ourUrl}/webhooks/retell`,
      webhook_events: ['call_started', 'transcript_updated', 'call_ended', 'call_analyzed'],
    })
    const number = (await desk.retell.number(mitte))._unsafeUnwrap()
    expect(number).toMatchObject({ inboundWebhookUrl: `${ourUrl}/webhooks/retell`, document: { nickname: 'Praxis' } })
  })

  it('keeps what was there as a version of ours, and what rings beside it', async () => {
    const desk = await openReleaseDesk()
    desk.addAgent('agent_other')
    desk.retell.bindElsewhere(mitte, {
      inbound_agents: [
        { agent_id: theAgent, agent_version: 0, weight: 0.7 },
        { agent_id: 'agent_other', agent_version: 'prod', weight: 0.3 },
      ],
      outbound_agents: [{ agent_id: theAgent, agent_version: 0, weight: 1 }],
    })
    await desk.draft(prompt)
    await desk.publish({ numbers: ['030 23125111'] })
    const number = (await desk.retell.number(mitte))._unsafeUnwrap()
    expect(number?.document).toMatchObject({
      inbound_agents: [
        { agent_id: theAgent, agent_version: 1, weight: 0.7 },
        { agent_id: 'agent_other', agent_version: 'prod', weight: 0.3 },
      ],
      outbound_agents: [{ agent_id: theAgent, agent_version: 1, weight: 1 }],
    })
    expect((await desk.pins())[1]).toEqual(pinned(0))
  })

  it('lets a number that does not ring it ring it alone, and says whom that displaced', async () => {
    const desk = await openReleaseDesk()
    desk.addAgent('agent_other')
    desk.retell.bindElsewhere(west, { inbound_agents: [{ agent_id: 'agent_other', weight: 1 }] })
    await desk.draft(prompt)
    const published = await desk.publish({ numbers: [west] })
    expect((await desk.pins())[1]).toEqual(pinned(1))
    expect(published.steps.find(({ name }) => name === 'numbers')?.detail).toContain('agent_other')
  })

  it('takes a number from the list of whoever had it, so that nobody takes it back unasked', async () => {
    const desk = await openReleaseDesk()
    desk.addAgent('agent_other')
    desk.retell.bindElsewhere(west, { inbound_agents: [{ agent_id: 'agent_other', weight: 1 }] })
    await desk.sync()
    expect(await desk.managed()).toMatchObject({ numbers: [mitte] })
    expect(await desk.agent('agent_other')).toMatchObject({ numbers: [west] })
    await desk.draft(prompt)
    await desk.publish({ numbers: [mitte, west] })
    const other = await desk.agent('agent_other')
    expect([(await desk.managed()).numbers, other.numbers]).toEqual([[mitte, west], []])
    const again = await desk.releases.startPublish(desk.scope, other.id, {})
    await desk.toItsEnd(again._unsafeUnwrap())
    expect((await desk.pins())[1]).toEqual(pinned(1))
  })

  it('does not overwrite what somebody began at Retell', async () => {
    const desk = await openReleaseDesk()
    await desk.draft(prompt)
    desk.retell.editElsewhere(theAgent, { agent: { voice_speed: 1.2 } })
    const before = await desk.managed()
    const failed = await desk.publish()
    expect(failed).toMatchObject({ state: 'failed', retellVersion: undefined })
    expect(failed.steps.find(({ state }) => state === 'failed')).toMatchObject({
      name: 'draft-version',
      detail: expect.stringContaining('Pull or merge'),
    })
    expect((await desk.retell.versions(theAgent))._unsafeUnwrap()).toHaveLength(2)
    expect(await desk.pins()).toEqual([pinned(0), pinned(0)])
    expect(await desk.managed()).toEqual(before)
  })

  it('publishes what Retell has published already by binding the numbers alone', async () => {
    const desk = await openReleaseDesk()
    await desk.draft(prompt)
    const first = await desk.publish({ numbers: [mitte] })
    const again = await desk.publish({ version: first.version, numbers: [mitte, west] })
    expect(again).toMatchObject({ state: 'published', retellVersion: 1 })
    expect((await desk.retell.versions(theAgent))._unsafeUnwrap()).toHaveLength(2)
    expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
  })

  it('makes a candidate of what is published without numbers, which nobody reaches yet', async () => {
    const desk = await openReleaseDesk()
    await desk.draft(prompt)
    const before = await desk.managed()
    const candidate = await desk.publish({ numbers: [] })
    expect(candidate).toMatchObject({ state: 'published', isCandidate: true, retellVersion: 1 })
    expect(await desk.pins()).toEqual([pinned(0), pinned(0)])
    const after = await desk.managed()
    expect(after).toMatchObject({ live: before.live, liveAtRetell: 0, syncStatus: 'clean' })
    // Whoever edits goes on from it, and whoever publishes the draft means it.
    expect(after.draft).toBe(candidate.version)
    const decisions = await desk.releases.listLiveDecisions(desk.scope, after.id, { limit: 10, cursor: undefined })
    expect(decisions.items).toEqual([])
    expect(await desk.publish({})).toMatchObject({ version: candidate.version, retellVersion: 1 })
    expect(await desk.managed()).toMatchObject({ live: candidate.version, draft: undefined })
  })

  it('means what is shown and looked over when nobody names a version, never what somebody left at Retell', async () => {
    const desk = await openReleaseDesk()
    desk.addAgent('agent_zwei', {})
    desk.retell.editElsewhere('agent_zwei', { engine: { general_prompt: 'Ein halber Gedanke.' } })
    await desk.sync()
    const agent = await desk.agent('agent_zwei')
    expect([agent.draft, agent.base === agent.live]).toEqual([undefined, false])
    const started = (await desk.releases.startPublish(desk.scope, agent.id, {}))._unsafeUnwrap()
    const { state, version } = await desk.toItsEnd(started)
    expect(state).toBe('published')
    const published = await desk.look((tx) => tx.agents.configuration(agent.id, version), 'praxis-mond')
    expect(published?.engine?.general_prompt).not.toBe('Ein halber Gedanke.')
  })

  it('calls a version that only other numbers ring what Retell calls it', async () => {
    const desk = await openReleaseDesk()
    desk.addAgent('agent_zwei', {})
    await desk.sync()
    const { id } = await desk.agent('agent_zwei')
    const published = async (numbers?: readonly string[]) =>
      desk.toItsEnd((await desk.releases.startPublish(desk.scope, id, { numbers }))._unsafeUnwrap())
    const [first, second] = [await published(), await published([west])]
    expect([second.version === first.version, second.retellVersion]).toEqual([false, first.retellVersion])
    for (const { version, retellVersion } of [first, second]) {
      const kept = await desk.look((tx) => tx.agents.version(id, version), 'praxis-mond')
      expect(kept?.retellVersion).toBe(retellVersion)
    }
  })

  it('publishes an agent whose language model is somebody’s own', async () => {
    const desk = await openReleaseDesk()
    const own = { type: 'custom-llm', llm_websocket_url: 'wss://llm.example/calls' }
    desk.retell.addElsewhere({ agent_name: 'Eigen', voice_id: 'retell-Cimo', response_engine: own }, undefined, {
      id: 'agent_own',
    })
    desk.retell.bindElsewhere(west, { inbound_agents: [{ agent_id: 'agent_own', agent_version: 0, weight: 1 }] })
    await desk.sync()
    const { id, base } = await desk.agent('agent_own')
    const moved = { ...own, llm_websocket_url: 'wss://llm.example/v2' }
    const kept = await desk.ports.store.transact(desk.scope, async (tx) => {
      const before = await tx.agents.configuration(id, base ?? 1)
      if (!before) throw new Error('nothing')
      const configuration = { ...before, agent: { ...before.agent, response_engine: moved } }
      return ok(
        await tx.agents.append({
          ...{ agent: id, configuration, parents: [base ?? 1], origin: 'edited', message: '' },
          ...{ author: desk.scope.actor, createdAt: desk.clock.now() },
        }),
      )
    })
    const version = kept._unsafeUnwrap().number
    const started = await desk.releases.startPublish(desk.scope, id, { version })
    expect(await desk.toItsEnd(started._unsafeUnwrap())).toMatchObject({ state: 'published', retellVersion: 1 })
    expect((await desk.retell.agent('agent_own', 1))._unsafeUnwrap()).toMatchObject({ response_engine: moved })
  })

  it.each([
    ['and publishes it', undefined],
    ['once, also when the answer is lost', 'breaks-off-after'],
    ['once, also when it is looked for only later', 'breaks-off-after', 'down'],
  ] as const)('makes an agent at Retell that was made here, %s', async (_, fault, lookedFor?: 'down') => {
    const desk = await openReleaseDesk()
    desk.retell.misbehave('createAgent', fault)
    desk.retell.misbehave('agents', lookedFor && [lookedFor])
    const id = await desk.madeHere()
    const started = await desk.releases.startPublish(desk.scope, id, { numbers: [west] })
    const first = await desk.toItsEnd(started._unsafeUnwrap())
    expect(first.state).toBe(lookedFor ? 'failed' : 'published')
    const again = lookedFor && (await desk.releases.resumePublication(desk.scope, first.id))._unsafeUnwrap()
    const published = again ? await desk.toItsEnd(again) : first
    expect(published).toMatchObject({ state: 'published', retellVersion: 0 })
    expect((await desk.retell.agents({}))._unsafeUnwrap().items).toHaveLength(2)
    const made = await desk.look((tx) => tx.agents.find(id), 'praxis-mond')
    expect(made).toMatchObject({ live: published.version, liveAtRetell: 0, draft: undefined, numbers: [west] })
    expect((await desk.pins())[1]).toEqual([{ agent_id: made?.retellAgentId, agent_version: 0, weight: 1 }])
    const there = (await desk.retell.agent(made?.retellAgentId ?? '', 0))._unsafeUnwrap()
    expect(isObject(there) && there.is_published).toBe(true)
  })
})
