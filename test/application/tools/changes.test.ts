import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { HOUR, instant, MINUTE } from '../../../src/domain/time.ts'
import { type Ask, type Desk, openDesk, praxis, salon } from '../desk.ts'

/** The one whose number the company knows, in a call after the one that booked. */
const max = { from: '+491713920001', call: 'call_later' }
const maxBooking = { from: '+491713920001', call: 'call_before' }
const tuesday = { service: 'Herrenhaarschnitt', date: '24.11.2026', time: '10:30', staff: 'Nina' }

const book = async (desk: Desk, wish: JsonObject = tuesday, caller: Ask = maxBooking): Promise<string> => {
  const booked = await desk.ask('book_appointment', { name: 'Max Muster', ...wish, confirmed: true }, caller)
  if (typeof booked.appointment_id !== 'string') throw new Error(JSON.stringify(booked))
  return booked.appointment_id
}
const find = (desk: Desk, id: string) => desk.look((tx) => tx.appointments.find(id as `apt_${string}`))
const sentences = (answer: JsonObject) =>
  String(answer.message)
    .replace(/\d\. /g, '')
    .split(/[.?!](?:\s|$)/).length - 1
/** Asks and says yes. */
const agreed = async (desk: Desk, tool: string, args: JsonObject, caller: Ask = max) => {
  const asked = await desk.ask(tool, args, caller)
  expect(asked.status).toBe('needs_confirmation')
  return desk.ask(tool, { ...args, confirmed: true }, caller)
}

describe('query_appointments', () => {
  it('names one with weekday, colleague and every field', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const answer = await desk.ask('query_appointments', {}, max)
    expect(answer).toMatchObject({
      success: true,
      status: 'found',
      message: 'Sie haben einen Termin für Herrenhaarschnitt bei Nina Probe: Dienstag, den 24. November um 10 Uhr 30.',
      appointments: [
        {
          id,
          appointment_id: id,
          starts_at: '2026-11-24T10:30:00+01:00',
          ends_at: '2026-11-24T11:25:00+01:00',
          date: '24.11.2026',
          time: '10:30',
          weekday: 'Dienstag',
          service: 'Herrenhaarschnitt',
          staff_slug: 'nina',
          branch_slug: 'mitte',
          attendee_name: 'Max Muster',
          status: 'confirmed',
        },
      ],
    })
  })

  it.each(['query_appointment', 'get_customer_appointments', 'query_appointment_by_name_v4'])(
    'answers to %s',
    async (name) => {
      const desk = await openDesk()
      await book(desk)
      expect(await desk.ask(name, { customer_name: 'Max Mustar' }, max)).toMatchObject({ status: 'found', count: 1 })
    },
  )

  it('names three at most by date and gives all of them (I-139)', async () => {
    const desk = await openDesk()
    for (const date of ['27.11.2026', '24.11.2026', '26.11.2026', '25.11.2026']) {
      await book(desk, { ...tuesday, date }, { ...maxBooking, call: `call_${date}` })
    }
    const answer = await desk.ask('query_appointments', {}, max)
    expect(answer.message).toBe(
      'Sie haben 4 Termine, die nächsten sind Herrenhaarschnitt am Dienstag, den 24. November um 10 Uhr 30, Herrenhaarschnitt am Mittwoch, den 25. November um 10 Uhr 30 und Herrenhaarschnitt am Donnerstag, den 26. November um 10 Uhr 30.',
    )
    expect(answer.appointments).toHaveLength(4)
  })

  it('narrows by day, time and service, and says so when nothing fits', async () => {
    const desk = await openDesk()
    await book(desk)
    await book(desk, { ...tuesday, service: 'Damenhaarschnitt', time: '15 Uhr' }, { ...maxBooking, call: 'call_b' })
    const asked = async (args: JsonObject) => {
      const { status, appointments } = await desk.ask('query_appointments', args, max)
      return [status, Array.isArray(appointments) ? appointments.length : -1]
    }
    expect(await asked({ date: 'nächsten Dienstag' })).toEqual(['found', 2])
    expect(await asked({ date: 'Dienstag', time: 'drei Uhr' })).toEqual(['found', 1])
    expect(await asked({ date: 'Dienstag', time: 'vormittags' })).toEqual(['found', 1])
    expect(await asked({ service: 'Damenschnitt' })).toEqual(['found', 1])
    expect(await asked({ date: 'Mittwoch' })).toEqual(['none', 0])
  })

  it('leaves out what is cancelled and what is over', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await agreed(desk, 'cancel_appointment', { appointment_id: id })
    await book(desk, { ...tuesday, date: 'heute', time: '12 Uhr' }, { ...maxBooking, call: 'call_b' })
    desk.clock.advance(4 * HOUR)
    expect(await desk.ask('query_appointments', {}, { ...max, call: 'call_c' })).toMatchObject({
      status: 'none',
      appointments: [],
    })
  })

  it('leaves out what has begun, which nobody can change any more', async () => {
    const desk = await openDesk()
    const id = await book(desk, { ...tuesday, date: 'heute', time: '12 Uhr' })
    desk.clock.advance(2 * HOUR + 10 * MINUTE)
    expect((await desk.ask('query_appointments', {}, max)).status).toBe('none')
    const late = await desk.ask('cancel_appointment', { appointment_id: id }, max)
    expect(late).toMatchObject({ status: 'denied', reason_code: 'already_begun', fee: 1500 })
    const moving = { appointment_id: id, new_time: '16 Uhr' }
    expect(await desk.ask('reschedule_appointment', moving, max)).toMatchObject({ reason_code: 'already_begun' })
  })

  it('tells a hidden number nothing but what this call booked, and asks for a number (I-134)', async () => {
    const desk = await openDesk()
    await book(desk)
    const hidden = { from: 'anonymous', call: 'call_hidden' }
    const none = await desk.ask('query_appointments', { name: 'Max Muster', date: 'Dienstag' }, hidden)
    expect(none).toMatchObject({
      success: true,
      status: 'verification_needed',
      callback_offered: true,
      needs_phone: true,
    })
    expect(JSON.stringify(none)).not.toMatch(/Herrenhaarschnitt|24|3920001|Muster/)
    const id = await book(desk, { ...tuesday, time: '14 Uhr', name: 'Anna Test' }, hidden)
    expect(await desk.ask('query_appointments', {}, hidden)).toMatchObject({ status: 'found', appointments: [{ id }] })
    expect(await desk.ask('query_appointments', {}, { ...hidden, call: 'call_other' })).toMatchObject({
      status: 'verification_needed',
    })
  })

  it('tells a stranger who knows the name nothing, whether there is such a customer or not (I-133, I-137)', async () => {
    const desk = await openDesk()
    await book(desk)
    const known = await desk.ask('query_appointments', { name: 'Max Muster' }, { call: 'call_x' })
    const unknown = await desk.ask('query_appointments', { name: 'Kunigunde Nirgends' }, { call: 'call_y' })
    expect(known).toEqual(unknown)
    expect(known.status).toBe('verification_needed')
    expect(JSON.stringify(known)).not.toMatch(/3920001|Muster|2026/)
  })

  it('shows the customer of company A nothing in company B (I-129)', async () => {
    const desk = await openDesk([salon, praxis])
    const id = await book(desk)
    const there = { ...max, to: '+493023125111' }
    const answers = [
      await desk.ask('query_appointments', {}, there),
      await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, there),
      await desk.ask('reschedule_appointment', { appointment_id: id, new_time: '15 Uhr', confirmed: true }, there),
    ]
    expect(answers.map(({ status }) => status)).toEqual(['none', 'not_found', 'not_found'])
    expect((await find(desk, id))?.status).toBe('confirmed')
  })

  it('speaks English, and names whoever comes instead of the caller', async () => {
    const desk = await openDesk([salon.replace('language: de', 'language: en')])
    await book(desk, { ...tuesday, date: '2026-11-24', name: 'Lena Muster', for_someone_else: true })
    expect((await desk.ask('query_appointments', {}, max)).message).toBe(
      'Lena Muster has an appointment for Herrenhaarschnitt with Nina Probe: Tuesday, November 24th at 10:30 am.',
    )
  })
})

