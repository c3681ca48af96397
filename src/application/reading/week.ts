import type { Appointment } from '../../domain/booking/appointment.ts'
import { type BlockedTime, concerns } from '../../domain/booking/blocked-time.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import { type DayInterval, hoursOn } from '../../domain/opening-hours.ts'
import { addDays, instantAt, type LocalDate, localMoment, weekdayOf } from '../../domain/time.ts'
import type { AppointmentQuery } from '../ports/booking.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

/** A branch's week, Monday first. */
export interface WeekView {
  readonly branch: Branch
  readonly days: readonly {
    readonly date: LocalDate
    readonly opening: readonly DayInterval[]
    /** Those that begin on this day, earliest first, without cancelled ones. */
    readonly appointments: readonly Appointment[]
    /** Of the branch or of one of its colleagues, reaching into this day. */
    readonly blocked: readonly BlockedTime[]
  }[]
}

export const weekOf =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, profile: CompanyProfile, branch: Branch, date: LocalDate): Promise<WeekView> =>
    store.read(scope, async (tx) => {
      const monday = addDays(date, 1 - weekdayOf(date))
      const dates = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
      const dayOf = (one: LocalDate) => ({
        startsAt: instantAt(one, 0, branch.timeZone),
        endsAt: instantAt(one, 1440, branch.timeZone),
      })
      const [from, to] = [dayOf(monday).startsAt, dayOf(addDays(monday, 6)).endsAt]
      const all = await everyAppointment(tx, { branch: branch.id, from, to })
      const here = profile.staff.filter((one) => one.branches.includes(branch.slug))
      const blocked = (await tx.blockedTimes.between(from, to)).filter((one) =>
        [undefined, ...here].some((staff) => concerns(one, branch.id, staff?.id)),
      )
      return {
        branch,
        days: dates.map((one) => ({
          date: one,
          opening: hoursOn(branch.hours, one),
          appointments: all.filter(
            ({ status, startsAt }) => status !== 'cancelled' && localMoment(startsAt, branch.timeZone).date === one,
          ),
          blocked: blocked.filter((time) => overlaps(time, dayOf(one))),
        })),
      }
    })

/** Page after page, for a busy week has more than one. */
const everyAppointment = async (
  tx: CompanyTx,
  query: Omit<AppointmentQuery, 'limit' | 'cursor'>,
): Promise<readonly Appointment[]> => {
  const found: Appointment[] = []
  let cursor: string | undefined
  do {
    const page = await tx.appointments.list({ ...query, limit: 200, cursor })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
