import { describe, expect, it } from 'vitest'
import type { CalendarBookings, KnownCalendarBooking } from '../../src/application/ports/calendar-bookings.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { after } from '../../src/domain/time.ts'
import {
  actor,
  anAppointment,
  at,
  type Company,
  newCompany,
  type Open,
  opening,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

const aBooking = (uid: string, more: Partial<KnownCalendarBooking> = {}): KnownCalendarBooking => ({
  ...{ uid, startsAt: at(60), endsAt: at(90), createdAt: at(-60), changedAt: at(-30), status: 'accepted' },
  ...{ reference: undefined, part: undefined, eventType: 9001, host: 'nina', isNoShow: false, seenAt: at(0) },
  attendee: { name: 'Änne O’Probe', phone: '+491713920001', email: undefined },
  ...{ replaces: undefined, replacedBy: undefined, reason: undefined, appointment: undefined },
  ...more,
})

const uidsOf = (bookings: readonly KnownCalendarBooking[]) => bookings.map(({ uid }) => uid)

/** What is promised of what is known of a vendor's calendar, and of appointments on which it is not of our mind. */
export const calendarBookingsContract = (name: string, open: Open): void => {
  describe(`bookings of a vendor's calendar (${name})`, unhurried, () => {
    const opened = opening(open)
    const ports = (): Ports => opened().ports
    const save = (company: Company, ...bookings: readonly KnownCalendarBooking[]) =>
      within(ports(), company, async (tx) => {
        for (const one of bookings) await tx.calendarBookings.save(one)
      })
    const find = (company: Company, uid: string) =>
      ports().store.read(company.scope, (tx) => tx.calendarBookings.find(uid))

    it('are found by their uid, just as they were saved', async () => {
      const company = await newCompany(ports())
      const bare = aBooking('uid_b', { endsAt: undefined, attendee: undefined, host: undefined, eventType: undefined })
      const full = aBooking('uid_a', {
        ...{ status: 'cancelled', reference: 'apt_00000001', part: 'A', replaces: 'uid_0', replacedBy: 'uid_2' },
        ...{ reason: 'Krank', isNoShow: true, leftBy: actor },
      })
      await save(company, full, bare)
      expect(await find(company, 'uid_a')).toEqual(full)
      expect(await find(company, 'uid_b')).toEqual(bare)
      expect(await find(company, 'uid_c')).toBeUndefined()
    })

    it('take the place of what was known of their uid, and of nothing in another company', async () => {
      const [one, other] = [await newCompany(ports()), await newCompany(ports())]
      await save(one, aBooking('uid_a'))
      await save(other, aBooking('uid_a', { host: 'tom' }))
      await save(one, aBooking('uid_a', { status: 'cancelled', startsAt: at(120), endsAt: at(150) }))
      expect(await find(one, 'uid_a')).toMatchObject({ status: 'cancelled', startsAt: at(120), host: 'nina' })
      expect(await find(other, 'uid_a')).toMatchObject({ status: 'accepted', startsAt: at(60), host: 'tom' })
    })

    it('belong to an appointment, in order of time, whatever became of them', async () => {
      const company = await newCompany(ports())
      const appointment = anAppointment(ports(), company)
      const { id } = appointment
      await within(ports(), company, (tx) => tx.appointments.add(appointment))
      await save(
        company,
        aBooking('uid_late', { appointment: id, startsAt: at(90), endsAt: at(120) }),
        aBooking('uid_early', { appointment: id, status: 'cancelled' }),
        aBooking('uid_other'),
      )
      const ofIt = await ports().store.read(company.scope, (tx) => tx.calendarBookings.ofAppointment(id))
      expect(uidsOf(ofIt)).toEqual(['uid_early', 'uid_late'])
      expect(ofIt[0]?.appointment).toBe(id)
    })

    it('of no appointment are those that stand and are not over, page by page, the earliest first', async () => {
      const company = await newCompany(ports())
      const appointment = anAppointment(ports(), company)
      await within(ports(), company, (tx) => tx.appointments.add(appointment))
      await save(
        company,
        aBooking('uid_c', { startsAt: at(30), endsAt: at(40), status: 'pending' }),
        aBooking('uid_b'),
        aBooking('uid_a'),
        aBooking('uid_over', { startsAt: at(-20), endsAt: at(0) }),
        aBooking('uid_running', { startsAt: at(-20), endsAt: at(1) }),
        aBooking('uid_endless', { startsAt: at(20), endsAt: undefined }),
        aBooking('uid_off', { status: 'cancelled' }),
        aBooking('uid_no', { status: 'rejected' }),
        aBooking('uid_ours', { appointment: appointment.id }),
      )
      const list = (limit: number) =>
        walk(
          (page) => ports().store.read(company.scope, (tx) => tx.calendarBookings.unmatched({ ...page, from: at(0) })),
          limit,
        )
      const expected = ['uid_running', 'uid_endless', 'uid_c', 'uid_a', 'uid_b']
      expect(uidsOf(await list(100))).toEqual(expected)
      expect(uidsOf(await list(2))).toEqual(expected)
    })

    it('are learnt one after the other, however many hear at once of one that nobody knows yet', async () => {
      const company = await newCompany(ports())
      const appointment = anAppointment(ports(), company)
      await within(ports(), company, (tx) => tx.appointments.add(appointment))
      const ways: readonly ((all: CalendarBookings) => Promise<KnownCalendarBooking | undefined>)[] = [
        (all) => all.find('uid_raced'),
        async (all) => (await all.ofAppointment(appointment.id))[0],
      ]
      await race(20, (which) =>
        within(ports(), company, async (tx) => {
          const known = await ways[which % ways.length]?.(tx.calendarBookings)
          const begun = known ?? aBooking('uid_raced', { appointment: appointment.id, changedAt: at(0) })
          await tx.calendarBookings.save({ ...begun, changedAt: after(begun.changedAt, 1) })
        }),
      )
      expect((await find(company, 'uid_raced'))?.changedAt).toBe(after(at(0), 20))
    })

    it('roll back with their transaction', async () => {
      const company = await newCompany(ports())
      const failed = within(ports(), company, async (tx) => {
        await tx.calendarBookings.save(aBooking('uid_a'))
        throw new Error('broken off')
      })
      await expect(failed).rejects.toThrow('broken off')
      expect(await find(company, 'uid_a')).toBeUndefined()
    })
  })

  describe(`appointments on which the calendar is not of our mind (${name})`, unhurried, () => {
    const opened = opening(open)

    it('are listed page by page, cancelled and past ones as well, the earliest first', async () => {
      const { ports } = opened()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      const made = [
        anAppointment(ports, company, { startsAt: at(120), sync: 'review' }),
        anAppointment(ports, company, { startsAt: at(-600), sync: 'failed' }),
        anAppointment(ports, company, { startsAt: at(60) }),
        anAppointment(ports, company, { startsAt: at(90), sync: 'pending' }),
      ]
      await within(ports, company, async (tx) => {
        for (const one of made) await tx.appointments.add(one)
      })
      const foreign = anAppointment(ports, other, { sync: 'review' })
      await within(ports, other, (tx) => tx.appointments.add(foreign))
      for (const limit of [1, 100]) {
        const listed = await walk(
          (page) => ports.store.read(company.scope, (tx) => tx.appointments.unsynced(page)),
          limit,
        )
        expect(listed.map(({ sync }) => sync)).toEqual(['failed', 'pending', 'review'])
      }
    })
  })
}
