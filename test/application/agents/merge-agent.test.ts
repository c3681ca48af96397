import { describe, expect, it } from 'vitest'
import type { MergeDecision } from '../../../src/domain/agents/merge.ts'
import { pathText } from '../../../src/domain/agents/patch.ts'
import { openAgentDesk } from './agent-desk.ts'

const message = 'Beides.'
const name = 'agent_mond'

const open = async () => {
  const desk = await openAgentDesk()
  desk.addAgent(name)
  desk.addAgent('agent_mond_west')
  await desk.sync()
  const profile = await desk.ports.directory.profile(desk.scope.company)
  if (!profile) throw new Error('There is no practice.')
  const put = async (agent: object, engine: object = {}) => {
    const { configuration } = (await desk.app.getDraft(desk.scope, name))._unsafeUnwrap()
    const documents = { agent: { ...configuration.agent, ...agent }, engine: { ...configuration.engine, ...engine } }
    return (await desk.app.putDraft(desk.scope, profile, name, { ...documents, numbers: [], message }))._unsafeUnwrap()
  }
  const merge = (decisions: Readonly<Record<string, MergeDecision>> = {}, more: object = {}) =>
    desk.app.mergeAgent(desk.scope, name, { decisions: new Map(Object.entries(decisions)), message, ...more })
  const draft = async () => (await desk.app.getDraft(desk.scope, name))._unsafeUnwrap()
  const drift = async () => (await desk.app.driftDetail(desk.scope, name))._unsafeUnwrap()
  return { ...desk, put, merge, draft, drift, mond: () => desk.agent(name) }
}

describe('how both sides came apart', () => {
  it('is told side by side, with what both changed', async () => {
    const desk = await open()
    expect(await desk.drift()).toMatchObject({
      ...{ agent: { syncStatus: 'clean' }, conflicts: [] },
      changes: { ours: { sections: [] }, theirs: { sections: [] } },
    })
    await desk.put({ volume: 1.1 }, { general_prompt: 'Sie sprechen Deutsch.' })
    desk.retell.editElsewhere(name, { agent: { volume: 0.5, responsiveness: 0.7 } })
    await desk.sync()
    const { agent, ours, base, theirs, changes, conflicts } = await desk.drift()
    expect([agent.syncStatus, ours?.number, base?.number, theirs?.number]).toEqual(['diverged', 2, 1, 3])
    expect(changes.ours.summary.sections.map(({ section }) => section)).toEqual(['prompts', 'agent'])
    expect(changes.theirs.summary.sections.map(({ section }) => section)).toEqual(['agent'])
    expect(conflicts).toMatchObject([{ path: ['agent', 'volume'], base: undefined, ours: 1.1, theirs: 0.5 }])
  })

  it('is told of an agent of which Retell knows nothing', async () => {
    const desk = await openAgentDesk()
    const drift = (await desk.app.driftDetail(desk.scope, name))._unsafeUnwrap()
    expect(drift).toMatchObject({ ours: undefined, base: undefined, theirs: undefined, conflicts: [] })
    const merged = await desk.app.mergeAgent(desk.scope, name, { decisions: new Map(), message })
    expect(merged._unsafeUnwrapErr()).toEqual({ kind: 'agent-never-seen' })
  })
})