describe('cancel_appointment', () => {
  it('asks, cancels after the yes, gives the time back and writes it all down', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const asked = await desk.ask('cancel_appointment', { date: 'Dienstag' }, max)
    expect(asked).toMatchObject({
      success: true,
      status: 'needs_confirmation',
      message:
        'Soll ich Ihren Termin für Herrenhaarschnitt am Dienstag, den 24. November um 10 Uhr 30 wirklich absagen?',
      appointment: { id, weekday: 'Dienstag' },
      fee: 0,
      confirmation: { appointment_id: id, confirmed: true },
    })
    expect((await find(desk, id))?.status).toBe('confirmed')
    const done = await desk.ask('cancel_appointment', { termin_id: id, bestaetigung: 'true', reason: 'Bin krank' }, max)
    expect(done).toMatchObject({
      status: 'cancelled',
      appointment_id: id,
      message: 'Ihr Termin für Herrenhaarschnitt am Dienstag, den 24. November um 10 Uhr 30 ist abgesagt.',
    })
    const appointment = await find(desk, id)
    expect(appointment?.status).toBe('cancelled')
    expect(appointment?.history.at(-1)).toMatchObject({
      action: 'cancelled',
      actor: { kind: 'voice-agent' },
      reason: 'Bin krank',
      callId: 'call_later',
      withinPolicy: true,
      fee: 0,
    })
    expect((await desk.look((tx) => tx.calls.find('call_later')))?.outcome).toBe('cancelled')
    expect(await desk.ask('check_availability', tuesday, { call: 'call_b' })).toMatchObject({ status: 'available' })
  })

  it('never takes a repetition for a yes, nor a yes to something that was not asked (I-40)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    for (let time = 1; time <= 3; time += 1) {
      expect((await desk.ask('cancel_appointment', { appointment_id: id }, max)).status).toBe('needs_confirmation')
    }
    const fresh = { ...max, call: 'call_fresh' }
    const eager = await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, fresh)
    expect(eager.status).toBe('needs_confirmation')
    expect((await find(desk, id))?.status).toBe('confirmed')
    expect((await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, fresh)).status).toBe(
      'cancelled',
    )
  })

  it('takes a yes to one appointment for no other one (I-40)', async () => {
    const desk = await openDesk()
    const one = await book(desk)
    const other = await book(desk, { ...tuesday, time: '15 Uhr' }, { ...maxBooking, call: 'call_b' })
    await desk.ask('cancel_appointment', { appointment_id: one }, max)
    expect((await desk.ask('cancel_appointment', { appointment_id: other, confirmed: true }, max)).status).toBe(
      'needs_confirmation',
    )
    expect((await find(desk, other))?.status).toBe('confirmed')
  })

  it('asks again when the appointment was moved between question and yes', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await desk.ask('cancel_appointment', { appointment_id: id }, max)
    await agreed(desk, 'reschedule_appointment', { appointment_id: id, new_time: '15 Uhr' }, { ...max, call: 'call_b' })
    const late = await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, max)
    expect(late).toMatchObject({ status: 'needs_confirmation', appointment: { time: '15:00' } })
  })

  it('understands a bare yes as one to what was asked last', async () => {
    const desk = await openDesk()
    await book(desk)
    const other = await book(desk, { ...tuesday, time: '15 Uhr' }, { ...maxBooking, call: 'call_b' })
    expect((await desk.ask('cancel_appointment', { time: '15 Uhr' }, max)).status).toBe('needs_confirmation')
    expect(await desk.ask('cancel_appointment', { confirmed: true }, max)).toMatchObject({
      status: 'cancelled',
      appointment_id: other,
    })
    expect((await desk.ask('cancel_appointment', { confirmed: true }, max)).status).toBe('cancelled')
    expect(await desk.look((tx) => tx.appointments.ofCall('call_before'))).toMatchObject([{ status: 'confirmed' }])
  })

  it('gives the same answer to the same request, in other words, and never a second cancellation (I-145)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const done = await agreed(desk, 'cancel_appointment', { appointment_id: id })
    expect(await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, max)).toEqual(done)
    desk.clock.advance(11 * MINUTE)
    expect(await desk.ask('cancel_appointment', { termin_id: id, confirmed: 'ja' }, max)).toEqual(done)
    expect((await find(desk, id))?.history.filter(({ action }) => action === 'cancelled')).toHaveLength(1)
  })

  it('takes exactly one and asks about several, naming the next ones (I-139)', async () => {
    const desk = await openDesk()
    await book(desk)
    await book(desk, { ...tuesday, date: '25.11.2026' }, { ...maxBooking, call: 'call_b' })
    const asked = await desk.ask('cancel_appointment', {}, max)
    expect(asked).toMatchObject({
      status: 'multiple_found',
      message:
        'Sie haben 2 Termine: Herrenhaarschnitt am Dienstag, den 24. November um 10 Uhr 30 und Herrenhaarschnitt am Mittwoch, den 25. November um 10 Uhr 30. Um welchen geht es?',
    })
    expect(asked.appointments).toHaveLength(2)
    expect(await desk.ask('cancel_appointment', { datum: 'Mittwoch' }, max)).toMatchObject({
      status: 'needs_confirmation',
      appointment: { weekday: 'Mittwoch' },
    })
    expect(await desk.ask('cancel_appointment', { datum: 'Donnerstag' }, max)).toMatchObject({ status: 'not_found' })
  })

  it('needs more than an id, a name or a day of somebody else (I-133, I-134, I-138)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const stranger = { call: 'call_x' }
    const hidden = { call: 'call_h', from: 'anonymous' }
    for (const args of [{ appointment_id: id }, { name: 'Max Muster', date: '24.11.2026', time: '10:30' }, {}]) {
      for (const confirmed of [false, true]) {
        const refused = await desk.ask('cancel_appointment', { ...args, confirmed }, stranger)
        expect(refused).toMatchObject({ success: true, status: 'not_found', callback_offered: true })
        expect(JSON.stringify(refused)).not.toMatch(/3920001|Muster|Nina|10:30/)
        expect(await desk.ask('cancel_appointment', { ...args, confirmed }, hidden)).toMatchObject({
          status: 'verification_needed',
          needs_phone: true,
        })
      }
    }
    expect((await find(desk, id))?.status).toBe('confirmed')
    const missing = await desk.ask('cancel_appointment', { appointment_id: 'apt_0000000000000' }, stranger)
    expect(missing).toEqual(await desk.ask('cancel_appointment', { appointment_id: id }, { call: 'call_z' }))
  })

  it('lets a number that ends alike change nothing (I-137)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const alike = { call: 'call_x', from: '+4915713920001' }
    expect((await desk.ask('cancel_appointment', { appointment_id: id }, alike)).status).toBe('not_found')
  })

  it('lets a misheard name pass with the right number (I-133)', async () => {
    const desk = await openDesk()
    await book(desk)
    expect(await desk.ask('cancel_appointment', { name: 'Mags Mustar' }, max)).toMatchObject({
      status: 'needs_confirmation',
    })
  })

  it('asks whose appointment is meant when the name fits none of several, and takes the one that it fits', async () => {
    const desk = await openDesk()
    await book(desk)
    const lena = await book(
      desk,
      { ...tuesday, time: '15 Uhr', name: 'Lena Beispiel', for_someone_else: true },
      { ...maxBooking, call: 'call_b' },
    )
    expect((await desk.ask('cancel_appointment', { name: 'Kunigunde Quast' }, max)).status).toBe('multiple_found')
    expect(await desk.ask('cancel_appointment', { name: 'Lehna Beispil' }, max)).toMatchObject({
      status: 'needs_confirmation',
      message:
        'Soll ich den Termin von Lena Beispiel für Herrenhaarschnitt am Dienstag, den 24. November um 15 Uhr wirklich absagen?',
      appointment: { id: lena, attendee_name: 'Lena Beispiel' },
    })
  })

  it('lets a hidden number cancel what it booked in this call, and nothing in the next', async () => {
    const desk = await openDesk()
    const hidden = { from: 'anonymous', call: 'call_h' }
    const id = await book(desk, { ...tuesday, name: 'Anna Test' }, hidden)
    expect((await desk.ask('cancel_appointment', { appointment_id: id }, { ...hidden, call: 'call_i' })).status).toBe(
      'verification_needed',
    )
    expect((await agreed(desk, 'cancel_appointment', {}, hidden)).status).toBe('cancelled')
  })
})

