import { describe, expect, it } from 'vitest'
import { changePhrases } from '../../../src/application/tools/phrases-changes.ts'
import { english } from '../../../src/application/tools/phrases-english.ts'
import { german } from '../../../src/application/tools/phrases-german.ts'
import { infoPhrases } from '../../../src/application/tools/phrases-info.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { type Instant, instant, MINUTE, SECOND } from '../../../src/domain/time.ts'
import { openDeskWithCalendar } from '../desk.ts'

const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' }
const other = { call: 'call_b', from: '+4915550100002' }
const timesIn = (answer: JsonObject) => (answer.alternatives as { time: string }[]).map(({ time }) => time)

describe('a time that a vendor’s calendar called free', () => {
  it('is called free to a caller for a minute at most without asking again', async () => {
    const desk = await openDeskWithCalendar()
    await desk.ask('find_alternatives', wish)
    desk.calendar.take(monday('10:00'))
    desk.clock.advance(61 * SECOND)
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'unavailable' })
    expect(desk.calendar.asked()).toEqual(['slots', 'slots'])
  })

  it('is suggested for a quarter of an hour, and asked about before it is kept', async () => {
    const desk = await openDeskWithCalendar()
    const told = await desk.ask('find_alternatives', wish)
    expect(timesIn(told)).toContain('10:00')
    desk.calendar.take(monday('10:00'))
    desk.clock.advance(10 * MINUTE)
    const suggested = await desk.ask('find_alternatives', wish, other)
    expect(timesIn(suggested)).toContain('10:00')
    expect(desk.calendar.asked()).toEqual(['slots'])
    expect(await desk.ask('check_availability', wish, other)).toMatchObject({ status: 'unavailable' })
    expect(desk.calendar.asked()).toEqual(['slots', 'slots'])
    expect(timesIn(await desk.ask('find_alternatives', { ...wish, after: '9 Uhr' }, other))).not.toContain('10:00')
  })

  it('is asked about before it is booked without an offer', async () => {
    const desk = await openDeskWithCalendar()
    const told = await desk.ask('find_alternatives', wish)
    const option = timesIn(told).indexOf('10:00') + 1
    expect(option).toBeGreaterThan(0)
    desk.calendar.take(monday('10:00'))
    desk.clock.advance(2 * MINUTE)
    const booked = await desk.ask('book_appointment', { offer_id: `${option}`, customer_name: 'Max Muster' })
    expect(booked).toMatchObject({ status: 'slot_taken' })
    expect(desk.calendar.asked()).not.toContain('place')
  })

  it('is asked about again before anybody is told that there is nothing', async () => {
    const desk = await openDeskWithCalendar()
    const [profile] = await Promise.all([desk.ports.directory.profile((await desk.scopeOf()).company)])
    const there = profile && desk.calendar.of(profile)
    for (const hour of ['09', '10', '11']) {
      desk.calendar.take(monday(`${hour}:00`))
      desk.calendar.take(monday(`${hour}:30`))
    }
    const before = await desk.ask('check_availability', { ...wish, time: 'vormittags' })
    expect(before.message).toMatch(/nichts frei/)
    for (const { uid } of desk.calendar.bookings()) await there?.cancel(uid, {} as never, undefined)
    const asked = desk.calendar.asked().filter((one) => one === 'slots').length
    desk.clock.advance(5 * MINUTE)
    const after = await desk.ask('check_availability', { ...wish, time: 'vormittags' }, other)
    expect(after).toMatchObject({ status: 'alternatives' })
    expect(after.message).not.toMatch(/nichts frei/)
    expect(desk.calendar.asked().filter((one) => one === 'slots')).toHaveLength(asked + 1)
  })

  it('stays free to the call that holds it, though the calendar hides what it keeps for us (I-95)', async () => {
    const desk = await openDeskWithCalendar()
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
    desk.calendar.take(monday('10:00'))
    desk.clock.advance(2 * MINUTE)
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available', time: '10:00' })
    expect(await desk.ask('check_availability', wish, other)).toMatchObject({ status: 'unavailable' })
    desk.clock.advance(6 * MINUTE)
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'unavailable' })
  })
})

describe('what is said of other times', () => {
  it('calls none of them free, for they may be a quarter of an hour old', () => {
    const one = {
      service: 'Schnitt',
      when: 'Montag',
      staff: undefined,
      attendee: undefined,
      isNoted: false,
      isChecked: false,
    }
    for (const [phrases, changes, info] of [
      [german, changePhrases.de, infoPhrases.de],
      [english, changePhrases.en, infoPhrases.en],
    ] as const) {
      const suggestions = [
        phrases.options('X', true),
        phrases.needsTime('Y', 'X'),
        phrases.unavailable('Y', 'X', undefined),
        phrases.closed('Y', 'X'),
        phrases.pastTime('X'),
        phrases.noticeTooShort('X'),
        phrases.slotTaken('X'),
        changes.needsNewTime(one, 'X'),
        info.notThen('Y', 'X'),
      ]
      for (const sentence of suggestions) {
        const about = sentence.split(/(?<=[.?!]) /).filter((part) => part.includes('X'))
        expect(about).toHaveLength(1)
        expect(about[0]).not.toMatch(/frei|free|verfügbar|available/i)
      }
    }
  })
})
