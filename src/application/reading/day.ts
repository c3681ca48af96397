import type { Appointment } from '../../domain/booking/appointment.ts'
import { openingOn, workingOn } from '../../domain/booking/availability.ts'
import { type BlockedTime, concerns } from '../../domain/booking/blocked-time.ts'
import type { Interval } from '../../domain/booking/interval.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import type { Branch, CompanyProfile, Staff } from '../../domain/company.ts'
import { type DayInterval, hoursOn } from '../../domain/opening-hours.ts'
import { instantAt, type LocalDate } from '../../domain/time.ts'
import type { Customer } from '../ports/customers.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** A branch's day as its people see it: one column per colleague, one for the branch itself where it has none. */
export interface DayView {
  readonly date: LocalDate
  readonly branch: Branch
  readonly opening: readonly DayInterval[]
  readonly columns: readonly {
    readonly staff: Staff | undefined
    /** When somebody works here on this day, as moments; for the branch itself, when it is open. */
    readonly working: readonly Interval[]
    /** The branch is open and this colleague is not there: away, or with no hours on this day. */
    readonly off: 'absent' | 'no-hours' | undefined
    readonly appointments: readonly Appointment[]
    readonly offers: readonly Offer[]
    /** Of the whole branch, or of this colleague. */
    readonly blocked: readonly BlockedTime[]
  }[]
  readonly customers: ReadonlyMap<string, Customer>
}

export const dayOf =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, profile: CompanyProfile, branch: Branch, date: LocalDate): Promise<DayView> =>
    store.read(scope, async (tx) => {
      const from = instantAt(date, 0, branch.timeZone)
      const to = instantAt(date, 1440, branch.timeZone)
      const { items } = await tx.appointments.list({ branch: branch.id, from, to, limit: 200, cursor: undefined })
      const offers = (await tx.offers.live(clock.now())).filter(
        (one) => one.branch === branch.id && one.startsAt < to && from < one.endsAt,
      )
      const blocked = await tx.blockedTimes.between(from, to)
      const customers = await tx.customers.many(items.flatMap(({ customer }) => customer ?? []))
      const staff = profile.staff.filter(
        (one) => one.branches.includes(branch.slug) || items.some((appointment) => appointment.staff === one.id),
      )
      const columns = staff.length > 0 ? [...staff] : []
      const unassigned = items.filter((one) => one.staff === undefined)
      const withoutStaff = staff.length === 0 || unassigned.length > 0
      return {
        date,
        branch,
        opening: hoursOn(branch.hours, date),
        columns: [
          ...columns.map((one) => ({
            staff: one,
            ...presenceOf(one, branch, date),
            appointments: items.filter((appointment) => appointment.staff === one.id),
            offers: offers.filter((offer) => offer.staff === one.id),
            blocked: blocked.filter((time) => concerns(time, branch.id, one.id)),
          })),
          ...(withoutStaff
            ? [
                {
                  staff: undefined,
                  working: openingOn(branch, date),
                  off: undefined,
                  appointments: unassigned,
                  offers: offers.filter((one) => one.staff === undefined),
                  blocked: blocked.filter((one) => concerns(one, branch.id, undefined)),
                },
              ]
            : []),
        ],
        customers: new Map(customers.map((one) => [one.id, one])),
      }
    })

const presenceOf = (
  staff: Staff,
  branch: Branch,
  date: LocalDate,
): Pick<DayView['columns'][number], 'working' | 'off'> => {
  const working = workingOn(staff, branch, date)
  if (working.length > 0 || openingOn(branch, date).length === 0) return { working, off: undefined }
  const wouldWork = workingOn({ ...staff, absences: [] }, branch, date).length > 0
  return { working, off: wouldWork ? 'absent' : 'no-hours' }
}