describe('the policies of cancelling', () => {
  it('names the fee in whole Euros before the yes and after it', async () => {
    const desk = await openDesk()
    const id = await book(desk, { ...tuesday, date: '21.11.2026', time: '12 Uhr' })
    const asked = await desk.ask('cancel_appointment', {}, max)
    expect(asked).toMatchObject({ status: 'needs_confirmation', fee: 1000, currency: 'EUR' })
    expect(asked.message).toBe(
      'Für die Absage berechnen wir 10 Euro. Soll ich Ihren Termin für Herrenhaarschnitt am Samstag, den 21. November um 12 Uhr wirklich absagen?',
    )
    const done = await desk.ask('cancel_appointment', { confirmed: true }, max)
    expect(done).toMatchObject({ status: 'cancelled', fee: 1000 })
    expect(done.message).toContain('Dafür berechnen wir 10 Euro.')
    expect((await find(desk, id))?.history.at(-1)).toMatchObject({ withinPolicy: true, fee: 1000 })
  })

  it('asks again when the fee rose between question and yes', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: '21.11.2026', time: '10:30' })
    await desk.ask('cancel_appointment', {}, { ...max, call: 'call_a1' })
    const friendly = [salon.concat('policies: { cancel: { hours_before: 1 } }\n')]
    const lenient = await openDesk(friendly)
    const id = await book(lenient, { ...tuesday, date: '21.11.2026', time: '10:30' })
    expect(await lenient.ask('cancel_appointment', {}, max)).toMatchObject({ fee: 1000 })
    lenient.clock.advance(40 * MINUTE)
    expect(await lenient.ask('cancel_appointment', { confirmed: true }, max)).toMatchObject({
      status: 'needs_confirmation',
      fee: 1500,
    })
    expect((await find(lenient, id))?.status).toBe('confirmed')
  })

  it('denies what comes too late with rounded hours, its reason, its fee and a callback (I-143)', async () => {
    const desk = await openDesk()
    const id = await book(desk, { ...tuesday, date: '21.11.2026', time: '9 Uhr' })
    desk.clock.advance(65 * MINUTE)
    const late = await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, max)
    expect(late).toMatchObject({
      success: true,
      status: 'denied',
      reason_code: 'deadline_missed',
      fee: 1500,
      callback_offered: true,
      message:
        'Absagen kann ich Termine nur bis 24 Stunden vorher, und es sind nur noch knapp 22 Stunden. Sollen wir Sie zurückrufen?',
    })
    expect((await find(desk, id))?.status).toBe('confirmed')
  })

  it('denies the one beyond the quota of thirty days, and counts by customer', async () => {
    const desk = await openDesk([salon.concat('policies: { cancel: { max_per_30_days: 1 } }\n')])
    await book(desk)
    const second = await book(desk, { ...tuesday, time: '15 Uhr' }, { ...maxBooking, call: 'call_b' })
    await agreed(desk, 'cancel_appointment', { time: '10:30' })
    const denied = await desk.ask('cancel_appointment', { appointment_id: second }, { ...max, call: 'call_c' })
    expect(denied).toMatchObject({ status: 'denied', reason_code: 'quota_exceeded' })
    expect(denied.message).toBe(
      'Öfter als einmal in 30 Tagen kann ich Termine am Telefon leider nicht absagen. Sollen wir Sie zurückrufen?',
    )
    const anna = { from: '+4915550100007', call: 'call_anna' }
    await book(desk, { ...tuesday, time: '12 Uhr', name: 'Anna Test' }, anna)
    expect((await agreed(desk, 'cancel_appointment', {}, { ...anna, call: 'call_anna_2' })).status).toBe('cancelled')
  })

  it('does not let somebody with a hidden number use up the quota of a number that they only said', async () => {
    const desk = await openDesk([salon.concat('policies: { cancel: { max_per_30_days: 1 } }\n')])
    const hidden = { from: 'anonymous', call: 'call_h' }
    await book(desk, { ...tuesday, time: '15 Uhr', name: 'Max Muster', customer_phone: '0171 3920001' }, hidden)
    await agreed(desk, 'cancel_appointment', {}, hidden)
    await book(desk)
    expect((await agreed(desk, 'cancel_appointment', {})).status).toBe('cancelled')
  })

  it('is free of notice and fee in the call that booked it (grace)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: 'heute', time: '15 Uhr' }, max)
    expect(await desk.ask('cancel_appointment', {}, max)).toMatchObject({ status: 'needs_confirmation', fee: 0 })
    desk.clock.advance(31 * MINUTE)
    expect(await desk.ask('cancel_appointment', {}, max)).toMatchObject({ status: 'denied', fee: 1500 })
  })
})

