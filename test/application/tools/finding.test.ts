import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { openDesk } from '../desk.ts'

const cut = { service: 'Herrenhaarschnitt' }
const tuesday = { ...cut, date: 'nächste Woche Dienstag', time: 'halb elf' }

const startsOf = (answer: JsonObject): readonly string[] =>
  Array.isArray(answer.alternatives) ? answer.alternatives.map((one: Json) => String(Object(one).starts_at)) : []

describe('find_alternatives', () => {
  it('names the very next times when nothing else is said, two in the sentence and three in the answer', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('find_next_available', cut)
    expect(answer).toMatchObject({
      success: true,
      status: 'alternatives',
      message: 'Ich hätte Freitag, den 20. November um 10 Uhr 15 oder 10 Uhr 30 für Sie. Was passt Ihnen am besten?',
      as_wished: true,
    })
    expect(startsOf(answer)).toEqual([
      '2026-11-20T10:15:00+01:00',
      '2026-11-20T10:30:00+01:00',
      '2026-11-20T10:45:00+01:00',
    ])
  })

  it('stays near the time that was preferred, before and after it', async () => {
    const desk = await openDesk()
    const args = { service_name: 'Herrenschnitt', preferred_date: 'Dienstag', preferred_time: '15 Uhr' }
    expect(startsOf(await desk.ask('get_alternatives', args))).toEqual([
      '2026-11-24T14:45:00+01:00',
      '2026-11-24T15:00:00+01:00',
      '2026-11-24T15:15:00+01:00',
    ])
  })

  it('never names what this call was refused, though it is free again', async () => {
    const desk = await openDesk()
    for (const staff of ['Nina', 'Udo']) await desk.ask('check_availability', { ...tuesday, staff }, { call: staff })
    expect(await desk.ask('check_availability', tuesday)).toMatchObject({ status: 'unavailable' })
    desk.clock.advance(301_000)
    const starts = startsOf(await desk.ask('find_alternatives', tuesday))
    expect(starts).toHaveLength(3)
    expect(starts).not.toContain('2026-11-24T10:30:00+01:00')
  })

  it('names something else than what this call holds, and keeps holding it', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', tuesday)
    const starts = startsOf(
      await desk.ask('find_alternatives', { ...cut, date: 'nächste Woche Dienstag', time: '10:30' }),
    )
    expect(starts).toEqual(['2026-11-24T10:00:00+01:00', '2026-11-24T10:15:00+01:00', '2026-11-24T10:45:00+01:00'])
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toHaveLength(1)
  })

  it('begins a later day with its first free time when no time was said', async () => {
    const desk = await openDesk()
    desk.clock.advance(7.5 * 3_600_000)
    expect(startsOf(await desk.ask('find_next_available', cut))[0]).toBe('2026-11-21T09:00:00+01:00')
  })

  it('looks for a part of the day on any day, and says nothing outside of it', async () => {
    const desk = await openDesk()
    desk.clock.advance(4 * 3_600_000)
    const starts = startsOf(await desk.ask('find_alternatives', { ...cut, time: 'vormittags' }))
    expect(starts.map((start) => start.slice(0, 13))).toEqual(Array<string>(3).fill('2026-11-21T09'))
  })

  it('says so when the day that was wished for has nothing', async () => {
    const desk = await openDesk()
    expect(await desk.ask('find_alternatives', { ...cut, date: 'Sonntag' })).toMatchObject({
      status: 'alternatives',
      message:
        'Sonntag, den 22. November ist leider nichts frei. Würde Ihnen Montag, den 23. November um 9 Uhr oder 9 Uhr 15 passen?',
      as_wished: false,
    })
  })

  it('says so when the part of the day that was wished for has nothing', async () => {
    const desk = await openDesk()
    const saturday = await desk.ask('find_alternatives', { ...cut, date: 'morgen', time: 'abends' })
    expect(saturday).toMatchObject({
      as_wished: false,
      message:
        'Samstag, den 21. November zwischen 17 Uhr und 21 Uhr ist leider nichts frei. Würde Ihnen Samstag, den 21. November um 12 Uhr 30 oder 12 Uhr 45 passen?',
    })
  })

  it.each([
    ['16 Uhr', '2026-11-20T16:15:00+01:00'],
    ['morgen 11 Uhr', '2026-11-21T11:15:00+01:00'],
    ['Montag', '2026-11-23T09:00:00+01:00'],
    ['2026-11-24T10:30', '2026-11-24T10:45:00+01:00'],
    ['gestern', '2026-11-20T10:15:00+01:00'],
  ])('names only times after %j', async (after, first) => {
    const desk = await openDesk()
    expect(startsOf(await desk.ask('find_alternatives', { ...cut, after }))[0]).toBe(first)
  })

  it('honours a wished colleague', async () => {
    const desk = await openDesk()
    const { alternatives } = await desk.ask('find_alternatives', { ...tuesday, staff: 'Udo' })
    expect(alternatives).toMatchObject(Array(3).fill({ staff: 'Udo Beispiel' }))
  })

  it('I-109: says what this call has booked instead of looking for it again', async () => {
    const desk = await openDesk()
    const booked = await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    expect(booked.status).toBe('booked')
    expect(await desk.ask('get_alternatives', tuesday)).toMatchObject({
      status: 'already_booked',
      appointment_id: booked.appointment_id ?? '',
      starts_at: '2026-11-24T10:30:00+01:00',
      alternatives: [],
    })
    expect(await desk.ask('get_alternatives', { ...tuesday, service: 'Damenhaarschnitt' })).toMatchObject({
      status: 'alternatives',
    })
    expect(await desk.ask('get_alternatives', { ...tuesday, name: 'Erika Beispiel' })).toMatchObject({
      status: 'alternatives',
    })
    expect(await desk.ask('get_alternatives', tuesday, { call: 'call_b' })).toMatchObject({ status: 'alternatives' })
  })

  it('offers a callback when nothing is free', async () => {
    const desk = await openDesk()
    expect(await desk.ask('find_alternatives', { ...cut, after: '19.05.2027 um 17 Uhr' })).toMatchObject({
      status: 'no_availability',
      alternatives: [],
    })
  })

  it.each([
    [{ date: 'morgen' }, 'needs_service'],
    [{ ...cut, date: 'gestern' }, 'past_time'],
    [{ ...cut, date: 'Montag, den 24. November' }, 'ambiguous'],
    [{ ...cut, date: '24.11.2027' }, 'beyond_booking_window'],
    [{ ...cut, after: '24.11.2027' }, 'beyond_booking_window'],
    [{ service: 'Damenhaarschnitt', staff: 'Udo' }, 'staff_cannot_provide_service'],
    [{ service: 'Bartpflege' }, 'not_offered_here'],
  ])('answers %j with %s', async (args, status) => {
    const desk = await openDesk()
    expect(await desk.ask('find_alternatives', args)).toMatchObject({ success: true, status })
  })

  it('ends each of its sentences with a question', async () => {
    const desk = await openDesk()
    for (const args of [cut, tuesday, { ...cut, date: 'Sonntag' }, { ...cut, date: 'morgen', time: 'abends' }]) {
      expect(String((await desk.ask('find_alternatives', args)).message)).toMatch(/\?$/)
    }
  })
})

