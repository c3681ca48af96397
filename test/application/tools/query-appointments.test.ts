import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { HOUR, MINUTE } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../desk.ts'
import { agreed, book, find, max, maxBooking, tuesday } from './changes.ts'

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
