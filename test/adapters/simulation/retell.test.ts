import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { plainAgent } from '../../../src/adapters/simulation/retell/plain-agent.ts'
import { mostInASecond } from '../../../src/adapters/simulation/retell/serve.ts'
import { type RetellSettings, startRetell } from '../../../src/adapters/simulation/retell/start-retell.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'

const now = () => Date.parse('2026-11-20T09:00:00Z')
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const begin = async (settings: Partial<RetellSettings> = {}) => {
  const retell = await startRetell({ now, ...settings })
  closers.push(retell.close)
  const ask = async (method: string, path: string, body?: unknown, key = retell.key) => {
    const response = await fetch(`${retell.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(400),
    })
    const text = await response.text()
    return {
      status: response.status,
      text,
      json: (text.endsWith('}') ? JSON.parse(text) : {}) as JsonObject,
      response,
    }
  }
  return { retell, ask }
}
const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../samples/retell/${name}`, import.meta.url), 'utf8')) as JsonObject

const engineOf = (agent: JsonObject) => agent.response_engine as { readonly llm_id: string; readonly version: number }

describe('a stand-in for Retell', () => {
  it('shows only what the key opens', async () => {
    const { retell, ask } = await begin()
    const other = retell.addAccount('Other')
    const id = retell.addAgent()
    expect(await ask('GET', '/get-api-key-info')).toMatchObject({ status: 200, json: { org_name: 'Workspace 1' } })
    expect(await ask('GET', '/get-api-key-info', undefined, other.key)).toMatchObject({ json: { org_name: 'Other' } })
    expect(await ask('GET', `/get-agent/${id}`, undefined, other.key)).toMatchObject({
      status: 422,
      json: { status: 'error', message: 'Cannot find requested asset under given api key.' },
    })
    expect(await ask('GET', '/get-api-key-info', undefined, 'nobody')).toMatchObject({
      status: 401,
      json: { message: 'API key is missing or invalid.' },
    })
    expect((await ask('GET', '/get-concurrency')).json).toMatchObject({ concurrency_limit: 20 })
  })

  it.each([
    ['GET', '/list-agents'],
    ['POST', '/publish-agent/agent_a'],
    ['GET', '/get-agent-versions/agent_a'],
    ['POST', '/create-retell-llm-version/llm_a'],
    ['POST', '/v2/list-calls'],
  ])('no longer serves %s %s', async (method, path) => {
    const { ask } = await begin()
    expect((await ask(method, path, method === 'POST' ? {} : undefined)).status).toBe(404)
  })

  it('lists agents slim and page by page', async () => {
    const { retell, ask } = await begin()
    const ids = retell.seedAgents(5)
    const first = await ask('POST', '/v2/list-agents?limit=2', {})
    expect(first.json).toMatchObject({ has_more: true, items: [{ agent_id: ids[4] }, { agent_id: ids[3] }] })
    const [item] = first.json.items as readonly JsonObject[]
    expect(Object.keys(item ?? {}).toSorted()).toEqual([
      ...['agent_id', 'agent_name', 'channel', 'tags', 'user_modified_timestamp'],
    ])
    const query = `limit=2&pagination_key=${String(first.json.pagination_key)}`
    expect((await ask('POST', `/v2/list-agents?${query}`, {})).json).toMatchObject({
      items: [{ agent_id: ids[2] }, {}],
    })
    expect((await ask('POST', '/v2/list-agents?limit=1001', {})).status).toBe(400)
  })

  it('makes a draft of agent and engine together, publishes it in place with an empty answer, and lets nobody change it', async () => {
    const { retell, ask } = await begin()
    const made = await ask('POST', '/create-retell-llm', { general_prompt: 'Hallo', start_speaker: 'agent' })
    expect(made).toMatchObject({ status: 201, json: { version: 0, is_published: false } })
    const named = { type: 'retell-llm', llm_id: String(made.json.llm_id) }
    expect((await ask('POST', '/create-agent', { response_engine: named })).status).toBe(400)
    const agent = await ask('POST', '/create-agent', { ...plainAgent('Neu'), response_engine: named })
    expect(agent).toMatchObject({
      status: 201,
      json: { version: 0, is_published: false, response_engine: { version: 0 } },
    })
    const id = String(agent.json.agent_id)

    const published = await ask('POST', `/publish-agent-version/${id}`, { version: 0, version_title: 'Erste' })
    expect(published).toMatchObject({ status: 200, text: '' })
    expect(await ask('PATCH', `/update-agent/${id}?version=0`, { language: 'en-US' })).toMatchObject({
      status: 422,
      json: { message: 'Cannot update published agent other than version title' },
    })
    expect((await ask('PATCH', `/update-agent/${id}?version=0`, { version_title: 'Eins' })).json).toMatchObject({
      version_title: 'Eins',
    })
    expect(await ask('PATCH', `/update-retell-llm/${named.llm_id}?version=0`, { model: 'gpt-5' })).toMatchObject({
      status: 400,
      json: { message: 'Cannot update published LLM' },
    })

    const extra = await ask('POST', `/create-agent-version/${id}`, { base_version: 0, title: 'x' })
    expect(extra).toMatchObject({ status: 400, json: { message: expect.stringContaining('additional properties') } })
    const draft = await ask('POST', `/create-agent-version/${id}`, { base_version: 0 })
    expect(draft.json).toMatchObject({
      version: 1,
      is_published: false,
      base_version: 0,
      response_engine: { version: 1 },
    })
    const mismatch = { response_engine: { ...named, version: 0 } }
    expect((await ask('PATCH', `/update-agent/${id}?version=1`, mismatch)).status).toBe(400)
    expect((await ask('PATCH', `/update-retell-llm/${named.llm_id}?version=1`, { model: 'gpt-5' })).status).toBe(200)
    expect((await ask('GET', `/get-retell-llm/${named.llm_id}?version=0`)).json.model).toBeUndefined()
    expect((await ask('GET', `/get-agent/${id}`)).json).toMatchObject({ version: 1 })
    expect((await ask('GET', `/get-agent/${id}?version=latest_published`)).json).toMatchObject({ version: 0 })
    expect((await ask('GET', `/list-agent-versions/${id}`)).json).toMatchObject({
      has_more: false,
      items: [
        { version: 1, is_published: false },
        { version: 0, is_published: true, version_title: 'Eins' },
      ],
    })
    expect((await ask('DELETE', `/delete-retell-llm/${named.llm_id}`)).status).toBe(400)
    expect((await ask('DELETE', `/delete-agent/${id}`)).status).toBe(204)
    expect((await ask('DELETE', `/delete-retell-llm/${named.llm_id}`)).status).toBe(204)
    expect(retell.account.engines.size).toBe(0)
  })

  it('resolves a tag that was never set to the newest version, drafts included', async () => {
    const { retell, ask } = await begin()
    const id = retell.addAgent()
    retell.makeDraft(id)
    retell.setTag(id, 'prod', 0)
    expect((await ask('GET', `/get-agent/${id}?version=prod`)).json).toMatchObject({ version: 0 })
    expect((await ask('GET', `/get-agent/${id}?version=staging`)).json).toMatchObject({ version: 1 })
    expect((await ask('DELETE', `/delete-agent-version/${id}?version=0`)).status).toBe(400)
  })

  it('takes no tools of Cal.com any more, in a prompt, a state or a flow, and shows those that are left over', async () => {
    const { retell, ask } = await begin()
    const [, state] = sample('retell_llm_response.json').states as readonly JsonObject[]
    const legacy = state?.tools ?? null
    const places: readonly (readonly [string, JsonObject])[] = [
      ['/create-retell-llm', { general_tools: legacy }],
      ['/create-retell-llm', { states: [{ name: 'booking', tools: legacy }] }],
      ['/create-conversation-flow', { tools: legacy }],
      ['/create-conversation-flow', { nodes: [{ id: 'a', tools: legacy }] }],
    ]
    for (const [path, body] of places) expect((await ask('POST', path, body)).status).toBe(400)
    const id = retell.addAgent({ engine: { general_tools: legacy } })
    const { llm_id: engine } = engineOf(retell.show(id).agent)
    expect((await ask('GET', `/get-retell-llm/${engine}`)).json.general_tools).toEqual(legacy)
  })

  it('holds weights to 1 and bindings to agents that exist, and answers yes to fields that it has no longer', async () => {
    const { retell, ask } = await begin()
    const id = retell.addAgent()
    retell.setNumber('+14157774444', sample('phone_number_response.json'))
    const bind = (agents: unknown) => ask('PATCH', '/update-phone-number/%2B14157774444', { inbound_agents: agents })
    expect((await bind([{ agent_id: id, agent_version: 0, weight: 0.5 }])).status).toBe(400)
    expect((await bind([{ agent_id: 'agent_of_nobody', weight: 1 }])).status).toBe(422)
    expect((await bind([{ agent_id: id, agent_version: 9, weight: 1 }])).status).toBe(422)
    expect((await bind([{ agent_id: id, agent_version: 'latest_published', weight: 1 }])).status).toBe(200)
    const old = await ask('PATCH', '/update-phone-number/%2B14157774444', { inbound_agent_id: 'agent_b' })
    expect(old).toMatchObject({
      status: 200,
      json: { inbound_agent_id: sample('phone_number_response.json').inbound_agent_id },
    })
    expect((await ask('GET', '/get-phone-number/+14157774444')).status).toBe(422)
  })

  it('lists calls without what was said, by the filters that Retell has', async () => {
    const { retell, ask } = await begin()
    const call = sample('get_call_phone_call_response.json')
    const start = Number(call.start_timestamp)
    retell.addCall(call)
    retell.addCall({
      ...call,
      call_id: 'call_b',
      start_timestamp: start + 1_000,
      agent_id: 'agent_b',
      direction: 'outbound',
    })
    const list = async (filter_criteria: JsonObject, more: JsonObject = {}) => {
      const { status, json } = await ask('POST', '/v3/list-calls', { filter_criteria, ...more })
      const items = (json.items ?? []) as readonly JsonObject[]
      return { status, json, items, ids: items.map(({ call_id: id }) => id) }
    }
    const all = await list({}, { include_total: true })
    expect(all.ids).toEqual(['call_b', call.call_id])
    expect(all.json.total).toBe(2)
    expect(all.items.some((item) => Object.keys(item).some((name) => name.includes('transcript')))).toBe(false)
    const range = (value: readonly number[]) => ({ start_timestamp: { type: 'range', op: 'bt', value } })
    expect((await list(range([start, start]))).ids).toEqual([call.call_id])
    expect((await list({ agent: [{ agent_id: 'agent_b' }] })).ids).toEqual(['call_b'])
    expect((await list({ agent: [{ agent_id: 'agent_b', version: [9] }] })).ids).toEqual([])
    expect((await list({ direction: { type: 'enum', op: 'in', value: ['outbound'] } })).ids).toEqual(['call_b'])
    expect((await list({ start_timestamp: { type: 'number', op: 'gt', value: start } })).ids).toEqual(['call_b'])
    expect((await list({ call_id: { type: 'string', op: 'sw', value: 'call' } })).ids).toEqual(['call_b'])
    expect((await list({ after: 7 })).status).toBe(400)
    expect((await list({}, { skip: 1, pagination_key: 'call_b' })).status).toBe(400)
    expect((await list({}, { skip: 1 })).ids).toEqual([call.call_id])
    expect((await ask('GET', '/v2/get-call/call_b')).json.transcript).toBe(call.transcript)
    expect((await ask('DELETE', '/v2/delete-call/call_b')).status).toBe(204)
    expect((await ask('GET', '/v2/get-call/call_b')).status).toBe(422)
  })

  it('keeps what no document of it knows, as its own examples are', async () => {
    const { retell, ask } = await begin()
    const { agent_id: _, version: __, ...agent } = sample('agent_response.json')
    const id = retell.addAgent({ agent: { ...agent, brand_new: { a: [1] } } })
    const shown = (await ask('GET', `/get-agent/${id}?version=0`)).json
    expect(shown).toMatchObject({
      ...agent,
      brand_new: { a: [1] },
      is_published: true,
      last_modification_timestamp: expect.anything(),
    })
  })

  it('does by hand what a person does, a moment later each time', async () => {
    const { retell } = await begin()
    const id = retell.addAgent()
    expect(retell.edit(id, { engine: { general_prompt: 'Eins' } })).toBe(1)
    expect(retell.edit(id, { agent: { language: 'en-US' } })).toBe(1)
    expect(retell.publish(id)).toBe(1)
    expect(retell.edit(id, { engine: { general_prompt: 'Zwei' } })).toBe(2)
    expect(retell.makeDraft(id, 0)).toBe(3)
    const prompts = [0, 1, 2, 3].map((version) => retell.show(id, version).engine?.general_prompt)
    expect(prompts).toEqual([prompts[3], 'Eins', 'Zwei', prompts[0]])
    const moments = [0, 1, 2, 3].map((version) => Number(retell.show(id, version).agent.last_modification_timestamp))
    expect(moments).toEqual([...new Set(moments)].toSorted())
  })

  it('fails as it is told to: so often, for one id, and not any more', async () => {
    const { retell, ask } = await begin()
    const [one, other] = retell.seedAgents(2)
    retell.misbehave('get-agent', ['down-500', undefined, { limitedForSeconds: 7 }])
    expect((await ask('GET', `/get-agent/${one}`)).status).toBe(500)
    expect((await ask('GET', `/get-agent/${one}`)).status).toBe(200)
    const limited = await ask('GET', `/get-agent/${one}`)
    expect([limited.status, limited.response.headers.get('retry-after')]).toEqual([429, '7'])
    expect((await ask('GET', `/get-agent/${one}`)).status).toBe(200)
    retell.misbehave('get-agent', 'no-right', other)
    expect((await ask('GET', `/get-agent/${one}`)).status).toBe(200)
    expect((await ask('GET', `/get-agent/${other}`)).status).toBe(403)
    retell.recover()
    expect((await ask('GET', `/get-agent/${other}`)).status).toBe(200)
    expect(retell.seen('get-agent').map(({ status }) => status)).toEqual([500, 200, 429, 200, 200, 403, 200])
  })

  it('can say yes and do nothing, do it and say nothing, or lose tools on the way', async () => {
    const { retell, ask } = await begin()
    const id = retell.addAgent({ isPublished: false })
    const { llm_id: engine } = engineOf(retell.show(id).agent)
    retell.misbehave('publish-agent-version', ['forgets', 'ignores', 'breaks-off-after'])
    for (let time = 0; time < 2; time++) {
      expect((await ask('POST', `/publish-agent-version/${id}`, { version: 0 })).status).toBe(200)
      expect(retell.show(id).agent.is_published).toBe(false)
    }
    retell.misbehave('update-engine', ['forgets', 'ignores', 'loses-tools'])
    const change = () => ask('PATCH', `/update-retell-llm/${engine}?version=0`, { model: 'gpt-5' })
    expect((await change()).json.model).toBe('gpt-5')
    expect((await change()).json.model).toBe('gpt-4.1-mini')
    expect(retell.show(id).engine?.model).toBe('gpt-4.1-mini')
    await change()
    expect(retell.show(id).engine).toMatchObject({ model: 'gpt-5', general_tools: [] })
    await expect(ask('POST', `/publish-agent-version/${id}`, { version: 0 })).rejects.toThrow()
    expect(retell.show(id).agent.is_published).toBe(true)
    retell.setNumber('+14157774444')
    retell.misbehave('update-phone-number', ['ignores'])
    const bound = await ask('PATCH', '/update-phone-number/%2B14157774444', { nickname: 'Neu' })
    expect([bound.status, bound.json.nickname]).toEqual([200, undefined])
    retell.misbehave('get-agent', ['silent', 'garbled', 'down-html', { slow: 100 }])
    await expect(ask('GET', `/get-agent/${id}`)).rejects.toThrow()
    expect((await ask('GET', `/get-agent/${id}`)).text).toBe('{"items": [')
    expect((await ask('GET', `/get-agent/${id}`)).status).toBe(502)
    const begun = performance.now()
    expect((await ask('GET', `/get-agent/${id}`)).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThan(90)
  })

  it('counts the busiest second, wherever it begins, and refuses more than it was told to take', async () => {
    expect(mostInASecond([])).toBe(0)
    expect(mostInASecond([0, 999, 1_000, 1_001, 2_000])).toBe(3)
    const { retell, ask } = await begin({ requestsPerSecond: 3 })
    const statuses: number[] = []
    for (let time = 0; time < 5; time++) statuses.push((await ask('GET', '/get-api-key-info')).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect(retell.busiestSecond()).toBe(5)
    expect(retell.busiestSecond('Other')).toBe(0)
  })

  it('has a thousand agents in a moment', async () => {
    const { retell } = await begin()
    const begun = performance.now()
    expect(new Set(retell.seedAgents(1_000, { toolsEach: 10 })).size).toBe(1_000)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})
