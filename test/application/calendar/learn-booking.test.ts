import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/time.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { monday, openHearing, told } from './hearing.ts'

const max = 'max@salon-sonne.example'

describe('a booking that we placed and hear of', () => {
  it('is known already: nothing is written, nobody is told again', async () => {
    const desk = await openHearing()
    const made = await desk.book()
    await desk.pass(1)
    const [placed] = desk.calendar.bookings()
    if (!placed) throw new Error('it was not placed')
    const mails = desk.mailer.taken.length
    for (let time = 0; time < 3; time += 1) await desk.hear({ ...placed, changedAt: desk.clock.now() })
    await desk.pass(1)
    expect(await desk.appointments()).toEqual([await desk.look((tx) => tx.appointments.find(made.id))])
    expect((await desk.appointments())[0]?.history).toHaveLength(1)
    expect(desk.mailer.taken).toHaveLength(mails)
    expect(desk.calendar.asked()).not.toContain('booking')
  })

  it('stands once a host accepted it, and the customer is told once', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('place', 'awaits-host')
    const { id } = await desk.book()
    expect((await desk.appointments())[0]).toMatchObject({ status: 'pending', sync: 'synced' })
    await desk.pass(1)
    expect(desk.mailsTo(max)).toEqual([])
    const accepted = told('uid_1', '10:00', { reference: id })
    await desk.hear(accepted)
    await desk.hear(accepted)
    await desk.pass(1)
    expect((await desk.appointments())[0]).toMatchObject({
      status: 'confirmed',
      sync: 'synced',
      provider: { uid: 'uid_1' },
    })
    expect(desk.mailsTo(max)).toHaveLength(1)
  })

  it('is turned down like a no of the calendar, with a promise to ring back, when a host rejects it', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('place', 'awaits-host')
    await desk.book()
    const rejected = told('uid_1', '10:00', { status: 'rejected', reason: 'Nina ist krank' })
    await desk.hear(rejected)
    await desk.hear(rejected)
    expect((await desk.appointments())[0]).toMatchObject({
      ...{ status: 'cancelled', sync: 'synced' },
      history: [{ action: 'booked' }, { action: 'turned-down', reason: 'Nina ist krank', actor: { kind: 'calendar' } }],
    })
    expect(await desk.taken('10:00')).toEqual([])
    const { items } = await desk.look((tx) => tx.callbacks.list({ limit: 10, cursor: undefined }))
    expect(items).toMatchObject([{ priority: 'high', phoneNumber: '+491713920001' }])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_unknown_to_calendar'])
  })

  it('is cancelled here when it was called off there: by the calendar, with the reason, its time free, the customer told once', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    const off = told('uid_1', '10:00', { status: 'cancelled', reason: 'Ich kann doch nicht' })
    await desk.hear(off)
    await desk.hear(off)
    await desk.pass(1)
    const [now] = await desk.appointments()
    expect(now).toMatchObject({ status: 'cancelled', sync: 'synced' })
    expect(now?.history.slice(1)).toMatchObject([
      { action: 'cancelled', reason: 'Ich kann doch nicht', actor: { kind: 'calendar', name: 'Cal.com' } },
    ])
    expect(await desk.taken('10:00')).toEqual([])
    expect(desk.mailsTo(max)).toHaveLength(2)
    expect((await desk.look((tx) => tx.callbacks.list({ limit: 9, cursor: undefined }))).items).toEqual([])
    expect(desk.calendar.asked()).not.toContain('cancel')
    // What was under way when it was called off comes late.
    await desk.hear(told('uid_1', '10:00'))
    expect((await desk.appointments())[0]).toMatchObject({ status: 'cancelled', sync: 'synced' })
  })

  it.each([
    ['called off', told('uid_1', '10:00', { status: 'cancelled' }), /abgesagt/],
    ['moved', told('uid_2', '14:00', { replaces: 'uid_1' }), /verschoben \(neu: Montag, den 23. November um 14 Uhr/],
  ] as const)('makes somebody ring up, once, whom no mail tells that it was %s there', async (_what, seen, said) => {
    const desk = await openHearing()
    await desk.book({ customer_name: 'Jonas Probe' }, { from: '+4915550100009' })
    await desk.pass(1)
    await desk.hear(seen)
    await desk.hear(seen)
    await desk.pass(1)
    const { items } = await desk.look((tx) => tx.callbacks.list({ limit: 9, cursor: undefined }))
    expect(items).toMatchObject([{ customerName: 'Jonas Probe', phoneNumber: '+4915550100009', priority: 'high' }])
    expect(items[0]?.reason).toMatch(said)
  })

  it('is moved here when it was moved there, under its new name, and the old one that is heard of late changes nothing (I-103)', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    await desk.pass(1)
    const moved = told('uid_9', '14:00', { replaces: 'uid_1', reference: id, changedAt: desk.clock.now() })
    await desk.hear(moved)
    await desk.hear(told('uid_1', '10:00', { reference: id }))
    await desk.hear(told('uid_1', '10:00', { reference: id, status: 'cancelled' }))
    await desk.hear(moved)
    await desk.pass(1)
    const [now, ...others] = await desk.appointments()
    expect(others).toEqual([])
    expect(now).toMatchObject({
      ...{ status: 'confirmed', sync: 'synced', startsAt: monday('14:00'), endsAt: monday('14:55') },
      provider: { kind: 'calcom', uid: 'uid_9' },
    })
    expect(now?.history.slice(1)).toMatchObject([
      { action: 'moved', from: monday('10:00'), to: monday('14:00'), actor: { kind: 'calendar' } },
    ])
    expect(await desk.taken('10:00')).toEqual([])
    expect(await desk.taken('14:00')).toMatchObject([{ owner: id }])
    expect(desk.mailsTo(max)).toHaveLength(2)
  })

  it('is followed through several moves, of which only the last is heard of', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    const [placed] = desk.calendar.bookings()
    if (!placed) throw new Error('it was not placed')
    await desk.hear(told('uid_3', '16:00', { replaces: 'uid_2', reference: id }))
    expect((await desk.appointments())[0]).toMatchObject({ startsAt: monday('10:00') })
    await desk.hear(told('uid_2', '12:00', { replaces: 'uid_1', reference: id }))
    expect((await desk.appointments())[0]).toMatchObject({ startsAt: monday('16:00'), provider: { uid: 'uid_3' } })
    expect(await desk.openAlerts()).toEqual([])
  })

  it('takes what a caller is held at that moment', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    const caller = { call: 'call_b', from: '+4915550100002' }
    const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '14 Uhr' }
    expect(await desk.ask('check_availability', wish, caller)).toMatchObject({ status: 'available' })
    expect(await desk.taken('14:00')).toHaveLength(1)
    await desk.hear(told('uid_9', '14:00', { replaces: 'uid_1', reference: id }))
    expect(await desk.taken('14:00')).toMatchObject([{ owner: id }])
    expect(await desk.look((tx) => tx.offers.openOf('call_b'))).toEqual([])
  })

  it('moved onto another appointment of the same colleague leaves both, and a person is asked', async () => {
    const desk = await openHearing()
    desk.calendar.giveTo(desk.named('nina'))
    const first = await desk.book()
    const second = await desk.book({ time: '14 Uhr' }, { call: 'call_b', from: '+4915550100002' })
    const onto = { replaces: 'uid_1', reference: first.id, staff: desk.named('nina') }
    await desk.hear(told('uid_9', '14:30', onto))
    await desk.hear(told('uid_9', '14:30', onto))
    const found = await desk.look((tx) => tx.appointments.find(first.id))
    expect(found).toMatchObject({ status: 'confirmed', sync: 'review', startsAt: monday('14:30') })
    expect(await desk.look((tx) => tx.appointments.find(second.id))).toMatchObject({
      status: 'confirmed',
      sync: 'synced',
    })
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
    // What of its time is nobody's is taken all the same, and all of it once the other one is gone.
    expect(await desk.taken('15:20')).toMatchObject([{ owner: first.id }])
    expect(await desk.taken('14:30')).toMatchObject([{ owner: second.id }])
    await desk.hear(told('uid_2', '14:00', { status: 'cancelled' }))
    await desk.hear(told('uid_9', '14:30', onto))
    expect(await desk.look((tx) => tx.appointments.find(first.id))).toMatchObject({ sync: 'synced' })
    expect(await desk.taken('14:30')).toMatchObject([{ owner: first.id }])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('goes to the colleague to whom it was given there', async () => {
    const desk = await openHearing()
    desk.calendar.giveTo(desk.named('nina'))
    const { id } = await desk.book()
    await desk.hear(told('uid_1', '10:00', { staff: desk.named('udo'), changedAt: desk.clock.now() }))
    const [now] = await desk.appointments()
    expect(now).toMatchObject({
      staff: desk.named('udo').id,
      resource: desk.named('udo').id,
      startsAt: monday('10:00'),
    })
    expect(now?.history.at(-1)).toMatchObject({
      action: 'moved',
      fromStaff: desk.named('nina').id,
      toStaff: desk.named('udo').id,
    })
    expect(await desk.taken('10:00')).toMatchObject([{ owner: id, resource: desk.named('udo').id }])
  })

  it('finds its colleague when the calendar names one where nobody was named, which is no news for the customer', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    const mails = desk.mailer.taken.length
    await desk.hear(told('uid_1', '10:00', { staff: desk.named('udo'), changedAt: desk.clock.now() }))
    await desk.pass(1)
    expect((await desk.appointments())[0]).toMatchObject({
      staff: desk.named('udo').id,
      history: [{ action: 'booked' }],
    })
    expect(desk.mailer.taken).toHaveLength(mails)
  })

  it('is kept as missed and back, without a mail', async () => {
    const desk = await openHearing()
    await desk.book()
    await desk.pass(1)
    const mails = desk.mailer.taken.length
    desk.clock.advance(monday('10:20') - desk.clock.now())
    await desk.hearAttendance('uid_1', true)
    await desk.hearAttendance('uid_1', true)
    expect((await desk.appointments())[0]).toMatchObject({ status: 'no_show', history: [{}, { action: 'no-show' }] })
    desk.clock.advance(MINUTE)
    await desk.hearAttendance('uid_1', false)
    await desk.pass(1)
    expect((await desk.appointments())[0]).toMatchObject({
      status: 'confirmed',
      history: [{}, {}, { action: 'attended' }],
    })
    expect(desk.mailer.taken).toHaveLength(mails)
  })

  it('is not called off once it is over', async () => {
    const desk = await openHearing()
    await desk.book()
    desk.clock.advance(monday('12:00') - desk.clock.now())
    await desk.hear(told('uid_1', '10:00', { status: 'cancelled' }))
    expect((await desk.appointments())[0]).toMatchObject({ status: 'confirmed', sync: 'synced' })
  })
})

