import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Desk,
  freeOn,
  gridOn,
  isFree,
  nearest,
  openingOn,
  workingOn,
} from '../../../src/domain/booking/availability.ts'
import { contains, overlaps } from '../../../src/domain/booking/interval.ts'
import type { Busy, Owner, ResourceId } from '../../../src/domain/booking/resource.ts'
import { endOf, staffTimeOf } from '../../../src/domain/booking/service-time.ts'
import type { Branch, Service, Staff } from '../../../src/domain/company.ts'
import type { OpeningHours } from '../../../src/domain/opening-hours.ts'
import {
  after,
  instant,
  instantAt,
  type LocalDate,
  localMoment,
  MINUTE,
  type TimeZone,
} from '../../../src/domain/time.ts'

const zone = 'Europe/Berlin' as TimeZone
const ordinary = '2026-11-24' as LocalDate
/** The clock goes back at three: the day has 25 hours. And forward at two: 23 hours. */
const days = [ordinary, '2026-10-25' as LocalDate, '2026-03-29' as LocalDate]

const branchOpen = (opens: number, closes: number): Branch => ({
  id: 'brn_mitte000',
  slug: 'mitte',
  name: 'Mitte',
  timeZone: zone,
  phoneNumbers: [],
  retellAgentId: undefined,
  hours: {
    weekly: Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ opens, closes }]]),
    ) as OpeningHours['weekly'],
    special: {},
    closed: [],
  },
  publicHolidays: undefined,
  fallback: { whenClosedToBranch: undefined, transferTo: undefined },
  staffEmail: [],
})

