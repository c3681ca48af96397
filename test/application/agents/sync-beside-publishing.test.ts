import { describe, expect, it } from 'vitest'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import { mitte, openReleaseDesk, theAgent, west } from './release-desk.ts'

/** What happens once, before Retell answers which versions somebody has. Those that came last are listed first. */
const meanwhile = () => {
  let act: ((id: string) => Promise<void>) | undefined
  const through = (account: VoiceAccount): VoiceAccount => ({
    ...account,
    agents: async (page) =>
      (await account.agents(page)).map((found) => ({ ...found, items: found.items.toReversed() })),
    versions: async (id) => {
      const now = act
      act = undefined
      await now?.(id)
      return account.versions(id)
    },
  })
  const once = (work: (id: string) => Promise<void>) => {
    act = work
  }
  return { through, once }
}

/** With a version to go back to. */
const begin = async () => {
  const { through, once } = meanwhile()
  const desk = await openReleaseDesk(through)
  await desk.draft({ engine: { general_prompt: 'Neu.' } })
  expect(await desk.publish()).toMatchObject({ state: 'published' })
  desk.clock.advance(1_000)
  const rollBack = async () => {
    desk.clock.advance(1_000)
    const started = await desk.releases.startRollback(desk.scope, (await desk.managed()).id, {})
    expect(await desk.toItsEnd(started._unsafeUnwrap())).toMatchObject({ state: 'published' })
  }
  const pinsSeen = async () =>
    (await desk.look((tx) => tx.seenNumbers.list(), 'praxis-mond'))
      .filter(({ number }) => [mitte, west].includes(number))
      .map(({ inbound }) => inbound[0]?.version)
  return { ...desk, once, rollBack, pinsSeen }
}

describe('reading agents in beside a publication', () => {
  it('does not take back what callers reach since the numbers were looked at', async () => {
    const desk = await begin()
    for (let other = 0; other < 9; other += 1) desk.addAgent(`agent_${other}`)
    const looked: string[] = []
    desk.once(async (id) => {
      looked.push(id)
      await desk.rollBack()
    })
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 1 })
    expect(await desk.sync()).toMatchObject({ state: 'done' })
    expect(looked).toEqual(['agent_8'])
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 0, numbers: [mitte, west] })
    await desk.sync()
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 0, syncStatus: 'clean' })
  })

  it('keeps of a number what was seen last, whoever is late with it', async () => {
    const desk = await begin()
    desk.once(() => desk.rollBack())
    await desk.app.refreshAgent(desk.scope, theAgent, { fresh: true })
    expect(await desk.pinsSeen()).toEqual([0, 0])
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 0 })
  })
})

describe('an agent that Retell made without saying so', () => {
  /** Made here, told to Retell, and nobody knows what became of it. */
  const lost = async () => {
    const desk = await openReleaseDesk()
    const id = await desk.madeHere()
    desk.retell.misbehave('createAgent', ['breaks-off-after'])
    desk.retell.misbehave('agents', ['down', 'down', 'down'])
    const started = (await desk.releases.startPublish(desk.scope, id, { numbers: [] }))._unsafeUnwrap()
    const stopped = await desk.toItsEnd(started)
    expect(stopped.state).toBe('failed')
    desk.retell.misbehave('agents', undefined)
    const named = async () => (await desk.list()).filter(({ name }) => name === 'Neu')
    const there = async () =>
      ((await desk.retell.agents({}))._unsafeUnwrap().items ?? []).filter(({ name }) => name === 'Neu')
    expect(await there()).toHaveLength(1)
    return { ...desk, stopped, named, there }
  }

  it('is left to whoever makes it, and is the one that is published when that goes on', async () => {
    const desk = await lost()
    await desk.sync()
    expect(await desk.named()).toMatchObject([{ slug: 'neu', retellAgentId: undefined }])
    const resumed = (await desk.releases.resumePublication(desk.scope, desk.stopped.id))._unsafeUnwrap()
    expect(await desk.toItsEnd(resumed)).toMatchObject({ state: 'published', retellVersion: 0 })
    const [made, ...others] = await desk.there()
    expect(others).toEqual([])
    await desk.sync()
    expect(await desk.named()).toMatchObject([{ slug: 'neu', retellAgentId: made?.retellAgentId }])
  })

  it('is gone again when that is undone', async () => {
    const desk = await lost()
    const undone = (await desk.releases.undoPublication(desk.scope, desk.stopped.id))._unsafeUnwrap()
    expect(await desk.toItsEnd(undone)).toMatchObject({ state: 'undone' })
    expect(await desk.there()).toEqual([])
    await desk.sync()
    expect(await desk.named()).toMatchObject([{ slug: 'neu', retellAgentId: undefined }])
  })

  it('is shown as one of its own once nobody waits for it any more', async () => {
    const desk = await lost()
    desk.retell.misbehave('deleteAgent', 'does-nothing')
    const undone = (await desk.releases.undoPublication(desk.scope, desk.stopped.id))._unsafeUnwrap()
    await desk.toItsEnd(undone)
    await desk.sync()
    expect(await desk.named()).toHaveLength(2)
  })
})
