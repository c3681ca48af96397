import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { learn, unheard } from '../../../src/domain/calling/call.ts'
import { after, MINUTE } from '../../../src/domain/time.ts'
import { mitte, openReleaseDesk, theAgent } from './release-desk.ts'

const pinned = (version: number) => [{ agent_id: theAgent, agent_version: version, weight: 1 }]
const company = 'praxis-mond'

/** Which tools are asked for in the first call, the second and so on. */
type During = (index: number) => readonly string[]

const withCandidate = async () => {
  const desk = await openReleaseDesk()
  await desk.draft({ engine: { general_prompt: 'Neu.' } })
  const { agent, version } = await desk.publish({ numbers: [] })
  const rollOut = (percent: number, isAutomatic?: boolean) =>
    desk.releases.rollOut(desk.scope, agent, { version, percent, isAutomatic })
  const detail = async () => {
    const found = await desk.releases.rolloutDetail(desk.scope, agent)
    if (!found) throw new Error('There is no rollout.')
    return found
  }
  let made = 0
  /** So many calls with a version of Retell ended, of which so many failed. */
  const calls = async (agentVersion: number, count: number, failed: number, during: During = () => []) => {
    const now = desk.clock.now()
    for (let index = 0; index < count; index += 1) {
      for (const tool of during(index)) await desk.ask(tool, {}, { call: `call_${made + 1 + index}`, to: mitte })
    }
    await desk.ports.store.transact(desk.scope, async (tx) => {
      for (let index = 0; index < count; index += 1) {
        made += 1
        const call = await tx.calls.open(`call_${made}`, undefined, now)
        const callStatus = index < failed ? 'error' : 'ended'
        const fields = { agentId: theAgent, agentVersion, callStatus, startedAt: now, endedAt: after(now, MINUTE) }
        const record = learn(unheard, { event: 'call_ended', fields, canonical: `${made}` })
        await tx.calls.save({ ...call, record })
      }
      return ok(undefined)
    })
  }
  /** The guard looks. */
  const guard = async () => {
    desk.clock.advance(6 * MINUTE)
    await desk.work()
    await desk.work()
  }
  return { ...desk, agent, version, rollOut, detail, calls, guard }
}