const service = fc
  .record({
    durationMinutes: fc.integer({ min: 5, max: 240 }),
    bufferBeforeMinutes: fc.constantFrom(0, 5, 15),
    bufferAfterMinutes: fc.constantFrom(0, 5, 15),
    segments: fc.oneof(
      fc.constant<Service['segments']>([]),
      fc.array(
        fc.record({
          key: fc.constantFrom('A', 'B', 'C'),
          staffMinutes: fc.integer({ min: 5, max: 60 }),
          waitAfterMinutes: fc.constantFrom(0, 15, 30),
          calcomEventTypeId: fc.constant(undefined),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    ),
  })
  .map(
    (times): Service => ({
      id: 'svc_schnitt0',
      slug: 'schnitt',
      name: 'Schnitt',
      keywords: [],
      category: undefined,
      price: undefined,
      branches: undefined,
      active: true,
      calcomEventTypeId: undefined,
      ...times,
      durationMinutes:
        times.segments.length > 0
          ? (times.segments as Service['segments']).reduce(
              (sum, one) => sum + one.staffMinutes + one.waitAfterMinutes,
              0,
            )
          : times.durationMinutes,
    }),
  )

const staffOf = (slug: string): Staff => ({
  id: `stf_${slug.padEnd(8, '0')}`,
  slug,
  name: slug,
  email: undefined,
  branches: ['mitte'],
  services: ['schnitt'],
  hours: undefined,
  absences: [],
  calcomUserId: undefined,
  calcomEventTypes: {},
})

const busyOf = (resource: ResourceId, date: LocalDate) =>
  fc
    .array(
      fc.record({
        from: fc.integer({ min: -60, max: 1500 }),
        minutes: fc.integer({ min: 1, max: 300 }),
        owner: fc.constantFrom<Owner>('apt_a', 'off_b', 'apt_c'),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map(({ from, minutes, owner }): Busy => {
        const startsAt = after(instantAt(date, 0, zone), from * MINUTE)
        return { resource, owner, startsAt, endsAt: after(startsAt, minutes * MINUTE) }
      }),
    )

const scene = fc
  .record({
    date: fc.constantFrom(...days),
    opens: fc.integer({ min: 0, max: 1200 }),
    length: fc.integer({ min: 15, max: 720 }),
    service,
    step: fc.constantFrom(5, 10, 15, 30),
  })
  .chain(({ date, opens, length, service: wanted, step }) => {
    const branch = branchOpen(opens, Math.min(1440, opens + length))
    const desk = (slug: string) =>
      busyOf(staffOf(slug).id, date).map(
        (busy): Desk => ({
          resource: staffOf(slug).id,
          staff: staffOf(slug),
          slug,
          working: workingOn(staffOf(slug), branch, date),
          busy,
        }),
      )
    return fc.record({
      date: fc.constant(date),
      branch: fc.constant(branch),
      service: fc.constant(wanted),
      stepMinutes: fc.constant(step),
      desks: fc.tuple(desk('anna'), desk('bert')),
      earliest: fc.constant(instant(0)),
      latest: fc.constant(instant(8e15)),
    })
  })

describe('what is free', () => {
  it("never overlaps anybody's time, buffers included, and lies within the opening hours on the grid", () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { slots, opening } = freeOn(given, given.date)
        for (const slot of slots) {
          const desk = given.desks.find(({ resource }) => resource === slot.resource)
          expect(desk).toBeDefined()
          for (const part of staffTimeOf(given.service, slot.startsAt)) {
            for (const taken of desk?.busy ?? []) expect(overlaps(part, taken)).toBe(false)
          }
          expect(opening.some((hours) => contains(hours, slot))).toBe(true)
          expect(slot.endsAt).toBe(endOf(given.service, slot.startsAt))
          expect(opening.some(({ startsAt }) => (slot.startsAt - startsAt) % (given.stepMinutes * MINUTE) === 0)).toBe(
            true,
          )
        }
      }),
    )
  })

  it('leaves nothing out: a start that is not offered has no free desk', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { slots, opening } = freeOn(given, given.date)
        for (const at of gridOn(opening, given.service, given.stepMinutes)) {
          if (slots.some(({ startsAt }) => startsAt === at)) continue
          expect(given.desks.some((desk) => isFree(desk, given.service, at))).toBe(false)
        }
      }),
    )
  })

  it('grows when time is given back and shrinks when it is taken', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const all = freeOn({ ...given, desks: given.desks.map((desk) => ({ ...desk, busy: [] })) }, given.date).slots
        const some = freeOn(given, given.date).slots
        const starts = new Set(all.map(({ startsAt }) => startsAt))
        expect(some.every(({ startsAt }) => starts.has(startsAt))).toBe(true)
      }),
    )
  })

  it('asks the one with the fewest booked minutes, then by slug; holds do not count as booked', () => {
    const branch = branchOpen(540, 1080)
    const nine = instantAt(ordinary, 540, zone)
    const cut: Service = {
      ...fc.sample(service, 1)[0],
      durationMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      segments: [],
    } as Service
    const desk = (slug: string, owner: Owner | undefined): Desk => ({
      resource: staffOf(slug).id,
      staff: staffOf(slug),
      slug,
      working: workingOn(staffOf(slug), branch, ordinary),
      busy: owner ? [{ resource: staffOf(slug).id, owner, startsAt: nine, endsAt: after(nine, 60 * MINUTE) }] : [],
    })
    const firstAt11 = (desks: readonly Desk[]) =>
      freeOn(
        { branch, service: cut, desks, stepMinutes: 30, earliest: instant(0), latest: instant(8e15) },
        ordinary,
      ).slots.find(({ startsAt }) => localMoment(startsAt, zone).minute === 660)?.staff?.slug
    expect(firstAt11([desk('anna', 'apt_x'), desk('bert', undefined)])).toBe('bert')
    expect(firstAt11([desk('anna', 'off_x'), desk('bert', undefined)])).toBe('anna')
  })

  it('counts the steps from the opening also on the days when the clock is changed', () => {
    for (const date of days) {
      const opening = openingOn(branchOpen(0, 1440), date)
      const hours = opening.reduce((sum, { startsAt, endsAt }) => sum + (endsAt - startsAt), 0) / (60 * MINUTE)
      expect(hours).toBe(date === ordinary ? 24 : date === '2026-10-25' ? 25 : 23)
    }
  })
})

describe('alternatives', () => {
  it('are at most three, never the refused one, and the nearest', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 0, max: 1440 }), fc.boolean(), (given, minute, onTheGrid) => {
        const { slots } = freeOn(given, given.date)
        // A time that is free may be refused as well: the caller has heard it and said no.
        const wanted =
          (onTheGrid ? slots[minute % Math.max(slots.length, 1)]?.startsAt : undefined) ??
          instantAt(given.date, minute, zone)
        const found = nearest(slots, wanted, wanted, [])
        expect(found.length).toBeLessThanOrEqual(3)
        expect(found.some(({ startsAt }) => startsAt === wanted)).toBe(false)
        const farthest = Math.max(0, ...found.map(({ startsAt }) => Math.abs(startsAt - wanted)))
        for (const slot of slots) {
          if (slot.startsAt === wanted || found.includes(slot)) continue
          expect(Math.abs(slot.startsAt - wanted)).toBeGreaterThanOrEqual(
            found.length < 3 ? Number.POSITIVE_INFINITY : farthest,
          )
        }
      }),
    )
  })
})
