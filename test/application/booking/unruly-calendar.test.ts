import { err, ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { settleAppointment } from '../../../src/application/booking/settle-appointment.ts'
import type { AlertKind } from '../../../src/application/ports/alarm.ts'
import type { Calendar, CalendarFailure } from '../../../src/application/ports/calendar.ts'
import { agreed, cancel } from '../../../src/domain/booking/appointment.ts'
import { type Instant, instant } from '../../../src/domain/time.ts'
import { callerPatienceMs, openDeskWithCalendar } from '../desk.ts'

const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' }
const booking = { ...wish, customer_name: 'Max Muster' }

/** But for services without an event type, which is another matter. */
const kindsOf = (alerts: readonly { readonly kind: AlertKind }[]): readonly AlertKind[] =>
  alerts.map(({ kind }) => kind).filter((kind) => kind !== 'unmapped_service')

const known = async (desk: Awaited<ReturnType<typeof openDeskWithCalendar>>) => {
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  const untold = profile && desk.calendar.of(profile)
  if (!untold) throw new Error('there is no calendar')
  return { scope, untold }
}

describe('a time at a vendor’s calendar', () => {
  it('is free when the calendar and our own book say so, and booked when the calendar has it', async () => {
    const desk = await openDeskWithCalendar()
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available', time: '10:00' })
    const answer = await desk.ask('book_appointment', { customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'booked', time: '10:00' })
    const [stored] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    expect(stored).toMatchObject({
      status: 'confirmed',
      sync: 'synced',
      provider: { kind: 'calcom', uid: 'uid_1' },
      startsAt: monday('10:00'),
    })
    expect(desk.calendar.bookings()).toMatchObject([{ reference: stored?.id, startsAt: monday('10:00') }])
  })

  it('is not free when only the calendar knows that it is taken, and what it calls free is offered instead', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.take(monday('10:00'))
    const answer = await desk.ask('check_availability', wish)
    expect(answer).toMatchObject({ status: 'unavailable' })
    expect((answer.alternatives as { time: string }[]).map(({ time }) => time)).not.toContain('10:00')
  })

  it('is not free when only our own book knows that it is taken, however long the calendar knows nothing of it (I-121)', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'down')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    desk.clock.advance(86_400_000)
    const other = { call: 'call_b', from: '+4915550100002' }
    const near = await desk.ask('find_alternatives', wish, other)
    expect((near.alternatives as { time: string }[]).map(({ time }) => time)).not.toContain('10:00')
    expect(await desk.ask('check_availability', wish, other)).toMatchObject({ status: 'unavailable' })
  })

  it('is not offered at all while the calendar is silent, and the caller hears so in time', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('slots', 'silent')
    const begun = performance.now()
    expect(await desk.ask('check_availability', wish)).toMatchObject({ success: true, status: 'calendar_unreachable' })
    expect(performance.now() - begun).toBeLessThan(callerPatienceMs * 20)
    expect(await desk.look((tx) => tx.offers.openOf('call_a'))).toEqual([])
    const [trace] = await desk.look((tx) => tx.toolCalls.list('call_a'))
    expect(trace?.vendorCalls).toMatchObject([{ vendor: 'calcom', operation: 'slots', status: 'too-late' }])
  })

  it('is said to be checked while the calendar has not answered to its move, among others as well', async () => {
    const desk = await openDeskWithCalendar()
    await desk.ask('book_appointment', booking)
    desk.calendar.misbehave('move', 'down')
    const to = { new_date: 'Montag', new_time: '15 Uhr' }
    await desk.ask('reschedule_appointment', to)
    expect(await desk.ask('reschedule_appointment', { ...to, confirmed: true })).toMatchObject({ status: 'pending' })
    expect((await desk.ask('query_appointments', {})).message).toMatch(/10 Uhr\. Ob es dabei bleibt, prüfen wir/)
    await desk.ask('book_appointment', { ...booking, date: 'Dienstag' })
    expect((await desk.ask('query_appointments', {})).message).toMatch(
      /10 Uhr, was wir gerade noch prüfen,? und Herrenhaarschnitt am Dienstag/,
    )
  })

  it('is in the trace of a tool when it was asked, and not when its answer was remembered', async () => {
    const desk = await openDeskWithCalendar()
    for (const time of ['10 Uhr', '12 Uhr']) {
      await desk.ask('check_availability', { service: 'Herrenhaarschnitt', date: 'Montag', time })
    }
    const traces = await desk.look((tx) => tx.toolCalls.list('call_a'))
    expect(traces.map(({ vendorCalls }) => vendorCalls.map(({ operation }) => operation))).toEqual([['slots'], []])
  })

  it.each([
    ['down', 'slots', 'calendar_unreachable'],
    ['silent', 'slots', 'calendar_unreachable'],
  ] as const)('is asked about once, not again and again, when the calendar is %s', async (fault, operation, status) => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave(operation, fault)
    expect(await desk.ask('check_availability', { ...wish, time: 'vormittags' })).toMatchObject({ status })
    expect(desk.calendar.asked()).toEqual(['slots'])
  })

  it('asks the calendar once for a whole week of alternatives', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.take(monday('10:00'))
    await desk.ask('check_availability', wish)
    expect(desk.calendar.asked()).toEqual(['slots'])
  })
})

