import { describe, expect, it } from 'vitest'
import { openDesk, praxis, salon } from '../desk.ts'

const colour = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
const anna = { from: '+4915550100002', call: 'call_anna' }
const tom = { from: '+4915550100003', call: 'call_tom' }

const timesOf = (answer: { readonly alternatives?: unknown }): readonly string[] =>
  Array.isArray(answer.alternatives) ? answer.alternatives.map((one) => String(Object(one).starts_at)) : []

describe('what went wrong with races, caches and owners elsewhere', () => {
  it('I-125 what was booked is offered to nobody from then on, and what was cancelled to everybody', async () => {
    const desk = await openDesk()
    const free = await desk.ask('find_alternatives', colour, tom)
    expect(timesOf(free)).toContain('2026-11-24T10:00:00+01:00')
    const booked = await desk.ask('book_appointment', { ...colour, name: 'Anna Test' }, anna)
    expect(booked.status).toBe('booked')
    expect(await desk.ask('check_availability', colour, tom)).toMatchObject({ status: 'unavailable' })
    expect(timesOf(await desk.ask('find_alternatives', { ...colour, time: '10:15' }, tom))).not.toContain(
      booked.starts_at,
    )
    await desk.ask('cancel_appointment', {}, anna)
    expect(await desk.ask('cancel_appointment', { confirmed: true }, anna)).toMatchObject({ status: 'cancelled' })
    expect(await desk.ask('check_availability', colour, tom)).toMatchObject({ status: 'available' })
  })

  it('I-126 a time that is taken in one company is free in another one with the same names', async () => {
    const desk = await openDesk([salon, praxis])
    const there = { ...anna, to: '+493023125111', call: 'call_there' }
    for (const caller of [anna, there]) {
      expect(await desk.ask('book_appointment', { ...colour, name: 'Anna Test' }, caller)).toMatchObject({
        status: 'booked',
        time: '10:00',
      })
    }
    expect(await desk.ask('check_availability', colour, { ...tom, to: '+493023125111' })).toMatchObject({
      status: 'unavailable',
    })
  })

  it('I-128 what a call holds is neither let go nor booked by another call that names it', async () => {
    const desk = await openDesk()
    const { offer_id } = await desk.ask('check_availability', colour, anna)
    await desk.ask('release_slot', { offer_id: String(offer_id) }, tom)
    const stolen = await desk.ask('book_appointment', { offer_id: String(offer_id), name: 'Tom Test' }, tom)
    expect(stolen).toMatchObject({ status: 'not_booked' })
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toMatchObject([
      { id: offer_id, call: 'call_anna' },
    ])
  })

  it('I-130 a customer is of the company that was called, also when another one has the number', async () => {
    const desk = await openDesk([salon, praxis])
    for (const [to, slug, name] of [
      ['+493023125101', 'salon-sonne', 'Anna Test'],
      ['+493023125111', 'praxis-mond', 'Berta Test'],
    ] as const) {
      const caller = { ...anna, to, call: slug }
      await desk.ask('book_appointment', { ...colour, name }, caller)
      const booked = await desk.look((tx) => tx.appointments.ofCall(slug), slug)
      const customer = await desk.look(
        async (tx) => (booked[0]?.customer ? tx.customers.find(booked[0].customer) : undefined),
        slug,
      )
      expect(customer).toMatchObject({ name, phone: '+4915550100002' })
    }
  })

  it('I-131 any number of callers without number and e-mail can book', async () => {
    const desk = await openDesk()
    for (const [time, name] of [
      ['10 Uhr', 'Anna Test'],
      ['12 Uhr', 'Berta Test'],
      ['14 Uhr', 'Clara Test'],
    ] as const) {
      const caller = { from: 'anonymous', call: name }
      expect(await desk.ask('book_appointment', { ...colour, time, name, email: '' }, caller)).toMatchObject({
        status: 'booked',
        attendee_name: name,
      })
      const [booked] = await desk.look((tx) => tx.appointments.ofCall(name))
      const customer = await desk.look(async (tx) => booked?.customer && tx.customers.find(booked.customer))
      expect(customer).toMatchObject({ name, phone: undefined, email: undefined })
    }
  })
})