describe('reschedule_appointment', () => {
  const wednesday = { new_date: 'Mittwoch', new_time: '11 Uhr' }

  it('checks, asks with both times, moves after the yes and says both whole (I-38)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const asked = await desk.ask('reschedule_appointment', { old_datum: 'Dienstag', ...wednesday }, max)
    const places = {
      old: {
        date: '24.11.2026',
        time: '10:30',
        weekday: 'Dienstag',
        starts_at: '2026-11-24T10:30:00+01:00',
        staff_slug: 'nina',
      },
      new: {
        date: '25.11.2026',
        time: '11:00',
        weekday: 'Mittwoch',
        starts_at: '2026-11-25T11:00:00+01:00',
        staff_slug: 'nina',
      },
    }
    expect(asked).toMatchObject({ status: 'needs_confirmation', appointment_id: id, fee: 0, ...places })
    expect(asked.message).toBe(
      'Ich würde Ihren Termin für Herrenhaarschnitt auf Mittwoch, den 25. November um 11 Uhr bei Nina Probe verschieben, bisher war es Dienstag, den 24. November um 10 Uhr 30. Ist das richtig so?',
    )
    const done = await desk.ask('reschedule_appointment', { confirm_reschedule: 'true' }, max)
    expect(done).toMatchObject({ status: 'rescheduled', appointment_id: id, time: '11:00', ...places })
    expect(done.message).toBe(
      'Ihr Termin für Herrenhaarschnitt ist verschoben: Mittwoch, den 25. November um 11 Uhr bei Nina Probe, statt Dienstag, den 24. November um 10 Uhr 30.',
    )
    expect((await desk.look((tx) => tx.calls.find('call_later')))?.outcome).toBe('rescheduled')
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
    expect(await desk.ask('check_availability', tuesday, { call: 'call_b' })).toMatchObject({ status: 'available' })
  })

  it('writes down who moved it when, why and between whom (I-148)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await agreed(desk, 'reschedule_appointment', { ...wednesday, staff: 'Udo', reason: 'Urlaub' })
    const appointment = await find(desk, id)
    const { staff } = (await desk.ports.directory.profile((await desk.scopeOf()).company)) ?? { staff: [] }
    const idOf = (slug: string) => staff.find((one) => one.slug === slug)?.id
    expect(appointment?.history.at(-1)).toMatchObject({
      action: 'moved',
      actor: { kind: 'voice-agent' },
      from: Date.parse('2026-11-24T09:30:00Z'),
      to: Date.parse('2026-11-25T10:00:00Z'),
      fromStaff: idOf('nina'),
      toStaff: idOf('udo'),
      reason: 'Urlaub',
      callId: 'call_later',
      withinPolicy: true,
    })
  })

  it('holds the checked time while it waits for the yes', async () => {
    const desk = await openDesk()
    await book(desk)
    expect((await desk.ask('reschedule_appointment', wednesday, max)).status).toBe('needs_confirmation')
    const rival = { ...tuesday, date: '25.11.2026', time: '11 Uhr' }
    expect((await desk.ask('check_availability', rival, { call: 'call_b' })).status).toBe('unavailable')
    desk.clock.advance(301_000)
    expect((await desk.ask('book_appointment', { ...rival, name: 'Anna Test' }, { call: 'call_c' })).status).toBe(
      'booked',
    )
    expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed: true }, max)).status).toBe(
      'unavailable',
    )
  })

  it('never takes a repetition for a yes, nor a yes to another time (I-40)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const at = async () => (await find(desk, id))?.startsAt
    const before = await at()
    for (const confirmed of [false, false, false]) {
      expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed }, max)).status).toBe(
        'needs_confirmation',
      )
    }
    const other = { new_date: 'Donnerstag', new_time: '11 Uhr', confirmed: true }
    expect((await desk.ask('reschedule_appointment', other, max)).status).toBe('needs_confirmation')
    expect(await at()).toBe(before)
    const fresh = { ...max, call: 'call_fresh' }
    expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed: true }, fresh)).status).not.toBe(
      'rescheduled',
    )
    expect(await at()).toBe(before)
  })

  it('asks for the new time with free ones, and takes a time alone as one of the same day', async () => {
    const desk = await openDesk()
    await book(desk)
    const none = await desk.ask('reschedule_appointment', {}, max)
    expect(none.status).toBe('needs_new_time')
    expect(none.message).toContain('Auf wann möchten Sie Ihren Termin für Herrenhaarschnitt am Dienstag')
    expect(none.alternatives).toHaveLength(3)
    const day = await desk.ask('reschedule_appointment', { new_date: 'Donnerstag' }, max)
    expect(day).toMatchObject({ status: 'needs_new_time' })
    expect(JSON.stringify(day.alternatives)).toContain('"2026-11-26T10:30:00+01:00"')
    expect(
      await desk.ask('reschedule_appointment', { new_date: 'Montag, den 26. November', new_time: '9 Uhr' }, max),
    ).toMatchObject({
      status: 'needs_new_time',
      reason_code: 'ambiguous',
    })
    expect(await desk.ask('reschedule_appointment', { neue_uhrzeit: 'halb vier' }, max)).toMatchObject({
      status: 'needs_confirmation',
      new: { date: '24.11.2026', time: '15:30' },
    })
    expect(await desk.ask('reschedule_appointment', { new_time: '10:30' }, max)).toMatchObject({
      status: 'needs_new_time',
    })
  })

  it('looks for time of its own service, not of the first one (I-92)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, service: 'Damenhaarschnitt', name: 'Lena Muster', for_someone_else: true })
    const late = await desk.ask('reschedule_appointment', { new_time: '17:00' }, max)
    expect(late).toMatchObject({ status: 'needs_confirmation', new: { ends_at: '2026-11-24T18:00:00+01:00' } })
    const tooLate = await desk.ask('reschedule_appointment', { new_time: '17:15' }, max)
    expect(tooLate).toMatchObject({ status: 'unavailable', reason_code: 'closed' })
  })

  it('is not in its own way, half an hour later with the same colleague (I-123)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const moved = await agreed(desk, 'reschedule_appointment', { new_time: '11:00' })
    expect(moved).toMatchObject({ status: 'rescheduled', new: { time: '11:00', staff_slug: 'nina' } })
    const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
    const nina = profile?.staff.find(({ slug }) => slug === 'nina')?.id
    const taken = await desk.look((tx) =>
      tx.occupancy.between(nina ? [nina] : [], instant(0), instant(9e15), desk.clock.now()),
    )
    expect(taken).toMatchObject([{ owner: id, startsAt: Date.parse('2026-11-24T10:00:00Z') }])
  })

  it('minds everybody else, also for a caller without any other appointment then (I-124)', async () => {
    const desk = await openDesk()
    await book(desk)
    await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr', confirmed: true }, max)
    expect(busy).toMatchObject({ status: 'unavailable', reason_code: 'taken' })
    expect(busy.alternatives).toHaveLength(3)
  })

  it('says what blocks a time in the trace, for people, and not to the caller (I-122)', async () => {
    const desk = await openDesk()
    await book(desk)
    const blocking = await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr' }, max)
    expect(JSON.stringify(busy)).not.toContain(blocking)
    const [trace] = await desk.look((tx) => tx.toolCalls.list('call_later'))
    expect(trace?.resolved).toMatchObject({ blocked_by: [blocking] })
  })

  it('says that the colleague is busy and who else could, and replaces nobody in silence (I-89)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr' }, max)
    expect(busy).toMatchObject({ status: 'unavailable', other_staff: [{ name: 'Udo Beispiel', slug: 'udo' }] })
    expect(busy.message).toMatch(
      /^Nina Probe hat Dienstag, den 24\. November um 15 Uhr leider keine Zeit, möglich wäre es dann bei Udo Beispiel\. Bei Nina Probe ginge .+; was ist Ihnen lieber\?$/,
    )
    const udo = { new_time: '15 Uhr', staff: 'Udo' }
    expect(await desk.ask('reschedule_appointment', udo, max)).toMatchObject({
      status: 'needs_confirmation',
      new: { staff_slug: 'udo' },
      old: { staff_slug: 'nina' },
    })
    expect(await desk.ask('reschedule_appointment', { new_time: '15 Uhr', confirmed: true }, max)).toMatchObject({
      status: 'rescheduled',
      appointment: { id, staff_slug: 'udo' },
    })
  })

  it('explains a wished colleague who does not do it', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, service: 'Damenhaarschnitt' })
    expect(await desk.ask('reschedule_appointment', { new_time: '15 Uhr', staff: 'Udo' }, max)).toMatchObject({
      status: 'staff_cannot_provide_service',
    })
  })

  it('looks for the time before it asks the policies (I-144)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: '21.11.2026', time: '9 Uhr' })
    desk.clock.advance(2 * HOUR)
    expect((await desk.ask('reschedule_appointment', { new_date: 'Sonntag', new_time: '9 Uhr' }, max)).status).toBe(
      'unavailable',
    )
    const denied = await desk.ask('reschedule_appointment', { new_date: 'Montag', new_time: '9 Uhr' }, max)
    expect(denied).toMatchObject({ status: 'denied', reason_code: 'deadline_missed', fee: 0, callback_offered: true })
    expect(denied.message).toBe(
      'Verschieben kann ich Termine nur bis 24 Stunden vorher, und es sind nur noch 21 Stunden. Sollen wir Sie zurückrufen?',
    )
  })

  it('moves what was booked a moment ago in this call, however near it is (I-144, grace)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: 'heute', time: '15 Uhr' }, max)
    expect((await agreed(desk, 'reschedule_appointment', { new_time: '16 Uhr' })).status).toBe('rescheduled')
    expect((await desk.look((tx) => tx.calls.find('call_later')))?.outcome).toBe('booked')
  })

  it('moves an appointment no more often than allowed', async () => {
    const desk = await openDesk()
    await book(desk)
    await agreed(desk, 'reschedule_appointment', { new_time: '12 Uhr' })
    await agreed(desk, 'reschedule_appointment', { new_time: '13 Uhr' }, { ...max, call: 'call_c' })
    const third = await desk.ask('reschedule_appointment', { new_time: '14 Uhr' }, { ...max, call: 'call_d' })
    expect(third).toMatchObject({ status: 'denied', reason_code: 'quota_exceeded' })
    expect(third.message).toContain('schon 2 Mal verschoben')
  })

  it('takes the new time and colleague from an offer of this call, and from no other one', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const wish = { service: 'Herrenhaarschnitt', date: '26.11.2026', time: '14 Uhr', staff: 'Udo' }
    const foreign = await desk.ask('check_availability', wish, { call: 'call_b' })
    expect(await desk.ask('reschedule_appointment', { offer_id: String(foreign.offer_id) }, max)).toMatchObject({
      status: 'needs_new_time',
    })
    const own = await desk.ask('check_availability', { ...wish, time: '16 Uhr' }, max)
    expect(
      await agreed(desk, 'reschedule_appointment', { appointment_id: id, offer_id: String(own.offer_id) }),
    ).toMatchObject({
      status: 'rescheduled',
      new: { date: '26.11.2026', time: '16:00', staff_slug: 'udo' },
    })
  })

  it('moves all parts of a composite service together', async () => {
    const perm =
      '  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 50, wait_after_minutes: 15 }, { key: B, staff_minutes: 30, wait_after_minutes: 0 }], branches: [mitte] }\nstaff:'
    const desk = await openDesk([
      salon
        .replace('staff:', perm)
        .replace('services: [herrenhaarschnitt, damenhaarschnitt]', 'services: [herrenhaarschnitt, dauerwelle]'),
    ])
    const id = await book(desk, { ...tuesday, service: 'Dauerwelle' })
    await agreed(desk, 'reschedule_appointment', { new_time: '11:00' })
    expect((await find(desk, id))?.segments.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
      [Date.parse('2026-11-24T10:00:00Z'), Date.parse('2026-11-24T10:50:00Z')],
      [Date.parse('2026-11-24T11:05:00Z'), Date.parse('2026-11-24T11:35:00Z')],
    ])
    expect((await agreed(desk, 'cancel_appointment', {})).status).toBe('cancelled')
  })

  it('gives the same answer to the same request as long as it stands there', async () => {
    const desk = await openDesk([salon.concat('policies: { reschedule: { max_per_appointment: 9 } }\n')])
    const id = await book(desk)
    const args = { appointment_id: id, ...wednesday }
    const done = await agreed(desk, 'reschedule_appointment', args)
    expect(await desk.ask('reschedule_appointment', { ...args, confirmed: true }, max)).toEqual(done)
    const inOtherWords = { appointment_id: id, new_datum: '25.11.2026', new_uhrzeit: '11:00', bestaetigung: true }
    expect(await desk.ask('reschedule_appointment', inOtherWords, max)).toEqual(done)
    expect((await find(desk, id))?.history.filter(({ action }) => action === 'moved')).toHaveLength(1)
    await agreed(desk, 'reschedule_appointment', { appointment_id: id, new_time: '15 Uhr' }, { ...max, call: 'call_b' })
    expect((await desk.ask('reschedule_appointment', { ...args, confirmed: true }, max)).status).toBe(
      'needs_confirmation',
    )
  })

  it('is asked again when somebody gave it to the other colleague in the meantime', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const toUdo = { appointment_id: id, new_time: '10:30', staff: 'Udo' }
    const done = await agreed(desk, 'reschedule_appointment', toUdo)
    expect(done).toMatchObject({ status: 'rescheduled', old: { staff_slug: 'nina' }, new: { staff_slug: 'udo' } })
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no salon')
    await desk.app.moveAppointment(scope, profile, id as `apt_${string}`, { startsAt: undefined, staff: 'nina' })
    expect(await desk.ask('reschedule_appointment', { ...toUdo, confirmed: true }, max)).not.toEqual(done)
  })

  it('takes the new time of one appointment for no other one', async () => {
    const desk = await openDesk()
    const one = await book(desk)
    const other = await book(desk, { ...tuesday, date: '26.11.2026' }, { ...maxBooking, call: 'call_b' })
    await desk.ask('reschedule_appointment', { appointment_id: one, ...wednesday }, max)
    expect(await desk.ask('reschedule_appointment', { appointment_id: other, confirmed: true }, max)).toMatchObject({
      status: 'needs_new_time',
    })
  })

  it('needs more than an id or a name of somebody else (I-134, I-138)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    for (const args of [{ appointment_id: id }, { name: 'Max Muster' }, {}]) {
      const wish = { ...args, ...wednesday, confirmed: true }
      expect((await desk.ask('reschedule_appointment', wish, { call: 'call_x' })).status).toBe('not_found')
      expect((await desk.ask('reschedule_appointment', wish, { call: 'call_h', from: 'anonymous' })).status).toBe(
        'verification_needed',
      )
    }
    expect((await find(desk, id))?.history).toHaveLength(1)
  })
})

