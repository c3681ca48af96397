import { describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../desk.ts'

const cut = { service: 'Herrenhaarschnitt', date: 'Dienstag' }
const max = { from: '+491713920001', call: 'call_max' }
const live = (desk: Desk) => desk.look((tx) => tx.offers.live(desk.clock.now()))

describe('What a call holds itself (I-119, I-120)', () => {
  it('is kept from everybody else until it is booked, and then nobody hears that it was taken meanwhile (I-119)', async () => {
    const desk = await openDesk()
    const wish = { ...cut, time: '10 Uhr', staff: 'Udo' }
    const checked = await desk.ask('check_availability', wish)
    desk.clock.advance(44_000)
    const other = await desk.ask('book_appointment', { ...wish, name: 'Anna Test' }, { call: 'call_b' })
    expect(other).toMatchObject({ status: 'slot_taken' })
    const booked = await desk.ask('book_appointment', { offer_id: String(checked.offer_id), name: 'Jonas Probe' })
    expect(booked).toMatchObject({ status: 'booked', starts_at: checked.starts_at, staff_slug: 'udo' })
  })

  it('is not in its own way when the caller chooses a time that overlaps it (I-120)', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { ...cut, time: '10 Uhr', staff: 'Udo' }, max)
    const other = { ...cut, time: '10:30', staff: 'Udo' }
    expect(await desk.ask('book_appointment', other, max)).toMatchObject({ status: 'needs_confirmation' })
    expect(await desk.ask('book_appointment', { ...other, confirmed: true }, max)).toMatchObject({
      status: 'booked',
      time: '10:30',
    })
    expect(await live(desk)).toEqual([])
  })

  it('is in the way of the next person of the same call, who gets the colleague who is free (I-120)', async () => {
    const desk = await openDesk()
    const wish = { ...cut, time: '10 Uhr' }
    const first = await desk.ask('check_availability', { ...wish, name: 'Max Muster' }, max)
    const second = await desk.ask('check_availability', { ...wish, name: 'Leo Muster' }, max)
    expect([first.staff_slug, second.staff_slug]).toEqual(['nina', 'udo'])
    expect(await desk.ask('check_availability', { ...wish, name: 'Ida Muster' }, max)).toMatchObject({
      status: 'unavailable',
    })
    expect(await live(desk)).toHaveLength(2)
  })

  it('makes room for the same time said with a name (I-120)', async () => {
    const desk = await openDesk()
    const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
    await desk.ask('check_availability', wish)
    const named = await desk.ask('check_availability', { ...wish, name: 'Anna Test' })
    expect(named.status).toBe('available')
    expect(await live(desk)).toMatchObject([{ id: named.offer_id, attendee: 'Anna Test' }])
  })

  it('is let go with another choice, so that a bare yes cannot book it besides (I-35, I-120)', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { ...cut, time: '10 Uhr' }, max)
    await desk.ask('book_appointment', { ...cut, time: '12 Uhr', confirmed: true }, max)
    expect(await live(desk)).toEqual([])
    expect(await desk.ask('book_appointment', { confirmed: true }, max)).toMatchObject({
      status: 'booked',
      time: '12:00',
    })
    expect(await desk.look((tx) => tx.appointments.ofCall('call_max'))).toHaveLength(1)
  })

  it('is booked for whom it was offered, not for who calls (I-132)', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { ...cut, time: '10 Uhr', name: 'Leo Muster' }, max)
    const booked = await desk.ask('book_appointment', { for_someone_else: true }, max)
    expect(booked).toMatchObject({ status: 'booked', attendee_name: 'Leo Muster' })
  })
})
