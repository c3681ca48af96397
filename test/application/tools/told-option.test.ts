import { describe, expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
const other = { call: 'call_b', from: '+4915550100002' }

const taken = async () => {
  const desk = await openDesk()
  await desk.ask('book_appointment', { ...wish, customer_name: 'Erika Beispiel' }, other)
  const no = await desk.ask('check_availability', wish)
  return { desk, alternatives: no.alternatives as { option: number; starts_at: string; time: string }[] }
}

describe('an alternative that is chosen by its number', () => {
  it.each([1, '2', 'Option 3'])('%s is the very time that was told (I-74)', async (option) => {
    const { desk, alternatives } = await taken()
    const number = Number(String(option).replace(/\D/g, ''))
    const told = alternatives.find((one) => one.option === number)
    const answer = await desk.ask('book_appointment', { option, customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'booked', starts_at: told?.starts_at, service_slug: 'damenhaarschnitt' })
  })

  it('is refused when somebody took it meanwhile, with others', async () => {
    const { desk, alternatives } = await taken()
    await desk.ask(
      'book_appointment',
      {
        service: 'Damenhaarschnitt',
        date: '24.11.2026',
        time: alternatives[0]?.time ?? '',
        customer_name: 'Udo Muster',
      },
      { call: 'call_c', from: '+4915550100003' },
    )
    const answer = await desk.ask('book_appointment', { option: 1, customer_name: 'Max Muster' })
    expect(answer).toMatchObject({ status: 'slot_taken' })
  })

  it.each(['7', 'Option 4', 'off_00000099', 'x'])('%s was never told, and nothing is booked', async (option) => {
    const { desk } = await taken()
    expect(await desk.ask('book_appointment', { option, customer_name: 'Max Muster' })).toMatchObject({
      status: 'not_booked',
    })
  })

  it('means nothing in another call', async () => {
    const { desk } = await taken()
    const answer = await desk.ask('book_appointment', { option: 1, customer_name: 'Max Muster' }, { call: 'call_d' })
    expect(answer.status).toBe('not_booked')
  })
})
