import { describe, expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

const tuesday = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: 'halb elf' }
const visible = { from: '+491713920005' }

describe('the name of a booking', () => {
  it.each(['Acht Uhr', 'mir nicht', 'Unbekannt', 'Nina', 'bei Nina', 'Herrenhaarschnitt', 'Max Mustermann'])(
    'is not „%s“ (I-35, I-77, I-132)',
    async (name) => {
      const desk = await openDesk()
      expect(await desk.ask('book_appointment', { ...tuesday, name })).toMatchObject({
        success: true,
        status: 'needs_name',
      })
      expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
    },
  )

  it('is not the agent’s own, as it introduced itself in this call (I-132)', async () => {
    const desk = await openDesk()
    const extra = { transcript_object: [{ role: 'agent', content: 'Guten Tag, mein Name ist Clara.' }] }
    expect((await desk.ask('book_appointment', { ...tuesday, name: 'Clara' }, { extra })).status).toBe('needs_name')
    expect((await desk.ask('book_appointment', { ...tuesday, name: 'Clara Probe' }, { extra })).status).toBe('booked')
  })

  it('of somebody else never becomes the caller’s (I-132)', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' }, visible)
    const other = { ...tuesday, time: '14 Uhr', name: 'Anna Probe', for_someone_else: true }
    expect((await desk.ask('book_appointment', other, visible)).status).toBe('booked')
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    const customer = await desk.look((tx) => tx.customers.find(call?.customer ?? 'cus_00000000'))
    expect([call?.callerName, customer?.name]).toEqual(['Jonas Probe', 'Jonas Probe'])
    const booked = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    expect(booked.map(({ attendeeName }) => attendeeName)).toEqual(['Jonas Probe', 'Anna Probe'])
  })
})

describe('the e-mail of a booking', () => {
  it.each([
    ['fub handy @gmail.com', 'fubhandy@gmail.com'],
    ['habe ich nicht', undefined],
    ['kunde@example.com', undefined],
    ['max at', undefined],
    ['', undefined],
  ])('„%s“ is %s and never keeps it from being booked (I-61, I-78)', async (email, kept) => {
    const desk = await openDesk()
    const request = { ...tuesday, name: 'Jonas Probe', customer_email: email }
    expect((await desk.ask('book_appointment', request, visible)).status).toBe('booked')
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    const customer = await desk.look((tx) => tx.customers.find(call?.customer ?? 'cus_00000000'))
    expect(customer?.email).toBe(kept)
  })
})
