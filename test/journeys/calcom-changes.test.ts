import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import { booking, type CalcomDesk, liveAt, monday, openCalcomDesk, until } from './calcom-desk.ts'
import { calcomTypes, ninaAtCalcom, udoAtCalcom } from './calcom-salon.ts'

let open: CalcomDesk | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

/** Booked on Monday at ten, by phone. */
const begin = async (...how: Parameters<typeof openCalcomDesk>) => {
  const desk = await openCalcomDesk(...how)
  open = desk
  expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
  const { id } = await desk.appointment()
  const agreed = async (tool: string, args: JsonObject) => {
    await desk.ask(tool, args)
    desk.clock.advance(5_000)
    const answer = await desk.ask(tool, { ...args, confirmed: true })
    desk.clock.advance(5_000)
    return answer
  }
  return {
    ...desk,
    id,
    move: (time: string) => agreed('reschedule_appointment', { new_date: 'Montag', new_time: time }),
    cancel: () => agreed('cancel_appointment', {}),
    /** What is taken with us on that Monday. */
    taken: async () => {
      const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
      const resources = profile?.staff.map((one) => one.id) ?? []
      const found = await desk.look((tx) =>
        tx.occupancy.between(resources, monday('08:00'), monday('19:00'), desk.clock.now()),
      )
      return found.map(({ startsAt }) => startsAt)
    },
  }
}
type Begun = Awaited<ReturnType<typeof begin>>

const stands = async (desk: Begun, time: string) => {
  const appointment = await desk.appointment()
  expect(appointment).toMatchObject({ status: 'confirmed', sync: 'synced', moving: undefined, startsAt: monday(time) })
  expect(liveAt(desk)).toEqual([{ time, reference: desk.id }])
  expect(desk.calcom.live()[0]?.uid).toBe(appointment.provider.uid)
  expect(await desk.taken()).toEqual([monday(time)])
}
const isOver = async (desk: Begun) => {
  expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
  expect(desk.calcom.live()).toEqual([])
  expect(await desk.taken()).toEqual([])
}

