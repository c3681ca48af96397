import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { DAY, HOUR } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../desk.ts'

const cut = { service: 'Herrenhaarschnitt' }
const alternativesOf = (answer: JsonObject): readonly JsonObject[] =>
  Array.isArray(answer.alternatives) ? answer.alternatives.map((one) => Object(one)) : []

/** Now is Friday, November 20th 2026, 10 o'clock. */
describe('what went wrong with days and times elsewhere', () => {
  it.each(['10.12.', '10.12', '10. Dezember', 'am 10.12.', 'Donnerstag, den 10. Dezember', '2026-12-10'])(
    'I-63 a date without a year lies ahead: %s',
    async (date) => {
      const desk = await openDesk()
      expect(await desk.ask('parse_date', { date })).toMatchObject({ status: 'ok', date_iso: '2026-12-10' })
    },
  )

  it.each([
    ['17.06.2024', 'ambiguous'],
    ['13. Juni 2023', 'ambiguous'],
    ['2023-10-04', 'ambiguous'],
    ['24.11.2031', 'ambiguous'],
    ['19.11.2026', 'past_time'],
  ])('I-64 a past date from an agent is asked about and never used: %s', async (date, status) => {
    const desk = await openDesk()
    expect(await desk.ask('parse_date', { date })).toMatchObject({ status: 'ambiguous', next_action: 'ask_caller' })
    const wish = { ...cut, date, time: '10 Uhr' }
    for (const tool of ['check_availability', 'find_alternatives', 'book_appointment']) {
      const answer = await desk.ask(tool, { ...wish, name: 'Jonas Probe' })
      expect(answer, tool).toMatchObject({ status })
      if (status === 'ambiguous') expect(answer.message).toContain('Welchen Tag meinen Sie?')
      else expect(answer.alternatives).toHaveLength(3)
    }
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
  })

  it.each([
    ['Sonntag', undefined, 'closed', 'Sonntag, den 22. November haben wir leider nicht geöffnet.'],
    ['Sonntag', 'abends', 'closed', 'Sonntag, den 22. November haben wir leider nicht geöffnet.'],
    [
      'Samstag',
      'abends',
      'alternatives',
      'Samstag, den 21. November zwischen 17 Uhr und 21 Uhr ist leider nichts frei.',
    ],
  ])('I-73 and I-76 what was wished for is not passed over in silence: %s, %s', async (date, time, status, said) => {
    const desk = await openDesk()
    const wish = { ...cut, date, ...(time === undefined ? {} : { time }) }
    for (const tool of ['check_availability', 'book_appointment']) {
      const answer = await desk.ask(tool, { ...wish, name: 'Jonas Probe' })
      expect(answer).toMatchObject({ status })
      expect(answer.message).toContain(said)
      expect(answer.alternatives).not.toHaveLength(0)
    }
  })

  it('I-73 a day on which a colleague has no time is said to have none', async () => {
    const desk = await openDesk([
      salon.replace('services: [herrenhaarschnitt] }', 'services: [herrenhaarschnitt], absences: ["2026-11-24"] }'),
    ])
    const wish = { ...cut, date: 'Dienstag', staff: 'Udo' }
    expect(await desk.ask('check_availability', wish)).toMatchObject({
      status: 'unavailable',
      message:
        'Dienstag, den 24. November ist leider nichts frei. Würde Ihnen Mittwoch, den 25. November um 9 Uhr oder 9 Uhr 15 passen?',
    })
    expect(await desk.ask('check_availability', { ...wish, time: '10 Uhr' })).toMatchObject({
      status: 'unavailable',
      message: expect.stringMatching(/^Dienstag, den 24\. November um 10 Uhr ist bei Udo Beispiel leider nicht frei\./),
    })
  })

  it('I-65 next week Tuesday, said on a Saturday, is in three days', async () => {
    const desk = await openDesk()
    desk.clock.advance(DAY)
    for (const date of [
      'nächste Woche Dienstag',
      'Dienstag nächste Woche',
      'nächsten Dienstag',
      'kommenden Dienstag',
    ]) {
      expect(await desk.ask('parse_date', { date }), date).toMatchObject({
        date_iso: '2026-11-24',
        spoken: 'Dienstag, den 24. November',
      })
    }
  })

  it('I-66 what one tool understands, all understand', async () => {
    const date = 'Mittwoch, den 25. November'
    const desk = await openDesk()
    expect(await desk.ask('parse_date', { date })).toMatchObject({ date_iso: '2026-11-25' })
    expect(await desk.ask('get_opening_hours', { date })).toMatchObject({ date_iso: '2026-11-25' })
    expect(await desk.ask('check_availability', { ...cut, date, time: '10 Uhr' })).toMatchObject({ date: '25.11.2026' })
    expect(alternativesOf(await desk.ask('find_alternatives', { ...cut, date }))[0]?.date).toBe('25.11.2026')
    expect(await desk.ask('book_appointment', { ...cut, date, time: '10 Uhr', name: 'Jonas Probe' })).toMatchObject({
      status: 'booked',
      date: '25.11.2026',
    })
  })

  it('I-67 a day beyond what may be booked is a question at once', async () => {
    const desk = await openDesk()
    for (const tool of ['parse_date', 'check_availability', 'find_alternatives', 'reserve_slot', 'book_appointment']) {
      const answer = await desk.ask(
        tool,
        { ...cut, date: '7. November', time: '10 Uhr', name: 'Jonas Probe' },
        { call: tool },
      )
      expect(answer.status, tool).toBe('beyond_booking_window')
      expect(answer.message).toMatch(/\?$/)
    }
  })

  it('I-68 a date that can be two is a question', async () => {
    const desk = await openDesk()
    expect(await desk.ask('parse_date', { date: '15.1' })).toMatchObject({ status: 'ambiguous' })
    expect(await desk.ask('check_availability', { ...cut, date: '15.1', time: '10 Uhr' })).toMatchObject({
      status: 'ambiguous',
    })
  })

  it('I-69 a time that is over is said to be over, not replaced', async () => {
    const desk = await openDesk()
    desk.clock.advance(4 * HOUR)
    const answer = await desk.ask('check_availability', { ...cut, date: 'heute', time: '14 Uhr' })
    expect(answer.status).toMatch(/^(past_time|notice_too_short)$/)
    expect(await desk.ask('parse_date', { date: 'heute', time: '13 Uhr' })).toMatchObject({
      status: 'ambiguous',
      reason: 'past',
      time: '13:00',
    })
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
  })

  it.each([
    [{}],
    [{ date: 'diese Woche' }],
    [{ date: 'irgendwann' }],
    [{ time: '9 Uhr' }],
    [{ date: 'nächste Woche' }],
  ])('I-70 what is missing is asked for, never filled in: %j', async (said) => {
    const desk = await openDesk()
    for (const tool of [
      'check_availability',
      'reserve_slot',
      'book_appointment',
      'collect_appointment',
      'parse_date',
    ]) {
      const answer = await desk.ask(tool, { ...cut, ...said, name: 'Jonas Probe', confirmed: true }, { call: tool })
      expect(answer.status, `${tool} ${JSON.stringify(answer)}`).toMatch(/^(needs_date|needs_time|ambiguous)$/)
      expect(String(answer.message)).toMatch(/\?$/)
    }
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
  })

  it('I-71 no date is answered without its weekday', async () => {
    const desk = await openDesk()
    const weekdays = /Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag/
    for (const [tool, args] of [
      ['parse_date', { date: '24.11.' }],
      ['get_opening_hours', { date: '24.11.' }],
      ['check_availability', { ...cut, date: '24.11.', time: '10 Uhr' }],
      ['find_alternatives', { ...cut, date: '24.11.' }],
      ['reserve_slot', { ...cut, date: '24.11.', time: '11 Uhr' }],
    ] as const) {
      const answer = await desk.ask(tool, args)
      expect(answer.message, tool).toMatch(weekdays)
      for (const one of [answer, ...alternativesOf(answer)]) {
        if (one.date !== undefined) expect(one.weekday, tool).toMatch(weekdays)
      }
    }
  })

  it('I-72 a wall-clock time keeps its place when the clocks change', async () => {
    const desk = await openDesk()
    for (const [date, startsAt] of [
      ['26.03.2027', '2027-03-26T09:00:00+01:00'],
      ['29.03.2027', '2027-03-29T09:00:00+02:00'],
    ]) {
      const answer = await desk.ask(
        'check_availability',
        { ...cut, date: date ?? '', time: '9 Uhr' },
        { call: date ?? '' },
      )
      expect(answer).toMatchObject({ status: 'available', time: '09:00', starts_at: startsAt })
    }
  })

  it('I-73 what is free on a Saturday is offered on a Saturday', async () => {
    const desk = await openDesk()
    desk.clock.advance(DAY)
    const found = alternativesOf(await desk.ask('find_alternatives', { ...cut, date: 'heute' }))
    expect(found.map(({ weekday }) => weekday)).toEqual(['Samstag', 'Samstag', 'Samstag'])
  })

  it('I-74 an alternative carries its own day, and choosing it means that day', async () => {
    const desk = await openDesk()
    const [first] = alternativesOf(await desk.ask('check_availability', { ...cut, date: 'Sonntag', time: '10 Uhr' }))
    expect(first).toMatchObject({ weekday: 'Montag', date: '23.11.2026' })
    const booked = await desk.ask('book_appointment', {
      ...cut,
      date: String(first?.date),
      time: String(first?.time),
      name: 'Jonas Probe',
    })
    expect(booked).toMatchObject({ status: 'booked', starts_at: first?.starts_at })
  })

  it('I-75 another day than the one that was checked is confirmed first', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { ...cut, date: '24.11.', time: '10 Uhr' })
    const other = { ...cut, date: '25.11.', time: '10 Uhr', name: 'Jonas Probe' }
    expect(await desk.ask('book_appointment', other)).toMatchObject({
      status: 'needs_confirmation',
      date: '25.11.2026',
    })
    expect(await desk.look((tx) => tx.appointments.ofCall('call_a'))).toEqual([])
  })

  it('I-76 what is heard and what machines read is one instant', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('find_alternatives', { ...cut, date: 'Montag', time: '16 Uhr' })
    const [first, second] = alternativesOf(answer)
    expect(answer.message).toContain(String(first?.spoken))
    const spokenTime = String(second?.time).replace(/^0/, '').replace(':', ' Uhr ').replace(/ 00$/, '')
    expect(answer.message).toContain(spokenTime)
  })

  it.each(['Acht Uhr', 'halb drei', 'Freitag', 'guten Tag', 'bei Nina', 'mir nicht'])(
    'I-77 %j is nobody’s name',
    async (name) => {
      const desk = await openDesk()
      const request = { ...cut, date: '24.11.', time: '10 Uhr', name, bestaetigung: true }
      expect(await desk.ask('book_appointment', request)).toMatchObject({ status: 'needs_name' })
      expect(await desk.ask('collect_appointment', request)).toMatchObject({ status: 'needs_name' })
    },
  )

  it.each(['fub handy @gmail.com', 'max punkt muster ät', 'keine', '{{email}}', 'x'.repeat(5000)])(
    'I-78 an address that nobody can read never stops a booking: %s',
    async (email) => {
      const desk = await openDesk()
      const request = { ...cut, date: '24.11.', time: '10 Uhr', name: 'Jonas Probe', email }
      expect(await desk.ask('book_appointment', request)).toMatchObject({ status: 'booked' })
    },
  )

  it('asks for another hour where neither of two readings is one at which the branch is open', async () => {
    const desk = await openDesk()
    for (const [tool, date] of [
      ['check_availability', 'Samstag'],
      ['check_availability', ''],
      ['parse_date', 'Samstag'],
      ['book_appointment', 'Dienstag'],
    ] as const) {
      const answer = await desk.ask(tool, { service: 'Damenhaarschnitt', date, time: 'halb acht', name: 'Anna Test' })
      expect(answer, tool).toMatchObject({ status: 'ambiguous', reason: 'outside_hours' })
      expect(answer.message).toBe(
        'Um diese Zeit haben wir leider nicht geöffnet. Welche Uhrzeit würde Ihnen sonst passen?',
      )
      expect(answer.candidates).toMatchObject([{ minute: 450 }, { minute: 1170 }])
    }
    const saturday = { service: 'Damenhaarschnitt', date: 'nächste Woche Samstag', time: 'halb drei' }
    expect(await desk.ask('check_availability', saturday)).toMatchObject({ reason: 'outside_hours' })
    expect(await desk.ask('check_availability', { ...saturday, time: 'halb elf' })).toMatchObject({
      status: 'available',
      time: '10:30',
    })
  })
})
