import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../desk.ts'
import { agreed, book, find, max, maxBooking, tuesday } from './changes.ts'

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
