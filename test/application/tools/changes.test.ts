import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { HOUR, instant } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../desk.ts'
import { book, find, max, maxBooking, sentences, tuesday } from './changes.ts'

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
      return ok()
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
