import { describe, expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

const tuesday = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: 'halb elf' }

describe('check_availability', () => {
  it('says yes with the weekday, in one instant for ears and machines, and keeps the time', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('check_availability', tuesday)
    expect(answer).toMatchObject({
      success: true,
      status: 'available',
      message:
        'Ja, Dienstag, den 24. November um 10 Uhr 30 ist für Herrenhaarschnitt noch frei. Soll ich den Termin für Sie buchen?',
      starts_at: '2026-11-24T10:30:00+01:00',
      ends_at: '2026-11-24T11:25:00+01:00',
      date: '24.11.2026',
      time: '10:30',
      weekday: 'Dienstag',
      branch_slug: 'mitte',
      service_slug: 'herrenhaarschnitt',
    })
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toHaveLength(1)
  })

  it('understands the older names of tools and arguments, and ignores the call id among them', async () => {
    const desk = await openDesk()
    const args = {
      call_id: '12345',
      datum: 'nächste Woche Dienstag',
      uhrzeit: '10:30',
      dienstleistung: 'Herrenschnitt',
      mitarbeiter: '',
    }
    expect(await desk.ask('check_availability_v17', args)).toMatchObject({ status: 'available', time: '10:30' })
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    expect(call?.findings.map(({ kind }) => kind)).toEqual(['id-mismatch'])
    expect(await desk.look((tx) => tx.calls.find('12345'))).toBeUndefined()
  })

  it('keeps an offered time from others, and not from its owner', async () => {
    const desk = await openDesk()
    const wish = { ...tuesday, staff: 'Nina' }
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available', staff: 'Nina Probe' })
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
    const other = await desk.ask('check_availability', wish, { call: 'call_b' })
    expect(other.status).toBe('unavailable')
    expect(other.alternatives).toHaveLength(3)
    expect(JSON.stringify(other.alternatives)).not.toContain('"time":"10:30"')
  })

  it('has one open offer per call: another choice lets the first one go', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { ...tuesday, staff: 'Nina' })
    await desk.ask('check_availability', { ...tuesday, time: '14 Uhr', staff: 'Nina' })
    expect(await desk.ask('check_availability', { ...tuesday, staff: 'Nina' }, { call: 'call_b' })).toMatchObject({
      status: 'available',
    })
  })

  it('frees what a call held when the call ends or the hold runs out', async () => {
    const desk = await openDesk()
    const wish = { ...tuesday, staff: 'Nina' }
    await desk.ask('check_availability', wish)
    await desk.send({ event: 'call_ended', call: { ...desk.callOf({}), call_status: 'ended' } })
    await desk.work()
    expect(await desk.ask('check_availability', wish, { call: 'call_b' })).toMatchObject({ status: 'available' })
    desk.clock.advance(301_000)
    expect(await desk.ask('check_availability', wish, { call: 'call_c' })).toMatchObject({ status: 'available' })
  })

  it.each([
    ['a closed day', { service: 'Herrenhaarschnitt', date: 'Sonntag', time: '10 Uhr' }, 'closed'],
    ['a time that does not fit before closing', { ...tuesday, time: '17:30' }, 'closed'],
    ['a time off the grid', { ...tuesday, time: '10:20' }, 'unavailable'],
    ['a time gone by', { ...tuesday, date: 'heute', time: '9 Uhr' }, 'past_time'],
    ['too short notice', { ...tuesday, date: 'heute', time: '10:00' }, 'notice_too_short'],
    ['a day alone', { service: 'Herrenhaarschnitt', date: 'morgen' }, 'needs_time'],
    ['a part of the day', { service: 'Herrenhaarschnitt', date: 'morgen', time: 'vormittags' }, 'alternatives'],
  ])('offers at most three free times with a no to %s', async (_, wish, status) => {
    const desk = await openDesk()
    const answer = await desk.ask('check_availability', wish)
    expect(answer.status).toBe(status)
    const { alternatives } = answer
    expect(Array.isArray(alternatives) ? alternatives.length : 0).toBeGreaterThan(0)
    expect(Array.isArray(alternatives) ? alternatives.length : 9).toBeLessThanOrEqual(3)
  })

  it.each([
    ['no service', { date: 'morgen', time: '10 Uhr' }, 'needs_service'],
    ['a service nobody offers', { service: 'Ölwechsel', date: 'morgen', time: '10 Uhr' }, 'needs_service'],
    ["another branch's service", { service: 'Bartpflege', date: 'morgen', time: '10 Uhr' }, 'not_offered_here'],
    ['no day', { service: 'Herrenhaarschnitt', time: '10 Uhr' }, 'needs_date'],
    [
      'weekday and date that disagree',
      { service: 'Herrenhaarschnitt', date: 'Montag, den 24. November', time: '10 Uhr' },
      'ambiguous',
    ],
    [
      'a day beyond what may be booked',
      { service: 'Herrenhaarschnitt', date: '24.11.2027', time: '10 Uhr' },
      'beyond_booking_window',
    ],
    [
      'a colleague who cannot do it',
      { ...tuesday, service: 'Damenhaarschnitt', staff: 'Udo' },
      'staff_cannot_provide_service',
    ],
    ['a colleague nobody knows', { ...tuesday, staff: 'Kunigunde' }, 'staff_cannot_provide_service'],
  ])('asks instead of guessing: %s', async (_, wish, status) => {
    const desk = await openDesk()
    const answer = await desk.ask('check_availability', wish)
    expect(answer).toMatchObject({ success: true, status })
    expect(String(answer.message)).toMatch(/[.?]$/)
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
  })

  it('gives "anyone" to whoever has the fewest minutes booked that day', async () => {
    const desk = await openDesk()
    const first = await desk.ask('check_availability', tuesday)
    await desk.ask('book_appointment', { name: 'Jonas Probe', offer_id: String(first.offer_id) })
    const second = await desk.ask('check_availability', { ...tuesday, time: '15 Uhr' }, { call: 'call_b' })
    expect(new Set([first.staff, second.staff])).toEqual(new Set(['Nina Probe', 'Udo Beispiel']))
  })

  it('treats a branch without staff as one resource', async () => {
    const desk = await openDesk()
    const wish = { service: 'Bartpflege', date: 'nächste Woche Montag', time: '11 Uhr' }
    const west = { to: '+493023125102' }
    expect(await desk.ask('check_availability', wish, { ...west, call: 'call_w1' })).toMatchObject({
      status: 'available',
      staff: null,
    })
    expect(await desk.ask('check_availability', wish, { ...west, call: 'call_w2' })).toMatchObject({
      status: 'unavailable',
    })
  })
})