describe('booking at a vendor’s calendar that misbehaves', () => {
  const stored = async (desk: Awaited<ReturnType<typeof openDeskWithCalendar>>) => {
    const [one, ...others] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    expect(others).toEqual([])
    return one
  }

  it.each(['down', 'breaks-off-after'] as const)(
    'is told as noted, not as booked, when it is %s, and a repeat that finds it well is booked once',
    async (fault) => {
      const desk = await openDeskWithCalendar()
      desk.calendar.misbehave('place', fault)
      const first = await desk.ask('book_appointment', booking)
      expect(first).toMatchObject({ success: true, status: 'pending' })
      expect(first.message).not.toMatch(/gebucht/)
      expect(await stored(desk)).toMatchObject({ status: 'pending' })

      desk.calendar.misbehave('place', undefined)
      expect(await desk.ask('book_appointment', booking)).toMatchObject({
        status: 'booked',
        appointment_id: first.appointment_id,
      })
      expect(desk.calendar.bookings().filter(({ status }) => status === 'accepted')).toHaveLength(1)
    },
  )

  it.each(['silent', 'down', 'breaks-off-after'] as const)(
    'is entered by a job as soon as a calendar that was %s can be reached, once, at the time that was said',
    async (fault) => {
      const desk = await openDeskWithCalendar()
      desk.calendar.misbehave('place', fault)
      expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
      expect(await stored(desk)).toMatchObject({ status: 'pending' })
      desk.calendar.misbehave('place', undefined)
      desk.clock.advance(10 * 60_000)
      await desk.app.workJobs(100)
      expect(await stored(desk)).toMatchObject({ status: 'confirmed', sync: 'synced', startsAt: monday('10:00') })
      expect(desk.calendar.bookings().filter(({ status }) => status === 'accepted')).toHaveLength(1)
      desk.clock.advance(60 * 60_000)
      expect(await desk.app.workJobs(100)).toMatchObject({ postponed: 0 })
      expect(desk.calendar.bookings().filter(({ status }) => status === 'accepted')).toHaveLength(1)
    },
  )

  it('raises an alert when the calendar has been away for twenty minutes, not before, until it knows', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'down')
    await desk.ask('book_appointment', booking)
    const alerts = async () =>
      desk.look(async (tx) => kindsOf((await tx.alerts.list({ limit: 10, cursor: undefined, open: true })).items))
    for (let minute = 0; minute < 19; minute += 1) {
      desk.clock.advance(60_000)
      await desk.app.workJobs(100)
    }
    expect(await alerts()).toEqual([])
    desk.clock.advance(30 * 60_000)
    await desk.app.workJobs(100)
    expect(await alerts()).toEqual(['appointment_unsynced'])
    desk.calendar.misbehave('place', undefined)
    desk.clock.advance(30 * 60_000)
    await desk.app.workJobs(100)
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', sync: 'synced' })
    expect(await alerts()).toEqual([])
  })

  it('raises an alert at once when the calendar does not accept what it is told', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'wrong-key')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    const alerts = await desk.look((tx) => tx.alerts.list({ limit: 10, cursor: undefined }))
    expect(alerts.items).toMatchObject([
      {
        kind: 'calendar_down',
        message: expect.stringMatching(/^The calendar does not accept what we tell it\. .*key/),
      },
    ])
  })

  it('becomes a callback and an alert when the calendar says no only after the caller heard that it is noted', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'down')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    desk.calendar.misbehave('place', undefined)
    desk.calendar.take(monday('10:00'))
    desk.clock.advance(60_000)
    await desk.app.workJobs(100)
    expect(await stored(desk)).toMatchObject({ status: 'cancelled', sync: 'synced' })
    const callbacks = await desk.look((tx) => tx.callbacks.list({ limit: 10, cursor: undefined }))
    expect(callbacks.items).toMatchObject([{ priority: 'high', phoneNumber: '+4915550100001' }])
    const alerts = await desk.look((tx) => tx.alerts.list({ limit: 10, cursor: undefined }))
    expect(kindsOf(alerts.items)).toEqual(['booking_unknown_to_calendar'])
  })

  /** Noted while the calendar was away, and somebody was faster there. */
  const lost = async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'down')
    await desk.ask('book_appointment', booking)
    desk.calendar.misbehave('place', undefined)
    desk.calendar.take(monday('10:00'))
    const noted = await stored(desk)
    if (!noted) throw new Error('nothing was noted')
    const settle = async (isAwaited?: () => boolean) =>
      settleAppointment(desk.ports)(await desk.scopeOf(), noted.id, 'older', isAwaited)
    const callbacks = async () => (await desk.look((tx) => tx.callbacks.list({ limit: 10, cursor: undefined }))).items
    return { ...desk, id: noted.id, settle, callbacks }
  }

  it('becomes a callback together with the no itself, so that whoever dies right after it forgets nobody', async () => {
    const desk = await lost()
    expect(await desk.settle()).toMatchObject({ state: 'settled' })
    expect(await stored(desk)).toMatchObject({ status: 'cancelled' })
    expect(await desk.callbacks()).toHaveLength(1)
    await desk.settle()
    expect(await desk.callbacks()).toHaveLength(1)
  })

  it('becomes no callback where the caller waits for the no', async () => {
    const desk = await lost()
    expect(await desk.settle(() => true)).toMatchObject({ state: 'turned-down' })
    expect(await desk.callbacks()).toEqual([])
  })

  it('is no news to whoever called it off meanwhile', async () => {
    const desk = await lost()
    const { scope, untold } = await known(desk)
    const calendar: Calendar = {
      ...untold,
      place: async () => {
        await desk.ports.store.transact(scope, (tx) => {
          const by = { actor: scope.actor, reason: undefined, callId: undefined }
          return tx.appointments.change(desk.id, (one) => cancel(one, by, desk.clock.now()))
        })
        return err({ kind: 'refused', detail: '' })
      },
    }
    const calendars = { of: () => calendar, trying: () => calendar }
    await settleAppointment({ ...desk.ports, calendars })(scope, desk.id, 'older')
    expect(await stored(desk)).toMatchObject({ status: 'cancelled' })
    expect(await desk.callbacks()).toEqual([])
  })

  it('is not what was asked for with another length: that goes, and what was noted waits for people', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'breaks-off-after')
    await desk.ask('book_appointment', booking)
    desk.calendar.misbehave('place', 'wrong-key')
    const [there] = desk.calendar.bookings()
    if (!there) throw new Error('it was not placed')
    desk.calendar.bookedThere({ ...there, endsAt: monday('10:30') })
    desk.clock.advance(60_000)
    await desk.app.workJobs(100)
    expect(await stored(desk)).toMatchObject({ status: 'pending', sync: 'failed' })
    expect(desk.calendar.bookings()).toMatchObject([{ status: 'cancelled' }])
    desk.calendar.misbehave('place', undefined)
    desk.clock.advance(30 * 60_000)
    await desk.app.workJobs(100)
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', sync: 'synced' })
  })

  it('is booked although the calendar said no, when the booking is there', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'says-no-although-done')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    expect(await stored(desk)).toMatchObject({ status: 'confirmed', provider: { uid: 'uid_1' } })
  })

  it('is not booked when somebody was faster at the calendar, and its time is free again with us', async () => {
    const desk = await openDeskWithCalendar()
    await desk.ask('check_availability', wish)
    desk.calendar.take(monday('10:00'))
    const answer = await desk.ask('book_appointment', { customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
    expect((answer.alternatives as { time: string }[]).map(({ time }) => time)).not.toContain('10:00')
    expect(await stored(desk)).toMatchObject({ status: 'cancelled', sync: 'synced' })
    const resource = (await stored(desk))?.resource
    const taken = await desk.look((tx) =>
      tx.occupancy.between(resource ? [resource] : [], monday('09:00'), monday('12:00'), desk.clock.now()),
    )
    expect(taken).toEqual([])
    expect(await desk.look(async (tx) => (await tx.calls.find('call_a'))?.outcome)).not.toBe('booked')
  })

  it('is not booked when the calendar answers with somebody’s old booking', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.take(monday('15:00'))
    desk.calendar.misbehave('place', 'old-booking')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'slot_taken' })
    expect(await stored(desk)).toMatchObject({ status: 'cancelled' })
    expect(
      await desk.look(async (tx) =>
        (await tx.alerts.list({ limit: 10, cursor: undefined })).items.map(({ kind }) => kind),
      ),
    ).toContain('stale_booking')
  })

  it('is not booked when the calendar booked another time, which is taken back there', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'other-time')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'slot_taken' })
    expect(desk.calendar.bookings().map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('is shown to staff for review when the wrong booking cannot be taken back', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'other-time')
    desk.calendar.misbehave('cancel', 'down')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
    expect(await stored(desk)).toMatchObject({ status: 'pending', sync: 'review' })
    const open = () => desk.look((tx) => tx.alerts.list({ limit: 10, cursor: undefined, open: true }))
    expect(kindsOf((await open()).items)).toEqual(['booking_changed_by_calendar'])
    desk.calendar.misbehave('cancel', undefined)
    await desk.ask('cancel_appointment', {})
    expect(await desk.ask('cancel_appointment', { confirmed: true })).toMatchObject({ status: 'cancelled' })
    expect(kindsOf((await open()).items)).toEqual([])
  })

  it('keeps what was said when the calendar is silent at the check of what is booked', async () => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('slots', 'down')
    desk.calendar.misbehave('place', 'down')
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'pending' })
  })
})

