import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import { callState } from '../../../src/domain/calling/call.ts'
import { openDesk, platformKey, praxis, praxisKey, salon } from '../desk.ts'

const all = { limit: 50, cursor: undefined }
const stray = { call: 'call_lost', to: '+493023125109' }

const opened = async (change: (ports: Ports) => Ports = (ports) => ports) => {
  const desk = await openDesk([salon, praxis], (clock) =>
    change(memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform })),
  )
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  const west = profile?.branches.find(({ slug }) => slug === 'west')
  if (!west) throw new Error('There is no West')
  const hear = (event: string, more = {}, key = platformKey) =>
    desk.send({ event, call: { ...desk.callOf(stray), ...more } }, { key })
  const waiting = async () =>
    (await desk.ports.unrouted.listAll(desk.platform, { ...all, assigned: false })).items.map(({ id }) => id)
  const one = async () => {
    const [id] = await waiting()
    if (!id) throw new Error('Nothing waits')
    return id
  }
  const callOf = async (slug?: string) => {
    const call = await desk.look((tx) => tx.calls.find(stray.call), slug)
    return call && { branch: call.branch, status: callState(call.record).status }
  }
  const open = async () =>
    (await desk.ports.alarm.alerts(desk.platform, all)).items.filter(({ resolvedAt }) => resolvedAt === undefined)
  return { desk, scope, west, hear, waiting, one, callOf, open }
}

describe('a call whose number nobody owns', () => {
  it('belongs to the branch to which a person gave it, with all that was and will be heard of it', async () => {
    const { desk, scope, west, hear, waiting, one, callOf, open } = await opened()
    await hear('call_started')
    await hear('call_ended', { call_status: 'ended' })
    await desk.work()
    expect(await callOf()).toBeUndefined()
    expect((await open()).map(({ kind }) => kind)).toEqual(['unrouted_call'])

    const id = await one()
    const given = await desk.app.assignUnrouted(scope, desk.platform, id, west.id)
    expect(given._unsafeUnwrap().assignedTo).toEqual({ company: scope.company, branch: west.id })
    expect(await waiting()).toEqual([])
    expect(await open()).toEqual([])
    await desk.work()
    expect(await callOf()).toEqual({ branch: west.id, status: 'ended' })
    expect(await callOf('praxis-mond')).toBeUndefined()
    const heard = await desk.look((tx) => tx.calls.events(stray.call))
    expect(heard.map(({ event }) => event).toSorted()).toEqual(['call_ended', 'call_started'])

    await hear('call_analyzed', { call_analysis: { call_summary: 'Termin' } })
    await desk.work()
    expect((await desk.look((tx) => tx.calls.events(stray.call))).map(({ event }) => event)).toContain('call_analyzed')
    expect(await waiting()).toEqual([])
    expect((await desk.ports.inbox.listAll(desk.platform, all)).items.map(({ company }) => company)).toEqual(
      Array(3).fill(scope.company),
    )
  })

  it('stays where it was given first', async () => {
    const { desk, scope, west, hear, one } = await opened()
    await hear('call_started')
    await desk.work()
    const id = await one()
    const mitte = (await desk.ports.directory.profile(scope.company))?.branches[0]?.id ?? west.id
    await desk.app.assignUnrouted(scope, desk.platform, id, west.id)
    const again = await desk.app.assignUnrouted(scope, desk.platform, id, mitte)
    expect(again._unsafeUnwrapErr()).toEqual({ kind: 'already-assigned' })
    expect((await desk.app.assignUnrouted(scope, desk.platform, id, west.id)).isOk()).toBe(true)
  })

  it('is reached by the company in whose account it waits, and by no other, platform or not', async () => {
    const { desk, scope, west, hear, one } = await opened()
    await hear('call_started', {}, praxisKey)
    await desk.work()
    const id = await one()
    const theirs = await desk.scopeOf('praxis-mond')
    const branch = (await desk.ports.directory.profile(theirs.company))?.branches[0]?.id ?? west.id
    for (const everywhere of [undefined, desk.platform]) {
      const foreign = await desk.app.assignUnrouted(scope, everywhere, id, west.id)
      expect(foreign._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
    }
    expect((await desk.app.assignUnrouted(theirs, undefined, id, branch)).isOk()).toBe(true)
  })

  it('of the platform is nobody’s to give but the platform’s', async () => {
    const { desk, scope, west, hear, one } = await opened()
    await hear('call_started')
    await desk.work()
    const refused = await desk.app.assignUnrouted(scope, undefined, await one(), west.id)
    expect(refused._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
  })

  it('loses nothing that a worker looks at in the moment in which it is given', async () => {
    let given: Promise<unknown> | undefined
    let give = (): Promise<unknown> => Promise.resolve()
    const { desk, scope, west, hear, one, callOf } = await opened((ports) => ({
      ...ports,
      unrouted: {
        ...ports.unrouted,
        note: async (call) => {
          given ??= give()
          await given
          return ports.unrouted.note(call)
        },
      },
    }))
    given = Promise.resolve()
    await hear('call_started')
    await desk.work()
    const id = await one()
    given = undefined
    give = () => desk.app.assignUnrouted(scope, desk.platform, id, west.id)
    await hear('call_ended', { call_status: 'ended' })
    await desk.work()
    for (let second = 0; second < 20; second += 10) {
      desk.clock.advance(10_000)
      await desk.work()
    }
    expect(await callOf()).toEqual({ branch: west.id, status: 'ended' })
    const deliveries = (await desk.ports.inbox.listAll(desk.platform, all)).items
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
  })
})