describe('what is heard while we are about to change it ourselves', () => {
  it('is only noted; the calendar is told first, and asked then', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('place', 'breaks-off-after')
    const { id } = await desk.book()
    expect((await desk.appointments())[0]).toMatchObject({ status: 'pending', sync: 'failed' })
    desk.calendar.misbehave('place', undefined)
    const [there] = desk.calendar.bookings()
    if (!there) throw new Error('it was not placed')
    await desk.hear(there)
    expect((await desk.appointments())[0]).toMatchObject({ status: 'pending', sync: 'failed' })
    expect(await desk.look((tx) => tx.calendarBookings.find('uid_1'))).toMatchObject({ appointment: id })
    await desk.app.workJobs(100)
    expect((await desk.appointments())[0]).toMatchObject({
      status: 'confirmed',
      sync: 'synced',
      provider: { uid: 'uid_1' },
    })
  })

  it('is believed once nothing is in the way any more', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('place', 'breaks-off-after')
    await desk.book()
    const [there] = desk.calendar.bookings()
    if (!there) throw new Error('it was not placed')
    // The customer calls it off there, before we know that it was booked.
    await desk.callOffThere('uid_1')
    await desk.hear({ ...there, status: 'cancelled', changedAt: desk.clock.now() })
    desk.calendar.misbehave('place', undefined)
    await desk.pass(15)
    await desk.pass(15)
    const [now] = await desk.appointments()
    const live = desk.calendar.bookings().filter(({ status }) => status === 'accepted')
    // Whatever became of it: both sides say the same.
    expect(now?.sync).toBe('synced')
    expect(live.map(({ uid }) => uid)).toEqual(now?.status === 'confirmed' ? [now.provider.uid] : [])
  })
})