describe('reserve_slot and release_slot', () => {
  it('keeps a time, under the names that older agents know as well', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('reserve_slot', tuesday)
    expect(answer).toMatchObject({
      status: 'reserved',
      reserved: true,
      message:
        'Alles klar, ich halte Dienstag, den 24. November um 10 Uhr 30 kurz für Sie fest. Soll ich den Termin buchen?',
      starts_at: '2026-11-24T10:30:00+01:00',
      reservation_uid: answer.offer_id ?? '',
      reservation_until: answer.held_until ?? '',
    })
    const [held] = await desk.look((tx) => tx.offers.live(desk.clock.now()))
    expect(held?.id).toBe(answer.offer_id)
    expect(
      await desk.ask('book_appointment', { option: String(answer.reservation_uid), name: 'Jonas Probe' }),
    ).toMatchObject({
      status: 'booked',
      starts_at: '2026-11-24T10:30:00+01:00',
    })
  })

  it('says that a time is taken, with others', async () => {
    const desk = await openDesk()
    const wish = { ...tuesday, staff: 'Nina' }
    await desk.ask('reserve_slot', wish)
    const other = await desk.ask('reserve_slot', wish, { call: 'call_b' })
    expect(other).toMatchObject({ status: 'slot_taken', reserved: false })
    expect(startsOf(other)).toHaveLength(3)
  })

  it.each([
    [{ ...cut, date: 'Sonntag', time: '10 Uhr' }, 'closed'],
    [{ ...cut, date: 'morgen' }, 'needs_time'],
    [{ date: 'morgen', time: '10 Uhr' }, 'needs_service'],
  ])('answers %j as a check does: %s', async (args, status) => {
    const desk = await openDesk()
    expect(await desk.ask('reserve_slot', args)).toMatchObject({ status })
  })

  it.each([['offer_id'], ['reservation_uid']])(
    'lets a time go that is named as %s, however often it is asked',
    async (name) => {
      const desk = await openDesk()
      const wish = { ...tuesday, staff: 'Nina' }
      const { offer_id } = await desk.ask('reserve_slot', wish)
      for (let again = 0; again < 3; again += 1) {
        expect(await desk.ask('release_slot_reservation', { [name]: String(offer_id) })).toMatchObject({
          status: 'released',
          offer_id: String(offer_id),
        })
      }
      expect(await desk.ask('reserve_slot', wish, { call: 'call_b' })).toMatchObject({ status: 'reserved' })
    },
  )

  it('lets go only the offer that is named', async () => {
    const desk = await openDesk()
    const one = await desk.ask('reserve_slot', tuesday)
    const other = await desk.ask('reserve_slot', { ...tuesday, time: '14 Uhr', name: 'Erika Beispiel' })
    await desk.ask('release_slot', { offer_id: String(one.offer_id) })
    const held = await desk.look((tx) => tx.offers.live(desk.clock.now()))
    expect(held.map(({ id }) => id)).toEqual([other.offer_id])
  })

  it('lets everything go that the call holds when no offer is named', async () => {
    const desk = await openDesk()
    await desk.ask('reserve_slot', tuesday)
    await desk.ask('reserve_slot', { ...tuesday, time: '14 Uhr', name: 'Erika Beispiel' })
    expect(await desk.ask('release_slot', {})).toMatchObject({ status: 'released' })
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
  })

  it("lets go neither another call's offer nor what is booked", async () => {
    const desk = await openDesk()
    const { offer_id } = await desk.ask('reserve_slot', tuesday)
    expect(await desk.ask('release_slot', { offer_id: String(offer_id) }, { call: 'call_b' })).toMatchObject({
      status: 'released',
    })
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toHaveLength(1)
    const booked = await desk.ask('book_appointment', { offer_id: String(offer_id), name: 'Jonas Probe' })
    await desk.ask('release_slot', { offer_id: String(offer_id) })
    const [kept] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    expect(kept).toMatchObject({ id: booked.appointment_id, status: 'confirmed' })
    const wish = { ...tuesday, staff: String(booked.staff) }
    expect(await desk.ask('reserve_slot', wish, { call: 'call_b' })).toMatchObject({ status: 'slot_taken' })
  })
})

