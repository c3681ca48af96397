import { err, ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { wholeBookings } from '../../../src/application/booking/whole-bookings.ts'
import type { Calendar } from '../../../src/application/ports/calendar.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import { instant } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../desk.ts'

const withWave = salon.replace(
  'staff:\n',
  '  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9001 }, { key: B, staff_minutes: 20, wait_after_minutes: 0, calcom_event_type_id: 9002 }] }\nstaff:\n',
)
const nine = instant(Date.parse('2026-11-23T08:00:00Z'))
const time = (startsAt: number) => new Date(startsAt).toISOString().slice(11, 16)

/** A calendar that says no to a reservation at some time, and remembers which it has. */
const openCalendar = async (refusedAt?: string) => {
  const { clock, ports } = await openDesk([withWave])
  const company = await ports.directory.companyBySlug('salon-sonne')
  const profile = company && (await ports.directory.profile(company))
  const there = unrulyCalendar(clock)
  const kept = new Set<string>()
  const asked: (readonly [string, number | undefined, number])[] = []
  const of = (one: CompanyProfile): Calendar | undefined => {
    const calendar = there.of(one)
    return (
      calendar && {
        ...calendar,
        reserve: async ({ service }, startsAt) => {
          asked.push([time(startsAt), service.calcomEventTypeId, service.durationMinutes])
          if (time(startsAt) === refusedAt) return err({ kind: 'refused', detail: '422' })
          kept.add(`res ${time(startsAt)}`)
          return ok(`res ${time(startsAt)}`)
        },
        letGo: async (name) => (kept.delete(name) ? ok(undefined) : err({ kind: 'refused', detail: name })),
      }
    )
  }
  const calendar = profile && wholeBookings({ ...there, of }).of(profile)
  const [branch] = profile?.branches ?? []
  const service = (slug: string) => {
    const found = profile?.services.find((one) => one.slug === slug)
    if (!found || !branch) throw new Error(`no ${slug}`)
    return { branch, service: found, staff: undefined }
  }
  if (!calendar) throw new Error('no calendar')
  return { calendar, service, kept, asked }
}

describe('a reservation of a time that is several bookings', () => {
  it('is one of each part, at its own time and event type, and let go as one', async () => {
    const { calendar, service, kept, asked } = await openCalendar()
    const name = (await calendar.reserve(service('dauerwelle'), nine, 5))._unsafeUnwrap()
    expect(asked).toEqual([
      ['08:00', 9001, 30],
      ['09:00', 9002, 20],
    ])
    expect([...kept]).toEqual(['res 08:00', 'res 09:00'])
    expect((await calendar.letGo(name)).isOk()).toBe(true)
    expect(kept.size).toBe(0)
  })

  it('is none where one part cannot be kept', async () => {
    const { calendar, service, kept } = await openCalendar('09:00')
    expect((await calendar.reserve(service('dauerwelle'), nine, 5))._unsafeUnwrapErr().kind).toBe('refused')
    expect(kept.size).toBe(0)
  })

  it('lets go of the others where one stays', async () => {
    const { calendar, service, kept } = await openCalendar()
    const name = (await calendar.reserve(service('dauerwelle'), nine, 5))._unsafeUnwrap()
    kept.delete('res 08:00')
    expect((await calendar.letGo(name)).isErr()).toBe(true)
    expect(kept.size).toBe(0)
  })

  it('is as it was where it is one booking', async () => {
    const { calendar, service, kept } = await openCalendar()
    const name = (await calendar.reserve(service('herrenhaarschnitt'), nine, 5))._unsafeUnwrap()
    expect(name).toBe('res 08:00')
    await calendar.letGo(name)
    expect(kept.size).toBe(0)
  })
})