describe('moving at Cal.com', () => {
  it('follows the new uid of each move, until it is cancelled (I-101, I-103)', async () => {
    const desk = await begin()
    expect(await desk.move('15 Uhr')).toMatchObject({ status: 'rescheduled', time: '15:00' })
    await stands(desk, '15:00')
    expect(await desk.move('11 Uhr')).toMatchObject({ status: 'rescheduled', time: '11:00' })
    await stands(desk, '11:00')
    const [first, second, third] = desk.calcom.bookings()
    expect(second?.rescheduledFrom).toBe(first?.uid)
    expect(third?.rescheduledFrom).toBe(second?.uid)
    expect(desk.calcom.seen('reschedule').map(({ path }) => path)).toEqual([
      `/v2/bookings/${first?.uid}/reschedule`,
      `/v2/bookings/${second?.uid}/reschedule`,
    ])
    expect(await desk.cancel()).toMatchObject({ status: 'cancelled' })
    expect(desk.calcom.seen('cancel').at(-1)).toMatchObject({
      method: 'POST',
      path: `/v2/bookings/${third?.uid}/cancel`,
    })
    await isOver(desk)
  })

  it('may end with another colleague, whom the caller is told', async () => {
    const desk = await begin()
    const answer = await desk.move('15 Uhr')
    const [host] = desk.calcom.live().flatMap(({ hosts }) => hosts)
    const name = host === ninaAtCalcom ? 'Nina Probe' : 'Udo Beispiel'
    expect(answer).toMatchObject({ status: 'rescheduled', new: { staff: name } })
    expect(answer.message).toContain(name)
    await stands(desk, '15:00')
  })

  it('promises no colleague beforehand whom Cal.com may replace, and the own one of whom nobody else does it', async () => {
    const desk = await begin()
    const asked = await desk.ask('reschedule_appointment', { new_date: 'Montag', new_time: '15 Uhr' })
    expect(asked).toMatchObject({ status: 'needs_confirmation', new: { time: '15:00', staff: null } })
    expect(asked.message).not.toMatch(/bei (Nina|Udo)/)
    const other = { call: 'call_b', from: '+4915550100002' }
    const withUdo = { ...booking, time: '13 Uhr', staff: 'Udo', customer_name: 'Erika Beispiel' }
    expect(await desk.ask('book_appointment', withUdo, other)).toMatchObject({ status: 'booked' })
    const own = await desk.ask('reschedule_appointment', { new_date: 'Montag', new_time: '16 Uhr' }, other)
    expect(own).toMatchObject({ status: 'needs_confirmation', new: { time: '16:00', staff: 'Udo Beispiel' } })
    expect(own.message).toMatch(/bei Udo Beispiel/)
  })

  it('goes to whoever is free where no colleague has an event type of their own, from the phone and from the dashboard', async () => {
    const withoutTheirOwn = (file: string) => file.replaceAll(/, calcom_event_types: \{[^}]*\}/g, '')
    const desk = await begin(undefined, withoutTheirOwn)
    expect(await desk.move('15 Uhr')).toMatchObject({ status: 'rescheduled', time: '15:00' })
    await stands(desk, '15:00')
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no profile')
    const moved = await desk.app.moveAppointment(scope, profile, desk.id, {
      startsAt: monday('12:00'),
      staff: undefined,
    })
    expect(moved.isOk()).toBe(true)
    await stands(desk, '12:00')
  })

  it('may overlap itself', async () => {
    const desk = await begin()
    expect(await desk.move('10 Uhr 30')).toMatchObject({ status: 'rescheduled' })
    await stands(desk, '10:30')
  })

  it('after a 404 books nothing anew, moves nothing and asks people (I-102)', async () => {
    const desk = await begin()
    const [there] = desk.calcom.bookings()
    desk.calcom.store.bookings.delete(there?.uid ?? '')
    const answer = await desk.move('15 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    await desk.later(60)
    expect(desk.calcom.bookings()).toEqual([])
    expect(desk.calcom.seen('book')).toHaveLength(1)
    expect(await desk.appointment()).toMatchObject({ startsAt: monday('10:00'), sync: 'review' })
    expect(await desk.alerts()).toContain('booking_changed_by_calendar')
  })

  it('after a 404 for a booking that is there stays where it was (I-102)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('reschedule', 'not-found')
    const answer = await desk.move('15 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    await desk.later(30)
    await stands(desk, '10:00')
    expect(desk.calcom.bookings()).toHaveLength(1)
  })

  it.each(['not-found-although-done', 'no-although-done'] as const)(
    'that was done although Cal.com said %s is done (I-99)',
    async (fault) => {
      const desk = await begin()
      desk.calcom.misbehave('reschedule', fault)
      expect(await desk.move('15 Uhr')).toMatchObject({ status: 'rescheduled', time: '15:00' })
      await stands(desk, '15:00')
    },
  )

  it.each([
    'down-503',
    'breaks-off',
    'limited',
    'empty-undone',
    'down-after',
    'breaks-off-after',
    'empty-after',
  ] as const)('that nobody knows of (%s) holds both times, says what holds, and ends once (I-117)', async (fault) => {
    const desk = await begin()
    desk.calcom.misbehave('reschedule', [fault])
    const answer = await desk.move('15 Uhr')
    expect(answer).toMatchObject({ success: true, status: 'pending' })
    expect(answer.message).toMatch(/Bis wir es Ihnen bestätigen, gilt noch/)
    expect((await desk.taken()).toSorted((one, other) => one - other)).toEqual([monday('10:00'), monday('15:00')])
    await desk.later(5)
    await stands(desk, '15:00')
    expect(desk.calcom.bookings()).toHaveLength(2)
  })

  it('that Cal.com did while the process was killed is found by another one', async () => {
    const desk = await begin()
    desk.calcom.misbehave('reschedule', ['silent-after'])
    expect(await desk.move('15 Uhr')).toMatchObject({ status: 'pending' })
    const another = await desk.startAnother()
    await desk.later(5, another)
    await stands(desk, '15:00')
    expect(desk.calcom.bookings()).toHaveLength(2)
  })

  it('to another time than asked is told to nobody as done, and is shown to people (I-94)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('reschedule', 'other-time')
    const answer = await desk.move('15 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    expect(await desk.appointment()).toMatchObject({ startsAt: monday('10:00'), sync: 'review' })
    const known = await desk.ask('query_appointments', {})
    expect(known).toMatchObject({ status: 'found', appointment: { sync: 'review' } })
    expect(known.message).toMatch(/ 10 Uhr\. Ob es dabei bleibt, prüfen wir gerade noch\.$/)
    await desk.later(60)
    expect(await desk.appointment()).toMatchObject({ startsAt: monday('10:00') })
    expect(desk.calcom.live()).toHaveLength(1)
    expect(await desk.alerts()).toContain('booking_changed_by_calendar')
  })

  it('with an old booking as an answer is not done', async () => {
    const desk = await begin()
    desk.calcom.misbehave('reschedule', 'old-booking')
    const answer = await desk.move('15 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    await desk.later(30)
    await stands(desk, '10:00')
  })

  it('to a time that somebody else has by now leaves it where it was', async () => {
    const desk = await begin()
    desk.calcom.misbehave('slots', 'outdated')
    for (const host of [ninaAtCalcom, udoAtCalcom]) {
      desk.calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday('15:00'), host })
    }
    const answer = await desk.move('15 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    await desk.later(60)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', startsAt: monday('10:00') })
    expect(liveAt(desk).filter(({ reference }) => reference !== undefined)).toEqual([
      { time: '10:00', reference: desk.id },
    ])
  })

  it('from the dashboard reaches Cal.com like every other (I-110)', async () => {
    const desk = await begin()
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no profile')
    const moved = await desk.app.moveAppointment(scope, profile, desk.id, {
      startsAt: monday('16:00'),
      staff: undefined,
    })
    expect(moved._unsafeUnwrap().appointment).toMatchObject({ sync: 'synced', startsAt: monday('16:00') })
    await stands(desk, '16:00')
    await desk.app.cancelAppointment(scope, profile, desk.id, 'Krank')
    expect(desk.calcom.bookings().at(-1)).toMatchObject({ status: 'cancelled', cancellationReason: 'Krank' })
    await isOver(desk)
  })
})

