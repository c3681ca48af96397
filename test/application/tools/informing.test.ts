import { describe, expect, it } from 'vitest'
import { publicHolidays } from '../../../src/adapters/holidays/public-holidays.ts'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { openDesk, platformKey, salon } from '../desk.ts'

const english = salon.replace('language: de', 'language: en')
const withoutBooking = salon.replace('booking: true', 'booking: false')

/** Nine services of Mitte in two categories and none. */
const large = salon.replace(
  'staff:',
  `  - { slug: straehnen, name: Strähnen, category: Farbe, duration_minutes: 90, price: 7950, branches: [mitte] }
  - { slug: ansatz, name: Ansatzfarbe, category: Farbe, duration_minutes: 60, price: 50, branches: [mitte] }
  - { slug: balayage, name: Balayage, category: Farbe, duration_minutes: 150, branches: [mitte] }
  - { slug: pony, name: Ponyschnitt, category: Schnitt, duration_minutes: 15, price: 1550, branches: [mitte] }
  - { slug: kinder, name: Kinderhaarschnitt, category: Schnitt, duration_minutes: 30, price: 1900, branches: [mitte] }
  - { slug: alt, name: Dauerwelle, category: Schnitt, duration_minutes: 135, active: false }
staff:`,
)

describe('list_services', () => {
  it('names what this branch offers with price and duration, as data and in words', async () => {
    const desk = await openDesk()
    expect(await desk.ask('list_services', {})).toMatchObject({
      success: true,
      status: 'ok',
      message:
        'Wir bieten Ihnen Herrenhaarschnitt für 32 Euro in 55 Minuten und Damenhaarschnitt für 54 Euro in 1 Stunde.',
      branch_slug: 'mitte',
      services: [
        {
          name: 'Herrenhaarschnitt',
          slug: 'herrenhaarschnitt',
          category: null,
          duration_minutes: 55,
          duration: '55 Minuten',
          price: { amount: 3200, currency: 'EUR' },
          price_spoken: '32 Euro',
        },
        { slug: 'damenhaarschnitt' },
      ],
    })
  })

  it('never names what only another branch offers, nor what is offered no more', async () => {
    const desk = await openDesk([large])
    const everything = await Promise.all(
      [{}, { category: 'Farbe' }, { category: 'Schnitt' }, { category: 'Bart' }].map((args, index) =>
        desk.ask('get_available_services', args, { call: `call_${index}` }),
      ),
    )
    expect(JSON.stringify(everything)).not.toMatch(/Bartpflege|Dauerwelle/)
  })

  it('names categories and asks when there are more than five', async () => {
    const desk = await openDesk([large])
    const answer = await desk.ask('list_services', {})
    expect(answer).toMatchObject({
      status: 'ok',
      message: 'Wir bieten Ihnen die Bereiche Farbe, Schnitt und Weiteres an. Welcher davon interessiert Sie?',
      categories: [
        { name: 'Farbe', count: 3 },
        { name: 'Schnitt', count: 2 },
        { name: 'Weiteres', count: 2 },
      ],
    })
    expect(answer.services).toBeUndefined()
  })

  it.each([
    [{ category: 'Farbe' }, ['straehnen', 'ansatz', 'balayage']],
    [{ kategorie: 'die Farben' }, ['straehnen', 'ansatz', 'balayage']],
    [{ gender: 'männlich' }, ['herrenhaarschnitt']],
    [{ category: 'für meine Frau' }, ['damenhaarschnitt']],
    [{ category: 'Weiteres' }, ['herrenhaarschnitt', 'damenhaarschnitt']],
  ])('understands %j', async (args, slugs) => {
    const desk = await openDesk([large])
    const { services } = await desk.ask('list_services', args)
    expect(Array.isArray(services) ? services.map((one) => Object(one).slug) : []).toEqual(slugs)
  })

  it('says prices as people say them, and none where there is none', async () => {
    const desk = await openDesk([large])
    const { message } = await desk.ask('list_services', { category: 'Farbe' })
    expect(message).toBe(
      'Wir bieten Ihnen Strähnen für 79 Euro 50 in 1 Stunde 30 Minuten, Ansatzfarbe für 50 Cent in 1 Stunde und Balayage in 2 Stunden 30 Minuten.',
    )
    expect((await desk.ask('list_services', { category: 'Schnitt' })).message).toContain('Ponyschnitt für 15 Euro 50')
  })

  it('says honestly that there is no such category, with what there is', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('list_services', { category: 'Massage' })
    expect(answer.status).toBe('ok')
    expect(String(answer.message)).toMatch(/^Das bieten wir hier so leider nicht an\. Wir bieten Ihnen /)
  })

  it('shows five at most of one category', async () => {
    const names = Array.from(
      { length: 8 },
      (_, index) => `  - { slug: kur${index}, name: Kur ${index}, duration_minutes: 30 }`,
    )
    const desk = await openDesk([salon.replace('staff:', `${names.join('\n')}\nstaff:`)])
    const answer = await desk.ask('list_services', {})
    expect(answer.services).toHaveLength(5)
    expect(answer).toMatchObject({ more: 5 })
    expect(String(answer.message)).toMatch(/^Wir bieten Ihnen unter anderem /)
  })

  it('informs callers of a company without booking, and in English', async () => {
    const desk = await openDesk([withoutBooking])
    expect(await desk.ask('list_services', {})).toMatchObject({ status: 'ok' })
    const abroad = await openDesk([english])
    expect((await abroad.ask('list_services', {})).message).toBe(
      'We offer Herrenhaarschnitt for 32 euros in 55 minutes and Damenhaarschnitt for 54 euros in 1 hour.',
    )
  })
})

