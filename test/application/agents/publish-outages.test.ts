import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VoiceFault } from '../../../src/adapters/memory/voice-account.ts'
import { stoppedAt } from '../../../src/application/agents/publication.ts'
import type { PublicationStepName } from '../../../src/application/ports/releases.ts'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import { engineAt, openReleaseDesk, type ReleaseDesk, theAgent } from './release-desk.ts'

type Operation = Parameters<ReleaseDesk['retell']['misbehave']>[0]
const pinned = (version: number) => [{ agent_id: theAgent, agent_version: version, weight: 1 }]
const changes = { agent: { voice_speed: 1.3 }, engine: { general_prompt: 'Neu.' } }

const operations = [
  ...(['versions', 'agent', 'engine', 'createVersion', 'changeEngine', 'changeAgent'] as const),
  ...(['publish', 'numbers', 'number', 'changeNumber'] as const),
] satisfies readonly Operation[]
const faults: readonly VoiceFault[] = [
  ...(['down', 'wrong-key', 'refuses', 'breaks-off-after', 'does-nothing', 'loses-tools'] as const),
]
const outage = fc.record({
  operation: fc.constantFrom(...operations),
  fault: fc.constantFrom(...faults),
  /** How often it goes well before. */
  after: fc.nat({ max: 4 }),
})

const begun = async (through?: (account: VoiceAccount) => VoiceAccount) => {
  const desk = await openReleaseDesk(through)
  await desk.draft(changes)
  return desk
}

const versionsThere = async ({ retell }: ReleaseDesk) => (await retell.versions(theAgent))._unsafeUnwrap() ?? []

const expectPublished = async (desk: ReleaseDesk) => {
  expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
  expect(await versionsThere(desk)).toMatchObject([
    { version: 1, isPublished: true },
    { version: 0, isPublished: true },
  ])
  const engine = await engineAt(desk, 1)
  expect(engine).toMatchObject(changes.engine)
  expect(engine?.general_tools).toHaveLength(2)
  expect(await desk.managed()).toMatchObject({ draft: undefined, liveAtRetell: 1, syncStatus: 'clean' })
}

