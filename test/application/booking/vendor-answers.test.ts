import { describe, expect, it } from 'vitest'
import { staffTimeOf } from '../../../src/domain/booking/service-time.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { type Instant, instant } from '../../../src/domain/time.ts'
import { openDeskWithCalendar, salon } from '../desk.ts'

const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
const booking = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr', customer_name: 'Max Muster' }

const openWithStaff = async () => {
  const desk = await openDeskWithCalendar()
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  const named = (slug: string) => {
    const staff = profile?.staff.find((one) => one.slug === slug)
    if (!staff) throw new Error(`no ${slug}`)
    return staff
  }
  return { ...desk, nina: named('nina'), udo: named('udo') }
}
/** Asks, hears what would happen, and says yes. */
const agreed = async (
  desk: Pick<Awaited<ReturnType<typeof openDeskWithCalendar>>, 'ask'>,
  tool: string,
  args: JsonObject,
) => {
  await desk.ask(tool, args)
  return desk.ask(tool, { ...args, confirmed: true })
}
const stored = async (desk: Pick<Awaited<ReturnType<typeof openDeskWithCalendar>>, 'look'>) => {
  const [one] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
  if (!one) throw new Error('nothing was kept')
  return one
}

describe('a booking that a host there has yet to accept', () => {
  it('is told as noted and stays so, without being told there again', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'awaits-host')
    const answer = await desk.ask('book_appointment', booking)
    expect(answer).toMatchObject({ status: 'pending' })
    expect(answer.message).toMatch(/vorgemerkt, der Termin muss aber noch angenommen werden/)
    expect(await desk.ask('query_appointments', {})).toMatchObject({
      message: expect.stringContaining('noch nicht bestätigt') as string,
    })
    expect(await stored(desk)).toMatchObject({ status: 'pending', sync: 'synced', provider: { uid: 'uid_1' } })
    desk.clock.advance(3_600_000)
    await desk.app.workJobs(10)
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    expect(desk.calendar.asked().filter((one) => one === 'place')).toHaveLength(1)
  })

  it('is called off there as well when the caller calls it off', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'awaits-host')
    const { appointment_id } = await desk.ask('book_appointment', booking)
    const answer = await agreed(desk, 'cancel_appointment', { appointment_id: String(appointment_id) })
    expect(answer).toMatchObject({ status: 'cancelled' })
    expect(desk.calendar.bookings()).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('a host whom the calendar names', () => {
  it('is told to the caller, and it is their time that is taken (I-87)', async () => {
    const desk = await openWithStaff()
    desk.calendar.giveTo(desk.nina)
    const answer = await desk.ask('book_appointment', booking)
    expect(answer).toMatchObject({ status: 'booked', staff_slug: 'nina' })
    const appointment = await stored(desk)
    expect(appointment).toMatchObject({ staff: desk.nina.id, resource: desk.nina.id })
    const taken = await desk.look((tx) =>
      tx.occupancy.between([desk.nina.id, appointment.service], monday('08:00'), monday('18:00'), desk.clock.now()),
    )
    expect(taken).toMatchObject([{ owner: appointment.id, resource: desk.nina.id }])
  })

  it('may be another one at the time it is moved to, where nobody was wished for', async () => {
    const desk = await openWithStaff()
    const { appointment_id } = await desk.ask('book_appointment', booking)
    desk.calendar.giveTo(desk.nina)
    const moved = await agreed(desk, 'reschedule_appointment', {
      appointment_id: String(appointment_id),
      new_date: 'Montag',
      new_time: '14 Uhr',
    })
    expect(moved).toMatchObject({ status: 'rescheduled' })
    expect(await stored(desk)).toMatchObject({ startsAt: monday('14:00'), staff: desk.nina.id })
  })

  it('leaves others their time: where our own book has them busy, the time stays the event type’s', async () => {
    const desk = await openWithStaff()
    desk.calendar.giveTo(desk.nina)
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    const service = profile?.services.find(({ slug }) => slug === 'herrenhaarschnitt')
    if (!service) throw new Error('no service')
    await desk.ports.store.transact(scope, (tx) =>
      tx.occupancy.claim('blk_busy', desk.nina.id, staffTimeOf(service, monday('10:00')), undefined, desk.clock.now()),
    )
    await desk.ask('book_appointment', booking)
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', resource: service.id })
  })

  it('who is not the one that was wished for undoes the booking', async () => {
    const desk = await openWithStaff()
    desk.calendar.giveTo(desk.udo)
    const answer = await desk.ask('book_appointment', { ...booking, staff: 'Nina' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
    expect(await stored(desk)).toMatchObject({ status: 'cancelled' })
    expect(desk.calendar.bookings()).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('a booking there', () => {
  it('belongs to one appointment for ever: another one is not confirmed by it (I-93)', async () => {
    const desk = await openDeskWithCalendar()
    await desk.ask('book_appointment', booking)
    const first = await stored(desk)
    const known = await desk.look((tx) => tx.calendarBookings.find('uid_1'))
    expect(known).toMatchObject({ appointment: first.id, startsAt: monday('10:00') })
    desk.calendar.misbehave('place', 'old-booking')
    const other = { call: 'call_b', from: '+4915550100002' }
    const answer = await desk.ask(
      'book_appointment',
      { ...booking, time: '12 Uhr', customer_name: 'Erika Beispiel' },
      other,
    )
    expect(answer.status).not.toBe('booked')
  })
})

const composite = salon
  .replace(
    'services:\n',
    `services:
  - { slug: dauerwelle, name: Dauerwelle, calcom_event_type_id: 9000, segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9001 }, { key: B, staff_minutes: 20, wait_after_minutes: 0, calcom_event_type_id: 9002 }, { key: C, staff_minutes: 10, wait_after_minutes: 0 }], branches: [mitte] }
`,
  )
  .replace(
    'services: [herrenhaarschnitt, damenhaarschnitt]',
    'services: [herrenhaarschnitt, damenhaarschnitt, dauerwelle]',
  )

describe('a composite service at a vendor’s calendar', () => {
  const wave = { service: 'Dauerwelle', date: 'Montag', time: '10 Uhr', customer_name: 'Max Muster' }
  const live = (desk: Awaited<ReturnType<typeof openDeskWithCalendar>>) =>
    desk.calendar.bookings().filter(({ status }) => status === 'accepted')

  it('is one booking for each run of segments without a wait', async () => {
    const desk = await openDeskWithCalendar(composite)
    expect(await desk.ask('book_appointment', wave)).toMatchObject({ status: 'booked', time: '10:00' })
    expect(live(desk)).toMatchObject([
      { part: 'A', eventType: 9001, startsAt: monday('10:00') },
      { part: 'B', eventType: 9002, startsAt: monday('11:00') },
    ])
    const appointment = await stored(desk)
    const known = await desk.look((tx) => tx.calendarBookings.ofAppointment(appointment.id))
    expect(known.map(({ uid, part }) => [uid, part])).toEqual([
      ['uid_1', 'A'],
      ['uid_2', 'B'],
    ])
  })

  it('is not free where one of its parts is not', async () => {
    const desk = await openDeskWithCalendar(composite)
    desk.calendar.take(monday('11:00'))
    expect(await desk.ask('check_availability', wave)).toMatchObject({ status: 'unavailable' })
  })

  it('is booked whole or not at all', async () => {
    const desk = await openDeskWithCalendar(composite)
    const { offer_id } = await desk.ask('check_availability', wave)
    desk.calendar.take(monday('11:00'))
    const answer = await desk.ask('book_appointment', { offer_id: String(offer_id), customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
    expect(live(desk).filter(({ part }) => part !== undefined)).toEqual([])
    expect(await stored(desk)).toMatchObject({ status: 'cancelled' })
  })

  it('is moved and cancelled as one (I-112)', async () => {
    const desk = await openDeskWithCalendar(composite)
    const { appointment_id } = await desk.ask('book_appointment', wave)
    const moved = await agreed(desk, 'reschedule_appointment', {
      appointment_id: String(appointment_id),
      new_date: 'Montag',
      new_time: '10 Uhr 30',
    })
    expect(moved).toMatchObject({ status: 'rescheduled' })
    expect(live(desk).map(({ part, startsAt }) => [part, startsAt])).toEqual(
      expect.arrayContaining([
        ['A', monday('10:30')],
        ['B', monday('11:30')],
      ]),
    )
    expect(live(desk)).toHaveLength(2)
    const { id } = await stored(desk)
    const chain = await desk.look((tx) => tx.calendarBookings.ofAppointment(id))
    expect(chain.filter(({ replacedBy }) => replacedBy !== undefined).map(({ uid, status }) => [uid, status])).toEqual([
      ['uid_1', 'cancelled'],
      ['uid_2', 'cancelled'],
    ])
    const cancelled = await agreed(desk, 'cancel_appointment', { appointment_id: String(appointment_id) })
    expect(cancelled).toMatchObject({ status: 'cancelled' })
    expect(live(desk)).toEqual([])
  })

  it('comes back whole when one part cannot go', async () => {
    const desk = await openDeskWithCalendar(composite)
    const { appointment_id } = await desk.ask('book_appointment', wave)
    const change = { appointment_id: String(appointment_id), new_date: 'Montag', new_time: '14 Uhr' }
    await desk.ask('reschedule_appointment', change)
    desk.calendar.take(monday('15:00'))
    const moved = await desk.ask('reschedule_appointment', { ...change, confirmed: true })
    expect(moved.status).not.toBe('rescheduled')
    expect(
      live(desk)
        .filter(({ part }) => part !== undefined)
        .map(({ part, startsAt }) => [part, startsAt]),
    ).toEqual(
      expect.arrayContaining([
        ['A', monday('10:00')],
        ['B', monday('11:00')],
      ]),
    )
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', startsAt: monday('10:00') })
  })

  it('is finished by a job when the calendar broke off half way, once', async () => {
    const desk = await openDeskWithCalendar(composite)
    desk.calendar.misbehave('place', 'breaks-off-after')
    expect(await desk.ask('book_appointment', wave)).toMatchObject({ status: 'pending' })
    expect(live(desk)).toHaveLength(1)
    desk.calendar.misbehave('place', undefined)
    desk.clock.advance(600_000)
    await desk.app.workJobs(10)
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', sync: 'synced' })
    expect(live(desk).map(({ part }) => part)).toEqual(['A', 'B'])
  })
})
