import { afterEach, describe, expect, it } from 'vitest'
import type { TimeZone } from '../../src/domain/time.ts'
import { booking, liveAt, monday, openCalcomDesk } from './calcom-desk.ts'
import { calcomTypes, ninaAtCalcom, udoAtCalcom } from './calcom-salon.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const begin = async (...how: Parameters<typeof openCalcomDesk>) => {
  const desk = await openCalcomDesk(...how)
  closers.push(desk.close)
  return desk
}

describe('a Cal.com that is looked after', () => {
  it('is found to keep a colleague’s hours in another zone than the branch', async () => {
    const desk = await begin((calcom) => {
      calcom.addUser({ id: udoAtCalcom, name: 'Udo Beispiel', timeZone: 'Europe/London' as TimeZone })
    })
    const checks = await desk.app.doctor(desk.platform, (await desk.scopeOf()).company)
    const zones = checks.filter(({ link }) => link === 'time zone')
    expect(zones).toMatchObject([{ state: 'warning', found: expect.stringContaining('Udo Beispiel') }])
    expect(zones[0]?.found).toContain('Europe/London')
    expect(zones[0]?.cure).not.toBe('')
    expect(desk.calcom.seen('schedules').map(({ headers }) => headers['cal-api-version'])).toEqual([
      '2024-06-11',
      '2024-06-11',
    ])
  })

  it('hides every part of what is offered, and shows it again when nobody took it', async () => {
    const wave =
      '  - { slug: dauerwelle, name: Dauerwelle, branches: [mitte], segments: [{ key: A, staff_minutes: 55, wait_after_minutes: 65, calcom_event_type_id: 9101 }, { key: B, staff_minutes: 60, wait_after_minutes: 0, calcom_event_type_id: 9002 }] }\nstaff:\n'
    const desk = await begin(undefined, (file) =>
      file
        .replace('staff:\n', wave)
        .replace('services: [herrenhaarschnitt, damen', 'services: [dauerwelle, herrenhaarschnitt, damen'),
    )
    const kept = () =>
      [...desk.calcom.store.reservations.values()].map(({ eventType, start }) => [
        eventType,
        (start - monday('10:00')) / 60_000,
      ])
    const wish = { service: 'Dauerwelle', date: 'Montag', time: '10 Uhr' }
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
    await desk.app.idle()
    expect(kept()).toEqual([
      [calcomTypes.ninas, 0],
      [calcomTypes.women, 120],
    ])
    await desk.later(6)
    expect(
      desk.calcom.seen().filter(({ method, path }) => method === 'DELETE' && /reservations/.test(path)),
    ).toHaveLength(2)
    expect(kept()).toEqual([])
  })

  it('has one booking in the end of what a late request made two of', async () => {
    const desk = await begin()
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    const [first] = desk.calcom.live()
    if (!first) throw new Error('It was not booked.')
    const host = first.hosts.includes(ninaAtCalcom) ? udoAtCalcom : ninaAtCalcom
    const { name, email, phone } = first.attendee
    const late = { eventType: calcomTypes.haircut, start: first.start, name, email, metadata: first.metadata, host }
    desk.calcom.bookElsewhere({ ...late, ...(phone === undefined ? {} : { phone }), anyway: true })
    expect(liveAt(desk)).toHaveLength(2)
    await desk.later(20)
    expect(desk.calcom.live().map(({ uid }) => uid)).toEqual([first.uid])
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', provider: { uid: first.uid } })
    expect(await desk.alerts()).toEqual([])
  })
})
