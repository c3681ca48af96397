import { afterEach, describe, expect, it } from 'vitest'
import type { EndpointName } from '../../../src/adapters/simulation/retell/faults.ts'
import { plainAgent, plainEngine } from '../../../src/adapters/simulation/retell/plain-agent.ts'
import { engineOf } from '../../../src/domain/agents/configuration.ts'
import { isObject, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'
import { mobile, pause, unhurried } from '../../contracts/fixtures.ts'
import { openAccount } from './local-retell.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
/** Hurried: how often Retell is asked at most is tested where accounts are opened. */
const begin = async (...[more, settings]: Parameters<typeof openAccount>) => {
  const opened = await openAccount({ requestsPerSecond: 1_000, ...more }, settings)
  closers.push(opened.close)
  return opened
}
type Begun = Awaited<ReturnType<typeof begin>>

const onEngine: JsonObject = { ...plainAgent('Neu'), response_engine: { type: 'retell-llm' } }
const engineOfAgent = (shown: { readonly agent: JsonObject }) => {
  const reference = engineOf(shown.agent)
  if (!reference) throw new Error('no engine')
  return reference
}

describe('what may happen twice', unhurried, () => {
  it.each<readonly [EndpointName, (begun: Begun, id: string) => Promise<{ isOk: () => boolean }>]>([
    ['get-agent', ({ account }, id) => account.agent(id, 'latest')],
    ['list-agents', ({ account }) => account.agents({})],
    ['list-agent-versions', ({ account }, id) => account.versions(id)],
    ['get-engine', ({ account, retell }, id) => account.engine(engineOfAgent(retell.show(id)))],
    ['list-calls', ({ account }) => account.calls({ from: instant(1), to: instant(2) })],
    ['get-phone-number', ({ account }) => account.number(mobile(1))],
    ['update-phone-number', ({ account }) => account.changeNumber(mobile(1), { nickname: 'Mitte' })],
    ['update-agent', ({ account }, id) => account.changeAgent(id, 0, { language: 'en-US' })],
    [
      'update-engine',
      ({ account, retell }, id) => account.changeEngine(engineOfAgent(retell.show(id)), { model: 'gpt-5' }),
    ],
    ['delete-agent', ({ account }, id) => account.deleteAgent(id)],
  ])('is asked again: %s', async (endpoint, ask) => {
    const begun = await begin()
    const { retell } = begun
    const id = retell.addAgent({ isPublished: false })
    retell.setNumber(mobile(1))
    for (const fault of ['down-500', 'breaks-off', 'breaks-off-after'] as const) {
      const before = retell.seen().length
      retell.misbehave(endpoint, [fault])
      expect((await ask(begun, id)).isOk()).toBe(true)
      expect(retell.seen().length).toBe(before + 2)
    }
  })

  it('is given up in time, whatever it is', async () => {
    const { account, retell } = await begin({ patienceMs: 700, restMs: 1 })
    const id = retell.addAgent({ isPublished: false })
    const reference = engineOfAgent(retell.show(id))
    for (const endpoint of [
      'create-agent',
      'create-agent-version',
      'publish-agent-version',
      'list-agent-versions',
      'update-engine',
    ] as const) {
      retell.misbehave(endpoint, 'silent')
    }
    for (const ask of [
      () => account.createAgent(onEngine, plainEngine()),
      () => account.createVersion(id, 0),
      () => account.publish(id, 0, {}),
      () => account.versions(id),
      () => account.changeEngine(reference, {}),
    ]) {
      const begun = performance.now()
      expect((await ask())._unsafeUnwrapErr().kind).toBe('unreachable')
      expect(performance.now() - begun).toBeLessThan(1_000)
    }
  })
})

describe('what may not happen twice', unhurried, () => {
  it('a draft is made once, and found where its answer got lost', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent()
    for (const fault of ['breaks-off-after', 'down-after', 'garbled'] as const) {
      const before = retell.seen('create-agent-version').length
      retell.misbehave('create-agent-version', [fault])
      const made = await account.createVersion(id, 0)
      if (fault === 'garbled') expect(made._unsafeUnwrapErr().kind).toBe('unreachable')
      else expect(made._unsafeUnwrap()).toMatchObject({ agent_id: id, base_version: 0, is_published: false })
      expect(retell.seen('create-agent-version')).toHaveLength(before + 1)
    }
    expect((await account.versions(id))._unsafeUnwrap()).toHaveLength(3)
  })

  it('a draft that was not made is not said to be, and nobody else’s is taken for it', async () => {
    const { account, retell } = await begin({ patienceMs: 1_500 })
    const id = retell.addAgent()
    retell.misbehave('create-agent-version', ['silent', 'silent'])
    const alone = account.createVersion(id, 0)
    expect((await alone)._unsafeUnwrapErr().kind).toBe('unreachable')
    const disturbed = account.createVersion(id, 0)
    await pause(300)
    expect(retell.edit(id, { agent: { language: 'fr-FR' } })).toBe(1)
    expect((await disturbed)._unsafeUnwrapErr().kind).toBe('unreachable')
    expect(retell.seen('create-agent-version')).toHaveLength(2)
    expect(retell.show(id).agent).toMatchObject({ version: 1, language: 'fr-FR' })
  })

  it('is published once, and looked for where the answer got lost', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent({ isPublished: false })
    retell.misbehave('publish-agent-version', ['breaks-off', 'down-500', 'breaks-off-after'])
    for (const expected of [false, false, true]) {
      expect((await account.publish(id, 0, { title: 'Erste' })).isOk()).toBe(expected)
      expect(retell.show(id).agent.is_published).toBe(expected)
    }
    expect(retell.seen('publish-agent-version')).toHaveLength(3)
  })

  it('an agent is made once, and found by its engine where the answer got lost', async () => {
    const { account, retell } = await begin()
    retell.seedAgents(8)
    retell.misbehave('create-agent', ['breaks-off-after'])
    const { agent, engine } = (await account.createAgent(onEngine, plainEngine(2)))._unsafeUnwrap()
    expect(agent).toMatchObject({ agent_name: 'Neu', response_engine: { llm_id: engine?.llm_id, version: 0 } })
    expect(retell.seen('create-agent')).toHaveLength(1)
    expect(retell.account.agents.size).toBe(9)
  })

  it('leaves no engine behind whose agent Retell did not take, and makes no agent without its engine', async () => {
    const { account, retell } = await begin()
    const { voice_id: _, ...voiceless } = onEngine
    expect((await account.createAgent(voiceless, plainEngine()))._unsafeUnwrapErr()).toEqual({
      kind: 'refused',
      detail: 'Retell refused the request. (400)',
    })
    expect(retell.account.engines.size).toBe(0)
    retell.misbehave('create-engine', ['breaks-off'])
    expect((await account.createAgent(onEngine, plainEngine()))._unsafeUnwrapErr().kind).toBe('unreachable')
    expect(retell.seen('create-engine')).toHaveLength(2)
    expect(retell.account.agents.size).toBe(0)
  })

  it('finds the engine again whose answer got lost, and takes none that an agent names', async () => {
    const { account, retell } = await begin()
    retell.addAgent({ agent: onEngine, engine: plainEngine(2), isPublished: false })
    retell.misbehave('create-engine', ['breaks-off-after'])
    const first = (await account.createAgent(onEngine, plainEngine(2)))._unsafeUnwrap()
    expect(retell.account.engines.size).toBe(2)
    retell.misbehave('create-agent', ['breaks-off'])
    expect((await account.createAgent(onEngine, plainEngine(2)))._unsafeUnwrapErr().kind).toBe('unreachable')
    expect(retell.account.engines.size).toBe(3)
    const again = (await account.createAgent(onEngine, plainEngine(2), true))._unsafeUnwrap()
    expect(again.engine?.llm_id).not.toBe(first.engine?.llm_id)
    expect([retell.account.engines.size, retell.account.agents.size]).toEqual([3, 3])
    const third = (await account.createAgent(onEngine, plainEngine(2), true))._unsafeUnwrap()
    expect(third.engine?.llm_id).not.toBe(again.engine?.llm_id)
    expect([retell.account.engines.size, retell.account.agents.size]).toEqual([4, 4])
  })

  it('takes no engine that somebody changed, nor one of which nobody can say that it is unused', async () => {
    const { account, retell } = await begin()
    const leaveEngine = async () => {
      retell.misbehave('create-agent', ['breaks-off'])
      await account.createAgent(onEngine, plainEngine(2))
      return String([...retell.account.engines.keys()].at(-1))
    }
    const [changed, beforeMany] = [await leaveEngine(), await leaveEngine()]
    await account.changeEngine({ kind: 'retell-llm', id: changed, version: 0 }, { general_prompt: 'Anders.' })
    retell.seedAgents(21)
    const made = (await account.createAgent(onEngine, plainEngine(2), true))._unsafeUnwrap()
    expect([changed, beforeMany]).not.toContain(made.engine?.llm_id)
  })
})

