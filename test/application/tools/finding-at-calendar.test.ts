import { describe, expect, it } from 'vitest'
import { openDeskWithCalendar } from '../desk.ts'

const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' }

describe('finding and keeping where a vendor’s calendar has the appointments', () => {
  it('names and keeps only what that calendar calls free', async () => {
    const desk = await openDeskWithCalendar()
    const found = await desk.ask('find_alternatives', wish)
    expect(found.status).toBe('alternatives')
    expect(await desk.ask('reserve_slot', wish)).toMatchObject({ status: 'reserved' })
    expect(await desk.ask('collect_appointment', wish)).toMatchObject({
      status: 'available',
      awaiting_confirmation: true,
    })
  })

  it.each(['find_alternatives', 'reserve_slot', 'collect_appointment'])(
    '%s says honestly that it does not answer',
    async (tool) => {
      const desk = await openDeskWithCalendar()
      desk.calendar.misbehave('slots', 'down')
      const answer = await desk.ask(tool, wish)
      expect(answer).toMatchObject({ success: true, status: 'calendar_unreachable' })
      expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
    },
  )

  it('informs, understands and lets go without that calendar', async () => {
    const desk = await openDeskWithCalendar()
    const { offer_id } = await desk.ask('reserve_slot', wish)
    desk.calendar.misbehave('slots', 'down')
    expect(await desk.ask('release_slot', { offer_id: String(offer_id) })).toMatchObject({ status: 'released' })
    for (const [tool, status] of [
      ['list_services', 'ok'],
      ['get_opening_hours', 'ok'],
      ['parse_date', 'ok'],
      ['get_service_info', 'ok'],
      ['check_customer', 'new_customer'],
    ] as const) {
      expect((await desk.ask(tool, wish)).status, tool).toBe(status)
    }
  })
})
