import { describe, expect, it } from 'vitest'
import { isObject, type Json, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { praxis } from '../desk.ts'
import { numberOf, openAgentDesk } from './agent-desk.ts'

const mitte = numberOf('030 23125111')
const message = 'Von Hand.'

const open = async () => {
  const desk = await openAgentDesk([praxis.concat('agents: [{ slug: empfang, retell_agent_id: agent_mond }]\n')])
  desk.addAgent('agent_mond')
  desk.addAgent('agent_mond_west')
  const found = await desk.ports.directory.profile(desk.scope.company)
  if (!found) throw new Error('There is no practice.')
  const profile = found
  const draft = async () => (await desk.app.getDraft(desk.scope, 'empfang'))._unsafeUnwrap()
  const put = async (agent: JsonObject, engine?: JsonObject, more: JsonObject = {}) => {
    const { configuration } = await draft()
    return desk.app.putDraft(desk.scope, profile, 'empfang', {
      agent: { ...configuration.agent, ...agent },
      engine: { ...configuration.engine, ...engine },
      numbers: configuration.numbers,
      message,
      ...more,
    })
  }
  return { ...desk, profile, draft, put, empfang: () => desk.agent('agent_mond') }
}

const toolsOf = (engine: JsonObject | undefined): readonly JsonObject[] => {
  const tools: Json | undefined = engine?.general_tools
  return Array.isArray(tools) ? tools.filter(isObject) : []
}

const headersOf = (tool: JsonObject | undefined): JsonObject => {
  const headers = tool?.headers
  return isObject(headers) ? headers : {}
}

describe('the draft of an agent', () => {
  it('is not there before the agent was ever seen', async () => {
    const { app, scope, put: _, ...desk } = await open()
    expect((await app.getDraft(scope, 'empfang'))._unsafeUnwrapErr()).toEqual({ kind: 'agent-never-seen' })
    expect((await app.getDraft(scope, 'niemand'))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
    await desk.sync()
    expect(await desk.draft()).toMatchObject({ version: 1, isDraft: false, agent: { slug: 'empfang' } })
  })

  it('is what callers reach until something is edited, with placeholders in place of secrets', async () => {
    const desk = await open()
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 1.5 } })
    desk.retell.bindElsewhere(mitte, { inbound_agents: [{ agent_id: 'agent_mond', agent_version: 0, weight: 1 }] })
    await desk.sync()
    const { configuration, version } = await desk.draft()
    expect(await desk.empfang()).toMatchObject({ base: 2, live: 1, liveAtRetell: 0 })
    expect(version).toBe(1)
    expect(configuration.agent.volume).toBeUndefined()
    expect(toolsOf(configuration.engine).map(({ headers }) => headers)).toEqual([
      { 'X-Desk': expect.stringMatching(/^\[secret /) },
      { 'X-Desk': expect.stringMatching(/^\[secret /) },
    ])
    expect(configuration.engine?.kb_config).toEqual({ top_k: 3, filter_score: 0.6 })
  })

  it('becomes what is put, whole, and changes nothing at Retell', async () => {
    const desk = await open()
    await desk.sync()
    const before = desk.retell.asked().length
    const made = await desk.put({ anything_new: { deep: [1, null] } }, { general_prompt: 'Neu.' })
    expect(made._unsafeUnwrap()).toMatchObject({
      ...{ version: 2, isDraft: true, agent: { draft: 2, base: 1, syncStatus: 'ours_ahead' } },
      configuration: { agent: { anything_new: { deep: [1, null] } }, engine: { general_prompt: 'Neu.' } },
    })
    expect(await desk.history('agent_mond')).toMatchObject([
      { origin: 'seen' },
      { origin: 'edited', message, parents: [1], author: { kind: 'job', name: 'test' } },
    ])
    expect(desk.retell.asked()).toHaveLength(before)
    expect((await desk.events()).at(-1)).toMatchObject({ kind: 'agent.updated' })
  })

  it('is none when it comes to what both sides have', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({}, { general_prompt: 'Neu.' })
    const back = await desk.put({}, { general_prompt: 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.' })
    expect(back._unsafeUnwrap()).toMatchObject({ version: 1, isDraft: false, agent: { syncStatus: 'clean' } })
    const again = await desk.put({})
    expect(again._unsafeUnwrap()).toMatchObject({ version: 1, isDraft: false })
    expect(await desk.history('agent_mond')).toHaveLength(3)
  })

  it('is not changed by somebody who saw another one', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({ volume: 1.1 }, {}, { ifVersion: 1 })
    const late = await desk.put({ volume: 1.2 }, {}, { ifVersion: 1 })
    expect(late._unsafeUnwrapErr()).toEqual({ kind: 'agent-changed-meanwhile', version: 2 })
    expect((await desk.put({ volume: 1.2 }, {}, { ifVersion: 2 })).isOk()).toBe(true)
  })

  it('survives whatever Retell does, and comes to nothing when Retell has the same', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({ volume: 1.1 })
    await desk.sync()
    expect(await desk.empfang()).toMatchObject({ syncStatus: 'ours_ahead', draft: 2, base: 1, theirs: 1 })
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 0.5 } })
    await desk.sync()
    expect(await desk.empfang()).toMatchObject({ syncStatus: 'diverged', draft: 2, base: 1, theirs: 3 })
    expect((await desk.draft()).configuration.agent.volume).toBe(1.1)
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 1.1 } })
    await desk.sync()
    // Callers do not reach it yet.
    expect(await desk.empfang()).toMatchObject({ syncStatus: 'clean', draft: 2, base: 2, theirs: 2, live: 1 })
    desk.retell.publishElsewhere('agent_mond')
    await desk.sync()
    expect(await desk.empfang()).toMatchObject({ syncStatus: 'clean', draft: undefined, base: 2, theirs: 2, live: 2 })
  })

  it('leaves the placeholders of secrets where somebody put them, and seals new ones', async () => {
    const desk = await open()
    await desk.sync()
    const tools = toolsOf((await desk.draft()).configuration.engine)
    const [first] = tools
    const moved = { ...first, name: 'copy', headers: { ...headersOf(first), Authorization: 'Bearer zwei-2-geheim' } }
    expect((await desk.put({}, { general_tools: [...tools, moved] })).isOk()).toBe(true)
    const now = await desk.draft()
    expect(headersOf(toolsOf(now.configuration.engine).at(-1))).toEqual({
      'X-Desk': headersOf(first)['X-Desk'],
      Authorization: expect.stringMatching(/^Bearer \[secret /),
    })
    const refused = await desk.put({}, { general_tools: [{ ...first, headers: { 'X-Desk': '[secret unheard-of]' } }] })
    expect(refused._unsafeUnwrapErr()).toMatchObject({
      kind: 'invalid-input',
      errors: [{ pointer: '/response_engine/general_tools/0/headers/X-Desk' }],
    })
    const told = JSON.stringify([now, await desk.list(), await desk.events(), refused])
    expect(told).not.toMatch(/secret-of-the-tool|zwei-2-geheim/)
  })

  it('names what is wrong with it', async () => {
    const desk = await open()
    await desk.sync()
    const foreign = await desk.put({}, {}, { numbers: ['030 23125111', '030 23125101'] })
    expect(foreign._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer: '/numbers/1' }] })
    const deep = await desk.put({ x: JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) })
    expect(deep._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer: '/agent' }] })
    expect(await desk.history('agent_mond')).toHaveLength(1)
    expect((await desk.put({}, {}, { numbers: ['030 23125111'] }))._unsafeUnwrap().configuration.numbers).toEqual([
      mitte,
    ])
  })

  it('can be discarded, and stays in the history', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({ volume: 1.1 })
    const late = await desk.app.discardDraft(desk.scope, 'empfang', { ifVersion: 1 })
    expect(late._unsafeUnwrapErr()).toEqual({ kind: 'agent-changed-meanwhile', version: 2 })
    const agent = (await desk.app.discardDraft(desk.scope, 'empfang'))._unsafeUnwrap()
    expect(agent).toMatchObject({ draft: undefined, syncStatus: 'clean' })
    expect((await desk.history('agent_mond')).map(({ origin }) => origin)).toEqual(['seen', 'edited', 'backup'])
    expect((await desk.draft()).configuration.agent.volume).toBeUndefined()
  })
})