describe('book_appointment', () => {
  it('books what was offered, once, however often it is asked', async () => {
    const desk = await openDesk()
    const offer = await desk.ask('check_availability', tuesday)
    const request = { customer_name: 'Jonas Probe', offer_id: String(offer.offer_id) }
    const booked = await desk.ask('book_appointment', request)
    expect(booked).toMatchObject({
      success: true,
      status: 'booked',
      starts_at: offer.starts_at ?? '',
      staff: offer.staff ?? '',
      confirmation_sent_by: [],
    })
    const again = await desk.ask('book_appointment', request)
    expect(again).toEqual(booked)
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toHaveLength(1)
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.outcome).toBe('booked')
  })

  it('answers a booking whose answer was lost with the same appointment, also in other words', async () => {
    const desk = await openDesk()
    const booked = await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    const again = await desk.ask('start_booking', {
      service_name: 'Herrenschnitt',
      datetime: '24.11.2026 10:30',
      customer_name: 'Jonas Probe',
    })
    expect(again).toMatchObject({ status: 'booked', appointment_id: booked.appointment_id ?? '' })
  })

  it('says the time is taken when somebody else has it, with free ones', async () => {
    const desk = await openDesk()
    const wish = { ...tuesday, staff: 'Nina', name: 'Jonas Probe' }
    expect((await desk.ask('book_appointment', wish)).status).toBe('booked')
    const other = await desk.ask('book_appointment', { ...wish, name: 'Anna Test' }, { call: 'call_b' })
    expect(other).toMatchObject({ success: true, status: 'slot_taken' })
    expect(other.appointment_id).toBeUndefined()
    expect(await desk.look((tx) => tx.appointments.ofCall('call_b'))).toEqual([])
  })

  it('still books an offer whose hold ran out, if the time is free, and not if it was given away', async () => {
    const desk = await openDesk()
    const wish = { ...tuesday, staff: 'Nina' }
    const offer = await desk.ask('check_availability', wish)
    desk.clock.advance(400_000)
    await desk.ask('book_appointment', { ...wish, name: 'Anna Test' }, { call: 'call_b' })
    const late = await desk.ask('book_appointment', { offer_id: String(offer.offer_id), name: 'Jonas Probe' })
    expect(late.status).toBe('slot_taken')
  })

  it('books nothing in the past, however long ago the time was offered', async () => {
    const desk = await openDesk()
    const offer = await desk.ask('check_availability', { ...tuesday, date: 'heute', time: '10:30' })
    expect(offer.status).toBe('available')
    desk.clock.advance(31 * 60_000)
    const late = await desk.ask('book_appointment', { offer_id: String(offer.offer_id), name: 'Jonas Probe' })
    expect(late.status).toBe('past_time')
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
  })

  it('asks first when what is to be booked differs from what was offered', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', tuesday)
    const other = { ...tuesday, time: '15 Uhr', name: 'Jonas Probe' }
    expect(await desk.ask('book_appointment', other)).toMatchObject({ status: 'needs_confirmation', time: '15:00' })
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
    expect(await desk.ask('book_appointment', { ...other, confirmed: 'true' })).toMatchObject({
      status: 'booked',
      time: '15:00',
    })
  })

  it.each(['', 'Unbekannt', 'mir nicht', 'Acht Uhr', '{{customer_name}}', 'bei Nina'])(
    'needs a name, and %j is none',
    async (name) => {
      const desk = await openDesk()
      expect(await desk.ask('book_appointment', { ...tuesday, name })).toMatchObject({ status: 'needs_name' })
      expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
    },
  )

  it('does not ask a recognised caller for a name, and keeps caller and attendee apart', async () => {
    const desk = await openDesk()
    const max = { from: '+491713920001' }
    expect(await desk.ask('book_appointment', tuesday, max)).toMatchObject({
      status: 'booked',
      attendee_name: 'Max Muster',
    })
    const child = { ...tuesday, time: '15 Uhr', name: 'Lena Muster', for_someone_else: true }
    expect(await desk.ask('book_appointment', child, { ...max, call: 'call_b' })).toMatchObject({
      status: 'booked',
      attendee_name: 'Lena Muster',
    })
    expect(await desk.ask('check_customer', {}, { ...max, call: 'call_c' })).toMatchObject({
      status: 'found',
      customer: { name: 'Max Muster' },
    })
  })

  it('does not name a new caller after whoever they book for', async () => {
    const desk = await openDesk()
    const child = { ...tuesday, name: 'Lena Muster', for_someone_else: 'true' }
    expect(await desk.ask('book_appointment', child)).toMatchObject({ status: 'booked', attendee_name: 'Lena Muster' })
    const again = await desk.ask('check_customer', {}, { call: 'call_b' })
    expect(again).toMatchObject({ status: 'found', customer: { name: null } })
    expect(JSON.stringify(again)).not.toContain('Lena')
  })

  it('refuses the offer of another call', async () => {
    const desk = await openDesk()
    const offer = await desk.ask('check_availability', tuesday)
    const thief = await desk.ask(
      'book_appointment',
      { offer_id: String(offer.offer_id), name: 'Anna Test' },
      { call: 'call_b' },
    )
    expect(thief.status).toBe('not_booked')
  })
})

