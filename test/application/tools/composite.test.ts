import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { instant } from '../../../src/domain/time.ts'
import { type Ask, type Desk, openDesk, salon } from '../desk.ts'

/** Half an hour of colour, three quarters of an hour in which it works, three quarters of an hour of washing and cutting. */
const withColour = salon
  .replace(
    '  - { slug: bartpflege',
    `  - { slug: ansatzfarbe, name: Ansatzfarbe, branches: [mitte], segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 45 }, { key: B, staff_minutes: 45 }] }
  - { slug: kinderhaarschnitt, name: Kinderhaarschnitt, duration_minutes: 30, branches: [mitte] }
  - { slug: bartpflege`,
  )
  .replace(
    'services: [herrenhaarschnitt, damenhaarschnitt]',
    'services: [damenhaarschnitt, ansatzfarbe, kinderhaarschnitt]',
  )
  .replace('services: [herrenhaarschnitt] }', 'services: [herrenhaarschnitt, kinderhaarschnitt] }')
const max = { from: '+491713920001', call: 'call_max' }
const other = { from: '+491713920002', call: 'call_other' }
const tuesday = { date: 'Dienstag' }
const colour = { ...tuesday, service: 'Ansatzfarbe', time: '10 Uhr' }
const child = { ...tuesday, service: 'Kinderhaarschnitt', time: '10:30', staff: 'Nina' }

const book = (desk: Desk, args: JsonObject, caller: Ask) =>
  desk.ask('book_appointment', { ...args, confirmed: true }, caller)

/** Nina's time that Tuesday, in minutes since midnight, with whose it is. */
const ninasTime = async (desk: Desk) => {
  const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
  const nina = profile?.staff.find(({ slug }) => slug === 'nina')?.id
  const taken = await desk.look((tx) =>
    tx.occupancy.between(nina ? [nina] : [], instant(0), instant(9e15), desk.clock.now()),
  )
  const midnight = Date.parse('2026-11-23T23:00:00Z')
  return taken.map(({ owner, startsAt, endsAt }) => [
    owner,
    (startsAt - midnight) / 60_000,
    (endsAt - midnight) / 60_000,
  ])
}

describe('A service with waits', () => {
  it('is booked as one, and its wait is another customer’s with the same colleague', async () => {
    const desk = await openDesk([withColour])
    const booked = await book(desk, colour, max)
    expect(booked).toMatchObject({ status: 'booked', ends_at: '2026-11-24T12:00:00+01:00', staff_slug: 'nina' })
    const between = await book(desk, { ...child, name: 'Tom Test' }, other)
    expect(between).toMatchObject({ status: 'booked', time: '10:30', staff_slug: 'nina' })
    expect(await ninasTime(desk)).toEqual([
      [booked.appointment_id, 600, 630],
      [between.appointment_id, 630, 660],
      [booked.appointment_id, 675, 720],
    ])
    expect(await desk.ask('check_availability', { ...child, time: '11 Uhr' }, other)).toMatchObject({
      status: 'unavailable',
    })
  })

  it('keeps its parts only while it is offered', async () => {
    const desk = await openDesk([withColour])
    const { offer_id } = await desk.ask('check_availability', colour, max)
    expect((await ninasTime(desk)).map(([owner]) => owner)).toEqual([offer_id, offer_id])
    await desk.ask('release_slot', {}, max)
    expect(await ninasTime(desk)).toEqual([])
  })

  it('is not booked at all when one of its parts is somebody else’s', async () => {
    const desk = await openDesk([withColour])
    const taken = await book(desk, { ...child, time: '11:30', name: 'Tom Test' }, other)
    expect(await book(desk, colour, max)).toMatchObject({ status: 'slot_taken' })
    expect(await ninasTime(desk)).toEqual([[taken.appointment_id, 690, 720]])
  })

  it('is moved with all its parts, past what others have in its old wait, and cancelled with all of them', async () => {
    const desk = await openDesk([withColour])
    const booked = await book(desk, colour, max)
    const between = await book(desk, { ...child, name: 'Tom Test' }, other)
    await desk.ask('reschedule_appointment', { new_time: '14 Uhr' }, max)
    const moved = await desk.ask('reschedule_appointment', { confirmed: true }, max)
    expect(moved).toMatchObject({ status: 'rescheduled', new: { time: '14:00', ends_at: '2026-11-24T16:00:00+01:00' } })
    expect(await ninasTime(desk)).toEqual([
      [between.appointment_id, 630, 660],
      [booked.appointment_id, 840, 870],
      [booked.appointment_id, 915, 960],
    ])
    await desk.ask('cancel_appointment', {}, max)
    expect(await desk.ask('cancel_appointment', { confirmed: true }, max)).toMatchObject({ status: 'cancelled' })
    expect(await ninasTime(desk)).toEqual([[between.appointment_id, 630, 660]])
  })

  it('keeps its customer in the chair: nothing else is booked for them, with anybody, before it ends (I-123)', async () => {
    const desk = await openDesk([withColour])
    const booked = await book(desk, colour, max)
    const meanwhile = { ...tuesday, service: 'Herrenhaarschnitt', time: '10:30', staff: 'Udo' }
    const later = { ...max, call: 'call_later' }
    for (const caller of [max, later]) {
      for (const tool of ['check_availability', 'book_appointment']) {
        expect(
          await desk.ask(
            tool,
            { ...meanwhile, confirmed: tool !== 'check_availability' },
            { ...caller, call: `${caller.call}_${tool}` },
          ),
          tool,
        ).toMatchObject({
          status: 'already_booked',
          appointment_id: booked.appointment_id,
          service_slug: 'ansatzfarbe',
          message:
            'Sie haben Dienstag, den 24. November um 10 Uhr bereits einen Termin für Ansatzfarbe. Möchten Sie ihn verschieben oder einen weiteren vereinbaren?',
        })
      }
    }
    const found = await desk.ask('find_alternatives', meanwhile, later)
    const times = Array.isArray(found.alternatives) ? found.alternatives.map((one) => Object(one).time) : []
    expect(times).toEqual(['09:00', '12:00', '12:15'])
    expect(await book(desk, { ...meanwhile, name: 'Leo Muster', for_someone_else: true }, later)).toMatchObject({
      status: 'booked',
      attendee_name: 'Leo Muster',
    })
  })

  it('lets its customer have another one all the same, after the question and a yes', async () => {
    const desk = await openDesk([withColour])
    await book(desk, colour, max)
    const meanwhile = { ...tuesday, service: 'Herrenhaarschnitt', time: '10:30', staff: 'Udo' }
    expect(await book(desk, meanwhile, max)).toMatchObject({ status: 'already_booked' })
    expect(await book(desk, meanwhile, max)).toMatchObject({ status: 'booked', staff_slug: 'udo' })
  })

  it('cannot be moved over what its own customer has elsewhere (I-123)', async () => {
    const desk = await openDesk([withColour])
    await book(desk, colour, max)
    await book(desk, { ...tuesday, service: 'Herrenhaarschnitt', time: '15 Uhr', staff: 'Udo' }, max)
    const refused = await desk.ask('reschedule_appointment', { service: 'Ansatzfarbe', new_time: '14:30' }, max)
    expect(refused).toMatchObject({
      status: 'unavailable',
      reason_code: 'already_booked',
      message:
        'Ihr Termin für Herrenhaarschnitt ist schon zu dieser Zeit: Dienstag, den 24. November um 15 Uhr. Welche andere Zeit würde Ihnen passen?',
    })
    expect(refused.alternatives).toHaveLength(3)
  })
})