describe('a confirmed appointment', () => {
  it('is never moved by a job, whatever is around it at Cal.com (I-95)', async () => {
    const desk = await begin()
    const uid = desk.calcom.live()[0]?.uid
    for (const time of ['10:00', '09:30', '10:30']) {
      for (const host of [ninaAtCalcom, udoAtCalcom]) {
        desk.calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday(time), host, anyway: true })
      }
    }
    await desk.later(180)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', startsAt: monday('10:00') })
    expect(desk.calcom.seen('reschedule')).toEqual([])
    expect(desk.calcom.live().filter(({ metadata }) => metadata.frontdesk_appointment === desk.id)).toMatchObject([
      { uid, start: monday('10:00') },
    ])
  })

  it('is in nobody’s way but in others’: its own time is free to itself and to nobody else', async () => {
    const desk = await begin((calcom) => {
      calcom.changeEventType(calcomTypes.haircut, { hosts: [ninaAtCalcom] })
    })
    expect(await desk.move('10 Uhr 30')).toMatchObject({ status: 'rescheduled' })
    const other = { call: 'call_b', from: '+4915550100002' }
    const near = await desk.ask(
      'check_availability',
      { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr 30', staff: 'Nina' },
      other,
    )
    expect(near.status).toBe('unavailable')
  })
})

describe('cancelling at Cal.com', () => {
  it.each([
    'down-503',
    'breaks-off',
    'limited',
    'down-after',
    'breaks-off-after',
    'empty-after',
    'no-although-done',
  ] as const)('counts with us at once and there as soon as it answers, after %s (I-111)', async (fault) => {
    const desk = await begin()
    desk.calcom.misbehave('cancel', [fault])
    expect(await desk.cancel()).toMatchObject({ status: 'cancelled' })
    expect(await desk.taken()).toEqual([])
    await desk.later(5)
    await isOver(desk)
  })

  it('what was cancelled there already is done', async () => {
    const desk = await begin()
    desk.calcom.cancelElsewhere(desk.calcom.live()[0]?.uid ?? '')
    expect(await desk.cancel()).toMatchObject({ status: 'cancelled' })
    await isOver(desk)
  })

  it('what Cal.com was never sure to have is cancelled there too, should it have it (I-111)', async () => {
    const desk = await openCalcomDesk()
    open = desk
    desk.calcom.misbehave('book', ['breaks-off-after'])
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    expect(desk.calcom.live()).toHaveLength(1)
    await desk.ask('cancel_appointment', {})
    expect(await desk.ask('cancel_appointment', { confirmed: true })).toMatchObject({ status: 'cancelled' })
    await desk.later(5)
    expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
    expect(desk.calcom.live()).toEqual([])
  })

  it('while Cal.com is silent is said at once, and done later', async () => {
    const desk = await begin()
    desk.calcom.misbehave('cancel', ['silent'])
    expect(await desk.cancel()).toMatchObject({ status: 'cancelled' })
    await until(async () => (await desk.appointment()).sync === 'failed')
    await desk.later(5)
    await isOver(desk)
  })
})