describe('every tool', () => {
  it('says that it did nothing when nobody knows it, and raises an alert', async () => {
    const desk = await openDesk()
    expect(await desk.ask('book_table', {})).toMatchObject({ success: false, status: 'unknown_tool' })
    const { items } = await desk.look((tx) => tx.alerts.list({ limit: 10, cursor: undefined }))
    expect(items.map(({ kind }) => kind)).toEqual(['unknown_tool'])
  })

  it('takes no bookings for a company without booking', async () => {
    const { salon } = await import('../desk.ts')
    const desk = await openDesk([salon.replace('booking: true', 'booking: false')])
    expect(await desk.ask('check_availability', tuesday)).toMatchObject({
      success: true,
      status: 'booking_not_offered',
    })
    expect(await desk.ask('initialize_call', {})).toMatchObject({ status: 'ready' })
  })

  it('answers an unknown call neutrally and books nothing', async () => {
    const desk = await openDesk()
    const answer = await desk.ask(
      'book_appointment',
      { ...tuesday, name: 'Jonas Probe' },
      { to: '+493023125999', call: 'call_x' },
    )
    expect(answer).toMatchObject({ success: true, status: 'unknown_call' })
    await desk.work()
    expect((await desk.ports.unrouted.listAll(desk.platform, { limit: 10, cursor: undefined })).items).toMatchObject([
      { callId: 'call_x', toNumber: '+493023125999' },
    ])
  })

  it('promises nothing about a tool that nobody knows in a call that nobody knows', async () => {
    const desk = await openDesk()
    expect(await desk.ask('book_table', {}, { to: '+493023125999' })).toMatchObject({
      success: false,
      status: 'unknown_tool',
    })
  })

  it('moves an agent on that asks the same thing for the tenth time', async () => {
    const desk = await openDesk()
    const wish = { service: 'Ölwechsel' }
    for (let time = 1; time <= 9; time += 1) await desk.ask('check_availability', wish)
    const tenth = await desk.ask('check_availability', wish)
    expect(tenth.message).toContain('Das habe ich gerade schon')
    const { items } = await desk.look((tx) => tx.alerts.list({ limit: 10, cursor: undefined }))
    expect(items.map(({ kind }) => kind)).toEqual(['looping_agent'])
  })

  it('makes the call known before any event of it came, with a trace', async () => {
    const desk = await openDesk()
    await desk.ask('initialize_call', {})
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    expect(call?.branch).toBeDefined()
    const [trace] = await desk.look((tx) => tx.toolCalls.list('call_a'))
    expect(trace).toMatchObject({ name: 'initialize_call', status: 'ready' })
  })

  it('recognises a visible number and nobody else, with the same fields for all', async () => {
    const desk = await openDesk()
    const known = await desk.ask('check_customer', {}, { from: '+491713920001' })
    const fresh = await desk.ask('check_customer', {}, { call: 'call_b' })
    const hidden = await desk.ask('check_customer', {}, { call: 'call_c', from: 'anonymous' })
    expect([known.status, fresh.status, hidden.status]).toEqual(['found', 'new_customer', 'anonymous'])
    const fields = (answer: typeof known) => Object.keys(answer.customer ?? {}).toSorted()
    expect(fields(fresh)).toEqual(fields(known))
    expect(fields(hidden)).toEqual(fields(known))
  })
})
