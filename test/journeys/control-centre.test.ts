import { afterEach, describe, expect, it } from 'vitest'
import { signatureHeader } from '../../src/adapters/retell/signature.ts'
import { toolJson } from '../../src/adapters/retell/tool-json.ts'
import { startRetell } from '../../src/adapters/simulation/retell/start-retell.ts'
import { createFrontdesk } from '../../src/composition/frontdesk.ts'
import type { Json, JsonObject } from '../../src/domain/canonical-json.ts'
import { secret } from '../../src/domain/secret.ts'
import type { Item } from '../adapters/http/api.ts'

const key = 'key_platform_journey'
const publicUrl = 'https://desk.example'
const number = '+493023125101'
const webhook = `${publicUrl}/webhooks/retell`
const sealed = 'k-4711-very-secret-0815'

const salon = `
company: { slug: salon-sonne, name: Salon Sonne, time_zone: Europe/Berlin, country: DE, language: de, currency: EUR, booking: true }
branches:
  - slug: mitte
    name: Salon Sonne Mitte
    phone_numbers: ["030 23125101"]
    retell_agent_id: agent_mitte
    hours: { mon: ["09:00-18:00"], tue: ["09:00-18:00"], wed: ["09:00-18:00"], thu: ["09:00-18:00"], fri: ["09:00-18:00"], sat: ["09:00-14:00"] }
services:
  - { slug: herrenhaarschnitt, name: Herrenhaarschnitt, duration_minutes: 55, price: 3200 }
staff:
  - { slug: nina, name: Nina Probe, branches: [mitte], services: [herrenhaarschnitt] }
agents:
  - { slug: empfang, retell_agent_id: agent_mitte, branches: [mitte] }
`

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** A service and its Retell, both over HTTP, as an operator with a token and Retell itself see it. */
const openCentre = async () => {
  let moment = Date.parse('2026-11-20T09:00:00Z')
  const clock = {
    now: () => {
      moment += 7
      return moment
    },
  }
  const retell = await startRetell({ now: clock.now, key })
  closing.push(() => retell.close())
  const desk = await createFrontdesk({
    database: 'sqlite::memory:',
    clock,
    publicUrl,
    retell: { apiKey: key, webhookKeys: [key], baseUrl: retell.url, requestsPerSecond: 1_000 },
    allowPrivateAddresses: true,
    logLevel: 'silent',
  })
  closing.push(() => desk.close())
  await desk.apply(salon)
  retell.addAgent({
    id: 'agent_mitte',
    agent: {
      agent_name: 'Empfang',
      language: 'de-DE',
      voice_id: 'retell-Cimo',
      webhook_url: webhook,
      field_of_tomorrow: { keep: [1, null, 'me'] },
      response_engine: { type: 'retell-llm' },
    },
    engine: {
      model: 'gpt-4.1-mini',
      start_speaker: 'agent',
      begin_message: '{{greeting}}',
      general_prompt: 'Sie nehmen Anrufe an. Rufen Sie initialize_call auf.',
      general_tools: toolJson('de', publicUrl).map((tool, at) =>
        at === 0 ? { ...tool, headers: { 'X-Api-Key': sealed } } : tool,
      ),
      engine_of_tomorrow: { a: null },
    },
  })
  retell.setNumber(number, {
    nickname: 'Kept',
    inbound_agents: [{ agent_id: 'agent_mitte', agent_version: 0, weight: 1 }],
    inbound_webhook_url: webhook,
  })
  const token = await desk.createToken({ role: 'manager', company: 'salon-sonne' })
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: JsonObject) => {
    const answer = await desk.http.inject({
      method,
      url: `/api/v1/companies/salon-sonne/${path}`,
      headers: { authorization: `Bearer ${token}` },
      ...(payload ? { payload } : {}),
    })
    expect(answer.body).not.toContain(sealed)
    return { status: answer.statusCode, body: answer.json() as Item }
  }
  const sync = async () => {
    const { body } = await ask('POST', 'agents/sync')
    await desk.runDueJobs()
    return (await ask('GET', `jobs/${body.job}`)).body
  }
  const edit = async (change: (draft: Item) => void, message = 'Changed') => {
    const { body } = await ask('GET', 'agents/empfang/draft')
    change(body)
    return ask('PUT', 'agents/empfang/draft', { ...body, message })
  }
  /** Which version Retell is told to answer a caller with. */
  const versionFor = async (from: string): Promise<Json> => {
    const call = { from_number: from, to_number: number, agent_id: 'agent_mitte', agent_version: 0 }
    const payload = JSON.stringify({ event: 'call_inbound', call_inbound: call })
    const signature = signatureHeader(payload, clock.now(), secret(key))
    const headers = { 'content-type': 'application/json', 'x-retell-signature': signature }
    const answer = await desk.http.inject({ method: 'POST', url: '/webhooks/retell', headers, payload })
    return (answer.json() as Item).call_inbound.override_agent_version
  }
  const bound = () => [...(retell.store.accounts[0]?.numbers.values() ?? [])][0] as Item
  return { retell, desk, ask, sync, edit, versionFor, bound }
}