describe('a booking that nobody here knows', () => {
  it('becomes an appointment, with its customer, its time and no mail, for the calendar has told them', async () => {
    const desk = await openHearing(
      salonWithCalendar.concat('notifications: { staff_email: [team@salon-sonne.example] }\n'),
    )
    const nina = desk.named('nina')
    await desk.hear(told('uid_x', '11:00', { staff: nina }))
    await desk.hear(told('uid_x', '11:00', { staff: nina }))
    await desk.pass(1)
    const [made, ...others] = await desk.appointments()
    expect(others).toEqual([])
    expect(made).toMatchObject({
      ...{ source: 'calendar', status: 'confirmed', sync: 'synced', startsAt: monday('11:00'), staff: nina.id },
      ...{ provider: { kind: 'calcom', uid: 'uid_x' }, attendeeName: 'Erika Beispiel' },
      history: [{ action: 'booked', actor: { kind: 'calendar' } }],
    })
    const customer = made?.customer && (await desk.look((tx) => tx.customers.find(made.customer ?? 'cus_')))
    expect(customer).toMatchObject({ name: 'Erika Beispiel', phone: '+491713920002', email: 'erika@example.com' })
    expect(await desk.taken('11:00')).toMatchObject([{ owner: made?.id, resource: nina.id }])
    expect(desk.mailsTo('erika@example.com')).toEqual([])
    expect(desk.mailsTo('team@salon-sonne.example')).toHaveLength(1)
  })

  it('is of the customer whose number it names, or else whose address, of whom nothing is changed', async () => {
    const desk = await openHearing()
    const nina = desk.named('nina')
    const attendee = { name: 'Somebody Else', phone: '+491713920001', email: 'else@example.com' }
    await desk.hear(told('uid_x', '11:00', { staff: nina, attendee }))
    await desk.hear(told('uid_y', '12:00', { staff: nina, attendee: { ...attendee, phone: undefined, email: max } }))
    const appointments = await desk.appointments()
    expect(new Set(appointments.map(({ customer }) => customer)).size).toBe(1)
    const id = appointments[0]?.customer
    expect(id && (await desk.look((tx) => tx.customers.find(id)))).toMatchObject({ name: 'Max Muster', email: max })
  })

  it('waits there for its host and here, and stands once it is accepted', async () => {
    const desk = await openHearing()
    const nina = desk.named('nina')
    await desk.hear(told('uid_x', '11:00', { staff: nina, status: 'pending' }))
    expect(await desk.appointments()).toMatchObject([{ status: 'pending', sync: 'synced' }])
    await desk.hear(told('uid_x', '11:00', { staff: nina }))
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed' }])
    await desk.pass(1)
    expect(desk.mailsTo('erika@example.com')).toEqual([])
    expect(desk.calendar.asked()).not.toContain('place')
  })

  it('is nobody’s business when a host rejects it, and nobody is rung up for it', async () => {
    const desk = await openHearing()
    const nina = desk.named('nina')
    await desk.hear(told('uid_x', '11:00', { staff: nina, status: 'pending' }))
    await desk.hear(told('uid_x', '11:00', { staff: nina, status: 'rejected' }))
    expect(await desk.appointments()).toMatchObject([{ status: 'cancelled' }])
    expect((await desk.look((tx) => tx.callbacks.list({ limit: 10, cursor: undefined }))).items).toEqual([])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('is kept although a colleague has something else then, and a person is asked', async () => {
    const desk = await openHearing()
    desk.calendar.giveTo(desk.named('nina'))
    const ours = await desk.book()
    await desk.hear(told('uid_x', '10:30', { staff: desk.named('nina') }))
    const theirs = (await desk.appointments()).find(({ id }) => id !== ours.id)
    expect(theirs).toMatchObject({ status: 'confirmed', sync: 'review' })
    expect(await desk.taken('10:10')).toMatchObject([{ owner: ours.id }])
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
  })

  it('gets the time that is blocked, and the rest stays blocked', async () => {
    const desk = await openHearing()
    const [from, to] = [monday('09:00'), monday('18:00')]
    const wish = { branch: undefined, staff: 'nina', startsAt: from, endsAt: to, reason: undefined }
    const blocked = await desk.app.blockTime(desk.scope, desk.profile, wish)
    await desk.hear(told('uid_x', '11:00', { staff: desk.named('nina') }))
    const [made] = await desk.appointments()
    expect(await desk.taken('11:10')).toMatchObject([{ owner: made?.id }])
    const id = blocked._unsafeUnwrap().blocked.id
    for (const time of ['10:50', '12:10']) expect((await desk.taken(time))[0]?.owner).toMatch(id)
  })

  it('of an event type that no service names is kept apart, with one alert for all of that type', async () => {
    const desk = await openHearing()
    for (const [uid, eventType] of [
      ['uid_x', 4711],
      ['uid_y', 4711],
      ['uid_z', 4712],
    ] as const) {
      await desk.hear(told(uid, '11:00', { eventType, staff: desk.named('nina') }))
    }
    expect(await desk.appointments()).toEqual([])
    const query = { limit: 10, cursor: undefined, from: desk.clock.now() }
    expect((await desk.look((tx) => tx.calendarBookings.unmatched(query))).items).toHaveLength(3)
    const alerts = await desk.openAlerts()
    expect(alerts.map(({ kind }) => kind)).toEqual(['foreign_event_type', 'foreign_event_type'])
    expect(alerts[1]?.message).toContain('4711')
  })

  it('waits for a person where its branch does not follow', async () => {
    const desk = await openHearing()
    await desk.hear(told('uid_x', '11:00'))
    expect(await desk.appointments()).toEqual([])
    expect((await desk.openAlerts())[0]?.message).toMatch(/in which branch/)
  })

  it('does not become an appointment once it is over, nor when it was called off', async () => {
    const desk = await openHearing()
    const nina = desk.named('nina')
    await desk.hear(told('uid_x', '11:00', { staff: nina, status: 'cancelled' }))
    await desk.hear(told('uid_x', '11:00', { staff: nina }))
    desk.clock.advance(monday('13:00') - desk.clock.now())
    await desk.hear(told('uid_y', '11:00', { staff: nina, endsAt: monday('11:55') }))
    expect(await desk.appointments()).toEqual([])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('does not slip under an appointment of ours by carrying its name (I-26)', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    const nina = desk.named('nina')
    await desk.hear(told('uid_evil', '15:00', { reference: id, staff: nina }))
    await desk.hear(told('uid_evil', '15:00', { reference: id, staff: nina, status: 'cancelled' }))
    expect(await desk.look((tx) => tx.appointments.find(id))).toMatchObject({
      ...{ status: 'confirmed', startsAt: monday('10:00'), provider: { uid: 'uid_1' }, history: [{}] },
    })
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
  })

  it('that was moved before it was called off here is none, though the calendar tells of the move later', async () => {
    const desk = await openHearing()
    const { id } = await desk.book()
    const moved = { replaces: 'uid_1', reference: id, staff: desk.named('nina'), createdAt: desk.clock.now() }
    desk.clock.advance(MINUTE)
    await desk.ask('cancel_appointment', { appointment_id: id }, { from: '+491713920001' })
    await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, { from: '+491713920001' })
    desk.clock.advance(MINUTE)
    desk.calendar.bookedThere(told('uid_9', '15:00', { ...moved, status: 'cancelled', changedAt: desk.clock.now() }))
    await desk.hear(told('uid_9', '15:00', { ...moved, createdAt: desk.clock.now() }))
    await desk.pass(1)
    expect((await desk.appointments()).map(({ status }) => status)).toEqual(['cancelled'])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('that came from one that was called off is another appointment', async () => {
    const desk = await openHearing()
    await desk.book()
    const [placed] = desk.calendar.bookings()
    if (!placed) throw new Error('it was not placed')
    await desk.hear({ ...placed, status: 'cancelled' })
    desk.clock.advance(MINUTE)
    const again = {
      replaces: 'uid_1',
      reference: placed.reference,
      staff: desk.named('nina'),
      createdAt: desk.clock.now(),
    }
    const anew = told('uid_9', '15:00', again)
    desk.calendar.bookedThere(anew)
    await desk.hear(anew)
    expect(await desk.appointments()).toHaveLength(1)
    await desk.app.workJobs(100)
    expect((await desk.appointments()).map(({ status, provider }) => [status, provider.uid])).toEqual([
      ['cancelled', 'uid_1'],
      ['confirmed', 'uid_9'],
    ])
  })
})
