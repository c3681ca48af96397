import { describe, expect, it } from 'vitest'
import { isoWithOffset, type TimeZone } from '../../../src/domain/time.ts'
import { openDesk } from '../desk.ts'

const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr', customer_name: 'Max Muster' }
const fourTimes = { ...wish, repeat: { every: 'week', count: 4 } }
const zone = 'Europe/Berlin' as TimeZone

const booked = async (desk: Awaited<ReturnType<typeof openDesk>>, call = 'call_a') =>
  desk.look((tx) => tx.appointments.ofCall(call))

describe('a weekly series', () => {
  it('is booked as one agreement, at the same time of the clock every week', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('book_appointment', { ...wish, repeat: { every: 'week', count: 22 } })
    expect(answer).toMatchObject({ not_fitting: [], shortened: false })
    expect(answer).toMatchObject({ status: 'booked', series_id: expect.stringMatching(/^ser_/) })
    expect(answer.message).toBe(
      'Ihre 22 Termine für Damenhaarschnitt sind gebucht. Der erste ist Dienstag, den 24. November um 10 Uhr, der letzte Dienstag, den 20. April.',
    )
    const all = await booked(desk)
    expect(new Set(all.map(({ series }) => series))).toEqual(new Set([answer.series_id]))
    const starts = all.map(({ startsAt }) => isoWithOffset(startsAt, zone))
    expect([starts[0], starts.at(-1)]).toEqual(['2026-11-24T10:00:00+01:00', '2027-04-20T10:00:00+02:00'])
    expect(starts.every((one) => one.includes('T10:00:00'))).toBe(true)
  })

  it('names the days that do not fit and books nothing before the caller agreed to the others', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...wish, date: '8.12.2026' }, { call: 'call_b', from: '+4915550100002' })
    const asked = await desk.ask('book_appointment', fourTimes)
    expect(asked).toMatchObject({
      status: 'needs_confirmation',
      not_fitting: ['2026-12-08T10:00:00+01:00'],
      fitting: [{ date: '01.12.2026' }, { date: '15.12.2026' }],
    })
    expect(asked.message).toContain('3 Termine eintragen, am Dienstag, den 8. Dezember geht es leider nicht.')
    expect(await booked(desk)).toEqual([])

    const answer = await desk.ask('book_appointment', { ...fourTimes, confirmed: true })
    expect(answer).toMatchObject({
      status: 'booked',
      not_fitting: ['2026-12-08T10:00:00+01:00'],
      shortened: false,
      message:
        'Ihre 3 Termine für Damenhaarschnitt sind gebucht. Der erste ist Dienstag, den 24. November um 10 Uhr, der letzte Dienstag, den 15. Dezember, ohne Dienstag, den 8. Dezember.',
    })
    expect(answer.appointments).toMatchObject([{ date: '24.11.2026' }, { date: '01.12.2026' }, { date: '15.12.2026' }])
    expect(await booked(desk)).toHaveLength(3)
  })

  it('asked for again is answered as booked, once', async () => {
    const desk = await openDesk()
    const first = await desk.ask('book_appointment', fourTimes)
    expect(await desk.ask('book_appointment', fourTimes)).toEqual(first)
    expect(await booked(desk)).toHaveLength(4)
  })

  it.each([
    ['text', 'jede Woche, 3 mal', 3],
    ['JSON text', '{"every":"week","count":"3"}', 3],
    ['a last day', { every: 'week', until: '8. Dezember' }, 3],
    ['every second week', { every: '2 weeks', count: 3 }, 3],
    ['once', { every: 'week', count: 1 }, 1],
  ])('is understood as %s', async (_how, repeat, count) => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...wish, repeat })
    expect(await booked(desk)).toHaveLength(count)
  })

  it.each([['oft'], [{ every: 'month', count: 3 }], [{ every: 'week', count: -2 }], [{}], [[3]]])(
    'that is said as %j becomes a question, and nothing is booked',
    async (repeat) => {
      const desk = await openDesk()
      expect(await desk.ask('book_appointment', { ...wish, repeat })).toMatchObject({ status: 'needs_repeat' })
      expect(await booked(desk)).toEqual([])
    },
  )

  it('says where the company books no further ahead, and books up to there when that is wanted', async () => {
    const desk = await openDesk()
    const year = { ...wish, repeat: { every: 'week', count: 52 } }
    const asked = await desk.ask('book_appointment', year)
    expect(asked).toMatchObject({ status: 'needs_confirmation', shortened: true, not_fitting: [] })
    expect(asked.message).toBe(
      'So weit im Voraus buchen wir noch nicht; ab Dienstag, den 24. November um 10 Uhr wären es 26 Termine, der letzte am Dienstag, den 18. Mai. Soll ich diese buchen?',
    )
    expect(await booked(desk)).toEqual([])
    expect(await desk.ask('book_appointment', { ...year, confirmed: true })).toMatchObject({
      status: 'booked',
      shortened: true,
      not_fitting: [],
      message:
        'Ihre 26 Termine für Damenhaarschnitt sind gebucht. Der erste ist Dienstag, den 24. November um 10 Uhr, der letzte Dienstag, den 18. Mai, weiter im Voraus buchen wir noch nicht.',
    })
    expect(await booked(desk)).toHaveLength(26)
  })
})
