import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/domain/time.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openDesk, salon } from '../desk.ts'
import { monday, openHearing, told } from './hearing.ts'

type Hearing = Awaited<ReturnType<typeof openHearing>>

const changedAt = (desk: Hearing) => ({ createdAt: desk.clock.now(), changedAt: desk.clock.now() })

describe('what no message told of', () => {
  it('is found by asking every quarter of an hour, and everything ahead once a day', async () => {
    const desk = await openHearing()
    desk.calendar.bookedThere(told('uid_x', '11:00', { staff: desk.named('nina'), ...changedAt(desk) }))
    await desk.pass(14)
    expect(await desk.appointments()).toEqual([])
    await desk.pass(2)
    expect(await desk.appointments()).toMatchObject([{ source: 'calendar', provider: { uid: 'uid_x' } }])
    const queries = () => desk.calendar.asked().filter((one) => one === 'bookings').length
    expect(queries()).toBe(1)
    desk.calendar.bookedThere(told('uid_y', '13:00', { staff: desk.named('nina'), ...changedAt(desk) }))
    await desk.pass(16)
    expect(await desk.appointments()).toHaveLength(2)
    expect(queries()).toBe(2)
    for (let quarter = 0; quarter < 4 * 24; quarter += 1) await desk.pass(15)
    expect(queries()).toBe(2 + 4 * 24 + 1)
  })

  it('such as a cancellation is done here, and the customer is told once', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    await desk.callOffThere('uid_1')
    await desk.pass(16)
    await desk.pass(16)
    expect(await desk.appointments()).toMatchObject([{ status: 'cancelled', sync: 'synced' }])
    expect(desk.mailsTo('max@salon-sonne.example')).toHaveLength(2)
  })

  it('such as a move is done here, whichever of both bookings a list shows first and whether it says what became of the old one', async () => {
    for (const [isOldFirst, replacedBy] of [
      [true, undefined],
      [false, undefined],
      [true, 'uid_9'],
    ] as const) {
      const desk = await openHearing()
      const { id } = await desk.book()
      desk.clock.advance(60_000)
      const [placed] = desk.calendar.bookings()
      if (!placed) throw new Error('it was not placed')
      const next = told('uid_9', '14:00', { replaces: 'uid_1', reference: id, ...changedAt(desk) })
      const old = { ...placed, status: 'cancelled', replacedBy, changedAt: desk.clock.now() } as const
      desk.calendar.forget('uid_1')
      for (const one of isOldFirst ? [old, next] : [next, old]) desk.calendar.bookedThere(one)
      await desk.pass(16)
      expect(await desk.appointments()).toMatchObject([
        { id, status: 'confirmed', sync: 'synced', startsAt: monday('14:00'), provider: { uid: 'uid_9' } },
      ])
    }
  })

  it('is found by every process together once: one job of a company waits, also for companies that come later', async () => {
    const desk = await openHearing()
    const waiting = async () =>
      (await desk.ports.jobs.listAll(desk.platform, { state: 'waiting', limit: 200, cursor: undefined })).items.filter(
        ({ kind }) => kind === 'calendar-reconcile',
      ).length
    expect(await waiting()).toBe(1)
    for (let round = 0; round < 3; round += 1) await desk.pass(16)
    expect(await waiting()).toBe(1)
  })

  it('is not looked for where appointments live here alone', async () => {
    const desk = await openDesk([salon])
    desk.clock.advance(DAY)
    await desk.app.workJobs(100)
    const { items } = await desk.ports.jobs.listAll(desk.platform, { limit: 200, cursor: undefined })
    expect(items.filter(({ kind }) => kind === 'calendar-reconcile')).toEqual([])
  })

  it('is looked for again after the job was given up', async () => {
    const desk = await openHearing()
    await desk.pass(1)
    const { items } = await desk.ports.jobs.listAll(desk.platform, { state: 'waiting', limit: 200, cursor: undefined })
    const job = items.find(({ kind }) => kind === 'calendar-reconcile')
    if (!job) throw new Error('it does not wait')
    await desk.ports.jobs.settle(job.id, { state: 'given-up', error: 'It failed.' })
    desk.calendar.bookedThere(told('uid_x', '11:00', { staff: desk.named('nina'), ...changedAt(desk) }))
    await desk.pass(61)
    await desk.pass(16)
    expect(await desk.appointments()).toHaveLength(1)
  })
})

describe('an appointment that the calendar does not know', () => {
  it('is left to people: it is neither moved nor booked again, and nobody is told anything', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    desk.calendar.forget('uid_1')
    const mails = desk.mailer.taken.length
    await desk.pass(16)
    expect(await desk.appointments()).toMatchObject([
      { status: 'confirmed', sync: 'review', startsAt: monday('10:00'), history: [{}] },
    ])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_unknown_to_calendar'])
    await desk.pass(24 * 60)
    expect(desk.calendar.asked().filter((one) => one === 'place')).toHaveLength(1)
    expect(await desk.openAlerts()).toHaveLength(1)
    expect(desk.mailer.taken).toHaveLength(mails)
  })

  it('that it shows only when it is asked for it alone is fine', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    desk.calendar.hide('uid_1')
    await desk.pass(16)
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed', sync: 'synced' }])
    expect(desk.calendar.asked()).toContain('booking')
    expect(await desk.openAlerts()).toEqual([])
  })

  it('or that stands there although it is cancelled here, is left to people', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    await desk.pass(1)
    const cancelled = await desk.app.cancelAppointment(desk.scope, desk.profile, id, undefined)
    expect(cancelled.isOk()).toBe(true)
    desk.calendar.bookedThere({ ...told('uid_1', '10:00', { reference: id }), ...changedAt(desk) })
    await desk.pass(16)
    expect(await desk.appointments()).toMatchObject([{ status: 'cancelled', sync: 'review' }])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
  })
})