describe('moving and cancelling at a vendor’s calendar', () => {
  const begin = async () => {
    const desk = await openDeskWithCalendar()
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no profile')
    const made = await desk.app.createAppointment(scope, profile, {
      branch: 'mitte',
      service: 'herrenhaarschnitt',
      staff: undefined,
      startsAt: monday('10:00'),
      attendeeName: 'Max Muster',
      phone: undefined,
      email: undefined,
      notes: undefined,
      source: 'dashboard',
    })
    const { appointment } = made._unsafeUnwrap()
    const move = (time: string) =>
      desk.app.moveAppointment(scope, profile, appointment.id, { startsAt: monday(time), staff: undefined })
    const find = async () => {
      const found = await desk.look((tx) => tx.appointments.find(appointment.id))
      if (!found) throw new Error('gone')
      return found
    }
    const taken = async () =>
      desk.look((tx) =>
        tx.occupancy.between([appointment.resource], monday('08:00'), monday('19:00'), desk.clock.now()),
      )
    const cancel = () => desk.app.cancelAppointment(scope, profile, appointment.id, 'Krank')
    return { desk, appointment, move, find, taken, cancel }
  }
  const live = (desk: Awaited<ReturnType<typeof openDeskWithCalendar>>) =>
    desk.calendar.bookings().filter(({ status }) => status !== 'cancelled')

  it('goes to the new time, overlapping the old one or not, once the calendar has it there', async () => {
    const { desk, appointment, move, find, taken } = await begin()
    expect(appointment).toMatchObject({ status: 'confirmed', provider: { uid: 'uid_1' } })
    for (const [time, uid] of [
      ['10:30', 'uid_2'],
      ['15:00', 'uid_3'],
    ] as const) {
      expect((await move(time))._unsafeUnwrap().appointment).toMatchObject({
        startsAt: monday(time),
        sync: 'synced',
        moving: undefined,
        provider: { uid },
      })
      expect(live(desk)).toMatchObject([{ uid, startsAt: monday(time) }])
      expect(await taken()).toMatchObject([{ owner: appointment.id, startsAt: monday(time) }])
    }
    expect((await find()).history.map(({ action }) => action)).toEqual(['booked', 'moved', 'moved'])
  })

  it('goes to no other colleague at the same time of whom the calendar says nothing, and is not told to', async () => {
    const { desk, appointment, find } = await begin()
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no profile')
    const to = { startsAt: undefined, staff: profile.staff.find(({ slug }) => slug === 'udo')?.slug }
    const moved = await desk.app.moveAppointment(scope, profile, appointment.id, to)
    expect(moved._unsafeUnwrapErr().kind).toBe('slot-taken')
    expect(await find()).toMatchObject({ staff: undefined, sync: 'synced', moving: undefined })
    expect(desk.calendar.asked()).not.toContain('move')
  })

  it('stays where it was when the calendar does not take the new time', async () => {
    const { desk, appointment, move, find, taken } = await begin()
    desk.calendar.misbehave('slots', undefined)
    const before = await find()
    const moving = move('15:00')
    desk.calendar.take(monday('15:00'))
    expect((await moving).isErr()).toBe(true)
    expect(await find()).toEqual(before)
    expect(await taken()).toMatchObject([{ owner: appointment.id, startsAt: monday('10:00') }])
  })

  it.each(['down', 'silent'] as const)(
    'keeps both times from others while a calendar that is %s has not answered, and says so',
    async (fault) => {
      const { desk, appointment, move, find, taken } = await begin()
      desk.calendar.misbehave('move', fault)
      const answer = move('15:00')
      if (fault === 'silent') {
        await new Promise((resolve) => setTimeout(resolve, 50))
        expect((await find()).moving?.to.startsAt).toBe(monday('15:00'))
      } else {
        expect((await answer)._unsafeUnwrap().appointment).toMatchObject({ startsAt: monday('10:00'), sync: 'failed' })
      }
      expect((await taken()).map(({ startsAt }) => startsAt)).toEqual([monday('10:00'), monday('15:00')])
      expect(live(desk)).toMatchObject([{ reference: appointment.id, startsAt: monday('10:00') }])
    },
  )

  it('goes where it was to go once the company has no calendar that has to agree', async () => {
    const { desk, appointment, move, find, taken } = await begin()
    desk.calendar.misbehave('move', 'down')
    await move('15:00')
    const calendars = { of: () => undefined, trying: () => undefined }
    await settleAppointment({ ...desk.ports, calendars })(await desk.scopeOf(), appointment.id, 'older')
    const here = { provider: { kind: 'embedded', uid: undefined }, sync: 'synced', moving: undefined }
    expect(await find()).toMatchObject({ status: 'confirmed', startsAt: monday('15:00'), ...here })
    expect(await taken()).toMatchObject([{ owner: appointment.id, startsAt: monday('15:00') }])
  })

  it('has moved when the calendar did it and broke off, once somebody looks again', async () => {
    const { desk, move, find } = await begin()
    desk.calendar.misbehave('move', 'breaks-off-after')
    await move('15:00')
    expect(await find()).toMatchObject({ startsAt: monday('10:00'), sync: 'failed' })
    desk.calendar.misbehave('move', undefined)
    await settleAppointment(desk.ports)(await desk.scopeOf(), (await find()).id, 'older')
    expect(await find()).toMatchObject({ startsAt: monday('15:00'), sync: 'synced' })
    expect(live(desk)).toHaveLength(1)
  })

  it('is shown for review when the calendar put it somewhere else', async () => {
    const { desk, move, find } = await begin()
    desk.calendar.misbehave('move', 'other-time')
    await move('15:00')
    expect(await find()).toMatchObject({ startsAt: monday('10:00'), sync: 'review' })
  })

  it('is cancelled with us at once and at the calendar as soon as it can be reached', async () => {
    const { desk, cancel, find, taken } = await begin()
    desk.calendar.misbehave('cancel', 'down')
    expect((await cancel())._unsafeUnwrap().appointment).toMatchObject({ status: 'cancelled', sync: 'failed' })
    expect(await taken()).toEqual([])
    expect(live(desk)).toHaveLength(1)
    desk.calendar.misbehave('cancel', undefined)
    await cancel()
    expect(await find()).toMatchObject({ status: 'cancelled', sync: 'synced' })
    expect(live(desk)).toEqual([])
  })
})