describe('a rollout', () => {
  it('begins with a share, grows, and ends with every number bound to it', async () => {
    const desk = await withCandidate()
    const { rollout } = (await desk.rollOut(10))._unsafeUnwrap()
    expect(rollout).toMatchObject({ state: 'running', percent: 10, liveAtRetell: 0, candidateAtRetell: 1 })
    expect(await desk.pins()).toEqual([pinned(0), pinned(0)])
    expect((await desk.detail()).nextPercent).toBe(50)
    ;(await desk.rollOut(50))._unsafeUnwrap()
    const { publication } = (await desk.rollOut(100))._unsafeUnwrap()
    if (!publication) throw new Error('nothing is published')
    expect(await desk.toItsEnd(publication)).toMatchObject({ state: 'published', retellVersion: 1 })
    expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
    expect(await desk.managed()).toMatchObject({ live: desk.version, liveAtRetell: 1 })
    expect((await desk.detail()).rollout).toMatchObject({ state: 'finished', percent: 100 })
    const { items } = await desk.releases.listLiveDecisions(desk.scope, desk.agent, { limit: 10, cursor: undefined })
    expect(items.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['rollout-finished', 100],
      ['rollout-changed', 100],
      ['rollout-changed', 50],
      ['rollout-started', 10],
    ])
    expect((await desk.retell.versions(theAgent))._unsafeUnwrap()).toHaveLength(2)
  })

  it('is refused for a share that is none, for what is live, and for what Retell has not published', async () => {
    const desk = await withCandidate()
    for (const percent of [0, 101, 1.5]) expect((await desk.rollOut(percent)).isErr()).toBe(true)
    const refused = async (version: number) =>
      (await desk.releases.rollOut(desk.scope, desk.agent, { version, percent: 10 }))._unsafeUnwrapErr().kind
    expect(await refused(1)).toBe('invalid-input')
    const { draft } = await desk.draft({ engine: { general_prompt: 'Noch neuer.' } })
    expect(await refused(draft ?? 0)).toBe('invalid-input')
    ;(await desk.rollOut(10))._unsafeUnwrap()
    expect(await refused(draft ?? 0)).toBe('rollout-running')
  })

  it('is taken back by itself, with an alert, when its callers fare worse', async () => {
    const desk = await withCandidate()
    await desk.rollOut(50)
    await desk.calls(0, 60, 1)
    await desk.calls(1, 60, 30)
    await desk.guard()
    expect((await desk.detail()).rollout).toMatchObject({ state: 'taken-back', reason: 'more of its calls fail' })
    const { items } = await desk.look((tx) => tx.alerts.list({ limit: 50, cursor: undefined }), company)
    const alerts = items.filter(({ kind }) => kind === 'rollout_rolled_back')
    expect(alerts).toMatchObject([{ message: expect.stringContaining('because more of its calls fail') }])
    expect(saidInGerman(alerts[0]?.message ?? '')).toMatch(/^Die Version \d+ des Agenten .+ ist zurückgenommen, weil/)
    expect(await desk.managed()).toMatchObject({ liveAtRetell: 0 })
  })

  it('is taken back at once when nearly all of its first calls fail', async () => {
    const desk = await withCandidate()
    await desk.rollOut(10)
    await desk.calls(0, 4, 0)
    await desk.calls(1, 5, 5)
    await desk.guard()
    expect((await desk.detail()).rollout).toMatchObject({ state: 'taken-back', reason: 'its first calls failed' })
  })

  it('is taken back when its tools clearly fail more, through us and not for what callers wish', async () => {
    const desk = await withCandidate()
    await desk.rollOut(50)
    await desk.calls(0, 30, 0, () => ['list_services', 'check_customer'])
    await desk.calls(1, 30, 0, () => ['list_services', 'book_appointment'])
    await desk.guard()
    expect((await desk.detail()).rollout.state).toBe('running')
    await desk.calls(1, 30, 0, () => ['list_services', 'book_table', 'book_table'])
    await desk.guard()
    const { rollout, outcomes } = await desk.detail()
    expect(rollout).toMatchObject({ state: 'taken-back', reason: 'its tools fail more' })
    expect(outcomes).toMatchObject({
      live: { toolCalls: 60, withToolFailures: 0, toolFailures: 0 },
      candidate: { toolCalls: 150, withToolFailures: 30, toolFailures: 60 },
    })
  })

  it('is taken back when it asks the same again and again', async () => {
    const desk = await withCandidate()
    await desk.rollOut(50)
    const again = (times: number) => Array.from({ length: times }, () => 'list_services')
    await desk.calls(0, 30, 0, () => again(9))
    await desk.calls(1, 30, 0, (index) => again(index < 12 ? 10 : 9))
    await desk.guard()
    const { rollout, outcomes } = await desk.detail()
    expect(rollout).toMatchObject({ state: 'taken-back', reason: 'it repeats itself more' })
    expect(outcomes).toMatchObject({ live: { calls: 30, looping: 0 }, candidate: { calls: 30, looping: 12 } })
  })

  it('stays while its callers fare no worse, and shows both versions side by side', async () => {
    const desk = await withCandidate()
    await desk.rollOut(10)
    await desk.calls(0, 100, 3)
    await desk.calls(1, 60, 2)
    await desk.guard()
    const { rollout, outcomes } = await desk.detail()
    expect(rollout).toMatchObject({ state: 'running', percent: 10 })
    expect(outcomes).toMatchObject({ live: { calls: 100, failed: 3 }, candidate: { calls: 60, failed: 2 } })
    expect(outcomes.differences.find(({ kind }) => kind === 'failed')).toMatchObject({ verdict: 'open' })
  })

  it('goes on by itself, where that is wanted, once enough calls went no worse', async () => {
    const desk = await withCandidate()
    await desk.rollOut(10, true)
    await desk.calls(0, 60, 2)
    await desk.calls(1, 20, 0)
    await desk.guard()
    expect((await desk.detail()).rollout.percent).toBe(10)
    await desk.calls(1, 40, 1)
    await desk.guard()
    expect((await desk.detail()).rollout.percent).toBe(50)
    desk.clock.advance(MINUTE)
    await desk.calls(1, 40, 1)
    await desk.guard()
    await desk.guard()
    expect((await desk.detail()).rollout).toMatchObject({ state: 'finished', percent: 100 })
    expect(await desk.pins()).toEqual([pinned(1), pinned(1)])
  })

  it('ends when another version is published meanwhile', async () => {
    const desk = await withCandidate()
    await desk.rollOut(10)
    await desk.draft({ engine: { general_prompt: 'Etwas anderes.' } })
    await desk.publish()
    expect((await desk.detail()).rollout).toMatchObject({
      ...{ state: 'taken-back', reason: 'another version was published' },
    })
  })
})
