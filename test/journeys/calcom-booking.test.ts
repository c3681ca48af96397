import { afterEach, describe, expect, it } from 'vitest'
import {
  booking,
  type CalcomDesk,
  callerPatienceMs,
  liveAt,
  monday,
  openCalcomDesk,
  until,
  wish,
} from './calcom-desk.ts'
import { calcomTypes, ninaAtCalcom, udoAtCalcom } from './calcom-salon.ts'

let open: CalcomDesk | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})
const begin = async (prepare?: Parameters<typeof openCalcomDesk>[0]): Promise<CalcomDesk> => {
  open = await openCalcomDesk(prepare)
  return open
}

/** All is well in the end: one appointment, one booking, at ten. */
const isBookedOnce = async (desk: CalcomDesk) => {
  const appointment = await desk.appointment()
  expect(appointment).toMatchObject({ status: 'confirmed', sync: 'synced', startsAt: monday('10:00') })
  expect(liveAt(desk)).toEqual([{ time: '10:00', reference: appointment.id }])
  expect(desk.calcom.live()[0]?.uid).toBe(appointment.provider.uid)
  expect(await desk.alerts()).toEqual([])
}
/** Nothing was booked, and nothing is in anybody's way. */
const isNotBooked = async (desk: CalcomDesk) => {
  expect(await desk.appointment()).toMatchObject({ status: 'cancelled', sync: 'synced' })
  expect(liveAt(desk).filter(({ reference }) => reference !== undefined)).toEqual([])
}
const takeTen = ({ calcom }: Pick<CalcomDesk, 'calcom'>) => {
  for (const host of [ninaAtCalcom, udoAtCalcom]) {
    calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday('10:00'), host })
  }
}

describe('a booking at Cal.com', () => {
  it('is told as it is: with a reference, a number, in UTC, in the version asked for, and without an end (I-100, I-101)', async () => {
    const desk = await begin()
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available', time: '10:00' })
    expect(await desk.ask('book_appointment', { customer_name: 'Max Muster' })).toMatchObject({ status: 'booked' })
    const { id } = await desk.appointment()
    const [told, ...others] = desk.calcom.seen('book')
    expect(others).toEqual([])
    expect(told).toMatchObject({
      method: 'POST',
      headers: { 'cal-api-version': '2024-08-13' },
      body: {
        start: '2026-11-23T09:00:00.000Z',
        attendee: { name: 'Max Muster', timeZone: 'Europe/Berlin', phoneNumber: '+4915550100001' },
        metadata: { frontdesk_appointment: id },
      },
    })
    for (const name of ['end', 'lengthInMinutes', 'responses', 'timeZone']) expect(told?.body).not.toHaveProperty(name)
    await isBookedOnce(desk)
    await desk.later(60)
    await isBookedOnce(desk)
  })

  it('is offered only where Cal.com has a free time, whatever our own hours say (I-115)', async () => {
    const desk = await begin((calcom) => {
      for (const id of [ninaAtCalcom, udoAtCalcom]) {
        calcom.addUser({ id, hours: { 1: [{ opens: 11 * 60, closes: 14 * 60 }] } })
      }
    })
    const answer = await desk.ask('check_availability', wish)
    expect(answer).toMatchObject({ status: 'unavailable' })
    const times = (answer.alternatives as { time: string }[]).map(({ time }) => time)
    expect(times.length).toBeGreaterThan(0)
    for (const time of times) expect(['11:00', '11:30', '12:00', '12:30', '13:00']).toContain(time)
  })

  it('is not offered sooner than Cal.com takes it (I-106)', async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { noticeMinutes: 4 * 24 * 60 }))
    const answer = await desk.ask('check_availability', wish)
    expect(answer).toMatchObject({ status: 'unavailable' })
    for (const { date } of answer.alternatives as { date: string }[]) expect(date).not.toBe('23.11.2026')
  })

  it('keeps the wished colleague, by that colleague’s own event type', async () => {
    const desk = await begin()
    const answer = await desk.ask('book_appointment', { ...booking, staff: 'Udo' })
    expect(answer).toMatchObject({ status: 'booked', staff: 'Udo Beispiel' })
    expect(desk.calcom.live()).toMatchObject([{ hosts: [udoAtCalcom], eventType: { id: calcomTypes.udos } }])
  })

  it('is with the colleague whom Cal.com names when none was wished', async () => {
    const desk = await begin()
    await desk.ask('book_appointment', booking)
    const { staff } = await desk.appointment()
    const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
    const host = profile?.staff.find(({ id }) => id === staff)
    expect([host?.calcomUserId]).toEqual(desk.calcom.live()[0]?.hosts)
  })

  it('is somebody else’s who was faster there: not booked, and the refused time is not offered again (I-116)', async () => {
    const desk = await begin()
    await desk.ask('check_availability', wish)
    takeTen(desk)
    const answer = await desk.ask('book_appointment', { customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
    expect((answer.alternatives as { time: string }[]).map(({ time }) => time)).not.toContain('10:00')
    await isNotBooked(desk)
  })

  it('is not booked where an old list of Cal.com calls free what is taken', async () => {
    const desk = await begin()
    takeTen(desk)
    desk.calcom.misbehave('slots', 'outdated')
    const answer = await desk.ask('book_appointment', booking)
    expect(answer).toMatchObject({ status: 'slot_taken' })
    await isNotBooked(desk)
  })

  it.each(['beyond', { slow: 200 }] as const)('comes about over a Cal.com whose slots are %j', async (fault) => {
    const desk = await begin()
    desk.calcom.misbehave('slots', fault)
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    await isBookedOnce(desk)
  })
})