describe('get_service_info', () => {
  it('tells the duration, the price and who does it', async () => {
    const desk = await openDesk()
    expect(await desk.ask('get_service_info', { dienstleistung: 'Herrenschnitt' })).toMatchObject({
      status: 'ok',
      message: 'Herrenhaarschnitt dauert 55 Minuten und kostet 32 Euro. Möchten Sie dafür einen Termin?',
      service_slug: 'herrenhaarschnitt',
      duration_minutes: 55,
      price: { amount: 3200, currency: 'EUR' },
      who_can: [{ slug: 'nina' }, { slug: 'udo' }],
    })
  })

  it('offers no appointment where none can be made', async () => {
    const desk = await openDesk([withoutBooking])
    expect((await desk.ask('get_service_info', { service: 'Herrenhaarschnitt' })).message).toBe(
      'Herrenhaarschnitt dauert 55 Minuten und kostet 32 Euro.',
    )
  })

  it.each([
    [{}, 'needs_service'],
    [{ service: 'Ölwechsel' }, 'needs_service'],
    [{ service: 'Bartpflege' }, 'not_offered_here'],
  ])('asks about %j', async (args, status) => {
    const desk = await openDesk()
    expect(await desk.ask('get_service_info', args)).toMatchObject({ success: true, status })
  })
})

describe('get_opening_hours', () => {
  it('tells the hours of today when no day is said', async () => {
    const desk = await openDesk()
    expect(await desk.ask('get_opening_hours', {})).toMatchObject({
      status: 'ok',
      message: 'Heute, Freitag, den 20. November haben wir von 9 bis 18 Uhr geöffnet.',
      date_iso: '2026-11-20',
      weekday: 'Freitag',
      open: [{ from: '09:00', to: '18:00' }],
      is_open_now: true,
      next_opening: { starts_at: '2026-11-21T09:00:00+01:00' },
    })
  })

  it('tells when it opens again after a closed day', async () => {
    const desk = await openDesk()
    expect(await desk.ask('get_opening_hours', { date: 'Sonntag' })).toMatchObject({
      status: 'ok',
      message: 'Sonntag, den 22. November haben wir geschlossen. Wir öffnen wieder Montag, den 23. November um 9 Uhr.',
      open: [],
      opening_hours: 'geschlossen',
      next_opening: { starts_at: '2026-11-23T09:00:00+01:00' },
    })
  })

  it('says why a day is closed that is open otherwise', async () => {
    const closed = salon.replace(
      '    hours: { mon',
      '    closed: ["2026-11-24"]\n    public_holidays: DE-BE\n    hours: { mon',
    )
    const desk = await openDesk([closed], (clock) =>
      memoryPorts({
        clock,
        ids: countingIds(),
        platformKeys: [platformKey],
        voice: retellVoicePlatform,
        holidays: publicHolidays(),
      }),
    )
    expect(await desk.ask('get_opening_hours', { date: 'nächsten Dienstag' })).toMatchObject({
      closed_because: 'closed',
      message:
        'Dienstag, den 24. November haben wir ausnahmsweise geschlossen. Wir öffnen wieder Mittwoch, den 25. November um 9 Uhr.',
    })
    expect(await desk.ask('get_opening_hours', { date: '25. Dezember' })).toMatchObject({
      closed_because: 'holiday',
      holiday: 'Erster Weihnachtstag',
      message:
        'Freitag, den 25. Dezember haben wir geschlossen, weil Erster Weihnachtstag ist. Wir öffnen wieder Montag, den 28. Dezember um 9 Uhr.',
    })
  })

  it('has the days that follow at hand', async () => {
    const desk = await openDesk()
    const { following_days: days } = await desk.ask('get_opening_hours', { datum: 'morgen' })
    expect(Array.isArray(days) ? days.map((one) => Object(one).opening_hours) : []).toEqual([
      'geschlossen',
      ...Array<string>(5).fill('9 bis 18 Uhr'),
    ])
  })

  it.each([
    [{ date: 'blablub' }, 'needs_date'],
    [{ date: 'Montag, den 24. November' }, 'ambiguous'],
    [{ date: 'gestern' }, 'ok'],
    [{ date: '24.11.2027' }, 'ok'],
  ])('answers %j with %s', async (args, status) => {
    const desk = await openDesk()
    expect(await desk.ask('get_opening_hours', args)).toMatchObject({ success: true, status })
  })

  it('asks for the branch of a web call of several', async () => {
    const desk = await openDesk([salon.replaceAll('agent_west', 'agent_mitte')])
    const web = { extra: { call_type: 'web_call', agent_id: 'agent_mitte', to_number: '', from_number: '' } }
    expect(await desk.ask('get_opening_hours', {}, web)).toMatchObject({ status: 'needs_branch' })
    expect(await desk.ask('get_opening_hours', { branch: 'West', date: 'Montag' }, web)).toMatchObject({
      status: 'ok',
      opening_hours: '10 bis 19 Uhr',
    })
  })
})

