import fc from 'fast-check'
import type { Result } from 'neverthrow'
import { afterEach, describe, expect, it } from 'vitest'
import type { VoiceAccount, VoiceFailure } from '../../src/application/ports/voice-accounts.ts'
import { contentOf, engineOf } from '../../src/domain/agents/configuration.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import type { PhoneNumber } from '../../src/domain/phone-number.ts'
import { instant } from '../../src/domain/time.ts'
import { mobile, unhurried } from './fixtures.ts'

/** An account with levers that its port does not have: what a person does on Retell's own pages. */
export interface OpenedVoiceAccount {
  readonly account: VoiceAccount
  readonly addAgent: (agent: JsonObject, engine: JsonObject, isPublished: boolean) => string
  /** Changes the draft there is, or a new one of what is published. Answers with its version. */
  readonly edit: (id: string, changes: { readonly agent?: JsonObject; readonly engine?: JsonObject }) => number
  readonly setNumber: (number: PhoneNumber, document: JsonObject) => void
  /** As Retell has it. */
  readonly addCall: (call: JsonObject) => void
  /** From now on everything that is asked ends like this. */
  readonly fail: (kind: 'unreachable' | 'misconfigured') => void
  readonly close: () => Promise<void>
}

const tool = (name: string): JsonObject => ({
  ...{ type: 'custom', name, url: 'https://desk.example/functions/retell', timeout_ms: 10_000 },
  ...{ headers: { 'X-Key': 'a' }, response_variables: { slot: '$.slot' }, brand_new_setting: { deep: [1, null] } },
})
const agentDocument: JsonObject = {
  ...{ agent_name: 'Empfang', voice_id: 'retell-Cimo', language: 'de-DE', webhook_url: null, responsiveness: 0.9 },
  ...{ never_heard_of: { in: ['here'] }, response_engine: { type: 'retell-llm' } },
}
const engineContent: JsonObject = {
  ...{ general_prompt: 'Guten Tag.', general_tools: [tool('book'), tool('check')], model: 'gpt-4.1-mini' },
  ...{ states: null, unheard_of: true },
}
const flowContent: JsonObject = {
  global_prompt: 'Guten Tag.',
  nodes: [{ id: 'start', type: 'conversation', edges: [] }],
  start_node_id: 'start',
  tools: [tool('book')],
}
const number = mobile(1)
const other = mobile(2)

