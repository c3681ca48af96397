import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { application } from '../../../src/application/application.ts'
import { MINUTE, SECOND } from '../../../src/domain/time.ts'
import { openDesk, openDeskWithCalendar, platformKey, salon } from '../desk.ts'

const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' }

/** The salon with a service that is three bookings there. */
const withWave = salon
  .replace(
    'staff:\n',
    '  - { slug: dauerwelle, name: Dauerwelle, branches: [mitte], segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9001 }, { key: B, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9002 }, { key: C, staff_minutes: 10, wait_after_minutes: 0, calcom_event_type_id: 9003 }] }\nstaff:\n',
  )
  .replaceAll('services: [herrenhaarschnitt', 'services: [dauerwelle, herrenhaarschnitt')
const wave = { ...wish, service: 'Dauerwelle' }

const open = async (file = salon) => {
  const desk = await openDeskWithCalendar(file)
  return {
    ...desk,
    hints: async () => {
      await desk.app.idle()
      return desk.calendar.asked().filter((one) => one === 'reserve' || one === 'letGo')
    },
  }
}

describe('a time that is kept for a caller', () => {
  it('is hidden at the calendar, and shown again when it is let go', async () => {
    const desk = await open()
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
    expect(await desk.hints()).toEqual(['reserve'])
    await desk.ask('release_slot', {})
    expect(await desk.hints()).toEqual(['reserve', 'letGo'])
  })

  it('is let go when another one takes its place, and stays when it is kept once more', async () => {
    const desk = await open()
    await desk.ask('check_availability', wish)
    await desk.hints()
    await desk.ask('check_availability', wish)
    expect(await desk.hints()).toEqual(['reserve'])
    await desk.ask('check_availability', { ...wish, time: '12 Uhr' })
    expect(await desk.hints()).toEqual(['reserve', 'letGo', 'reserve'])
  })

  it('is let go when it is booked, and when the call ends', async () => {
    const desk = await open()
    await desk.ask('check_availability', wish)
    await desk.hints()
    expect(await desk.ask('book_appointment', { customer_name: 'Max Muster' })).toMatchObject({ status: 'booked' })
    expect(await desk.hints()).toEqual(['reserve', 'letGo'])
    await desk.ask('check_availability', { ...wish, time: '14 Uhr' }, { call: 'call_b' })
    await desk.hints()
    await desk.send({ event: 'call_ended', call: { ...desk.callOf({ call: 'call_b' }), call_status: 'ended' } })
    await desk.work()
    expect(await desk.hints()).toEqual(['reserve', 'letGo', 'reserve', 'letGo'])
  })

  it('is let go when nobody took it in time, also where it was kept once more', async () => {
    const desk = await open()
    await desk.ask('check_availability', wish)
    await desk.hints()
    desk.clock.advance(4 * MINUTE)
    await desk.app.workJobs(10)
    await desk.ask('check_availability', wish)
    await desk.hints()
    desk.clock.advance(2 * MINUTE)
    await desk.app.workJobs(10)
    expect(await desk.hints()).toEqual(['reserve'])
    desk.clock.advance(4 * MINUTE)
    await desk.app.workJobs(10)
    expect(await desk.hints()).toEqual(['reserve', 'letGo'])
    await desk.app.workJobs(10)
    expect(await desk.hints()).toEqual(['reserve', 'letGo'])
  })

  it('leaves no work behind when it is let go before', async () => {
    const desk = await open()
    await desk.ask('check_availability', wish)
    await desk.hints()
    const before = (await desk.ports.jobs.tally()).waiting
    await desk.ask('release_slot', {})
    await desk.hints()
    expect((await desk.ports.jobs.tally()).waiting).toBe(before - 1)
  })

  it('is hidden part by part where it is several bookings there, and each is let go', async () => {
    const desk = await open(withWave)
    expect(await desk.ask('check_availability', wave)).toMatchObject({ status: 'available' })
    expect(await desk.hints()).toEqual(['reserve', 'reserve', 'reserve'])
    await desk.ask('release_slot', {})
    expect(await desk.hints()).toEqual(['reserve', 'reserve', 'reserve', 'letGo', 'letGo', 'letGo'])
  })

  it('is let go though another process gave it up before the calendar had answered', async () => {
    const told: string[] = []
    let answer = () => undefined as unknown
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    const desk = await openDesk([salon], (clock) => {
      const there = unrulyCalendar(clock)
      return memoryPorts({
        clock,
        ids: countingIds(),
        platformKeys: [platformKey],
        voice: retellVoicePlatform,
        calendars: {
          ...there,
          of: (company) => {
            const calendar = there.of(company)
            return (
              calendar && {
                ...calendar,
                reserve: async (...asked) => {
                  await answered
                  return calendar.reserve(...asked)
                },
                letGo: async (name) => {
                  told.push(name)
                  return calendar.letGo(name)
                },
              }
            )
          },
        },
      })
    })
    await desk.ask('check_availability', wish)
    const other = application(desk.ports)
    const body = JSON.stringify({ name: 'release_slot', args: {}, call: desk.callOf({}) })
    const proven = await other.acceptToolRequest(desk.raw(body, platformKey), undefined)
    expect(await other.answerTool(proven._unsafeUnwrap())).toMatchObject({ status: 'released' })
    await other.idle()
    expect(told).toEqual([])
    answer()
    await desk.app.idle()
    expect(told).toHaveLength(1)
  })

  it('is kept all the same where the calendar fails or is silent, and nobody notices', async () => {
    for (const fault of ['down', 'silent', 'wrong-key'] as const) {
      const desk = await open()
      desk.calendar.misbehave('reserve', fault)
      desk.calendar.misbehave('letGo', fault)
      expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
      expect(await desk.ask('check_availability', wish, { call: 'call_b' })).toMatchObject({ status: 'unavailable' })
      expect(await desk.ask('book_appointment', { customer_name: 'Max Muster' })).toMatchObject({ status: 'booked' })
      if (fault !== 'silent') expect(await desk.hints()).toEqual(['reserve'])
    }
  })

  it('is found to be free as soon as it is let go, and what was asked before it was hidden is still remembered', async () => {
    const desk = await open()
    const slots = () => desk.calendar.asked().filter((one) => one === 'slots').length
    const other = { call: 'call_b', from: '+4915550100002' }
    const nextWeek = { service: 'Herrenhaarschnitt', date: '2.12.2026', time: '12 Uhr' }
    await desk.ask('check_availability', nextWeek, { call: 'call_c' })
    desk.clock.advance(SECOND)
    await desk.ask('check_availability', wish)
    await desk.hints()
    expect(slots()).toBe(2)
    desk.clock.advance(SECOND)
    // Asked for while the calendar hides ten o'clock of the first week from everybody.
    await desk.ask('find_alternatives', { ...wish, service: 'Damenhaarschnitt' }, other)
    expect(slots()).toBe(3)
    await desk.ask('release_slot', {})
    await desk.hints()
    desk.clock.advance(SECOND)
    await desk.ask('check_availability', { ...wish, service: 'Damenhaarschnitt' }, other)
    expect(slots()).toBe(4)
    await desk.ask('check_availability', { ...nextWeek, time: '14 Uhr' }, other)
    expect(slots()).toBe(4)
  })
})