describe('a yes of Cal.com that is none', () => {
  it('with an old booking promises nothing (I-93)', async () => {
    const desk = await begin()
    const { uid } = desk.calcom.bookElsewhere({ eventType: calcomTypes.haircut, start: monday('15:00') })
    desk.clock.advance(35 * 60_000)
    desk.calcom.misbehave('book', 'old-booking')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'slot_taken' })
    await isNotBooked(desk)
    expect(desk.calcom.live().map((one) => one.uid)).toEqual([uid])
    expect(await desk.alerts()).toContain('stale_booking')
    await desk.later(60)
    await isNotBooked(desk)
  })

  it('with another time is taken back there, and the caller hears that the time is not to be had (I-94)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'other-time')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'slot_taken' })
    await isNotBooked(desk)
    expect(desk.calcom.bookings().map(({ status }) => status)).toEqual(['cancelled'])
    await desk.later(60)
    expect(desk.calcom.live()).toEqual([])
  })

  it('with another time that cannot be taken back is shown to people', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'other-time')
    desk.calcom.misbehave('cancel', 'down-503')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'review' })
    expect(await desk.alerts()).toContain('booking_changed_by_calendar')
  })

  it.each([
    ['nothing, though it was booked', 'empty-after'],
    ['nothing, and nothing was booked', 'empty-undone'],
  ] as const)('with %s is noted, looked up, and booked once', async (_what, fault) => {
    const desk = await begin()
    desk.calcom.misbehave('book', [fault])
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    await desk.later(5)
    await isBookedOnce(desk)
    expect(desk.calcom.bookings()).toHaveLength(1)
  })
})

describe('a no of Cal.com that is none', () => {
  it('with a 400 although it was booked is booked (I-99)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'no-although-done')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    await isBookedOnce(desk)
  })

  it('with a 400 although it was booked stays open where nobody can look, until somebody can (I-99)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'no-although-done')
    desk.calcom.misbehave('bookings', 'down-503')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    desk.calcom.recover()
    await desk.later(5)
    await isBookedOnce(desk)
  })
})

