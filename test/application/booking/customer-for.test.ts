import { describe, expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr', customer_name: 'Erika Beispiel' }
const erika = { call: 'call_erika', from: '+4915550100009' }

const customer = async (desk: Awaited<ReturnType<typeof openDesk>>, phone: string) =>
  desk.look(async (tx) => tx.customers.byPhone(phone as never))

describe('what is known of a customer', () => {
  it('grows by what they say later, and is not changed by it', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', wish, erika)
    expect(await customer(desk, erika.from)).toMatchObject({ name: 'Erika Beispiel', email: undefined })
    const later = { ...wish, time: '12 Uhr', customer_name: 'Erica Beispiehl' }
    await desk.ask('book_appointment', { ...later, customer_email: 'erika at salon minus mond punkt example' }, erika)
    expect(await customer(desk, erika.from)).toMatchObject({
      name: 'Erika Beispiel',
      email: 'erika@salon-mond.example',
    })
    await desk.ask('book_appointment', { ...wish, time: '15 Uhr', customer_email: 'other@salon-mond.example' }, erika)
    expect(await customer(desk, erika.from)).toMatchObject({ email: 'erika@salon-mond.example' })
  })

  it('is not touched by a booking for somebody else, whose name fills none in either (I-132)', async () => {
    const desk = await openDesk()
    const forOther = { ...wish, for_someone_else: true, customer_email: 'kind@salon-mond.example' }
    await desk.ask('book_appointment', forOther, erika)
    expect(await customer(desk, erika.from)).toMatchObject({ name: '', email: undefined })
    await desk.ask('book_appointment', { ...wish, time: '12 Uhr', customer_name: 'Mutter Beispiel' }, erika)
    expect(await customer(desk, erika.from)).toMatchObject({ name: 'Mutter Beispiel' })
  })

  it('cannot be added to by a hidden caller who only says the number', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', wish, erika)
    const hidden = { ...wish, time: '12 Uhr', customer_phone: erika.from, customer_email: 'thief@salon-mond.example' }
    expect(await desk.ask('book_appointment', hidden, { call: 'call_h', from: 'anonymous' })).toMatchObject({
      status: 'booked',
    })
    expect(await customer(desk, erika.from)).toMatchObject({ email: undefined })
  })
})
