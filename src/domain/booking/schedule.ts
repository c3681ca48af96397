import type { CompanyProfile, StaffSpec } from '../company.ts'
import type { WeeklyHours } from '../opening-hours.ts'
import { after, DAY, type Instant, localMoment, type TimeZone } from '../time.ts'

/** When a host works, as the calendar of a vendor has it. */
export interface Schedule {
  readonly id: number
  readonly name: string
  /** The number of the host. Undefined: that of the account. */
  readonly owner: number | undefined
  /** Undefined: that of the account. */
  readonly timeZone: TimeZone | undefined
  /** Free times follow from it wherever an event type names no other. */
  readonly isDefault: boolean
  /** On the wall clock of its zone. Undefined: told in a way that is not understood. */
  readonly hours: WeeklyHours | undefined
}

/** Why a schedule calls times free that are not, or none at all. */
export type ScheduleFinding =
  | { readonly code: 'none' }
  | { readonly code: 'no-hours'; readonly schedule: string; readonly staff: string | undefined }
  | {
      readonly code: 'zone'
      readonly schedule: string
      readonly staff: string | undefined
      readonly zone: TimeZone
      readonly branches: readonly { readonly name: string; readonly timeZone: TimeZone }[]
    }

/** What is looked at: the company, and the hosts of what its services are booked as. */
interface ScheduleNeeds {
  readonly company: Pick<CompanyProfile, 'branches' | 'staff'>
  readonly hosts: readonly number[]
  /** Of schedules that name none. */
  readonly accountZone: TimeZone | undefined
}

/** Of the schedules that decide about a service of ours: those of its hosts, each by the one it has by default. */
export const scheduleFindings = (
  { company, hosts, accountZone }: ScheduleNeeds,
  schedules: readonly Schedule[],
  now: Instant,
): readonly ScheduleFinding[] => {
  if (schedules.length === 0) return [{ code: 'none' }]
  return [...new Set(schedules.map(({ owner }) => owner))].flatMap((owner) => {
    const theirs = schedules.filter((one) => one.owner === owner)
    const whose = company.staff.find((one) => owner !== undefined && one.calcomUserId === owner)
    if (owner !== undefined && !whose && !hosts.includes(owner)) return []
    const usual = theirs.find(({ isDefault }) => isDefault) ?? theirs[0]
    return usual ? findingsOf(usual, whose, { company, accountZone }, now) : []
  })
}

const findingsOf = (
  { name, hours, timeZone }: Schedule,
  whose: StaffSpec | undefined,
  { company, accountZone }: Omit<ScheduleNeeds, 'hosts'>,
  now: Instant,
): readonly ScheduleFinding[] => {
  const of = { schedule: name, staff: whose?.name }
  const zone = timeZone ?? accountZone
  const worksAt = company.branches.filter(({ slug }) => !whose || whose.branches.includes(slug))
  const elsewhere = worksAt.filter((branch) => zone !== undefined && !isSameClock(zone, branch.timeZone, now))
  const isEmpty = hours !== undefined && Object.values(hours).every((day) => (day ?? []).length === 0)
  return [
    ...(isEmpty ? [{ code: 'no-hours', ...of } as const] : []),
    ...(zone !== undefined && elsewhere.length > 0
      ? [
          {
            code: 'zone',
            ...of,
            zone,
            branches: elsewhere.map((one) => ({ name: one.name, timeZone: one.timeZone })),
          } as const,
        ]
      : []),
  ]
}

/** Vienna is as good as Berlin: do they show the same time in every month of the year to come? */
const isSameClock = (one: TimeZone, other: TimeZone, now: Instant): boolean =>
  one === other ||
  Array.from({ length: 13 }, (_, month) => after(now, month * 28 * DAY)).every((moment) => {
    const [here, there] = [localMoment(moment, one), localMoment(moment, other)]
    return here.date === there.date && here.minute === there.minute
  })
