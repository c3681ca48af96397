import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { DAY } from '../../../src/domain/time.ts'
import { type Desk, openDesk, praxis, salon } from '../desk.ts'

const max = { from: '+491713920001' }
const fields = [
  'id',
  'name',
  'email_known',
  'last_visit',
  'upcoming',
  'preferred_staff',
  'preferred_staff_slug',
  'suggested_service',
  'suggested_service_slug',
  'service_confidence',
]

const customerOf = (answer: JsonObject): JsonObject => Object(answer.customer)

/** A visit in each of the coming weeks, all of them over in the end. */
const visit = async (desk: Desk, visits: readonly (readonly [service: string, staff: string])[], caller = max) => {
  for (const [index, [service, staff]] of visits.entries()) {
    const wish = { service, staff, date: 'Montag', time: '10 Uhr' }
    const booked = await desk.ask('book_appointment', wish, { ...caller, call: `visit_${index}` })
    expect(booked.status).toBe('booked')
    desk.clock.advance(7 * DAY)
  }
}

const cut = ['Herrenhaarschnitt', 'Nina'] as const
const cutByUdo = ['Herrenhaarschnitt', 'Udo'] as const
const ladies = ['Damenhaarschnitt', 'Nina'] as const

describe('check_customer', () => {
  it('suggests what a caller nearly always comes for, and with whom', async () => {
    const desk = await openDesk()
    await visit(desk, [ladies, cut, cut, cut, cutByUdo])
    const answer = await desk.ask('check_customer', {}, max)
    expect(answer).toMatchObject({
      status: 'found',
      customer_found: true,
      message: 'Guten Tag, Max Muster. Was kann ich für Sie tun?',
      customer: {
        name: 'Max Muster',
        email_known: true,
        preferred_staff: 'Nina Probe',
        preferred_staff_slug: 'nina',
        suggested_service: 'Herrenhaarschnitt',
        suggested_service_slug: 'herrenhaarschnitt',
        service_confidence: 0.8,
        last_visit: { date: '21.12.2026', weekday: 'Montag' },
        upcoming: [],
      },
    })
    expect((await desk.ask('initialize_call', {}, max)).customer).toEqual(answer.customer)
  })

  it('suggests nothing that is less than sure, but says how sure it is', async () => {
    const desk = await openDesk()
    await visit(desk, [ladies, cut, cut, cut])
    expect(customerOf(await desk.ask('check_customer', {}, max))).toMatchObject({
      suggested_service: null,
      service_confidence: 0.75,
    })
  })

  it('counts neither what was cancelled nor what is still to come', async () => {
    const desk = await openDesk()
    await visit(desk, [cut])
    const next = await desk.ask('book_appointment', { service: ladies[0], date: 'Montag', time: '10 Uhr' }, max)
    expect(customerOf(await desk.ask('check_customer', {}, max))).toMatchObject({
      suggested_service: 'Herrenhaarschnitt',
      service_confidence: 1,
      upcoming: [{ appointment_id: next.appointment_id, service: 'Damenhaarschnitt', staff: 'Nina Probe' }],
    })
  })

  it('suggests only what the branch offers that was called', async () => {
    const desk = await openDesk()
    await visit(desk, [ladies, ladies])
    expect(
      customerOf(await desk.ask('check_customer', {}, { ...max, to: '+493023125102', call: 'west' })),
    ).toMatchObject({
      suggested_service: null,
      service_confidence: 0,
      preferred_staff: null,
    })
  })

  it('lets what is said outrank what it suggests', async () => {
    const desk = await openDesk()
    await visit(desk, [cut, cut])
    await desk.ask('check_customer', {}, max)
    const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
    expect(await desk.ask('check_availability', wish, max)).toMatchObject({ service: 'Damenhaarschnitt' })
    expect(await desk.ask('check_availability', { date: 'Dienstag', time: '10 Uhr' }, max)).toMatchObject({
      status: 'needs_service',
    })
  })

  it('I-37 has every field for every caller', async () => {
    const desk = await openDesk()
    await visit(desk, [cut])
    for (const from of [max.from, '+4915550100009', 'anonymous', '']) {
      for (const tool of ['check_customer', 'identify_customer', 'initialize_call']) {
        const answer = await desk.ask(tool, {}, { from, call: `call_${from}` })
        expect(typeof answer.customer_found, tool).toBe('boolean')
        expect(Object.keys(customerOf(answer)).toSorted(), `${tool} ${from}`).toEqual(fields.toSorted())
      }
    }
  })

  it('I-141 calls nobody by the first name alone', async () => {
    const desk = await openDesk([salon.replace('name: Max Muster', 'name: Max')])
    expect(await desk.ask('check_customer', {}, max)).toMatchObject({
      status: 'found',
      message: 'Guten Tag. Was kann ich für Sie tun?',
      customer: { name: 'Max' },
    })
  })

  it('I-129 knows a caller of another company by what that company knows, and by nothing else', async () => {
    const desk = await openDesk([salon, praxis])
    await visit(desk, [cut])
    const elsewhere = await desk.ask('check_customer', {}, { ...max, to: '+493023125111' })
    expect(elsewhere).toMatchObject({ status: 'found', customer: { name: 'Erika Beispiel', last_visit: null } })
    expect(JSON.stringify(elsewhere)).not.toContain('Muster')
  })
})
