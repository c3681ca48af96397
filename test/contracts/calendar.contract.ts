import type { Result } from 'neverthrow'
import { afterEach, describe, expect, it } from 'vitest'
import type {
  Calendar,
  CalendarBooking,
  CalendarFailure,
  Placing,
  SlotQuery,
} from '../../src/application/ports/calendar.ts'
import type { Pending } from '../../src/domain/booking/appointment.ts'
import type { CompanyProfile } from '../../src/domain/company.ts'
import { mintId } from '../../src/domain/ids.ts'
import { after, type Instant, instant, MINUTE, parseLocalDate } from '../../src/domain/time.ts'
import { first, unhurried } from './fixtures.ts'

/** A vendor's calendar with the salon in it, and levers that its port does not have. */
export interface OpenedCalendar {
  readonly calendar: Calendar
  readonly profile: CompanyProfile
  readonly clock: { readonly now: () => Instant; readonly advance: (milliseconds: number) => void }
  /** Somebody books everybody there at this time. */
  readonly takeElsewhere: (startsAt: Instant) => void
  /** From now on everything that is asked ends like this. */
  readonly fail: (kind: 'unreachable' | 'misconfigured') => void
  readonly close: () => Promise<void>
}

const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
const day = (text: string) => parseLocalDate(text)._unsafeUnwrap()