describe('a calendar that is away', () => {
  it('is asked again without noise, is named after an hour, and tells everything once it is back', async () => {
    const desk = await openHearing()
    await desk.pass(16)
    const begun = desk.clock.now()
    desk.calendar.misbehave('bookings', 'down')
    desk.calendar.bookedThere(told('uid_x', '11:00', { staff: desk.named('nina'), ...changedAt(desk) }))
    for (let time = 0; time < 6; time += 1) await desk.pass(10)
    expect(desk.clock.now() - begun).toBe(60 * 60_000)
    expect(await desk.openAlerts()).toEqual([])
    for (let time = 0; time < 3; time += 1) await desk.pass(10)
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['calendar_down'])
    // Longer than what is asked for overlaps.
    for (let time = 0; time < 12; time += 1) await desk.pass(30)
    expect(await desk.openAlerts()).toHaveLength(1)
    desk.calendar.misbehave('bookings', undefined)
    await desk.pass(10)
    expect(await desk.appointments()).toMatchObject([{ provider: { uid: 'uid_x' } }])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('is named at once when it does not know our key', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('bookings', 'wrong-key')
    await desk.pass(16)
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['calendar_down'])
  })

  it('fails a comparison that somebody waits for, and changes nothing', async () => {
    const desk = await openHearing()
    desk.calendar.bookedThere(told('uid_x', '11:00', { staff: desk.named('nina') }))
    desk.calendar.misbehave('bookings', 'down')
    expect(await desk.app.reconcileNow(desk.scope)).toMatchObject({ error: { kind: 'calendar-unreachable' } })
    desk.calendar.misbehave('bookings', undefined)
    const done = await desk.app.reconcileNow(desk.scope)
    expect(done._unsafeUnwrap()).toEqual({ seen: 1, changed: 1, missing: 0 })
    expect((await desk.app.reconcileNow(desk.scope))._unsafeUnwrap()).toEqual({ seen: 1, changed: 0, missing: 0 })
  })
})

describe('a composite service', () => {
  const perm = salonWithCalendar
    .replace(
      'services:\n',
      `services:
  - { slug: dauerwelle, name: Dauerwelle, branches: [mitte], segments: [
      { key: A, staff_minutes: 60, wait_after_minutes: 30, calcom_event_type_id: 9011 },
      { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: 9012 } ] }
`,
    )
    .replace(
      'services: [herrenhaarschnitt, damenhaarschnitt]',
      'services: [herrenhaarschnitt, damenhaarschnitt, dauerwelle]',
    )

  const open = async () => {
    const desk = await openHearing(perm)
    const { id } = await desk.book({ service: 'Dauerwelle' })
    const [first, second] = desk.calendar.bookings()
    if (!first || !second) throw new Error('it is no two bookings')
    return { desk, id, first, second }
  }

  it('of which one part is called off there is left to people; of which all are is cancelled', async () => {
    const { desk, id, first, second } = await open()
    await desk.hear(first)
    await desk.hear(second)
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed', sync: 'synced', history: [{}] }])
    await desk.hear({ ...second, status: 'cancelled' })
    expect(await desk.appointments()).toMatchObject([{ id, status: 'confirmed', sync: 'review' }])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
    await desk.hear({ ...first, status: 'cancelled' })
    expect(await desk.appointments()).toMatchObject([{ status: 'cancelled', sync: 'synced' }])
    expect(await desk.openAlerts()).toEqual([])
    expect(await desk.taken('10:00')).toEqual([])
  })

  it('of which one part is moved there is left to people', async () => {
    const { desk, first } = await open()
    await desk.hear({ ...first, uid: 'uid_9', replaces: first.uid, startsAt: monday('09:00') })
    expect(await desk.appointments()).toMatchObject([
      { status: 'confirmed', sync: 'review', startsAt: monday('10:00') },
    ])
  })

  it('of which the calendar has lost one part is left to people', async () => {
    const { desk, second } = await open()
    await desk.pass(1)
    desk.calendar.forget(second.uid)
    await desk.pass(16)
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed', sync: 'review' }])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_unknown_to_calendar'])
  })

  it('is not made of one part that somebody booked by itself', async () => {
    const desk = await openHearing(perm)
    await desk.hear(told('uid_x', '11:00', { eventType: 9012, staff: desk.named('nina') }))
    expect(await desk.appointments()).toEqual([])
    expect((await desk.openAlerts())[0]?.message).toMatch(/only a part/)
  })
})
