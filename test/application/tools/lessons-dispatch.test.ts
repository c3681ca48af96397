import { describe, expect, it } from 'vitest'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { tools } from '../../../src/application/tools/registry.ts'
import { isObject, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { openDesk, salon } from '../desk.ts'

const wish = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: '10:30' }
const complete = { ...wish, customer_name: 'Jonas Probe' }

describe('what went wrong between agents and tools elsewhere', () => {
  it('I-29 a version in the name of a tool changes nothing, and an unknown tool claims nothing', async () => {
    const desk = await openDesk()
    expect(await desk.ask('book_appointment_v17', complete)).toMatchObject({ status: 'booked' })
    const unknown = await desk.ask('book_appointment_please', complete, { call: 'call_b' })
    expect(unknown).toMatchObject({ success: false, status: 'unknown_tool' })
    expect(unknown.message).toContain('nichts gebucht')
    expect(await desk.look((tx) => tx.appointments.ofCall('call_b'))).toEqual([])
  })

  it('I-29 an unknown tool raises an alert that open pages hear of, once', async () => {
    const desk = await openDesk()
    const { company } = await desk.scopeOf()
    for (const _ of [1, 2]) await desk.ask('book_table', {})
    const alerts = (await desk.look((tx) => tx.alerts.list({ limit: 9, cursor: undefined }))).items
    const told = (await desk.ports.events.after(company, 0, 100)).filter(({ kind }) => kind === 'alert')
    expect(told.map(({ data }) => data)).toEqual(alerts.map(({ id }) => ({ alert_id: id })))
    expect(alerts).toMatchObject([{ kind: 'unknown_tool', callId: 'call_a' }])
  })

  it('I-30 every tool that an agent is given has an answer', async () => {
    const desk = await openDesk()
    for (const { name } of toolJson('de', 'https://desk.example')) {
      const answer = await desk.ask(String(name), {}, { call: `call_${String(name)}` })
      expect(answer.success, String(name)).toBe(true)
      expect(answer.status).not.toBe('unknown_tool')
    }
  })

  it('I-31 the tools of older flows are known under the names that these flows use', async () => {
    const desk = await openDesk()
    for (const name of ['confirm_booking', 'get_customer_appointments', 'get_available_services', 'start_booking']) {
      expect((await desk.ask(name, {}, { call: `call_${name}` })).success, name).toBe(true)
    }
    await desk.ask('check_availability', wish)
    const booked = await desk.ask('confirm_booking', { name: 'Jonas Probe' })
    expect(booked.status).toBe('booked')
    expect(await desk.ask('confirm_booking', { call_id: '{{call_id}}' })).toEqual(booked)
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toHaveLength(1)
  })

  it('I-32 a company without booking gives its agents no tool that it would refuse', async () => {
    const desk = await openDesk([salon.replace('booking: true', 'booking: false')])
    for (const { name } of toolJson('de', 'https://desk.example', { booking: false })) {
      expect((await desk.ask(String(name), {}, { call: `call_${String(name)}` })).status).not.toBe(
        'booking_not_offered',
      )
    }
  })

  it.each([[undefined], [null], [false], [''], ['false']])(
    'I-33 booking books or says that it did not, whatever stands in confirmed: %j',
    async (bestaetigung) => {
      const desk = await openDesk()
      const args: JsonObject = bestaetigung === undefined ? complete : { ...complete, bestaetigung }
      expect(await desk.ask('book_appointment', args)).toMatchObject({ status: 'booked' })
      expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toHaveLength(1)
    },
  )

  it('I-34 the one tool for both can book', async () => {
    const desk = await openDesk()
    expect(await desk.ask('collect_appointment_data', complete)).toMatchObject({ awaiting_confirmation: true })
    expect(await desk.ask('collect_appointment_data', { ...complete, bestaetigung: 'true' })).toMatchObject({
      status: 'booked',
    })
  })

  it.each([
    [{ ...wish, customer_name: 'Unbekannt' }, 'needs_name'],
    [{ ...wish, customer_name: '' }, 'needs_name'],
    [{ service: wish.service, time: wish.time, customer_name: 'Jonas Probe' }, 'needs_date'],
    [{ service: wish.service, date: wish.date, customer_name: 'Jonas Probe' }, 'needs_time'],
    [{ date: wish.date, time: wish.time, customer_name: 'Jonas Probe' }, 'needs_service'],
  ])('I-35 nothing is booked with a part missing: %j', async (args, status) => {
    const desk = await openDesk()
    for (const tool of ['book_appointment', 'collect_appointment']) {
      expect(await desk.ask(tool, { ...args, confirmed: true }, { call: tool })).toMatchObject({ status })
      expect(await desk.look((tx) => tx.appointments.ofCall(tool))).toEqual([])
    }
  })

  it('I-36 a no is no failure, and always has a sentence', async () => {
    const desk = await openDesk()
    for (const args of [
      {},
      { ...wish, date: 'Sonntag' },
      { ...wish, service: 'Ölwechsel' },
      { ...wish, staff: 'Kunigunde' },
    ]) {
      for (const { name } of tools) {
        const answer = await desk.ask(name, args, { from: 'anonymous', call: `${name}_${JSON.stringify(args)}` })
        expect(answer.success, name).toBe(true)
        expect(String(answer.message), name).toMatch(/^\p{Lu}.*[.?!]$/u)
      }
    }
  })

  it('I-38 what is to be said is complete, and the parts of it are fields', async () => {
    const desk = await openDesk()
    const variables = { ...complete, customer_name: 'Jonas Probe', notes: '{{new_datum}} um {{new_uhrzeit}}' }
    for (const tool of ['check_availability', 'find_alternatives', 'book_appointment']) {
      const answer = await desk.ask(tool, variables)
      expect(JSON.stringify(answer.message)).not.toContain('{{')
      if (tool !== 'find_alternatives') {
        expect(answer).toMatchObject({ date: '24.11.2026', time: '10:30', weekday: 'Dienstag' })
        expect(answer.message).toContain(String(answer.spoken))
      }
    }
  })

  it('I-39 every name that an argument ever had means the same', async () => {
    const canonical = await (await openDesk()).ask('check_availability', { ...wish, staff: 'Nina' })
    expect(canonical.status).toBe('available')
    for (const [service, date, time, staff] of [
      ['service_name', 'appointment_date', 'appointment_time', 'preferred_staff_id'],
      ['dienstleistung', 'datum', 'uhrzeit', 'mitarbeiter'],
      ['service', 'date_string', 'time', 'mitarbeiter_wunsch'],
      ['service', 'relative_day', 'preferred_time', 'preferred_staff'],
    ] as const) {
      const args = { [service]: wish.service, [date]: wish.date, [time]: wish.time, [staff]: 'Nina' }
      expect(await (await openDesk()).ask('check_availability', args), JSON.stringify(args)).toEqual(canonical)
    }
    const joined = { service: wish.service, datetime: 'nächste Woche Dienstag 10:30', staff: 'Nina' }
    expect(await (await openDesk()).ask('check_availability', joined)).toEqual(canonical)
  })

  it('I-39 a part of the day is never lost on the way', async () => {
    const desk = await openDesk()
    const { alternatives } = await desk.ask('get_alternatives', {
      service_name: 'Herrenhaarschnitt',
      preferred_date: 'Montag',
      preferred_time: 'nachmittags',
    })
    expect(Array.isArray(alternatives) && alternatives.length).toBe(3)
    for (const one of Array.isArray(alternatives) ? alternatives : []) expect(Object(one).time >= '13:00').toBe(true)
  })

  it('I-41 there is one envelope, and it does not contradict itself', async () => {
    const desk = await openDesk()
    for (const { name } of tools) {
      const answer = await desk.ask(name, complete, { call: `call_${name}` })
      for (const value of Object.values(answer)) {
        if (isObject(value)) expect(Object.keys(value), name).not.toContain('success')
      }
      expect(answer.data, name).toBeUndefined()
    }
  })

  it('I-42 a booking that cannot be made is an answer, and nothing of it remains', async () => {
    const desk = await openDesk()
    for (const [staff, customer_name] of [
      ['Nina', 'Anna Test'],
      ['Udo', 'Tom Test'],
    ] as const) {
      const other = { ...complete, staff, customer_name }
      expect(await desk.ask('book_appointment', other, { call: staff })).toMatchObject({ status: 'booked' })
    }
    expect(await desk.ask('book_appointment', { ...wish, customer_name: 'Max Muster' })).toMatchObject({
      success: true,
      status: 'slot_taken',
    })
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
  })
})