const value = <T>(result: Result<T, VoiceFailure>): T => {
  if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.detail}`)
  return result.value
}
const kindOf = (result: Result<unknown, VoiceFailure>) => (result.isErr() ? result.error.kind : 'ok')
const there = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('It is not there.')
  return found
}

/** What is promised of an account of the voice platform, whichever it is. */
export const voiceAccountContract = (name: string, open: () => Promise<OpenedVoiceAccount>): void => {
  describe(`a voice account (${name})`, unhurried, () => {
    const closers: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const close of closers.splice(0)) await close()
    })

    const begin = async () => {
      const opened = await open()
      closers.push(opened.close)
      const { account, addAgent } = opened
      const agent = async (id: string, version: number | string = 'latest') =>
        there(value(await account.agent(id, version)))
      const engine = async (document: JsonObject) => there(value(await account.engine(there(engineOf(document)))))
      /** What a person could change of a version. */
      const content = async (id: string, version: number | string = 'latest') => {
        const document = await agent(id, version)
        return contentOf({ agent: document, engine: await engine(document), numbers: [] })
      }
      return {
        ...opened,
        agent,
        engine,
        content,
        added: (published = true) => addAgent(agentDocument, engineContent, published),
      }
    }

    it('answers whether its key is good', async () => {
      const { account } = await begin()
      expect(value(await account.check()).name).not.toBe('')
      expect(account.name).not.toBe('')
    })

    it('lists its agents page by page, each once', async () => {
      const { account, addAgent } = await begin()
      const ids = [1, 2, 3, 4, 5].map((index) =>
        addAgent({ ...agentDocument, agent_name: `Agent ${index}` }, engineContent, true),
      )
      const found: string[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < 3; pages++) {
        const page = value(await account.agents({ cursor, limit: 2 }))
        expect(page.items.length).toBeLessThanOrEqual(2)
        found.push(...page.items.map(({ retellAgentId }) => retellAgentId))
        cursor = page.next
        expect(cursor === undefined).toBe(pages === 2)
      }
      expect(found.toSorted()).toEqual(ids.toSorted())
      const all = value(await account.agents({}))
      expect(all.next).toBeUndefined()
      expect(all.items.map((one) => one.name).toSorted()).toEqual(ids.map((_, index) => `Agent ${index + 1}`))
    })

    it('says of an agent when it was changed last', async () => {
      const { account, added, edit } = await begin()
      const id = added()
      const listed = async () => there(value(await account.agents({})).items.find((one) => one.retellAgentId === id))
      const before = there((await listed()).modifiedAt)
      edit(id, { engine: { general_prompt: 'Guten Abend.' } })
      expect(there((await listed()).modifiedAt)).toBeGreaterThan(before)
    })

    it('names all versions of an agent, newest first, and of nobody none', async () => {
      const { account, added, edit } = await begin()
      const id = added()
      edit(id, { agent: { language: 'en-US' } })
      expect(value(await account.versions(id))).toMatchObject([
        { version: 1, isPublished: false, baseVersion: 0 },
        { version: 0, isPublished: true, baseVersion: undefined },
      ])
      expect(value(await account.versions('agent_of_nobody'))).toBeUndefined()
    })

    it('shows the whole of a version by its number, as the newest, and as the newest that is published', async () => {
      const { account, added, edit, agent } = await begin()
      const id = added()
      edit(id, { agent: { language: 'en-US' } })
      expect(await agent(id, 'latest')).toMatchObject({
        agent_id: id,
        version: 1,
        is_published: false,
        language: 'en-US',
      })
      for (const reference of [0, 'latest_published'] as const) {
        expect(await agent(id, reference)).toMatchObject({ ...agentDocument, version: 0, is_published: true })
      }
      expect(value(await account.agent(id, 7))).toBeUndefined()
      expect(value(await account.agent('agent_of_nobody', 'latest'))).toBeUndefined()
    })

    it('shows the whole engine of a version, and nothing for one that it does not keep', async () => {
      const { account, added, agent, engine } = await begin()
      const reference = there(engineOf(await agent(added())))
      expect(reference).toMatchObject({ kind: 'retell-llm', version: 0 })
      expect(await engine(await agent(added()))).toMatchObject(engineContent)
      for (const nothing of [
        { ...reference, id: 'llm_of_nobody' },
        { ...reference, version: 9 },
        { kind: 'custom-llm', id: undefined, version: undefined },
        { kind: 'brand-new-engine', id: 'engine_1', version: 0 },
      ]) {
        expect(value(await account.engine(nothing))).toBeUndefined()
      }
    })

    it.each([
      ['retell-llm', engineContent],
      ['conversation-flow', flowContent],
    ])('makes an agent on a new %s as a draft, whatever the documents say of another', async (kind, content) => {
      const { account, content: contentOfAgent } = await begin()
      const wanted = {
        ...agentDocument,
        ...{ agent_id: 'agent_there', version: 7, is_published: true, last_modification_timestamp: 1 },
        response_engine: { type: kind, llm_id: 'llm_there', conversation_flow_id: 'flow_there', version: 7 },
      }
      const made = value(await account.createAgent(wanted, { ...content, llm_id: 'llm_there', version: 7 }))
      const id = String(made.agent.agent_id)
      expect(id).not.toBe('agent_there')
      expect(value(await account.versions(id))).toMatchObject([{ version: 0, isPublished: false }])
      expect(made.engine).toMatchObject(content)
      const expected = contentOf({ agent: wanted, engine: content, numbers: [] })
      expect(await contentOfAgent(id)).toEqual(expected)
      expect(engineOf(made.agent)).toMatchObject({ kind, version: 0 })
    })

    it('makes agents on engines of somebody else, and none without the engine that it has to keep', async () => {
      const { account } = await begin()
      const own = { ...agentDocument, response_engine: { type: 'custom-llm', llm_websocket_url: 'wss://llm.example' } }
      expect(value(await account.createAgent(own, undefined)).agent).toMatchObject(own)
      expect(kindOf(await account.createAgent(agentDocument, undefined))).toBe('refused')
    })

    it('makes a draft of agent and engine together, of the content of any version', async () => {
      const { account, added, edit, content, agent } = await begin()
      const id = added()
      const first = await content(id, 0)
      edit(id, { agent: { language: 'en-US' }, engine: { general_prompt: 'Hello.' } })
      const draft = value(await account.createVersion(id, 0))
      expect(draft).toMatchObject({ agent_id: id, version: 2, is_published: false })
      expect(engineOf(draft)?.version).toBe(2)
      expect(await content(id, 2)).toEqual(first)
      expect((await agent(id, 1)).language).toBe('en-US')
      expect(value(await account.versions(id))?.map(({ version }) => version)).toEqual([2, 1, 0])
      expect(kindOf(await account.createVersion(id, 9))).toBe('refused')
      expect(kindOf(await account.createVersion('agent_of_nobody', 0))).toBe('refused')
    })

    it('changes of a draft what is named and nothing else', async () => {
      const { account, added, content } = await begin()
      const id = added(false)
      const before = contentOf({ agent: agentDocument, engine: engineContent, numbers: [] })
      expect(value(await account.changeAgent(id, 0, { language: 'fr-FR' }))).toMatchObject({ language: 'fr-FR' })
      expect(await content(id)).toEqual({ ...before, agent: { ...agentDocument, language: 'fr-FR' } })
      const reference = there(engineOf(there(value(await account.agent(id, 0)))))
      expect(value(await account.changeEngine(reference, { model: 'gpt-5' }))).toMatchObject({ model: 'gpt-5' })
      expect(await content(id)).toEqual({
        ...before,
        agent: { ...agentDocument, language: 'fr-FR' },
        engine: { ...engineContent, model: 'gpt-5' },
      })
    })

    it('keeps what it does not understand as it was told', async () => {
      const { account, added, agent, engine } = await begin()
      const id = added(false)
      const reference = there(engineOf(await agent(id)))
      const changes = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue({ depthSize: 'small' }), {
        maxKeys: 4,
      })
      await fc.assert(
        fc.asyncProperty(changes, async (wanted) => {
          // As it is over the wire, where there is no negative zero.
          const sent = JSON.parse(JSON.stringify(wanted)) as JsonObject
          value(await account.changeAgent(id, 0, sent))
          value(await account.changeEngine(reference, sent))
          const now = await agent(id, 0)
          expect(Object.fromEntries(Object.keys(sent).map((key) => [key, now[key]]))).toEqual(sent)
          expect(await engine(now)).toMatchObject(sent)
        }),
        { numRuns: 20 },
      )
    })

    it('changes nothing that is published, that is not there, or that it does not keep', async () => {
      const { account, added, agent, content } = await begin()
      const id = added()
      const before = await content(id)
      const reference = there(engineOf(await agent(id)))
      const changes = { general_prompt: 'Neu.' }
      for (const refused of [
        await account.changeAgent(id, 0, { language: 'fr-FR' }),
        await account.changeAgent(id, 5, { language: 'fr-FR' }),
        await account.changeAgent('agent_of_nobody', 0, { language: 'fr-FR' }),
        await account.changeEngine(reference, changes),
        await account.changeEngine({ ...reference, version: undefined }, changes),
        await account.changeEngine({ ...reference, id: 'llm_of_nobody' }, changes),
        await account.changeEngine({ kind: 'custom-llm', id: undefined, version: 0 }, changes),
      ]) {
        expect(kindOf(refused)).toBe('refused')
      }
      expect(await content(id)).toEqual(before)
    })

    it('publishes a draft under its number, with its title, and moves no number', async () => {
      const { account, added, edit, agent, content, setNumber } = await begin()
      const id = added()
      setNumber(number, { inbound_agents: [{ agent_id: id, agent_version: 0, weight: 1 }] })
      edit(id, { agent: { language: 'en-US' } })
      const drafted = await content(id, 1)
      expect(kindOf(await account.publish(id, 1, { title: 'Zweite' }))).toBe('ok')
      expect(value(await account.versions(id))).toMatchObject([
        { version: 1, isPublished: true, title: 'Zweite' },
        { version: 0, isPublished: true },
      ])
      expect((await agent(id, 'latest_published')).version).toBe(1)
      expect(await content(id, 1)).toEqual(drafted)
      expect(there(value(await account.number(number))).inbound).toEqual([{ retellAgentId: id, version: 0, weight: 1 }])
      expect(kindOf(await account.changeAgent(id, 1, { language: 'fr-FR' }))).toBe('refused')
      for (const refused of [await account.publish(id, 1, {}), await account.publish(id, 8, {})]) {
        expect(kindOf(refused)).toBe('refused')
      }
    })

    it('deletes versions and agents, the same twice, and keeps a version that a number names', async () => {
      const { account, added, edit, setNumber } = await begin()
      const id = added()
      edit(id, { agent: { language: 'en-US' } })
      setNumber(number, { inbound_agents: [{ agent_id: id, agent_version: 0, weight: 1 }] })
      expect(kindOf(await account.deleteVersion(id, 0))).toBe('refused')
      for (let time = 0; time < 2; time++) expect(kindOf(await account.deleteVersion(id, 1))).toBe('ok')
      expect(value(await account.versions(id))?.map(({ version }) => version)).toEqual([0])
      for (let time = 0; time < 2; time++) expect(kindOf(await account.deleteAgent(id))).toBe('ok')
      expect(value(await account.agent(id, 'latest'))).toBeUndefined()
      expect(value(await account.agents({})).items).toEqual([])
    })

    it('shows its numbers with whom they ring', async () => {
      const { account, added, setNumber } = await begin()
      const id = added()
      setNumber(number, {
        inbound_agents: [
          { agent_id: id, agent_version: 0, weight: 0.9 },
          { agent_id: id, agent_version: 'latest_published', weight: 0.1 },
        ],
        inbound_webhook_url: 'https://desk.example/webhooks/retell',
        nickname: 'Mitte',
      })
      setNumber(other, { outbound_agents: [{ agent_id: id, weight: 1 }] })
      const shown = {
        number,
        inbound: [
          { retellAgentId: id, version: 0, weight: 0.9 },
          { retellAgentId: id, version: 'latest_published', weight: 0.1 },
        ],
        outbound: [],
        inboundWebhookUrl: 'https://desk.example/webhooks/retell',
      }
      const { items, next } = value(await account.numbers({}))
      expect(next).toBeUndefined()
      expect(items.find((one) => one.number === number)).toMatchObject(shown)
      expect(items.find((one) => one.number === other)).toMatchObject({
        inbound: [],
        outbound: [{ retellAgentId: id, version: undefined, weight: 1 }],
        inboundWebhookUrl: undefined,
      })
      const found = there(value(await account.number(number)))
      expect(found).toMatchObject(shown)
      expect(found.document).toMatchObject({ phone_number: number, nickname: 'Mitte' })
      expect(value(await account.number(mobile(3)))).toBeUndefined()
    })

    it('changes of a number what is named, lists as a whole', async () => {
      const { account, added, setNumber } = await begin()
      const [id, next] = [added(), added()]
      setNumber(number, { inbound_agents: [{ agent_id: id, agent_version: 0, weight: 1 }], nickname: 'Mitte' })
      const bound = [{ agent_id: next, agent_version: 0, weight: 1 }]
      const changed = value(await account.changeNumber(number, { inbound_agents: bound }))
      expect(changed.inbound).toEqual([{ retellAgentId: next, version: 0, weight: 1 }])
      const now = there(value(await account.number(number)))
      expect(now.inbound).toEqual(changed.inbound)
      expect(now.document.nickname).toBe('Mitte')
      const half = [{ agent_id: next, agent_version: 0, weight: 0.5 }]
      expect(kindOf(await account.changeNumber(number, { inbound_agents: half }))).toBe('refused')
      expect(kindOf(await account.changeNumber(other, { inbound_agents: bound }))).toBe('refused')
      expect(there(value(await account.number(number))).inbound).toEqual(changed.inbound)
      expect(value(await account.changeNumber(number, { inbound_agents: null })).inbound).toEqual([])
    })

    const begun = Date.parse('2026-11-20T09:00:00Z')
    const call = (index: number, more: JsonObject = {}): JsonObject => ({
      ...{ call_id: `call_${index}`, agent_id: 'agent_a', direction: 'inbound', call_status: 'ended' },
      ...{ from_number: '+4915550100001', to_number: number, transcript: 'Agent: Guten Tag.' },
      ...{ start_timestamp: begun + index * 60_000, end_timestamp: begun + index * 60_000 + 30_000 },
      ...more,
    })

    it('lists calls that began in a stretch of time, both ends included, oldest first, of certain agents', async () => {
      const { account, addCall } = await begin()
      for (const index of [4, 1, 3, 2, 0]) addCall(call(index, index === 2 ? { agent_id: 'agent_b' } : {}))
      const stretch = { from: instant(begun + 60_000), to: instant(begun + 4 * 60_000) }
      const listed = value(await account.calls(stretch))
      expect(listed.items.map(({ callId }) => callId)).toEqual(['call_1', 'call_2', 'call_3', 'call_4'])
      expect(listed.items[0]).toEqual({
        callId: 'call_1',
        agentId: 'agent_a',
        fromNumber: '+4915550100001',
        toNumber: number,
        direction: 'inbound',
        status: 'ended',
        startedAt: begun + 60_000,
        endedAt: begun + 90_000,
      })
      const few = value(await account.calls({ ...stretch, limit: 3 }))
      expect(few.items).toHaveLength(3)
      const rest = value(await account.calls({ ...stretch, limit: 3, cursor: few.next }))
      expect([...few.items, ...rest.items]).toEqual(listed.items)
      expect(rest.next).toBeUndefined()
      const ofB = value(await account.calls({ ...stretch, agents: ['agent_b'] }))
      expect(ofB.items.map(({ callId }) => callId)).toEqual(['call_2'])
    })

    it('tells of a call what its webhook would have', async () => {
      const { account, addCall } = await begin()
      const analyzed = { call_analysis: { call_summary: 'Ein Termin.' } }
      const told = [
        [{ call_status: 'registered' }, 'call_inbound'],
        [{ call_status: 'ongoing' }, 'call_started'],
        [{}, 'call_ended'],
        [{ call_status: 'not_connected' }, 'call_ended'],
        [{ call_status: 'error' }, 'call_ended'],
        [analyzed, 'call_analyzed'],
        [{ call_status: 'brand_new' }, 'call_ended'],
      ] as const
      for (const [index, [more, event]] of told.entries()) {
        addCall(call(index, more))
        const found = there(value(await account.call(`call_${index}`)))
        expect(found.report).toMatchObject({ event, fields: { transcript: 'Agent: Guten Tag.', toNumber: number } })
        expect(found.call.callId).toBe(`call_${index}`)
      }
      expect(value(await account.call('call_of_nobody'))).toBeUndefined()
    })

    it.each(['unreachable', 'misconfigured'] as const)('says of everything that it is %s', async (kind) => {
      const { account, added, agent, fail } = await begin()
      const id = added(false)
      const reference = there(engineOf(await agent(id)))
      const moment = instant(begun)
      fail(kind)
      for (const ask of [
        () => account.check(),
        () => account.agents({}),
        () => account.versions(id),
        () => account.agent(id, 'latest'),
        () => account.engine(reference),
        () => account.createAgent(agentDocument, engineContent),
        () => account.createVersion(id, 0),
        () => account.changeAgent(id, 0, {}),
        () => account.changeEngine(reference, {}),
        () => account.publish(id, 0, {}),
        () => account.deleteVersion(id, 0),
        () => account.deleteAgent(id),
        () => account.numbers({}),
        () => account.number(number),
        () => account.changeNumber(number, {}),
        () => account.calls({ from: moment, to: moment }),
        () => account.call('call_1'),
      ]) {
        expect(kindOf(await ask())).toBe(kind)
      }
    })
  })
}