describe('a composite service at Cal.com', () => {
  const wave = { first: 9201, second: 9202 }
  const openWithWave = () =>
    openCalcomDesk(
      (calcom) => {
        const nina = { hosts: [ninaAtCalcom], team: 'roundRobin', slotInterval: 30 } as const
        calcom.addEventType({ ...nina, id: wave.first, title: 'Dauerwelle, Anfang', minutes: 30 })
        calcom.addEventType({ ...nina, id: wave.second, title: 'Dauerwelle, Ende', minutes: 30 })
      },
      (file) =>
        file
          .replace(
            'services:\n',
            `services:\n  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: ${wave.first} }, { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: ${wave.second} }], branches: [mitte] }\n`,
          )
          .replace(
            'services: [herrenhaarschnitt, damenhaarschnitt]',
            'services: [herrenhaarschnitt, damenhaarschnitt, dauerwelle]',
          ),
    )
  const wished = { service: 'Dauerwelle', date: 'Montag', time: '10 Uhr', customer_name: 'Max Muster' }
  const parts = (desk: CalcomDesk) =>
    liveAt(desk)
      .map(({ time }) => time)
      .toSorted()

  it('is booked, moved and cancelled whole (I-112)', async () => {
    const desk = await openWithWave()
    open = desk
    expect(await desk.ask('book_appointment', wished)).toMatchObject({ status: 'booked' })
    expect(parts(desk)).toEqual(['10:00', '11:00'])
    const change = { new_date: 'Montag', new_time: '14 Uhr' }
    await desk.ask('reschedule_appointment', change)
    expect(await desk.ask('reschedule_appointment', { ...change, confirmed: true })).toMatchObject({
      status: 'rescheduled',
    })
    expect(parts(desk)).toEqual(['14:00', '15:00'])
    await desk.ask('cancel_appointment', {})
    expect(await desk.ask('cancel_appointment', { confirmed: true })).toMatchObject({ status: 'cancelled' })
    expect(parts(desk)).toEqual([])
  })

  it('leaves nothing behind when a part is taken, and is told so (I-114)', async () => {
    const desk = await openWithWave()
    open = desk
    await desk.ask('check_availability', wished)
    desk.calcom.bookElsewhere({ eventType: wave.second, start: monday('11:00') })
    const answer = await desk.ask('book_appointment', { customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
    await desk.later(30)
    expect(liveAt(desk)).toEqual([{ time: '11:00', reference: undefined }])
  })

  it.each(['down-503', 'breaks-off-after'] as const)(
    'leaves nothing behind when it is called off half booked, after %s (I-112)',
    async (fault) => {
      const desk = await openWithWave()
      open = desk
      desk.calcom.misbehave('book', [undefined, fault])
      expect(await desk.ask('book_appointment', wished)).toMatchObject({ status: 'pending' })
      await desk.ask('cancel_appointment', {})
      expect(await desk.ask('cancel_appointment', { confirmed: true })).toMatchObject({ status: 'cancelled' })
      await desk.later(5)
      expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
      expect(parts(desk)).toEqual([])
    },
  )

  it('is not booked beside a part of it that Cal.com put elsewhere without saying so (I-94)', async () => {
    const desk = await openWithWave()
    open = desk
    desk.calcom.misbehave('book', ['other-time-and-breaks-off'])
    expect(await desk.ask('book_appointment', wished)).toMatchObject({ status: 'pending' })
    await desk.later(5)
    expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
    expect(parts(desk)).toEqual([])
    expect(await desk.alerts()).toContain('booking_unknown_to_calendar')
  })

  it('is shown to people when a part of it turns up after all was called off', async () => {
    const desk = await openWithWave()
    open = desk
    desk.calcom.misbehave('book', 'down-503')
    await desk.ask('book_appointment', wished)
    await desk.ask('cancel_appointment', {})
    await desk.ask('cancel_appointment', { confirmed: true })
    await desk.later(5)
    const { id } = await desk.appointment()
    const metadata = { frontdesk_appointment: id, frontdesk_part: 'B' }
    desk.calcom.bookElsewhere({ eventType: wave.second, start: monday('11:00'), metadata })
    await desk.later(30)
    expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'review' })
    expect(await desk.alerts()).toContain('booking_changed_by_calendar')
    const settled = await desk.app.settleDifference(await desk.scopeOf(), { appointment: id }, { kind: 'cancel-there' })
    expect(settled.isOk()).toBe(true)
    await desk.later(2)
    expect(parts(desk)).toEqual([])
  })

  it('is finished by a job, once, when Cal.com broke off half way (I-113)', async () => {
    const desk = await openWithWave()
    open = desk
    desk.calcom.misbehave('book', [undefined, 'breaks-off-after'])
    expect(await desk.ask('book_appointment', wished)).toMatchObject({ status: 'pending' })
    await desk.later(5)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced' })
    expect(parts(desk)).toEqual(['10:00', '11:00'])
    expect(desk.calcom.bookings()).toHaveLength(2)
  })
})