describe('what Retell says', unhurried, () => {
  it('is followed over all pages of an agent with many versions', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent()
    for (let version = 1; version <= 250; version++) retell.makeDraft(id, 0)
    const versions = (await account.versions(id))._unsafeUnwrap()
    expect(versions?.map(({ version }) => version)).toEqual(Array.from({ length: 251 }, (_, index) => 250 - index))
    expect(retell.seen('list-agent-versions')).toHaveLength(3)
  })

  it('is not followed for ever', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent()
    retell.misbehave('list-agent-versions', 'endless')
    expect((await account.versions(id))._unsafeUnwrapErr().kind).toBe('unreachable')
    expect(retell.seen('list-agent-versions').length).toBeLessThan(4)
  })

  it('is read and told whole where a flow has several megabytes', async () => {
    const { account, retell } = await begin()
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      id: `node_${index}`,
      type: 'conversation',
      instruction: { type: 'prompt', text: `Grüß Gott – ${'Wort '.repeat(400)}` },
    }))
    const flow = { global_prompt: 'Guten Tag.', nodes, tools: [] }
    const id = retell.addAgent({
      agent: { ...plainAgent('Groß'), response_engine: { type: 'conversation-flow' } },
      engine: flow,
      isPublished: false,
    })
    const reference = engineOfAgent(retell.show(id))
    const read = (await account.engine(reference))._unsafeUnwrap()
    expect(JSON.stringify(read).length).toBeGreaterThan(4_000_000)
    expect(read).toMatchObject(flow)
    const changed = [...nodes.slice(1), { id: 'last', type: 'end' }]
    expect((await account.changeEngine(reference, { nodes: changed })).isOk()).toBe(true)
    expect(retell.show(id).engine?.nodes).toEqual(changed)
  })

  it('is read although parts of it are missing, null or new', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent({ agent: { voice_id: 'retell-Cimo' } })
    retell.setTag(id, 'prod', 0)
    retell.account.numbers.set('sip-1', { phone_number: 'sip-1', inbound_agents: 'none' })
    retell.setNumber(mobile(1), { inbound_agents: [null, {}, { agent_id: id }], outbound_agents: 7, brand_new: {} })
    expect((await account.agents({}))._unsafeUnwrap().items).toMatchObject([
      { retellAgentId: id, name: undefined, channel: 'voice' },
    ])
    expect((await account.agent(id, 'prod'))._unsafeUnwrap()).toMatchObject({ version: 0, assigned_tags: ['prod'] })
    expect((await account.numbers({}))._unsafeUnwrap().items).toMatchObject([
      {
        number: mobile(1),
        inbound: [{ retellAgentId: id, version: undefined, weight: undefined }],
        outbound: [],
        inboundWebhookUrl: undefined,
        document: { brand_new: {} },
      },
    ])
  })

  it('is asked for numbers with their plus as it is', async () => {
    const { account, retell } = await begin()
    retell.setNumber(mobile(1))
    expect((await account.number(mobile(1)))._unsafeUnwrap()?.number).toBe(mobile(1))
    expect(retell.seen().at(-1)?.path).toBe(`/get-phone-number/%2B${mobile(1).slice(1)}`)
  })

  it('is sent nothing but what differs', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent({ isPublished: false })
    await account.changeAgent(id, 0, { language: 'en-US' })
    await account.createVersion(id, 0)
    await account.publish(id, 0, {})
    const bodies = retell.seen().map(({ method, path, query, body }) => [method, path, query, body])
    expect(bodies).toEqual([
      ['PATCH', `/update-agent/${id}`, { version: '0' }, { language: 'en-US' }],
      ['GET', `/list-agent-versions/${id}`, expect.anything(), {}],
      ['POST', `/create-agent-version/${id}`, {}, { base_version: 0 }],
      ['POST', `/publish-agent-version/${id}`, {}, { version: 0 }],
    ])
  })

  it('is kept apart from what it did: an answer that is not true is handed on as it is', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent({ isPublished: false })
    retell.misbehave('publish-agent-version', ['forgets'])
    expect((await account.publish(id, 0, {})).isOk()).toBe(true)
    expect((await account.versions(id))._unsafeUnwrap()).toMatchObject([{ isPublished: false }])
    retell.misbehave('update-agent', ['ignores'])
    expect((await account.changeAgent(id, 0, { language: 'fr-FR' }))._unsafeUnwrap()).toMatchObject({
      language: 'de-DE',
    })
    retell.misbehave('create-agent-version', ['loses-tools'])
    await account.createVersion(id, 0)
    expect(retell.show(id).engine?.general_tools).toEqual([])
  })
})