describe('a publication that something happens to', () => {
  it('says where it stopped, changes nothing of ours, and comes to the same end when it is resumed', async () => {
    await fc.assert(
      fc.asyncProperty(outage, async ({ operation, fault, after }) => {
        const desk = await begun()
        const before = await desk.managed()
        desk.retell.misbehave(operation, [...Array.from({ length: after }, () => undefined), fault])
        const first = await desk.publish()
        if (first.state === 'failed') {
          const stop = stoppedAt(first)
          expect(stop?.detail).toMatch(/\.$/)
          expect(await desk.managed()).toEqual(before)
          const mixed = new Set((await desk.pins()).map((pin) => JSON.stringify(pin))).size > 1
          if (mixed) expect(stop?.detail).toMatch(/1 of 2 numbers/)
        }
        desk.retell.misbehave(operation, undefined)
        if (first.state === 'failed') {
          const resumed = await desk.releases.resumePublication(desk.scope, first.id)
          expect(await desk.toItsEnd(resumed._unsafeUnwrap())).toMatchObject({ state: 'published' })
        }
        await expectPublished(desk)
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it.each<[Operation, PublicationStepName]>([
    ['versions', 'backup'],
    ['agent', 'backup'],
    ['engine', 'backup'],
    ['numbers', 'backup'],
    ['createVersion', 'draft-version'],
    ['changeEngine', 'engine'],
    ['changeAgent', 'agent'],
    ['publish', 'publish'],
    ['number', 'numbers'],
    ['changeNumber', 'numbers'],
  ])('stops at the step that needs it when Retell is away at %s', async (operation, step) => {
    const desk = await begun()
    desk.retell.misbehave(
      operation,
      Array.from({ length: 40 }, () => 'down'),
    )
    const first = await desk.publish()
    expect([first.state, stoppedAt(first)?.name]).toEqual(['failed', step])
  })

  it('leaves everything as it was when it is undone, but for what was published', async () => {
    await fc.assert(
      fc.asyncProperty(outage, async ({ operation, fault, after }) => {
        const desk = await begun()
        const [pins, before] = [await desk.pins(), await desk.managed()]
        desk.retell.misbehave(operation, [...Array.from({ length: after }, () => undefined), fault])
        const first = await desk.publish()
        if (first.state !== 'failed') return
        desk.retell.misbehave(operation, undefined)
        const undone = await desk.toItsEnd((await desk.releases.undoPublication(desk.scope, first.id))._unsafeUnwrap())
        expect(undone.state).toBe('undone')
        expect(await desk.pins()).toEqual(pins)
        const [newest, ...older] = await versionsThere(desk)
        if (newest?.version === 1) expect(newest.isPublished).toBe(true)
        else expect(older).toEqual([])
        expect(await desk.managed()).toEqual(before)
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  it('comes to the same end when it is killed at any moment and taken up again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 45 }), fc.boolean(), async (killedAt, isAfter) => {
        let isArmed = false
        let count = 0
        const killing = (account: VoiceAccount): VoiceAccount =>
          new Proxy(account, {
            get: (target, name) => {
              const operation: unknown = Reflect.get(target, name)
              if (typeof operation !== 'function' || !isArmed) return operation
              return async (...args: readonly unknown[]) => {
                count += 1
                if (count === killedAt && !isAfter) throw new Error('killed')
                const answer: unknown = await operation(...args)
                if (count === killedAt) throw new Error('killed')
                return answer
              }
            },
          })
        const desk = await begun(killing)
        isArmed = true
        expect(await desk.publish()).toMatchObject({ state: 'published' })
        await expectPublished(desk)
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  it('sends what Retell left out of the draft that it made', async () => {
    const desk = await begun()
    desk.retell.misbehave('createVersion', ['loses-tools'])
    expect(await desk.publish()).toMatchObject({ state: 'published' })
    await expectPublished(desk)
  })

  it.each([
    ['changeEngine', 'does-nothing', 'compare', 'engine.general_prompt'],
    ['changeEngine', 'loses-tools', 'compare', 'engine.general_tools'],
    ['changeAgent', 'does-nothing', 'compare', 'agent.voice_speed'],
    ['publish', 'does-nothing', 'read-back', 'still a draft'],
    ['changeNumber', 'does-nothing', 'verify', 'ring version 1; 0 of 2'],
  ] as const)('believes no yes: %s that %s stops at %s', async (operation, fault, name, detail) => {
    const desk = await begun()
    desk.retell.misbehave(operation, fault)
    const first = await desk.publish()
    expect(stoppedAt(first)).toMatchObject({ name, detail: expect.stringContaining(detail) })
    desk.retell.misbehave(operation, undefined)
    const resumed = await desk.releases.resumePublication(desk.scope, first.id)
    expect(await desk.toItsEnd(resumed._unsafeUnwrap())).toMatchObject({ state: 'published' })
    await expectPublished(desk)
  })

  it('makes no second draft after an answer was lost and could not be looked up', async () => {
    const desk = await begun()
    desk.retell.misbehave('createVersion', 'breaks-off-after')
    desk.retell.misbehave('versions', [undefined, undefined, 'down'])
    const first = await desk.publish()
    expect(stoppedAt(first)?.name).toBe('draft-version')
    const resumed = await desk.releases.resumePublication(desk.scope, first.id)
    expect(await desk.toItsEnd(resumed._unsafeUnwrap())).toMatchObject({ state: 'published' })
    await expectPublished(desk)
  })

  it('leaves a draft alone that somebody changed at Retell meanwhile, also when it is undone', async () => {
    const desk = await begun()
    desk.retell.misbehave('changeAgent', 'refuses')
    const first = await desk.publish()
    expect(stoppedAt(first)?.name).toBe('agent')
    desk.retell.editElsewhere(theAgent, { engine: { general_prompt: 'Von jemand anderem.' } })
    desk.retell.misbehave('changeAgent', undefined)
    const resumed = await desk.releases.resumePublication(desk.scope, first.id)
    const again = await desk.toItsEnd(resumed._unsafeUnwrap())
    expect(stoppedAt(again)?.detail).toContain('Retell is ahead')
    const undoing = await desk.releases.undoPublication(desk.scope, first.id)
    const undone = await desk.toItsEnd(undoing._unsafeUnwrap())
    expect(undone.steps.find(({ name }) => name === 'draft-version')?.detail).toContain('so it stays')
    expect(await engineAt(desk, 1)).toMatchObject({ general_prompt: 'Von jemand anderem.' })
  })

  it('is one at a time, and over once another one came after it', async () => {
    const desk = await begun()
    const { id } = await desk.managed()
    const running = (await desk.releases.startPublish(desk.scope, id, {}))._unsafeUnwrap()
    expect((await desk.releases.startPublish(desk.scope, id, {}))._unsafeUnwrapErr()).toEqual({
      ...{ kind: 'publication-running', publication: running.id },
    })
    desk.retell.misbehave('publish', 'refuses')
    expect(await desk.toItsEnd(running)).toMatchObject({ state: 'failed' })
    desk.retell.misbehave('publish', undefined)
    desk.clock.advance(1)
    expect(await desk.publish()).toMatchObject({ state: 'published' })
    expect((await desk.releases.resumePublication(desk.scope, running.id))._unsafeUnwrapErr()).toEqual({
      kind: 'publication-over',
    })
  })
})