describe('merging both sides', () => {
  it('can be looked at before it is done', async () => {
    const desk = await open()
    await desk.put({ volume: 1.1 })
    desk.retell.editElsewhere(name, { agent: { volume: 0.5, responsiveness: 0.7 } })
    await desk.sync()
    const before = await desk.mond()
    const look = (decisions: Readonly<Record<string, MergeDecision>>) =>
      desk.app.previewMerge(desk.scope, name, new Map(Object.entries(decisions)))
    const undecided = (await look({}))._unsafeUnwrap()
    expect(undecided.conflicts).toMatchObject([{ path: ['agent', 'volume'] }])
    const { changes, conflicts } = (await look({ '/agent/volume': 'theirs' }))._unsafeUnwrap()
    expect(conflicts).toEqual([])
    expect(changes.sections.flatMap(({ entries }) => entries)).toMatchObject([
      { path: ['agent', 'responsiveness'], before: 1, after: 0.7 },
      { path: ['agent', 'volume'], before: 1.1, after: 0.5 },
    ])
    expect((await look({ '/agent/nothing': 'ours' }))._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input' })
    expect(await desk.mond()).toEqual(before)
  })

  it('changes nothing as long as something is undecided', async () => {
    const desk = await open()
    await desk.put({ volume: 1.1 })
    desk.retell.editElsewhere(name, { agent: { volume: 0.5 } })
    await desk.sync()
    const before = await desk.mond()
    const merged = (await desk.merge())._unsafeUnwrap()
    expect(merged).toMatchObject({ kind: 'undecided', conflicts: [{ path: ['agent', 'volume'] }] })
    const wrong = await desk.merge({ '/agent/voice_id': 'ours' })
    expect(wrong._unsafeUnwrapErr()).toMatchObject({ errors: [{ pointer: '/decisions/agent/voice_id' }] })
    expect(await desk.mond()).toEqual(before)
    expect(await desk.history(name)).toHaveLength(3)
  })

  it.each([
    ['ours', 1.1],
    ['theirs', 0.5],
    [{ value: 0.8 }, 0.8],
  ] as const)('takes %j where both changed, and everything else of both', async (decision, volume) => {
    const desk = await open()
    await desk.put({ volume: 1.1 }, { general_prompt: 'Sie sprechen Deutsch.' })
    desk.retell.editElsewhere(name, { agent: { volume: 0.5, responsiveness: 0.7 } })
    await desk.sync()
    const merged = (await desk.merge({ [pathText(['agent', 'volume'])]: decision }, { theirs: 3 }))._unsafeUnwrap()
    expect(merged).toMatchObject({ kind: 'merged', backup: 4, agent: { draft: 5, base: 3, syncStatus: 'ours_ahead' } })
    const { configuration } = await desk.draft()
    expect(configuration).toMatchObject({
      agent: { volume, responsiveness: 0.7, agent_id: name, response_engine: { llm_id: `engine_of_${name}` } },
      engine: { general_prompt: 'Sie sprechen Deutsch.' },
    })
    expect((await desk.history(name)).slice(3)).toMatchObject([
      { origin: 'backup', parents: [2] },
      { origin: 'merged', parents: [2, 3], message },
    ])
    expect(JSON.stringify([merged, configuration])).not.toContain('secret-of-the-tool')
    await desk.sync()
    expect(await desk.mond()).toMatchObject({ draft: 5, syncStatus: 'ours_ahead' })
  })

  it('takes over what only Retell changed, and leaves alone what only we did', async () => {
    const desk = await open()
    desk.retell.editElsewhere(name, { agent: { volume: 0.5 } })
    await desk.sync()
    expect((await desk.merge())._unsafeUnwrap()).toMatchObject({ agent: { base: 2, draft: 2, syncStatus: 'clean' } })
    await desk.put({ volume: 0.6 })
    expect((await desk.merge())._unsafeUnwrap()).toMatchObject({
      ...{ backup: undefined, agent: { syncStatus: 'ours_ahead' } },
    })
    expect((await desk.draft()).configuration.agent.volume).toBe(0.6)
  })

  it('is refused for what was not seen', async () => {
    const desk = await open()
    await desk.put({ volume: 1.1 })
    desk.retell.editElsewhere(name, { agent: { responsiveness: 0.7 } })
    await desk.sync()
    for (const [more, version] of [
      [{ theirs: 1 }, 3],
      [{ ifVersion: 1 }, 2],
    ] as const) {
      expect((await desk.merge({}, more))._unsafeUnwrapErr()).toEqual({ kind: 'agent-changed-meanwhile', version })
    }
  })

  it('seals a secret that is decided for, and lets in none of another', async () => {
    const desk = await open()
    await desk.put({ handbook_config: { api_key: 'unser-Schluessel-1' } })
    desk.retell.editElsewhere(name, { agent: { handbook_config: { api_key: 'deren-Schluessel-2' } } })
    await desk.sync()
    const { conflicts } = await desk.drift()
    expect(JSON.stringify(conflicts)).not.toMatch(/Schluessel/)
    const at = pathText(conflicts[0]?.path ?? [])
    const foreign = await desk.merge({ [at]: { value: { api_key: '[secret fremd]' } } })
    expect(foreign._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input' })
    await desk.merge({ [at]: { value: { api_key: 'neuer-Schluessel-3' } } })
    expect(JSON.stringify((await desk.draft()).configuration)).not.toMatch(/Schluessel/)
  })
})
