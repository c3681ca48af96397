import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import { booking, type CalcomDesk, liveAt, monday, openCalcomDesk } from './calcom-desk.ts'
import { calcomTypes, ninaAtCalcom } from './calcom-salon.ts'

let open: CalcomDesk | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})
const begin = async (...how: Parameters<typeof openCalcomDesk>) => {
  const desk = await openCalcomDesk(...how)
  open = desk
  const agreed = async (tool: string, args: JsonObject) => {
    await desk.ask(tool, args)
    return desk.ask(tool, { ...args, confirmed: true })
  }
  return { ...desk, move: (time: string) => agreed('reschedule_appointment', { new_date: 'Montag', new_time: time }) }
}

describe('what is told and done over a Cal.com that misbehaves', () => {
  it.each([1, 3, 60_001])('is tried again by the job after any number of milliseconds, such as %i', async (odd) => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'limited')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    desk.clock.advance(60_000 + odd)
    await desk.app.workJobs(100)
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'failed' })
    desk.calcom.recover()
    await desk.later(15)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced' })
    expect(liveAt(desk)).toHaveLength(1)
  })

  it('does not blame a calendar for silence that answered, but would not take the booking', async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { email: 'required' }))
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'needs_email' })
    const answer = await desk.ask('book_appointment', booking)
    expect(answer).toMatchObject({ status: 'pending' })
    expect(answer.message).not.toMatch(/antwortet/)
    expect(answer.message).toMatch(/noch nicht bestätigt/)
    expect(await desk.alerts()).toEqual(['calendar_down'])
  })
})

describe('a booking that a calendar takes only with an e-mail address', () => {
  const demanding = () => begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { email: 'required' }))
  const withEmail = { ...booking, customer_email: 'max at kunden punkt example' }

  it.each([undefined, 'anonymous'])(
    'is asked for one first, and stands once the caller (%s) has said it',
    async (from) => {
      const desk = await demanding()
      const caller = from === undefined ? {} : { from }
      const asked = await desk.ask('book_appointment', booking, caller)
      expect(asked).toMatchObject({ status: 'needs_email', time: '10:00', service_slug: 'herrenhaarschnitt' })
      expect(asked.message).toMatch(/E-Mail-Adresse/)
      expect(liveAt(desk)).toEqual([])
      expect(await desk.appointments()).toEqual([])
      expect(await desk.ask('book_appointment', withEmail, caller)).toMatchObject({ status: 'booked', time: '10:00' })
      expect(liveAt(desk)).toHaveLength(1)
      expect(desk.calcom.live()[0]?.attendee.email).toBe('max@kunden.example')
      expect(await desk.alerts()).toEqual([])
    },
  )

  it('is asked for it again where it cannot be understood, and noted after that', async () => {
    const desk = await demanding()
    const mumbled = { ...booking, customer_email: 'äh, moment' }
    const asked = await desk.ask('book_appointment', mumbled)
    expect(asked).toMatchObject({ status: 'needs_email' })
    expect(asked.message).toMatch(/nicht verstanden/)
    expect(await desk.ask('book_appointment', mumbled)).toMatchObject({ status: 'pending' })
    expect(await desk.ask('book_appointment', withEmail)).toMatchObject({ status: 'booked', time: '10:00' })
    expect(liveAt(desk)).toHaveLength(1)
  })

  it('is made at once for somebody whose address is known, and where the colleague’s own event type demands none', async () => {
    const desk = await demanding()
    await desk.ask('book_appointment', booking)
    await desk.ask('book_appointment', withEmail)
    const other = { ...booking, time: '12 Uhr' }
    expect(await desk.ask('book_appointment', other, { call: 'call_b' })).toMatchObject({ status: 'booked' })
    const stranger = { call: 'call_c', from: '+4915550100002' }
    const named = { ...booking, customer_name: 'Erika Beispiel', time: '14 Uhr', staff: 'Nina' }
    expect(await desk.ask('book_appointment', named, stranger)).toMatchObject({ status: 'booked' })
  })
})

describe('a booking that comes out longer than asked, of an event type that the key does not list', () => {
  it('is undone once, and not made again and again, for each would send the customer two mails', async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { team: 'none', minutes: 60 }))
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    await desk.later(60)
    expect(desk.calcom.bookings().map(({ status }) => status)).toEqual(['cancelled'])
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'failed' })
    desk.calcom.changeEventType(calcomTypes.haircut, { minutes: 55 })
    desk.clock.advance(25 * 3_600_000)
    await desk.later(20)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced' })
  })
})

describe('a series of which the calendar has the first one', () => {
  it('is told as booked only so far, and the others as noted', async () => {
    const desk = await begin()
    const answer = await desk.ask('book_appointment', { ...booking, repeat: { every: 'week', count: 3 } })
    expect(answer).toMatchObject({ status: 'booked', message: expect.stringMatching(/2 weitere.*vorgemerkt/) })
    expect(answer.appointments).toMatchObject([{ status: 'confirmed' }, { status: 'pending' }, { status: 'pending' }])
    await desk.later(2)
    expect(liveAt(desk)).toHaveLength(3)
  })
})