describe('a Cal.com that does not answer', () => {
  it.each(['down-503', 'down-524', 'down-html', 'breaks-off', 'limited'] as const)(
    'but %s: what was noted is booked once it does, exactly once',
    async (fault) => {
      const desk = await begin()
      desk.calcom.misbehave('book', [fault])
      const answer = await desk.ask('book_appointment', booking)
      expect(answer).toMatchObject({ status: 'pending' })
      expect(answer.message).toMatch(/vorgemerkt, unser Kalender hat den Termin aber noch nicht bestätigt/)
      expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'failed' })
      await desk.later(5)
      await isBookedOnce(desk)
      expect(desk.calcom.bookings()).toHaveLength(1)
    },
  )

  it.each(['down-after', 'breaks-off-after'] as const)(
    'although it did it (%s): found, and not booked again (I-96, I-98)',
    async (fault) => {
      const desk = await begin()
      desk.calcom.misbehave('book', [fault])
      expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
      await desk.later(5)
      await isBookedOnce(desk)
      expect(desk.calcom.bookings()).toHaveLength(1)
    },
  )

  it.each(['silent', 'silent-after'] as const)(
    'at all (%s): honest in time, and booked once in the end',
    async (fault) => {
      const desk = await begin()
      desk.calcom.misbehave('book', [fault])
      const begun = performance.now()
      expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
      expect(performance.now() - begun).toBeLessThan(callerPatienceMs + 2_000)
      await until(async () => (await desk.appointment()).sync === 'failed')
      await desk.later(5)
      await isBookedOnce(desk)
      expect(desk.calcom.bookings()).toHaveLength(1)
    },
  )

  it('while the process is killed over it: another one finds what there is (I-98)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', ['silent-after'])
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    const another = await desk.startAnother()
    await desk.later(5, another)
    await isBookedOnce(desk)
    expect(desk.calcom.bookings()).toHaveLength(1)
  })

  it('for long raises an alert, which ends when it does (I-97, I-118)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'down-503')
    await desk.ask('book_appointment', booking)
    expect(await desk.alerts()).toEqual([])
    desk.calcom.misbehave('bookings', 'down-503')
    for (let look = 0; look < 3; look += 1) {
      desk.clock.advance(20 * 60_000)
      await desk.app.workJobs(100)
    }
    expect(await desk.alerts()).toContain('appointment_unsynced')
    desk.calcom.recover()
    const another = await desk.startAnother()
    await desk.later(20, another)
    await isBookedOnce(desk)
  })

  it('to our key raises an alert at once and keeps what was noted', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', 'wrong-key')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    expect(await desk.alerts()).toEqual(['calendar_down'])
    desk.calcom.recover()
    await desk.later(20)
    await isBookedOnce(desk)
  })

  it('is told once for a caller whose agent asks again before it has answered (I-108), who hears of no other time (I-109)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', [{ slow: 4_500 }])
    const first = desk.ask('book_appointment', booking)
    expect(await first).toMatchObject({ status: 'pending' })
    const again = await desk.ask('book_appointment', booking)
    expect(['booked', 'pending']).toContain(again.status)
    expect(await desk.ask('find_alternatives', wish)).toMatchObject({ status: 'already_booked' })
    await until(async () => (await desk.appointment()).sync === 'synced')
    await isBookedOnce(desk)
    expect(desk.calcom.seen('book')).toHaveLength(1)
  })
})

describe('a booking that a host has to accept', () => {
  it('is noted and said so, kept open by every job', async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { needsConfirmation: true }))
    const answer = await desk.ask('book_appointment', booking)
    expect(answer).toMatchObject({ status: 'pending' })
    expect(answer.message).toMatch(/muss aber noch angenommen werden/)
    await desk.later(60)
    expect(await desk.appointment()).toMatchObject({ status: 'pending', sync: 'synced' })
    expect(desk.calcom.live()).toMatchObject([{ status: 'pending' }])
  })
})

describe('two who tell Cal.com of one appointment', () => {
  it('book it once, whichever process has the job (I-96)', async () => {
    const desk = await begin()
    desk.calcom.misbehave('book', ['down-503'])
    await desk.ask('book_appointment', booking)
    const another = await desk.startAnother()
    for (let minute = 0; minute < 5; minute += 1) {
      desk.clock.advance(60_000)
      await Promise.all([desk.app.workJobs(100), another.workJobs(100), desk.app.workJobs(100)])
    }
    await isBookedOnce(desk)
    expect(desk.calcom.bookings()).toHaveLength(1)
  })
})

describe('an event type that cannot be booked', () => {
  it('such as the template of a team promises nothing (I-105)', async () => {
    const desk = await begin((calcom) => calcom.changeEventType(calcomTypes.haircut, { team: 'managed' }))
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'calendar_unreachable' })
    expect(desk.calcom.seen('book')).toEqual([])
    expect(await desk.appointments()).toEqual([])
  })
})