describe('pulling an agent', () => {
  it('takes over what Retell has now, and keeps what was here as a backup', async () => {
    const desk = await open()
    await desk.sync()
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 0.5 } })
    const pulled = (await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrap()
    expect(pulled).toMatchObject({ backup: 3, agent: { base: 2, theirs: 2, draft: 2, live: 1, syncStatus: 'clean' } })
    expect((await desk.draft()).configuration.agent.volume).toBe(0.5)
    expect((await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrap().backup).toBeUndefined()
  })

  it('refuses where both sides changed, unless the draft is to give way', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({ volume: 1.1 })
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 0.5 } })
    const refused = await desk.app.pullAgent(desk.scope, 'empfang')
    expect(refused._unsafeUnwrapErr()).toEqual({ kind: 'agent-diverged' })
    expect(await desk.empfang()).toMatchObject({ draft: 2, base: 1, theirs: 3 })
    const other = await desk.app.pullAgent(desk.scope, 'empfang', { overwrite: true, theirs: 1 })
    expect(other._unsafeUnwrapErr()).toEqual({ kind: 'agent-changed-meanwhile', version: 3 })
    const pulled = (await desk.app.pullAgent(desk.scope, 'empfang', { overwrite: true, theirs: 3 }))._unsafeUnwrap()
    expect(pulled).toMatchObject({ backup: 4, agent: { draft: 3, base: 3, syncStatus: 'clean' } })
    const agent = await desk.empfang()
    const backup = await desk.look((tx) => tx.agents.configuration(agent.id, 4), 'praxis-mond')
    expect(backup?.agent.volume).toBe(1.1)
  })

  it('leaves a draft alone when Retell has nothing new', async () => {
    const desk = await open()
    await desk.sync()
    await desk.put({ volume: 1.1 })
    const pulled = (await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrap()
    expect(pulled).toMatchObject({ backup: undefined, agent: { draft: 2, syncStatus: 'ours_ahead' } })
  })

  it('changes nothing while Retell does not answer', async () => {
    const desk = await open()
    await desk.sync()
    const before = await desk.empfang()
    desk.retell.misbehave('versions', 'down')
    expect((await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrapErr()).toEqual({ kind: 'retell-unreachable' })
    expect({ ...(await desk.empfang()), syncError: undefined }).toEqual(before)
  })
})