const someCaller = '+4915550100001'

describe('the control centre over HTTP', () => {
  it('brings an edit to the callers of a number, proven by Retell, and takes it back', async () => {
    const { retell, ask, sync, edit, versionFor, bound } = await openCentre()
    expect(await sync()).toMatchObject({ state: 'done', progress: { done: 1, total: 1 } })
    expect((await ask('GET', 'agents')).body.items).toMatchObject([
      { slug: 'empfang', sync_status: 'clean', live_version: 1, live_retell_version: 0, numbers: [number] },
    ])
    expect(await versionFor(someCaller)).toBe(0)

    const put = await edit((draft) => {
      draft.response_engine.general_prompt += '\nFragen Sie am Ende, ob noch etwas offen ist.'
    })
    expect(put.body).toMatchObject({ version: 2, is_draft: true })
    expect(retell.show('agent_mitte').engine?.general_prompt).not.toContain('offen')
    const diff = (await ask('GET', 'agents/empfang/versions/2/diff')).body
    expect(diff.summary).toMatchObject({ sentences_added: 1, sentences_removed: 0 })

    const published = (await ask('POST', 'agents/empfang/publish', { message: 'Ends politely' })).body
    expect(published).toMatchObject({ status: 'published', version: 2, retell_version: 1 })
    expect(published.steps.every(({ state }: Item) => state === 'done')).toBe(true)
    const there = retell.show('agent_mitte', 1)
    expect(there.agent).toMatchObject({ is_published: true, field_of_tomorrow: { keep: [1, null, 'me'] } })
    expect(there.engine).toMatchObject({ engine_of_tomorrow: { a: null }, begin_message: '{{greeting}}' })
    expect((there as Item).engine.general_tools[0].headers).toEqual({ 'X-Api-Key': sealed })
    expect(bound()).toMatchObject({
      nickname: 'Kept',
      inbound_agents: [{ agent_id: 'agent_mitte', agent_version: 1, weight: 1 }],
    })
    expect(await versionFor(someCaller)).toBe(1)

    const back = (await ask('POST', 'agents/empfang/rollback', {})).body
    expect(back).toMatchObject({ status: 'published', version: 1, retell_version: 0 })
    expect(bound().inbound_agents).toMatchObject([{ agent_version: 0 }])
    expect(await versionFor(someCaller)).toBe(0)
    expect(
      (await ask('GET', 'agents/empfang/live')).body.items.map(({ kind, version }: Item) => [kind, version]),
    ).toEqual([
      ['rollback', 1],
      ['publish', 2],
    ])
  })

  it('takes documents of several megabytes', async () => {
    const { ask, sync, edit } = await openCentre()
    await sync()
    const put = await edit((draft) => {
      draft.response_engine.notes = Array.from({ length: 4_000 }, (_, at) => `${at} `.repeat(150))
    })
    expect(JSON.stringify(put.body).length).toBeGreaterThan(2_000_000)
    expect(put).toMatchObject({ status: 200, body: { version: 2, is_draft: true } })
    expect((await ask('GET', 'agents/empfang/versions/2/diff')).status).toBe(200)
  })

  it('speaks of differences, rehearsals and outcomes in names of its own kind', async () => {
    const { ask, sync, edit } = await openCentre()
    await sync()
    await edit((draft) => {
      draft.response_engine.general_prompt += '\nFragen Sie nach.'
      draft.response_engine.general_tools[1].timeout_ms = 9_000
    })
    const diff = (await ask('GET', 'agents/empfang/versions/2/diff')).body
    const drift = (await ask('GET', 'agents/empfang/drift')).body
    const played = (await ask('POST', 'agents/empfang/rehearse')).body
    const { version } = (await ask('POST', 'agents/empfang/publish', { numbers: [] })).body
    await ask('POST', 'agents/empfang/rollout', { version, percent: 10 })
    const { outcomes } = (await ask('GET', 'agents/empfang/rollout')).body
    expect(played.scripts).toMatchObject([{ is_usual: true, passed: true }])
    expect(Date.parse(played.scripts[0].at)).toBe(Date.parse(played.at))
    expect(diff.sections.map(({ entries }: Item) => entries.map(({ path }: Item) => path))).toEqual([
      ['/engine/general_prompt'],
      ['/engine/general_tools/name=check_customer'],
    ])
    expect(outcomes).toMatchObject({ live: { retell_version: 0 }, candidate: { retell_version: 1 } })
    const names = (value: unknown): readonly string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([name, inner]) =>
            ['before', 'after', 'args', 'answer'].includes(name) ? [] : [name, ...names(inner)],
          )
    const said = [diff, drift.changes, drift.conflicts, played, outcomes].flatMap(names)
    expect(said.filter((name) => !/^(?:[a-z][a-z0-9_]*|\d+)$/.test(name))).toEqual([])
  })

  it('does not publish what would harm callers, and says what it is', async () => {
    const { ask, sync, edit, bound } = await openCentre()
    await sync()
    await edit((draft) => {
      draft.response_engine.general_tools = []
    })
    const closed = await ask('POST', 'agents/empfang/publish', {})
    expect(closed.status).toBe(422)
    expect(closed.body.findings.map(({ code, severity }: Item) => [code, severity])).toContainEqual([
      'no_tools_left',
      'error',
    ])
    expect(bound().inbound_agents).toMatchObject([{ agent_version: 0 }])
  })

  it('says of a version that is not there that it is the version that is not there', async () => {
    const { ask, sync } = await openCentre()
    await sync()
    for (const what of ['publish', 'lint', 'rehearse']) {
      const answer = await ask('POST', `agents/empfang/${what}`, { version: 99 })
      expect([what, answer.status, answer.body.errors]).toMatchObject([what, 422, [{ pointer: '/version' }]])
    }
    for (const list of ['retell-numbers', 'rehearsal-scripts']) {
      expect((await ask('GET', `${list}?limit=1`)).body).toMatchObject({ items: expect.anything(), next: null })
    }
  })

  it('says where a publication stopped when Retell says yes and does nothing, and goes on from there', async () => {
    const { retell, desk, ask, sync, edit, bound } = await openCentre()
    await sync()
    await edit((draft) => {
      draft.response_engine.begin_message = 'Guten Tag, {{greeting}}'
    })
    retell.misbehave('publish-agent-version', 'forgets')
    const stopped = (await ask('POST', 'agents/empfang/publish', {})).body
    expect(stopped.status).toBe('failed')
    expect(stopped.steps.find(({ state }: Item) => state === 'failed')).toMatchObject({ name: 'read_back' })
    expect(bound().inbound_agents).toMatchObject([{ agent_version: 0 }])
    retell.recover()
    const again = await ask('POST', `agents/empfang/publications/${stopped.id}/resume`)
    expect(again.status).toBe(202)
    await desk.runDueJobs()
    expect((await ask('GET', `agents/empfang/publications/${stopped.id}`)).body).toMatchObject({ status: 'published' })
    expect(bound().inbound_agents).toMatchObject([{ agent_version: 1 }])
    expect(retell.show('agent_mitte').agent.version).toBe(1)
  })

  it('sends a share of callers to a candidate, each caller to the same, and then all of them', async () => {
    const { desk, ask, sync, edit, versionFor, bound } = await openCentre()
    await sync()
    await edit((draft) => {
      draft.response_engine.begin_message = 'Guten Tag, {{greeting}}'
    })
    const candidate = (await ask('POST', 'agents/empfang/publish', { numbers: [] })).body
    expect(candidate).toMatchObject({ status: 'published', numbers: [] })
    expect(await versionFor(someCaller)).toBe(0)
    expect((await ask('POST', 'agents/empfang/rollout', { version: candidate.version, percent: 50 })).status).toBe(200)
    const callers = Array.from({ length: 60 }, (_, at) => `+49155501${String(20_000 + at)}`)
    const first = await Promise.all(callers.map(versionFor))
    expect(first.filter((version) => version === 1).length).toBeGreaterThan(15)
    expect(first.filter((version) => version === 0).length).toBeGreaterThan(15)
    expect(await Promise.all(callers.map(versionFor))).toEqual(first)
    expect((await ask('POST', 'agents/empfang/rollout', { version: candidate.version, percent: 100 })).status).toBe(200)
    await desk.runDueJobs()
    expect(bound().inbound_agents).toMatchObject([{ agent_version: 1 }])
    expect(new Set(await Promise.all(callers.map(versionFor)))).toEqual(new Set([1]))
  })

  it('keeps both sides when both were changed, and leaves to people what both changed differently', async () => {
    const { retell, ask, sync, edit } = await openCentre()
    await sync()
    retell.edit('agent_mitte', { agent: { voice_speed: 1.1 }, engine: { begin_message: 'Hallo von Retell.' } })
    await edit((draft) => {
      draft.response_engine.begin_message = 'Hallo von uns.'
      draft.response_engine.model_temperature = 0.2
    })
    await sync()
    const drift = (await ask('GET', 'agents/empfang/drift')).body
    expect(drift.agent.sync_status).toBe('diverged')
    expect(drift.conflicts).toMatchObject([{ ours: 'Hallo von uns.', theirs: 'Hallo von Retell.' }])
    expect((await ask('POST', 'agents/empfang/pull', {})).status).toBe(409)
    expect((await ask('POST', 'agents/empfang/publish', {})).body.status).not.toBe('published')
    const decisions = { [drift.conflicts[0].path]: 'theirs' }
    const merged = (await ask('POST', 'agents/empfang/merge', { decisions, message: 'Both' })).body
    expect(merged).toMatchObject({ status: 'merged', conflicts: [] })
    const { body } = await ask('GET', 'agents/empfang/draft')
    expect(body.agent.voice_speed).toBe(1.1)
    expect(body.response_engine).toMatchObject({ begin_message: 'Hallo von Retell.', model_temperature: 0.2 })
  })
})
