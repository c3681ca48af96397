import { afterEach, describe, expect, it } from 'vitest'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { Secret } from '../../../src/domain/secret.ts'
import { openPorts, platformKeys } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openHearing, told } from './hearing.ts'

type Hearing = Awaited<ReturnType<typeof openHearing>>

/** Everything that a calendar may do of its own accord, once; and what came of it. */
const story = async (desk: Hearing, key: Secret | undefined) => {
  const signed = key ? { key } : {}
  const hear = async (booking: ReturnType<typeof told>) => {
    desk.calendar.bookedThere(booking)
    await desk.hear(booking)
  }
  const nina = desk.named('nina')
  desk.calendar.giveTo(nina)
  const ours = await desk.book({}, signed)
  const another = { call: 'call_b', from: '+4915550100002', ...signed }
  await desk.ask('check_availability', { service: 'Herrenhaarschnitt', date: 'Montag', time: '14 Uhr' }, another)
  await hear(told('uid_9', '14:00', { replaces: 'uid_1', reference: ours.id, staff: nina }))
  await desk.hear(told('uid_1', '10:00', { reference: ours.id, staff: nina }))
  for (let time = 0; time < 2; time += 1) await hear(told('uid_x', '11:00', { staff: nina }))
  await hear(told('uid_y', '11:30', { staff: nina, attendee: undefined }))
  await hear(told('uid_z', '16:00', { staff: desk.named('udo'), status: 'pending' }))
  await hear(told('uid_z', '16:00', { staff: desk.named('udo'), status: 'rejected' }))
  await hear(told('uid_f', '12:00', { eventType: 4711 }))
  await hear(told('uid_9', '14:00', { status: 'cancelled', reason: 'Krank' }))
  await desk.pass(16)
  await desk.hearAttendance('uid_x', true)
  const { differences } = await desk.app.calendarDifferences(desk.scope)
  const appointments = (await desk.appointments()).toSorted((one, other) => one.startsAt - other.startsAt)
  return {
    appointments: appointments.map(({ startsAt, status, sync, source, provider, history }) => [
      ...[startsAt, status, sync, source, provider.uid],
      history.map(({ action, actor, reason }) => [action, actor.kind, reason]),
    ]),
    differences: differences.map(({ kind, decisions }) => [kind, decisions]),
    alerts: (await desk.openAlerts()).map(({ kind }) => kind).toSorted(),
    taken: (await Promise.all(['11:00', '11:30', '12:10', '14:00', '16:00'].map(desk.taken))).map((all) => all.length),
    mails: desk.mailer.taken.map(({ subject, to }) => [subject, to]).toSorted(),
  }
}

describe('what a calendar does of its own accord', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const openOn = async (make: (typeof testDatabases)[number]['make']) => {
    const database = await make()
    return openHearing(salonWithCalendar, async (options) => {
      const opened = await openPorts(database, options)
      closing.push(async () => {
        await opened.close()
        await database.drop()
      })
      const { calendars, mailer } = options
      if (!calendars) throw new Error('no calendar')
      return { ...opened.ports, calendars, mailer, voice: retellVoicePlatform }
    })
  }

  it.each(testDatabases)('comes to the same on $name as in memory', { timeout: 120_000 }, async ({ make }) => {
    const inMemory = await story(await openHearing(), undefined)
    expect(inMemory.appointments.map(([, status, sync]) => [status, sync])).toEqual([
      ['no_show', 'synced'],
      ['confirmed', 'review'],
      ['cancelled', 'synced'],
      ['cancelled', 'synced'],
    ])
    expect(await story(await openOn(make), platformKeys[0])).toEqual(inMemory)
  })

  it.each(testDatabases)(
    'is done once on $name when many hear of it at once',
    { timeout: 120_000 },
    async ({ make }) => {
      const desk = await openOn(make)
      const nina = desk.named('nina')
      await Promise.all(Array.from({ length: 8 }, () => desk.hear(told('uid_x', '11:00', { staff: nina }))))
      for (let again = 0; again < 4; again += 1) {
        desk.clock.advance(60_000)
        await desk.app.workInbox(100)
      }
      const made = await desk.appointments()
      expect(made).toHaveLength(1)
      expect(await desk.taken('11:00')).toMatchObject([{ owner: made[0]?.id }])
      const { items } = await desk.ports.inbox.listAll(desk.platform, { limit: 100, cursor: undefined })
      expect(items.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'accepted'))
    },
  )
})