describe('parse_date', () => {
  it('says back day and time with the weekday, and what comes next', async () => {
    const desk = await openDesk()
    expect(await desk.ask('parse_date', { date_string: 'nächste Woche Dienstag', uhrzeit: 'halb elf' })).toEqual({
      success: true,
      status: 'ok',
      message: 'Sie meinen Dienstag, den 24. November um 10 Uhr 30. Einen Moment bitte, ich sehe nach, was frei ist.',
      starts_at: '2026-11-24T10:30:00+01:00',
      date_iso: '2026-11-24',
      date: '24.11.2026',
      weekday: 'Dienstag',
      time: '10:30',
      window: null,
      spoken: 'Dienstag, den 24. November um 10 Uhr 30',
      next_action: 'check_availability',
    })
  })

  it.each([
    [{ date: 'morgen' }, { status: 'ok', date_iso: '2026-11-21', time: null, window: null, starts_at: null }],
    [
      { date: 'morgen', time: 'vormittags' },
      {
        status: 'ok',
        window: { from: '09:00', to: '12:00' },
        spoken: 'Samstag, den 21. November zwischen 9 Uhr und 12 Uhr',
      },
    ],
    [
      { date: 'Montag', time: 'ab 16 Uhr' },
      { status: 'ok', spoken: 'Montag, den 23. November ab 16 Uhr' },
    ],
    [{ time: '14 Uhr' }, { status: 'needs_date', time: '14:00', message: 'Welchen Tag meinen Sie?' }],
    [{}, { status: 'needs_date', time: null }],
    [{ date: 'asdf' }, { status: 'needs_date' }],
    [{ date: 'Montag, den 24. November' }, { status: 'ambiguous', next_action: 'ask_caller' }],
    [{ date: 'gestern' }, { status: 'ambiguous', reason: 'past', date_iso: '2026-11-19', next_action: 'ask_caller' }],
    [
      { date: 'heute', time: '9 Uhr' },
      { status: 'ambiguous', reason: 'past', time: '09:00' },
    ],
    [{ date: '24.11.2027' }, { status: 'beyond_booking_window' }],
  ])('understands %j', async (args, expected) => {
    const desk = await openDesk()
    expect(await desk.ask('parse_date', args)).toMatchObject({ success: true, ...expected })
  })

  it('promises no look at the calendar where there is none', async () => {
    const desk = await openDesk([withoutBooking])
    expect(await desk.ask('parse_date', { date: 'morgen' })).toMatchObject({
      status: 'ok',
      message: 'Sie meinen Samstag, den 21. November.',
      next_action: null,
    })
  })
})
