import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { openDeskWithCalendar } from '../desk.ts'

/** A salon whose appointments live in a vendor's calendar, with one of Max on Monday at ten. */
const open = async () => {
  const { calendar, ...desk } = await openDeskWithCalendar()
  const max = { from: '+491713920001' }
  const booked = await desk.ask(
    'book_appointment',
    { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' },
    { ...max, call: 'call_before' },
  )
  expect(booked.status).toBe('booked')
  return {
    ...desk,
    calendar,
    ask: (tool: string, args: JsonObject) => desk.ask(tool, args, { ...max, call: 'call_later' }),
    stored: async () => (await desk.look((tx) => tx.appointments.ofCall('call_before')))[0],
    live: () => calendar?.bookings().filter(({ status }) => status !== 'cancelled') ?? [],
  }
}
const at = (time: string) => Date.parse(`2026-11-23T${time}:00+01:00`)

describe('changes by phone where a vendor’s calendar has the appointments', () => {
  it('cancels there too, before the caller hears so', async () => {
    const desk = await open()
    await desk.ask('cancel_appointment', {})
    expect((await desk.ask('cancel_appointment', { confirmed: true })).status).toBe('cancelled')
    expect(desk.live()).toEqual([])
    expect(await desk.stored()).toMatchObject({ status: 'cancelled', sync: 'synced' })
  })

  it('is cancelled all the same when that calendar does not answer, which is told later', async () => {
    const desk = await open()
    desk.calendar.misbehave('cancel', 'down')
    await desk.ask('cancel_appointment', {})
    expect((await desk.ask('cancel_appointment', { confirmed: true })).status).toBe('cancelled')
    expect((await desk.stored())?.status).toBe('cancelled')
    expect((await desk.stored())?.sync).not.toBe('synced')
  })

  it('says moved only when the calendar has it there', async () => {
    const desk = await open()
    expect((await desk.ask('reschedule_appointment', { new_time: '15 Uhr' })).status).toBe('needs_confirmation')
    expect(desk.live()).toMatchObject([{ startsAt: at('10:00') }])
    expect(await desk.ask('reschedule_appointment', { confirmed: true })).toMatchObject({
      status: 'rescheduled',
      new: { time: '15:00' },
      old: { time: '10:00' },
    })
    expect(desk.live()).toMatchObject([{ startsAt: at('15:00') }])
  })

  it('says noted, and that the old time stands, while the calendar is silent', async () => {
    const desk = await open()
    await desk.ask('reschedule_appointment', { new_time: '15 Uhr' })
    desk.calendar.misbehave('move', 'down')
    const answer = await desk.ask('reschedule_appointment', { confirmed: true })
    expect(answer).toMatchObject({
      status: 'pending',
      appointment: { time: '10:00' },
      message:
        'Ich habe Montag, den 23. November um 15 Uhr vorgemerkt, unser Kalender hat es aber noch nicht bestätigt. Bis wir es Ihnen bestätigen, gilt noch Montag, den 23. November um 10 Uhr.',
    })
    expect(await desk.stored()).toMatchObject({ status: 'confirmed', startsAt: at('10:00') })
  })

  it('says that it could not be moved when somebody was faster at the calendar', async () => {
    const desk = await open()
    await desk.ask('reschedule_appointment', { new_time: '15 Uhr' })
    desk.calendar.take(at('15:00') as never)
    const answer = await desk.ask('reschedule_appointment', { confirmed: true })
    expect(answer).toMatchObject({ status: 'unavailable', appointment: { time: '10:00' } })
    expect(JSON.stringify(answer.alternatives)).not.toContain('"time":"15:00"')
    expect(await desk.stored()).toMatchObject({ status: 'confirmed', startsAt: at('10:00') })
  })

  it('finds a time half an hour later free although its own booking reaches into it there', async () => {
    const desk = await open()
    await desk.ask('reschedule_appointment', { new_time: '10:30' })
    expect((await desk.ask('reschedule_appointment', { confirmed: true })).status).toBe('rescheduled')
    expect(desk.live()).toMatchObject([{ startsAt: at('10:30') }])
  })
})