describe('the tools that change appointments', () => {
  it('speak at most two sentences, and nobody by the first name alone (I-141)', async () => {
    for (const language of ['de', 'en']) {
      const desk = await openDesk([salon.replace('language: de', `language: ${language}`)])
      await book(desk, { ...tuesday, date: '2026-11-24' })
      await book(desk, { ...tuesday, date: '2026-11-21', time: '9:00' }, { ...maxBooking, call: 'call_b' })
      desk.clock.advance(2 * HOUR)
      const answers = [
        await desk.ask('query_appointments', {}, max),
        await desk.ask('query_appointments', { date: '2026-11-21' }, max),
        await desk.ask('query_appointments', { date: '2026-11-27' }, max),
        await desk.ask('query_appointments', {}, { call: 'call_c' }),
        await desk.ask('query_appointments', {}, { call: 'call_h', from: 'anonymous' }),
        await desk.ask('cancel_appointment', {}, max),
        await desk.ask('cancel_appointment', { date: '2026-11-24' }, max),
        await desk.ask('cancel_appointment', { date: '2026-11-21' }, max),
        await desk.ask('cancel_appointment', {}, { call: 'call_c' }),
        await desk.ask('reschedule_appointment', { old_date: '2026-11-24' }, max),
        await desk.ask('reschedule_appointment', { old_date: '2026-11-24', new_time: '15:00' }, max),
        await desk.ask('reschedule_appointment', { old_date: '2026-11-24', new_time: '15:00', confirmed: true }, max),
      ]
      for (const answer of answers) {
        expect(answer.success).toBe(true)
        expect(sentences(answer)).toBeLessThanOrEqual(2)
        expect(String(answer.message)).toMatch(/[.?]$/)
        expect(String(answer.message)).not.toMatch(/\bMax\b(?! Muster)|undefined|null|\{|\d\.\d/)
      }
      expect(answers.at(-1)?.status).toBe('rescheduled')
    }
  })

  it('stay calm over nonsense', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    for (const [tool, args] of [
      ['cancel_appointment', { appointment_id: '12345', date: 'irgendwann', time: 'später', name: '' }],
      ['cancel_appointment', { appointment_id: { id }, confirmed: 'vielleicht', reason: 'x'.repeat(20_000) }],
      ['reschedule_appointment', { new_date: '{{new_datum}}', new_time: '{{new_uhrzeit}}', confirmed: true }],
      ['reschedule_appointment', { offer_id: 'option 2', new_date: 'gestern', new_time: '25 Uhr' }],
      ['query_appointments', { date: '31.02.', service: 'Ölwechsel', name: '...' }],
    ] as const) {
      const answer = await desk.ask(tool, args, max)
      expect(answer).toMatchObject({ success: true })
      expect(JSON.stringify(answer).length).toBeLessThan(15_000)
    }
    expect((await find(desk, id))?.history).toHaveLength(1)
  })

  it('stay under fifteen thousand characters with very many appointments', async () => {
    const desk = await openDesk()
    await book(desk)
    const one = (await desk.look((tx) => tx.appointments.ofCall('call_before')))[0]
    if (!one) throw new Error('nothing booked')
    await desk.ports.store.transact(await desk.scopeOf(), async (tx) => {
      for (let more = 1; more <= 60; more += 1) {
        const startsAt = instant(one.startsAt + more * HOUR)
        await tx.appointments.add({
          ...one,
          id: desk.ports.ids.next('appointment'),
          startsAt,
          endsAt: instant(startsAt + HOUR),
        })
      }
      return (await import('neverthrow')).ok()
    })
    const answer = await desk.ask('query_appointments', {}, max)
    expect(answer).toMatchObject({ status: 'found', count: 61 })
    expect(JSON.stringify(answer).length).toBeLessThan(15_000)
  })

  it('take no part in a company without booking', async () => {
    const desk = await openDesk([salon.replace('booking: true', 'booking: false')])
    for (const tool of ['query_appointments', 'cancel_appointment', 'reschedule_appointment']) {
      expect((await desk.ask(tool, {}, max)).status).toBe('booking_not_offered')
    }
  })
})
