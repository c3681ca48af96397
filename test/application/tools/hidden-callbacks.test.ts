import { describe, expect, it } from 'vitest'
import { openDesk, openDeskWithCalendar, salon } from '../desk.ts'

const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
/** Nobody works in the fortnight that is searched. */
const away = salon.replace(
  'services: [herrenhaarschnitt, damenhaarschnitt] }',
  'services: [herrenhaarschnitt, damenhaarschnitt], absences: ["2026-11-20..2027-01-31"] }',
)
const withDeadCalendar = () => openDeskWithCalendar(salon, (calendar) => calendar.misbehave('slots', 'down'))

describe('the offer to call back (I-136)', () => {
  it.each([
    ['no_availability', () => openDesk([away])],
    ['calendar_unreachable', withDeadCalendar],
  ] as const)('after %s asks a hidden caller for a number, and nobody else', async (status, open) => {
    const desk = await open()
    const known = await desk.ask('check_availability', wish)
    expect(known).toMatchObject({ status, message: expect.stringMatching(/Sollen wir Sie zurückrufen\?$/) })
    const hidden = await desk.ask('check_availability', wish, { call: 'call_h', from: 'anonymous' })
    expect(hidden).toMatchObject({ status, message: expect.stringMatching(/Unter welcher Nummer .*\?$/) })
  })
})