describe('pulling what was published', () => {
  it('leaves nothing of ours ahead', async () => {
    const desk = await open()
    await desk.sync()
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 0.5 } })
    desk.retell.publishElsewhere('agent_mond')
    await desk.sync()
    expect(await desk.empfang()).toMatchObject({ base: 1, theirs: 2, live: 2, syncStatus: 'theirs_ahead' })
    const pulled = (await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrap()
    expect(pulled).toMatchObject({ backup: 3, agent: { base: 2, draft: undefined, syncStatus: 'clean' } })
  })

  it('makes a draft that Retell had from the beginning ours to edit', async () => {
    const desk = await open()
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 0.5 } })
    await desk.sync()
    expect((await desk.draft()).isDraft).toBe(false)
    const pulled = (await desk.app.pullAgent(desk.scope, 'empfang'))._unsafeUnwrap()
    expect(pulled).toMatchObject({ backup: undefined, agent: { base: 2, draft: 2, live: 1 } })
    expect((await desk.draft()).configuration.agent.volume).toBe(0.5)
  })
})

describe('looking at one agent', () => {
  it('asks Retell at most once in five minutes, unless somebody wants to know, or something was changed here', async () => {
    const desk = await open()
    await desk.sync()
    const asked = async (options: { readonly fresh?: boolean } = {}) => {
      const before = desk.retell.asked().length
      expect((await desk.app.refreshAgent(desk.scope, 'empfang', options)).isOk()).toBe(true)
      return desk.retell.asked().length - before
    }
    expect(await asked()).toBe(2)
    expect(await asked()).toBe(0)
    expect(await asked({ fresh: true })).toBe(2)
    await desk.put({ volume: 1.1 })
    expect(await asked()).toBe(2)
    expect(await asked()).toBe(0)
  })
})
