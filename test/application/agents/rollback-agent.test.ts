import { describe, expect, it } from 'vitest'
import { openReleaseDesk, theAgent } from './release-desk.ts'

const pinned = (version: number) => [{ agent_id: theAgent, agent_version: version, weight: 1 }]
const prompt = (text: string) => ({ engine: { general_prompt: text } })

const withThree = async () => {
  const desk = await openReleaseDesk()
  await desk.draft(prompt('Zwei.'))
  const second = await desk.publish()
  await desk.draft(prompt('Drei.'))
  const third = await desk.publish()
  const rollback = async (to?: number) => {
    const started = await desk.releases.startRollback(desk.scope, third.agent, { to })
    return started.asyncMap(desk.toItsEnd)
  }
  const decisions = async () =>
    (await desk.releases.listLiveDecisions(desk.scope, third.agent, { limit: 10, cursor: undefined })).items
  return { ...desk, second, third, rollback, decisions }
}

describe('rolling an agent back', () => {
  it('binds all numbers to what was live before, and proves it', async () => {
    const desk = await withThree()
    const back = (await desk.rollback())._unsafeUnwrap()
    expect(back).toMatchObject({ kind: 'rollback', state: 'published', version: desk.second.version, retellVersion: 1 })
    expect(back.steps.map(({ name }) => name)).toEqual(['backup', 'read-back', 'numbers', 'verify'])
    expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
    expect(await desk.managed()).toMatchObject({ live: desk.second.version, liveAtRetell: 1, syncStatus: 'clean' })
    expect((await desk.decisions()).map(({ kind, version }) => [kind, version])).toEqual([
      ['rollback', desk.second.version],
      ['publish', desk.third.version],
      ['publish', desk.second.version],
    ])
  })

  it('goes back two versions when it is done twice, and no further than there is', async () => {
    const desk = await withThree()
    await desk.rollback()
    expect((await desk.rollback())._unsafeUnwrap()).toMatchObject({ version: 1, retellVersion: 0 })
    expect(await desk.pins()).toEqual([pinned(0), pinned(0)])
    expect((await desk.rollback())._unsafeUnwrapErr()).toEqual({ kind: 'nothing-to-roll-back' })
    expect((await desk.rollback(desk.third.version))._unsafeUnwrap()).toMatchObject({ retellVersion: 2 })
    expect(await desk.managed()).toMatchObject({ live: desk.third.version, liveAtRetell: 2 })
  })

  it('refuses what callers never reached', async () => {
    const desk = await withThree()
    const draft = await desk.draft(prompt('Vier.'))
    expect((await desk.rollback(draft.draft))._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input' })
  })

  it('explains itself when Retell does not have that version any more, and changes no number', async () => {
    const desk = await withThree()
    await desk.retell.deleteVersion(theAgent, 1)
    const back = (await desk.rollback())._unsafeUnwrap()
    expect(back).toMatchObject({ state: 'failed' })
    expect(back.steps.find(({ state }) => state === 'failed')).toMatchObject({
      ...{ name: 'read-back', detail: expect.stringContaining('does not have version 1') },
    })
    expect(await desk.pins()).toEqual([pinned(2), pinned(2)])
    expect(await desk.managed()).toMatchObject({ live: desk.third.version })
  })

  it('ends a rollout at once, and takes callers back to what most of them reached', async () => {
    const desk = await withThree()
    await desk.draft(prompt('Vier.'))
    const candidate = await desk.publish({ numbers: [] })
    const { agent, version } = candidate
    ;(await desk.releases.rollOut(desk.scope, agent, { version, percent: 50 }))._unsafeUnwrap()
    const started = await desk.releases.startRollback(desk.scope, agent, {})
    expect((await desk.releases.rolloutDetail(desk.scope, agent))?.rollout.state).toBe('taken-back')
    const back = await desk.toItsEnd(started._unsafeUnwrap())
    expect(back).toMatchObject({ state: 'published', version: desk.third.version, retellVersion: 2 })
    expect((await desk.decisions()).slice(0, 3).map(({ kind }) => kind)).toEqual([
      'rollback',
      'rollout-taken-back',
      'rollout-started',
    ])
  })
})