describe('a move to another time than was asked', () => {
  const begunElsewhere = async () => {
    const desk = await begin()
    await desk.ask('book_appointment', booking)
    desk.calcom.misbehave('reschedule', ['other-time'])
    return { desk, answer: await desk.move('15 Uhr') }
  }

  it('is told as neither the old time nor the new one, and people are told where to settle it', async () => {
    const { desk, answer } = await begunElsewhere()
    expect(answer).toMatchObject({ status: 'denied', callback_offered: true })
    expect(answer.message).not.toMatch(/10 Uhr|15 Uhr/)
    const [alert] = await desk.look(
      async (tx) => (await tx.alerts.list({ limit: 9, cursor: undefined, open: true })).items,
    )
    expect(alert?.message).toMatch(/frontdesk calendar differences/)
  })

  it('is over once somebody there put it where it was asked to go, and can be moved again', async () => {
    const { desk } = await begunElsewhere()
    desk.clock.advance(5 * 60_000)
    desk.calcom.moveElsewhere(String(desk.calcom.live()[0]?.uid), monday('15:00'))
    await desk.later(20)
    const now = { status: 'confirmed', sync: 'synced', moving: undefined }
    expect(await desk.appointment()).toMatchObject({ ...now, startsAt: monday('15:00') })
    expect(await desk.alerts()).toEqual([])
    expect(await desk.move('16 Uhr')).toMatchObject({ status: 'rescheduled' })
  })

  it('is over once somebody upheld our time, and what follows then follows at once', async () => {
    const { desk } = await begunElsewhere()
    const settled = await desk.app.settleDifference(
      await desk.scopeOf(),
      { appointment: (await desk.appointment()).id },
      { kind: 'keep-ours' },
    )
    expect(settled.isOk()).toBe(true)
    expect(await desk.appointment()).toMatchObject({ sync: 'synced', moving: undefined, startsAt: monday('10:00') })
  })
})

describe('a move that a host there has yet to accept', () => {
  const beginAccepted = async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { needsConfirmation: true }))
    await desk.ask('book_appointment', booking)
    desk.calcom.confirmElsewhere(String(desk.calcom.live()[0]?.uid))
    await desk.later(20)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', startsAt: monday('10:00') })
    return desk
  }

  it('is told as noted, and stands once the host has accepted it', async () => {
    const desk = await beginAccepted()
    const moved = await desk.move('15 Uhr')
    expect(moved).toMatchObject({ status: 'pending', new: { time: '15:00' } })
    expect(moved.message).toMatch(/15 Uhr.*angenommen/)
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'synced', startsAt: monday('15:00') })
    expect((await desk.ask('query_appointments', {})).message).toMatch(/noch nicht bestätigt/)
    desk.calcom.confirmElsewhere(String(desk.calcom.live()[0]?.uid))
    await desk.later(20)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', startsAt: monday('15:00') })
  })

  it('is none that stands where somebody moved it there', async () => {
    const desk = await beginAccepted()
    desk.calcom.moveElsewhere(String(desk.calcom.live()[0]?.uid), monday('15:00'))
    await desk.later(20)
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'synced', startsAt: monday('15:00') })
  })
})

const wave = `
  - { slug: dauerwelle, name: Dauerwelle, calcom_event_type_id: 9200, branches: [mitte], segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9201 }, { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: 9202 }] }
staff:`

describe('a composite appointment whose parts are moved one by one', () => {
  const beginComposite = async () => {
    const desk = await begin(
      (calcom) => {
        for (const id of [9201, 9202]) calcom.addEventType({ id, minutes: 30, hosts: [ninaAtCalcom] })
      },
      (file) => file.replace('\nstaff:', wave).replace('damenhaarschnitt],', 'damenhaarschnitt, dauerwelle],'),
    )
    const answer = await desk.ask('book_appointment', { ...booking, service: 'Dauerwelle' })
    expect(answer).toMatchObject({ status: 'booked' })
    return desk
  }
  const times = (desk: CalcomDesk) =>
    liveAt(desk)
      .map(({ time }) => time)
      .toSorted()

  it('is where all of them are, although the calendar said no to one that it moved', async () => {
    const desk = await beginComposite()
    desk.calcom.misbehave('reschedule', [undefined, 'no-although-done'])
    expect(await desk.move('14 Uhr')).toMatchObject({ status: 'rescheduled', new: { time: '14:00' } })
    expect(await desk.appointment()).toMatchObject({ sync: 'synced', startsAt: monday('14:00') })
    expect(times(desk)).toEqual(['14:00', '15:00'])
  })

  it.each([0, 1])('never stands with its part %i at another time than was said', async (part) => {
    const desk = await beginComposite()
    desk.calcom.misbehave('reschedule', part === 0 ? ['other-time'] : [undefined, 'other-time'])
    const answer = await desk.move('14 Uhr')
    expect(answer.status).not.toBe('rescheduled')
    await desk.later(30)
    const appointment = await desk.appointment()
    const whole = appointment.startsAt === monday('14:00') ? ['14:00', '15:00'] : ['10:00', '11:00']
    if (appointment.sync === 'synced') expect(times(desk)).toEqual(whole)
    else expect([appointment.sync, await desk.alerts()]).toEqual(['review', ['booking_changed_by_calendar']])
  })
})
