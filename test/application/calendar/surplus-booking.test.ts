import { describe, expect, it } from 'vitest'
import type { CalendarBooking } from '../../../src/application/ports/calendar.ts'
import { HOUR, MINUTE } from '../../../src/domain/time.ts'
import { openHearing, told } from './hearing.ts'

/** Booked at ten, and heard of a second time under another name, with what the calendar has of that. */
const bookedTwice = async (
  more: (desk: Awaited<ReturnType<typeof openHearing>>) => Partial<CalendarBooking> = () => ({}),
) => {
  const desk = await openHearing()
  const { id } = await desk.book()
  const second = told('uid_late', '10:00', {
    ...{ reference: id, staff: desk.named('udo'), attendee: undefined },
    ...{ createdAt: desk.clock.now(), changedAt: desk.clock.now() },
    ...more(desk),
  })
  desk.calendar.bookedThere(second)
  await desk.hear(second)
  const later = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      desk.clock.advance(MINUTE)
      await desk.app.workJobs(100)
    }
  }
  const standing = () => desk.calendar.bookings().flatMap(({ uid, status }) => (status === 'accepted' ? [uid] : []))
  const alerts = async () => (await desk.openAlerts()).map(({ kind }) => kind)
  return { ...desk, id, later, standing, alerts }
}

describe('a booking that came of a request taken for lost', () => {
  it('is called off once the first one is sure to stand, and nobody has to look', async () => {
    const desk = await bookedTwice()
    await desk.later(3)
    expect(desk.standing()).toEqual(['uid_1'])
    expect(await desk.alerts()).toEqual([])
    expect(await desk.appointments()).toMatchObject([{ id: desk.id, status: 'confirmed', provider: { uid: 'uid_1' } }])
    const asked = desk.calendar.asked().length
    await desk.later(5)
    expect(desk.calendar.asked()).toHaveLength(asked)
  })

  it.each<readonly [string, Parameters<typeof bookedTwice>[0]]>([
    ['is for another time', () => ({ startsAt: told('x', '15:00').startsAt })],
    ['is of another event type', () => ({ eventType: 9002 })],
    ['is somebody else’s', () => ({ attendee: { name: 'Erika Beispiel', phone: undefined, email: undefined } })],
    ['was made long after', ({ clock }) => ({ createdAt: (clock.now() + 2 * HOUR) as CalendarBooking['createdAt'] })],
    ['came from another one', () => ({ replaces: 'uid_0' })],
  ])('stays for a person to look at where it %s', async (_, more) => {
    const desk = await bookedTwice(more)
    await desk.later(5)
    expect(desk.standing()).toEqual(['uid_1', 'uid_late'])
    expect(await desk.alerts()).toContain('booking_changed_by_calendar')
  })

  it('stays where the first one does not stand any more', async () => {
    const desk = await bookedTwice()
    const [first] = desk.calendar.bookings()
    if (!first) throw new Error('it was not placed')
    desk.calendar.bookedThere({ ...first, status: 'cancelled' })
    await desk.later(2)
    expect(desk.standing()).toEqual(['uid_late'])
  })

  it('is tried again while the calendar does not answer', async () => {
    const desk = await bookedTwice()
    desk.calendar.misbehave('cancel', 'down')
    await desk.later(3)
    expect(await desk.alerts()).toEqual(['booking_changed_by_calendar'])
    desk.calendar.misbehave('cancel', undefined)
    await desk.later(20)
    expect(desk.standing()).toEqual(['uid_1'])
    expect(await desk.alerts()).toEqual([])
  })

  it('is found as well where it was heard of before the first one was sure', async () => {
    const desk = await openHearing()
    desk.calendar.misbehave('place', 'breaks-off-after')
    const { id } = await desk.book()
    const now = desk.clock.now()
    const early = told('uid_early', '10:00', {
      ...{ reference: id, staff: desk.named('udo'), attendee: undefined, createdAt: now, changedAt: now },
    })
    desk.calendar.bookedThere(early)
    await desk.hear(early)
    desk.calendar.misbehave('place', undefined)
    for (let minute = 0; minute < 5; minute += 1) {
      desk.clock.advance(MINUTE)
      await desk.app.workJobs(100)
    }
    const standing = desk.calendar.bookings().filter(({ status }) => status === 'accepted')
    expect(standing.map(({ uid }) => uid)).toEqual(['uid_1'])
    expect(await desk.appointments()).toMatchObject([{ id, status: 'confirmed', provider: { uid: 'uid_1' } }])
  })
})