describe('two who settle one appointment', () => {
  /** The slower one hears this only after the faster one had its yes. */
  const overtaken = async (answer: CalendarFailure['kind']) => {
    const desk = await openDeskWithCalendar()
    desk.calendar.misbehave('place', 'down')
    await desk.ask('book_appointment', booking)
    const [noted] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    if (!noted) throw new Error('nothing was noted')
    const { scope, untold } = await known(desk)
    const calendar: Calendar = {
      ...untold,
      slots: async () => ok([]),
      find: async () => ok(undefined),
      move: async () => err({ kind: 'refused', detail: '' }),
      cancel: async () => ok(undefined),
      place: async () => {
        await desk.ports.store.transact(scope, (tx) =>
          tx.appointments.change<never>(noted.id, (one) => ok(agreed(one, { kind: 'calcom', uid: 'uid_faster' }))),
        )
        return err({ kind: answer, detail: '' })
      },
    }
    const slower = settleAppointment({ ...desk.ports, calendars: { of: () => calendar, trying: () => calendar } })
    const settled = await slower(scope, noted.id, 'older')
    const stored = await desk.look((tx) => tx.appointments.find(noted.id))
    const taken = await desk.look((tx) =>
      tx.occupancy.between([noted.resource], monday('09:00'), monday('12:00'), desk.clock.now()),
    )
    return { settled, stored, taken, id: noted.id }
  }

  it.each(['refused', 'unreachable', 'misconfigured'] as const)(
    'leave it as the faster one found it, its time taken, when the slower one hears %s',
    async (answer) => {
      const { settled, stored, taken, id } = await overtaken(answer)
      expect(settled.state).toBe('settled')
      expect(stored).toMatchObject({ status: 'confirmed', sync: 'synced', provider: { uid: 'uid_faster' } })
      expect(taken).toMatchObject([{ owner: id, startsAt: monday('10:00') }])
    },
  )
})

it('an appointment whose service is gone before the calendar heard of it is left to people', async () => {
  const desk = await openDeskWithCalendar()
  desk.calendar.misbehave('place', 'down')
  await desk.ask('book_appointment', booking)
  const [noted] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
  const scope = await desk.scopeOf()
  const directory = {
    ...desk.ports.directory,
    profile: async (company: typeof scope.company) => {
      const profile = await desk.ports.directory.profile(company)
      return profile && { ...profile, services: [] }
    },
  }
  if (!noted) throw new Error('nothing was noted')
  await settleAppointment({ ...desk.ports, directory })(scope, noted.id, 'older')
  expect(await desk.look((tx) => tx.appointments.find(noted.id))).toMatchObject({ status: 'pending', sync: 'review' })
})
