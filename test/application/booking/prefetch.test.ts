import { describe, expect, it } from 'vitest'
import type { UnrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { MINUTE, parseInstant } from '../../../src/domain/time.ts'
import { openDeskWithCalendar, salon } from '../desk.ts'

/** Eight services in Mitte: two of one event type, one of none, one of two parts. */
const many = salon.replace(
  'services:\n',
  `services:
  - { slug: eins, name: Eins, duration_minutes: 30, calcom_event_type_id: 1, branches: [mitte] }
  - { slug: auch-eins, name: Auch Eins, duration_minutes: 30, calcom_event_type_id: 1, branches: [mitte] }
  - { slug: ohne, name: Ohne, duration_minutes: 30, branches: [mitte] }
  - { slug: zwei, name: Zwei, duration_minutes: 30, calcom_event_type_id: 2, branches: [mitte] }
  - { slug: anderswo, name: Anderswo, duration_minutes: 30, calcom_event_type_id: 9, branches: [west] }
  - { slug: drei, name: Drei, duration_minutes: 30, calcom_event_type_id: 3, branches: [mitte] }
  - { slug: vier, name: Vier, duration_minutes: 30, calcom_event_type_id: 4, branches: [mitte] }
`,
)
const thursday = parseInstant('2026-11-19T10:00:00+01:00')._unsafeUnwrap()

const open = async (misbehave?: (calendar: UnrulyCalendar) => void) => {
  const desk = await openDeskWithCalendar(many, misbehave)
  return {
    ...desk,
    slots: async () => {
      await desk.app.idle()
      return desk.calendar.asked().filter((one) => one === 'slots').length
    },
  }
}

describe('when a call begins', () => {
  it.each([
    ['rings', 'call_inbound'],
    ['starts', 'call_started'],
  ] as const)('and %s, the calendar is asked about this week, each event type once', async (_what, event) => {
    const desk = await open()
    desk.clock.set(thursday)
    const call = desk.callOf({})
    await desk.send({ event, ...(event === 'call_inbound' ? { call_inbound: call } : { call }) })
    expect(await desk.slots()).toBe(4)
    const wish = { service: 'Zwei', date: '20.11.2026', time: '10 Uhr' }
    await desk.ask('check_availability', wish)
    expect(await desk.slots()).toBe(4)
  })

  it('by a tool without any event before it, it is asked as well, once a call and once a minute', async () => {
    const desk = await open()
    desk.clock.set(thursday)
    await desk.ask('initialize_call', {})
    expect(await desk.slots()).toBe(4)
    await desk.ask('initialize_call', {}, { call: 'call_b' })
    expect(await desk.slots()).toBe(4)
    desk.clock.advance(5 * MINUTE)
    await desk.ask('initialize_call', {})
    expect(await desk.slots()).toBe(4)
    await desk.ask('initialize_call', {}, { call: 'call_c' })
    expect(await desk.slots()).toBe(8)
  })

  it('on a Friday the next week is asked about too, five questions in all', async () => {
    const desk = await open()
    await desk.ask('initialize_call', {})
    expect(await desk.slots()).toBe(4)
  })

  it('nobody waits for a silent calendar, and one that fails is not asked again', async () => {
    const silent = await open((calendar) => calendar.misbehave('slots', 'silent'))
    expect(await silent.ask('initialize_call', {})).toMatchObject({ status: 'ready' })
    const down = await open((calendar) => calendar.misbehave('slots', 'down'))
    expect(await down.ask('initialize_call', {})).toMatchObject({ status: 'ready' })
    expect(await down.slots()).toBe(1)
  })
})
