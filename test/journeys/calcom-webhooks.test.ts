import { afterEach, describe, expect, it } from 'vitest'
import { assemble } from '../../src/composition/assemble.ts'
import { standInVitals } from '../application/vitals.ts'
import { berlin } from '../contracts/fixtures.ts'
import { booking, type CalcomDesk, callerPatienceMs, liveAt, monday, openCalcomDesk } from './calcom-desk.ts'
import { calcomTypes, ninaAtCalcom, udoAtCalcom } from './calcom-salon.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** The desk with its door open, to which Cal.com tells of the salon's bookings. */
const begin = async () => {
  const desk = await openCalcomDesk()
  closers.push(desk.close)
  const { http } = await assemble(desk.ports, {
    publicUrl: 'http://127.0.0.1',
    logger: undefined,
    trustProxy: false,
    toolDeadlineMs: callerPatienceMs,
    platformZone: berlin,
    vitals: standInVitals(),
  })
  closers.push(() => http.close())
  const door = await http.listen({ host: '127.0.0.1', port: 0 })
  const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
  const calendar = profile && desk.ports.calendars.of(profile)
  if (!calendar) throw new Error('There is no calendar.')
  const registered = await calendar.registerWebhook(`${door}/webhooks/calcom/salon-sonne`)
  expect(registered.isOk()).toBe(true)
  return {
    ...desk,
    /** Sends what waits, or what is made of it, and lets it be worked off. */
    hear: async (pick?: Parameters<CalcomDesk['calcom']['deliver']>[0]) => {
      const outcomes = await desk.calcom.deliver(pick)
      await desk.app.workInbox(100)
      desk.clock.advance(1_000)
      await desk.app.workJobs(100)
      return outcomes.map(({ status }) => status)
    },
    ours: async () => (await desk.appointments()).map(({ status, startsAt, source }) => ({ status, startsAt, source })),
  }
}

describe('what Cal.com tells by itself', () => {
  it('of our own booking changes nothing, though it is told twice', async () => {
    const desk = await begin()
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    const before = await desk.appointment()
    expect(await desk.hear((all) => [...all, ...all])).toEqual([204, 204])
    expect(await desk.appointment()).toEqual(before)
    expect(liveAt(desk)).toHaveLength(1)
  })

  it('of a booking made on its web page is an appointment here, whose time nobody else gets', async () => {
    const desk = await begin()
    for (const host of [ninaAtCalcom, udoAtCalcom]) {
      desk.calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday('10:00'), host })
    }
    expect(await desk.hear()).toEqual([204, 204])
    expect(await desk.ours()).toEqual([
      { status: 'confirmed', startsAt: monday('10:00'), source: 'calendar' },
      { status: 'confirmed', startsAt: monday('10:00'), source: 'calendar' },
    ])
    expect((await desk.ask('book_appointment', booking)).status).not.toBe('booked')
  })

  it.each([
    ['in order', (all) => all],
    ['the other way round', (all) => all.toReversed()],
    ['again and again', (all) => [...all, ...all, ...all.toReversed()]],
  ] as readonly (readonly [string, NonNullable<Parameters<CalcomDesk['calcom']['deliver']>[0]>])[])(
    'of moves and a cancellation, %s, ends where Cal.com has it',
    async (_how, pick) => {
      const desk = await begin()
      await desk.ask('book_appointment', booking)
      const first = desk.calcom.live()[0]?.uid ?? ''
      desk.clock.advance(60_000)
      const second = desk.calcom.moveElsewhere(first, monday('12:00')).uid
      desk.clock.advance(60_000)
      desk.calcom.moveElsewhere(second, monday('15:00'))
      await desk.hear(pick)
      await desk.later(5)
      expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced', startsAt: monday('15:00') })
      desk.calcom.cancelElsewhere(desk.calcom.live()[0]?.uid ?? '', 'Krank')
      await desk.hear(pick)
      await desk.later(5)
      expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
      expect(desk.calcom.live()).toEqual([])
      expect(desk.calcom.seen('book')).toHaveLength(1)
    },
  )

  it('and what it never told is found by asking (I-111)', async () => {
    const desk = await begin()
    await desk.ask('book_appointment', booking)
    desk.clock.advance(60_000)
    desk.calcom.moveElsewhere(desk.calcom.live()[0]?.uid ?? '', monday('15:00'))
    await desk.hear(() => [])
    expect(await desk.appointment()).toMatchObject({ startsAt: monday('10:00') })
    await desk.later(60)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced', startsAt: monday('15:00') })
  })

  it('is not believed without its signature', async () => {
    const desk = await begin()
    desk.calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday('10:00') })
    const [unsigned, forged] = ['no-secret-provided', '0'.repeat(64)]
    expect(
      await desk.hear((all) =>
        [unsigned, forged].flatMap((signature) =>
          all.map((one) => ({ ...one, headers: { ...one.headers, 'x-cal-signature-256': signature } })),
        ),
      ),
    ).toEqual([401, 401])
    expect(await desk.appointments()).toEqual([])
  })
})

describe('a booking that a host has to accept', () => {
  it.each([
    [
      'confirmed once the host says yes',
      'confirmed',
      (desk: CalcomDesk, uid: string) => desk.calcom.confirmElsewhere(uid),
    ],
    ['over once the host says no', 'cancelled', (desk: CalcomDesk, uid: string) => desk.calcom.rejectElsewhere(uid)],
  ] as const)('is %s', async (_what, status, decide) => {
    const desk = await begin()
    desk.calcom.changeEventType(calcomTypes.haircut, { needsConfirmation: true })
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    desk.clock.advance(60_000)
    decide(desk, desk.calcom.live()[0]?.uid ?? '')
    await desk.hear()
    await desk.later(2)
    expect(await desk.appointment()).toMatchObject({ status, sync: 'synced' })
  })
})