const value = <T>(result: Result<T, CalendarFailure>): T => {
  if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.detail}`)
  return result.value
}
const isLive = ({ status }: CalendarBooking) => status === 'accepted' || status === 'pending'

/** What is promised of the calendar of a vendor, whichever it is. */
export const calendarContract = (name: string, open: () => Promise<OpenedCalendar>): void => {
  describe(`a calendar (${name})`, unhurried, () => {
    const closers: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const close of closers.splice(0)) await close()
    })

    const begin = async () => {
      const opened = await open()
      closers.push(opened.close)
      const { calendar, profile, clock } = opened
      const branch = first(profile.branches)
      const service = first(profile.services)
      let last = 0

      /** A new appointment, at this time of Monday. */
      const placing = (time: string, more: Partial<Placing> = {}): Placing => {
        last += 1
        const startsAt = monday(time)
        const appointment: Pending = {
          id: mintId('appointment', `0000000${last}`),
          status: 'pending',
          branch: branch.id,
          service: service.id,
          staff: undefined,
          resource: branch.id,
          customer: undefined,
          attendeeName: 'Max Muster',
          segments: [],
          source: 'phone',
          callId: undefined,
          notes: undefined,
          createdAt: clock.now(),
          provider: { kind: 'calcom', uid: undefined },
          sync: 'pending',
          series: undefined,
          moving: undefined,
          history: [],
          startsAt,
          endsAt: after(startsAt, service.durationMinutes * MINUTE),
        }
        return { appointment, branch, service, staff: undefined, customer: undefined, ...more }
      }
      const knownAs = (one: Placing, uid: string): Placing => ({
        ...one,
        appointment: { ...one.appointment, provider: { kind: 'calcom', uid } },
      })
      const at = (one: Placing, time: string): Placing => {
        const startsAt = monday(time)
        const endsAt = after(startsAt, service.durationMinutes * MINUTE)
        return { ...one, appointment: { ...one.appointment, startsAt, endsAt } }
      }
      const query: SlotQuery = {
        branch,
        service,
        staff: undefined,
        moving: undefined,
        from: day('2026-11-23'),
        to: day('2026-11-23'),
        purpose: 'promise',
      }
      const starts = async (more: Partial<SlotQuery> = {}) =>
        value(await calendar.slots({ ...query, ...more })).map(({ startsAt }) => startsAt)
      /** What stands on Monday. */
      const standing = async () =>
        value(await calendar.bookings({ kind: 'starting', from: monday('00:00'), to: monday('23:59') })).filter(isLive)

      return { ...opened, placing, knownAs, at, query, starts, standing }
    }

    it('names free times of the days asked, earliest first, none of them over', async () => {
      const { starts, clock } = await begin()
      const found = await starts({ from: day('2026-11-20'), to: day('2026-11-24') })
      expect(found).toEqual(found.toSorted((one, other) => one - other))
      expect(found.every((one) => one >= clock.now() && one < monday('24:00') + 24 * 60 * MINUTE)).toBe(true)
      expect(found).toContain(monday('10:00'))
      expect(await starts({ from: day('2026-11-22'), to: day('2026-11-22') })).toEqual([])
    })

    it('leaves out what is taken and what overlaps it, unless it is the booking to be moved', async () => {
      const { calendar, placing, starts, takeElsewhere, profile } = await begin()
      takeElsewhere(monday('10:00'))
      expect(await starts()).not.toContain(monday('10:00'))
      const staff = first(profile.staff)
      const { uid } = value(await calendar.place(placing('14:00', { staff })))
      takeElsewhere(monday('16:00'))
      const others = await starts({ staff })
      for (const time of ['13:30', '14:00', '14:30', '16:00']) expect(others).not.toContain(monday(time))
      const own = await starts({ staff, moving: uid })
      for (const time of ['14:00', '14:30']) expect(own).toContain(monday(time))
      expect(own).not.toContain(monday('16:00'))
    })

    it('has what was placed, under our reference, and finds it by that or by its uid', async () => {
      const { calendar, placing, knownAs } = await begin()
      const one = placing('10:00')
      expect(value(await calendar.find(one))).toBeUndefined()
      const booked = value(await calendar.place(one))
      expect(booked).toMatchObject({
        startsAt: monday('10:00'),
        status: 'accepted',
        reference: one.appointment.id,
        part: undefined,
        replaces: undefined,
        replacedBy: undefined,
      })
      for (const found of [
        await calendar.find(one),
        await calendar.find(knownAs(one, booked.uid)),
        await calendar.booking(booked.uid),
      ]) {
        expect(value(found)).toMatchObject({ uid: booked.uid, reference: one.appointment.id })
      }
      expect(value(await calendar.find(placing('10:00')))).toBeUndefined()
      expect(value(await calendar.booking('uid_of_nobody'))).toBeUndefined()
    })

    it('finds a part of an appointment as that part and no other', async () => {
      const { calendar, placing } = await begin()
      const one = placing('10:00', { part: 'A' })
      const { uid } = value(await calendar.place(one))
      expect(value(await calendar.find(one))).toMatchObject({ uid, part: 'A' })
      expect(value(await calendar.find({ ...one, part: 'B' }))).toBeUndefined()
    })

    it('has an appointment with a colleague once, however often it is placed', async () => {
      const { calendar, placing, standing, profile } = await begin()
      const one = placing('10:00', { staff: first(profile.staff) })
      const { uid } = value(await calendar.place(one))
      const again = await calendar.place(one)
      if (again.isErr()) expect(again.error.kind).toBe('refused')
      else expect(again.value.uid).toBe(uid)
      expect(await standing()).toMatchObject([{ uid }])
    })

    it('says no to a time that somebody else has, and books nothing', async () => {
      const { calendar, placing, takeElsewhere, standing } = await begin()
      takeElsewhere(monday('10:00'))
      const before = await standing()
      expect((await calendar.place(placing('10:00')))._unsafeUnwrapErr().kind).toBe('refused')
      expect(await standing()).toEqual(before)
    })

    it('gives what is moved another uid, by which and by its old one it is found where it is', async () => {
      const { calendar, placing, knownAs, at, clock, standing } = await begin()
      const one = placing('10:00')
      const old = value(await calendar.place(one))
      clock.advance(MINUTE)
      const moved = value(await calendar.move(old.uid, at(one, '15:00')))
      expect(moved).toMatchObject({ startsAt: monday('15:00'), reference: one.appointment.id, replaces: old.uid })
      expect(moved.uid).not.toBe(old.uid)
      expect(value(await calendar.booking(old.uid))).toMatchObject({
        status: 'cancelled',
        startsAt: monday('10:00'),
        replacedBy: moved.uid,
      })
      expect(value(await calendar.find(knownAs(one, moved.uid)))).toMatchObject({ uid: moved.uid })
      expect(value(await calendar.find(knownAs(one, old.uid)))).toMatchObject({ uid: moved.uid })
      expect(await standing()).toMatchObject([{ uid: moved.uid }])
    })

    it('leaves what cannot be moved where it is', async () => {
      const { calendar, placing, at, takeElsewhere } = await begin()
      const one = placing('10:00')
      const { uid } = value(await calendar.place(one))
      takeElsewhere(monday('15:00'))
      expect((await calendar.move(uid, at(one, '15:00')))._unsafeUnwrapErr().kind).toBe('refused')
      expect(value(await calendar.booking(uid))).toMatchObject({ status: 'accepted', startsAt: monday('10:00') })
    })

    it('moves nothing that is gone, and books nothing instead (I-102)', async () => {
      const { calendar, placing, at, standing } = await begin()
      const one = placing('10:00')
      const { uid } = value(await calendar.place(one))
      value(await calendar.cancel(uid, one, undefined))
      for (const gone of [uid, 'uid_of_nobody']) {
        expect((await calendar.move(gone, at(one, '15:00')))._unsafeUnwrapErr().kind).toBe('refused')
      }
      expect(await standing()).toEqual([])
    })

    it('cancels once, and has nothing against being told again or of what it never had', async () => {
      const { calendar, placing, starts, clock } = await begin()
      const one = placing('10:00')
      const { uid } = value(await calendar.place(one))
      for (let time = 0; time < 2; time += 1) {
        clock.advance(MINUTE)
        value(await calendar.cancel(uid, one, 'Krank'))
        expect(value(await calendar.booking(uid))).toMatchObject({ status: 'cancelled' })
      }
      value(await calendar.cancel('uid_of_nobody', one, undefined))
      expect(await starts()).toContain(monday('10:00'))
    })

    it('lists what changed since a moment, whatever became of it', async () => {
      const { calendar, placing, at, clock } = await begin()
      const [one, two, three] = [placing('09:00'), placing('11:00'), placing('13:00')]
      const [first, second, third] = [
        value(await calendar.place(one)),
        value(await calendar.place(two)),
        value(await calendar.place(three)),
      ]
      clock.advance(10 * MINUTE)
      const since = clock.now()
      clock.advance(MINUTE)
      value(await calendar.cancel(first.uid, one, undefined))
      const moved = value(await calendar.move(second.uid, at(two, '15:00')))
      const changed = value(await calendar.bookings({ kind: 'changed', since }))
      expect(new Map(changed.map(({ uid, status }) => [uid, status]))).toEqual(
        new Map([
          [first.uid, 'cancelled'],
          [second.uid, 'cancelled'],
          [moved.uid, 'accepted'],
        ]),
      )
      expect(changed.map(({ uid }) => uid)).not.toContain(third.uid)
      expect(changed.every(({ changedAt }) => changedAt >= since)).toBe(true)
    })

    it('lists what begins from a moment up to another one', async () => {
      const { calendar, placing } = await begin()
      const [one, two] = [placing('10:00'), placing('12:00')]
      const early = value(await calendar.place(one))
      const late = value(await calendar.place(two))
      const uids = async (from: string, to: string) =>
        value(await calendar.bookings({ kind: 'starting', from: monday(from), to: monday(to) })).map(({ uid }) => uid)
      expect(await uids('10:00', '12:00')).toEqual([early.uid])
      expect((await uids('10:00', '12:01')).toSorted()).toEqual([early.uid, late.uid].toSorted())
      expect(await uids('12:01', '18:00')).toEqual([])
    })

    it('tells an address of its bookings, once', async () => {
      const { calendar } = await begin()
      const url = 'https://desk.example/webhooks/calcom/salon-sonne'
      for (let time = 0; time < 2; time += 1) value(await calendar.registerWebhook(url))
      expect(value(await calendar.webhooks())).toMatchObject([{ url, isActive: true }])
    })

    it('says whose it is', async () => {
      const { calendar } = await begin()
      expect(value(await calendar.account()).name).not.toBe('')
      expect(Array.isArray(value(await calendar.eventTypes('fresh')))).toBe(true)
    })

    it('says when its hosts work, of each with what is taken where nothing else is said', async () => {
      const { calendar } = await begin()
      const schedules = value(await calendar.schedules())
      expect(new Set(schedules.map(({ id }) => id)).size).toBe(schedules.length)
      const owners = new Set(schedules.map(({ owner }) => owner))
      expect(owners.size).toBeGreaterThan(0)
      for (const owner of owners) {
        expect(schedules.filter((one) => one.owner === owner && one.isDefault)).toHaveLength(1)
      }
    })

    it('keeps a free time back for a while and lets go of it, twice if it is told so', async () => {
      const { calendar, query, placing } = await begin()
      const reservation = value(await calendar.reserve(query, monday('10:00'), 5))
      expect(reservation).not.toBe('')
      expect(value(await calendar.place(placing('10:00')))).toMatchObject({ startsAt: monday('10:00') })
      for (let time = 0; time < 2; time += 1) value(await calendar.letGo(reservation))
    })

    it.each(['unreachable', 'misconfigured'] as const)('says of everything that it is %s when it is', async (kind) => {
      const { calendar, placing, query, fail } = await begin()
      const one = placing('10:00')
      fail(kind)
      const failures = [
        await calendar.slots(query),
        await calendar.place(one),
        await calendar.move('uid_1', one),
        await calendar.cancel('uid_1', one, undefined),
        await calendar.find(one),
        await calendar.booking('uid_1'),
        await calendar.bookings({ kind: 'changed', since: monday('00:00') }),
        await calendar.account(),
        await calendar.schedules(),
        await calendar.webhooks(),
        await calendar.eventTypes('fresh'),
        await calendar.registerWebhook('https://desk.example/webhooks/calcom/salon-sonne'),
        await calendar.reserve(query, monday('10:00'), 5),
        await calendar.letGo('res_1'),
      ]
      expect(failures.map((one) => (one.isErr() ? one.error.kind : 'a yes'))).toEqual(failures.map(() => kind))
    })
  })
}
