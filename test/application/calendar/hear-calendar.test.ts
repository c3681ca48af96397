import { describe, expect, it } from 'vitest'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openHearing, told } from './hearing.ts'

/** A desk whose database can be away. */
const openShaky = async () => {
  let away = false
  const desk = await openHearing(salonWithCalendar, (options) => {
    const ports = memoryPorts(options)
    const transact: typeof ports.store.transact = (scope, work) =>
      away ? Promise.reject(new Error('The database is away')) : ports.store.transact(scope, work)
    return { ...ports, store: { ...ports.store, transact } }
  })
  const all = { limit: 50, cursor: undefined }
  return {
    ...desk,
    setAway: (isAway: boolean) => {
      away = isAway
    },
    deliveries: async () => (await desk.ports.inbox.listAll(desk.platform, all)).items,
    platformAlerts: async () => (await desk.ports.alarm.alerts(desk.platform, all)).items,
  }
}

it('what a calendar and what a caller’s line told wait together, and each is understood', async () => {
  const desk = await openShaky()
  await desk.send({ event: 'call_started', call: desk.callOf({}) })
  expect(await desk.hear(told('uid_x', '11:00', { staff: desk.named('nina') }))).toMatchObject({ processed: 2 })
  const said = (await desk.deliveries()).map(({ source, stages }) => `${source}: ${stages.at(-1)?.detail}`)
  expect(said.toSorted()).toEqual(['calcom: What it says is so here as well now.', 'retell: Added to the call.'])
})

it('what a calendar told makes what is remembered of its free times old', async () => {
  const desk = await openHearing()
  const nina = desk.named('nina')
  const asked = async (call: string) => {
    const before = desk.calendar.asked().filter((one) => one === 'slots').length
    const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '14 Uhr' }
    await desk.ask('check_availability', wish, { call, from: '+491713920001' })
    return desk.calendar.asked().filter((one) => one === 'slots').length - before
  }
  expect(await asked('call_a')).toBeGreaterThan(0)
  expect(await asked('call_b')).toBe(0)
  const booking = told('uid_x', '14:00', { staff: nina })
  desk.calendar.bookedThere(booking)
  await desk.hear(booking)
  expect(await asked('call_c')).toBeGreaterThan(0)
})

describe('what a calendar tells while the database is away', () => {
  it('is tried again after 10, 30 and 60 seconds, and learnt once it is back', async () => {
    const desk = await openShaky()
    desk.setAway(true)
    expect(await desk.hear(told('uid_x', '11:00', { staff: desk.named('nina') }))).toMatchObject({ postponed: 1 })
    desk.clock.advance(9_000)
    expect(await desk.work()).toEqual({ processed: 0, postponed: 0, dead: 0 })
    desk.clock.advance(1_000)
    expect(await desk.work()).toMatchObject({ postponed: 1 })
    desk.setAway(false)
    desk.clock.advance(30_000)
    expect(await desk.work()).toMatchObject({ processed: 1 })
    expect(await desk.appointments()).toMatchObject([{ provider: { uid: 'uid_x' } }])
    expect((await desk.deliveries())[0]).toMatchObject({ outcome: 'accepted', source: 'calcom' })
  })

  it('is a dead letter after the fourth time, with an alert, and learnt when it is replayed', async () => {
    const desk = await openShaky()
    desk.setAway(true)
    await desk.hear(told('uid_x', '11:00', { staff: desk.named('nina') }))
    for (const seconds of [10, 30, 60]) {
      desk.clock.advance(seconds * 1_000)
      await desk.work()
    }
    const [dead] = await desk.deliveries()
    expect(dead?.outcome).toBe('dead')
    expect((await desk.platformAlerts()).map(({ kind }) => kind)).toEqual(['dead_letter'])
    desk.setAway(false)
    if (!dead) throw new Error('it is gone')
    expect((await desk.app.replayDelivery(desk.scope, dead.id)).isOk()).toBe(true)
    await desk.work()
    expect(await desk.appointments()).toHaveLength(1)
    // Once more, for whoever replays does not know whether it was learnt.
    expect((await desk.app.replayDelivery(desk.scope, dead.id)).isOk()).toBe(true)
    await desk.work()
    expect(await desk.appointments()).toMatchObject([{ history: [{}] }])
  })

  it('keeps nobody from being heard who comes after it', async () => {
    const desk = await openShaky()
    const nina = desk.named('nina')
    desk.setAway(true)
    await desk.hear(told('uid_x', '11:00', { staff: nina }))
    desk.setAway(false)
    await desk.hear(told('uid_y', '13:00', { staff: nina }))
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    expect(await desk.work()).toMatchObject({ processed: 1 })
    expect(await desk.appointments()).toMatchObject([{ provider: { uid: 'uid_y' } }])
  })
})