describe('collect_appointment', () => {
  const request = {
    datum: 'nächste Woche Dienstag',
    uhrzeit: '10:30',
    dienstleistung: 'Herrenhaarschnitt',
    name: 'Jonas Probe',
  }

  it('is exactly a check as long as nothing is confirmed', async () => {
    for (const args of [request, { ...request, datum: 'Sonntag' }, { ...request, dienstleistung: '' }]) {
      const [one, other] = [await openDesk(), await openDesk()]
      const checked = await one.ask('check_availability', args)
      expect(await other.ask('collect_appointment_data', args)).toEqual({ ...checked, awaiting_confirmation: true })
    }
  })

  it.each([[true], ['true'], [1], ['ja'], ['yes'], ['Ja']])(
    'is exactly a booking once confirmed with %j',
    async (bestaetigung) => {
      const [one, other] = [await openDesk(), await openDesk()]
      const booked = await one.ask('book_appointment', { ...request, bestaetigung })
      expect(booked.status).toBe('booked')
      expect(await other.ask('collect_appointment', { ...request, bestaetigung })).toEqual(booked)
    },
  )

  it.each([[false], ['false'], [null], [''], ['nein'], ['{{bestaetigung}}'], [0]])(
    'books nothing for %j',
    async (bestaetigung) => {
      const desk = await openDesk()
      expect(await desk.ask('collect_appointment', { ...request, bestaetigung })).toMatchObject({
        status: 'available',
        awaiting_confirmation: true,
      })
      expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
    },
  )

  it('books what it checked, once, and answers a repeat from memory', async () => {
    const desk = await openDesk()
    const checked = await desk.ask('collect_appointment_data', { ...request, bestaetigung: false })
    const booked = await desk.ask('collect_appointment_data', { ...request, bestaetigung: 'true' })
    expect(booked).toMatchObject({ status: 'booked', starts_at: checked.starts_at, staff: checked.staff })
    expect(await desk.ask('collect_appointment_data', { ...request, bestaetigung: 'true' })).toEqual(booked)
    const tools = await desk.look((tx) => tx.toolCalls.list('call_a'))
    expect(tools.map(({ effect }) => effect !== undefined)).toEqual([false, true, true])
    expect(tools[2]?.resolved).toMatchObject({ repeated: true })
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toHaveLength(1)
  })

  it('holds a time for each of the people it is asked about', async () => {
    const desk = await openDesk()
    await desk.ask('collect_appointment', request)
    await desk.ask('collect_appointment', { ...request, uhrzeit: '14 Uhr', name: 'Erika Beispiel' })
    const held = await desk.look((tx) => tx.offers.live(desk.clock.now()))
    expect(held.map(({ attendee }) => attendee).toSorted()).toEqual(['Erika Beispiel', 'Jonas Probe'])
  })

  it('moves on like a check when an agent loops without confirming', async () => {
    const desk = await openDesk()
    for (let again = 0; again < 10; again += 1) await desk.ask('collect_appointment', request)
    const { items } = await desk.app.listAlerts(await desk.scopeOf(), { limit: 10, cursor: undefined })
    expect(items.map(({ kind }) => kind)).toContain('looping_agent')
  })
})
