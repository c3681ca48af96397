import fc from 'fast-check'
import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { after, MINUTE } from '../../../src/domain/time.ts'
import { mitte, openReleaseDesk, ourUrl, type ReleaseDesk, theAgent, west } from '../agents/release-desk.ts'
import { openDesk, praxisKey } from '../desk.ts'

const ring = async (desk: Pick<ReleaseDesk, 'send'>, from = '+4915550100001', to: string = mitte, agentId?: string) => {
  const call = { from_number: from, to_number: to, ...(agentId === undefined ? {} : { agent_id: agentId }) }
  const answer = await desk.send({ event: 'call_inbound', call_inbound: call }, { key: praxisKey })
  const { kind, ...rest } = answer._unsafeUnwrap()
  if (kind !== 'inbound' || !('answer' in rest)) throw new Error('It is not answered.')
  return rest.answer
}
const versionFor = async (desk: Pick<ReleaseDesk, 'send'>, from?: string, to?: string) =>
  (await ring(desk, from, to)).override?.version
const caller = (index: number) => `+4930231${25200 + index}`

/** What the gate lets through. */
const tool = { type: 'custom', name: 'check_availability', url: `${ourUrl}/functions/retell` }

const withCandidate = async () => {
  const desk = await openReleaseDesk(undefined, { general_tools: [tool] })
  await desk.draft({ engine: { general_prompt: 'Neu.' } })
  const { agent, version } = await desk.publish({ numbers: [] })
  const rollOut = (percent: number) => desk.app.rollOut(desk.scope, agent, { version, percent })
  return { ...desk, agent, version, rollOut }
}

describe('the version that answers a ringing call', () => {
  it('is always named with its agent: without one, Retell would take the newest draft', async () => {
    const desk = await openDesk()
    const answer = await desk.send({
      event: 'call_inbound',
      call_inbound: { from_number: '+4915550100001', to_number: '+493023125101' },
    })
    expect(answer._unsafeUnwrap()).toMatchObject({
      answer: { override: { agentId: 'agent_mitte', version: 'latest_published' } },
    })
  })

  it('is what is live here, whatever draft somebody makes at Retell', async () => {
    const desk = await openReleaseDesk()
    expect((await ring(desk)).override).toEqual({ agentId: theAgent, version: 0 })
    desk.retell.editElsewhere(theAgent, { agent: { voice_speed: 1.2 } })
    await desk.sync()
    expect(await versionFor(desk)).toBe(0)
  })

  it('is the new one from the moment on at which a publication is proven, and not before', async () => {
    const desk = await openReleaseDesk()
    await desk.draft({ engine: { general_prompt: 'Neu.' } })
    desk.retell.misbehave('publish', 'refuses')
    await desk.publish()
    expect(await versionFor(desk)).toBe(0)
    desk.retell.misbehave('publish', undefined)
    await desk.publish()
    expect(await versionFor(desk)).toBe(1)
  })

  it('is what its number is bound to when a version was published for another number', async () => {
    const desk = await openReleaseDesk()
    await desk.draft({ engine: { general_prompt: 'Neu.' } })
    await desk.publish({ numbers: [west] })
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 1 })
    expect(await versionFor(desk)).toBe(0)
  })

  it('leaves the number with its own binding when Retell has nothing of the agent published', async () => {
    const desk = await openReleaseDesk()
    await desk.ports.store.transact(desk.scope, async (tx) => {
      const known = await tx.agents.byRetellId(theAgent)
      if (!known) throw new Error('nobody')
      const seen = { newest: 0, newestIsPublished: false, published: undefined, fingerprint: '' }
      await tx.agents.save({ ...known, live: undefined, liveAtRetell: undefined, seen })
      await tx.seenNumbers.forget(mitte)
      tx.publish({ kind: 'agent.updated', data: {} })
      return ok(undefined)
    })
    expect((await ring(desk)).override).toBeUndefined()
  })

  it('says in the metadata what was chosen, and for which rollout', async () => {
    const desk = await withCandidate()
    expect((await ring(desk)).metadata).toMatchObject({ agent_version: '0' })
    const { rollout } = (await desk.rollOut(100))._unsafeUnwrap()
    const { override, metadata } = await ring(desk)
    expect(override).toEqual({ agentId: theAgent, version: 1 })
    expect(metadata).toMatchObject({ agent_version: '1', rollout: rollout.id })
  })
})

describe('a rollout at the telephone', () => {
  it('gives its share of callers the candidate, the same caller the same version, and nobody back while it grows', async () => {
    const desk = await withCandidate()
    const callers = Array.from({ length: 300 }, (_, index) => caller(index))
    const chosen = async () => {
      const found = new Set<string>()
      for (const from of callers) if ((await versionFor(desk, from)) === 1) found.add(from)
      return found
    }
    let before = new Set<string>()
    for (const [percent, least, most] of [
      [10, 12, 55],
      [50, 120, 180],
      [90, 245, 295],
    ] as const) {
      ;(await desk.rollOut(percent))._unsafeUnwrap()
      const now = await chosen()
      expect(now.size).toBeGreaterThanOrEqual(least)
      expect(now.size).toBeLessThanOrEqual(most)
      expect([...before].filter((one) => !now.has(one))).toEqual([])
      expect(await chosen()).toEqual(now)
      before = now
    }
  }, 60_000)

  it('knows a caller again in any spelling of their number', async () => {
    const desk = await withCandidate()
    ;(await desk.rollOut(50))._unsafeUnwrap()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 99 }), async (index) => {
        const national = `030 231${25200 + index}`
        expect(await versionFor(desk, national)).toBe(await versionFor(desk, caller(index)))
      }),
      { numRuns: 20 },
    )
  })

  it('is over for the next call once it is taken back', async () => {
    const desk = await withCandidate()
    ;(await desk.rollOut(99))._unsafeUnwrap()
    const from = caller(1)
    expect(await versionFor(desk, from)).toBe(1)
    await desk.app.takeBackRollout(desk.scope, desk.agent, 'anders')
    expect(await versionFor(desk, from)).toBe(0)
  })

  it('sends whoever hides their number nowhere new as long as nothing tells one call from another', async () => {
    const desk = await withCandidate()
    ;(await desk.rollOut(99))._unsafeUnwrap()
    expect(await versionFor(desk, 'anonymous')).toBe(0)
  })

  it('is answered from memory while Retell is away', async () => {
    const desk = await withCandidate()
    ;(await desk.rollOut(99))._unsafeUnwrap()
    for (const operation of ['versions', 'agent', 'number', 'numbers'] as const)
      desk.retell.misbehave(operation, 'silent')
    desk.clock.set(after(desk.clock.now(), 10 * MINUTE))
    expect(await versionFor(desk, caller(1))).toBe(1)
  })
})