describe('how asking ends badly', unhurried, () => {
  const ends = [
    ['wrong-key', 'misconfigured', /RETELL_API_KEY/],
    ['no-money', 'misconfigured', /payment/],
    ['no-right', 'misconfigured', /no right/],
    ['refuses', 'refused', /refused/],
    ['limited', 'unreachable', /429/],
    ['down-html', 'unreachable', /502/],
    ['garbled', 'unreachable', /not JSON/],
  ] as const

  it.each(ends)('%s is %s', async (fault, kind, words) => {
    const { account, retell } = await begin()
    const id = retell.addAgent()
    retell.misbehave('get-agent', fault)
    const failure = (await account.agent(id, 'latest'))._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind, detail: expect.stringMatching(words) })
  })

  it('says which field was not taken and what to do, and nothing of what was in it', async () => {
    const { account, retell } = await begin()
    const id = retell.addAgent({ isPublished: false })
    const reference = engineOfAgent(retell.show(id))
    const wrong = { type: 'custom', name: 'Geheimnis von Max!', url: 'https://desk.example' }
    const told = async (asked: Promise<{ _unsafeUnwrapErr: () => { readonly detail: string } }>) =>
      (await asked)._unsafeUnwrapErr().detail
    expect(await told(account.changeEngine(reference, { general_tools: [wrong] }))).toBe(
      'Retell does not take: general_tools/0/name. (400)',
    )
    const legacy = { type: 'book_appointment_cal', name: 'book', cal_api_key: 'cal_key_of_salon' }
    expect(await told(account.changeEngine(reference, { general_tools: [legacy] }))).toMatch(/tools of Retell for Cal/)
    const elsewhere = { response_engine: { type: 'retell-llm', llm_id: reference.id ?? '', version: 3 } }
    expect(await told(account.changeAgent(id, 0, elsewhere))).toMatch(/another version of its engine/)
    expect(await told(account.createVersion(id, 9))).toMatch(/no such agent, version/)
    retell.publish(id)
    expect(await told(account.changeAgent(id, 0, { language: 'en-US' }))).toMatch(/published and cannot be changed/)
    expect(await told(account.changeEngine(reference, { model: 'gpt-5' }))).toMatch(/published and cannot be changed/)
  })

  it('takes an address that is not Retell’s for no agent that is gone', async () => {
    const { retell } = await begin()
    const { account } = await begin({ baseUrl: `${retell.url}/v9`, platformKey: secret(retell.key) })
    for (const asked of [await account.agent('agent_a', 'latest'), await account.deleteAgent('agent_a')]) {
      expect(asked._unsafeUnwrapErr()).toMatchObject({
        kind: 'misconfigured',
        detail: expect.stringContaining('RETELL_BASE_URL'),
      })
    }
    const forbidden = await begin({ allowPrivate: false })
    expect((await forbidden.account.check())._unsafeUnwrapErr()).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('ALLOW_PRIVATE_ADDRESSES'),
    })
  })

  it('never says the key, nor anything of a document', async () => {
    const { account, retell } = await begin({}, { key: 'key_that_nobody_may_read' })
    const id = retell.addAgent({ isPublished: false })
    const reference = engineOfAgent(retell.show(id))
    const document = { general_prompt: 'Geheimnis', general_tools: [{ type: 'custom', name: 'Geheimnis !' }] }
    const details: string[] = []
    for (const [fault] of ends) {
      for (const endpoint of [
        'update-engine',
        'create-engine',
        'create-agent-version',
        'publish-agent-version',
      ] as const)
        retell.misbehave(endpoint, fault === 'limited' ? { limitedForSeconds: 1 } : fault)
      for (const ask of [
        () => account.changeEngine(reference, document),
        () => account.createAgent(onEngine, document),
        () => account.createVersion(id, 0),
        () => account.publish(id, 0, { title: 'Geheimnis' }),
      ]) {
        const asked = await ask()
        if (asked.isErr()) details.push(asked.error.detail)
      }
      retell.recover()
      details.push((await account.changeEngine(reference, document))._unsafeUnwrapErr().detail)
    }
    expect(details.length).toBeGreaterThan(20)
    expect(details.join()).not.toMatch(/key_that|Geheimnis/)
    expect(account.name).not.toMatch(/key_that/)
    expect(isObject(account)).toBe(true)
    expect(JSON.stringify(account)).not.toMatch(/key_that/)
  })
})
