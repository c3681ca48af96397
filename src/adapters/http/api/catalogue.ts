import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Clock } from '../../../application/ports/ambient.ts'
import type { Absence, Branch, CompanyProfile, Service, Slug, Staff } from '../../../domain/company.ts'
import { type DayInterval, isOpenAt, type WeeklyHours } from '../../../domain/opening-hours.ts'
import { clockText, type Instant, type TimeZone, type Weekday } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { named, nameOf, pageOf, pageQuery, written } from './schemas.ts'

export const stretches = z.array(z.string().meta({ examples: ['09:00-18:00'] }))
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const weekly = z.partialRecord(z.enum(days), stretches)

export const branchView = z.strictObject({
  slug: z.string(),
  name: z.string(),
  time_zone: z.string(),
  phone_numbers: z.array(z.string()),
  retell_agent_id: z.string().nullable(),
  is_open: z.boolean(),
  hours: weekly,
  special_hours: z.record(z.string(), stretches),
  closed: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  public_holidays: z.string().nullable(),
})

export const phoneNumber = z.strictObject({ number: z.string(), branch: named, active: z.boolean() })

export const serviceView = z.strictObject({
  slug: z.string(),
  name: z.string(),
  keywords: z.array(z.string()),
  category: z.string().nullable(),
  duration_minutes: z.number(),
  buffer_before_minutes: z.number(),
  buffer_after_minutes: z.number(),
  price: z.strictObject({ amount: z.number(), currency: z.string() }).nullable(),
  segments: z.array(
    z.strictObject({
      key: z.string(),
      staff_minutes: z.number(),
      wait_after_minutes: z.number(),
      calcom_event_type_id: z.number().nullable(),
    }),
  ),
  branches: z.array(named).nullable().meta({ description: 'Null: company-wide.' }),
  active: z.boolean(),
  calcom_event_type_id: z.number().nullable(),
})

export const staffView = z.strictObject({
  slug: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  branches: z.array(named),
  services: z.array(named),
  hours: weekly.nullable().meta({ description: 'Null: those of the branch.' }),
  absences: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  calcom_user_id: z.number().nullable(),
  calcom_event_types: z.record(z.string(), z.number()).meta({ description: 'Their own ones, by service.' }),
})

/** What the company file describes, as it is now. */
export const catalogueRoutes = (routing: Routing, doors: Doors, clock: Clock): void => {
  const route = routesBehind(routing)(doors.company('calls.read'))

  const resource = <Thing, View extends z.ZodType>(
    what: 'branches' | 'services' | 'staff' | 'phone-numbers',
    view: View,
    thingsOf: (profile: CompanyProfile) => readonly Thing[],
    keyOf: (thing: Thing) => string,
    viewOf: (thing: Thing, profile: CompanyProfile) => z.input<View>,
  ): void => {
    route({
      method: 'GET',
      url: `/companies/{company}/${what}`,
      tag: 'Company',
      summary: `All ${what.replace('-', ' ')}, by slug or number`,
      query: z.strictObject(pageQuery),
      answer: pageOf(view),
      handle: async ({ profile }, { query }) => {
        const { items, next } = paged(thingsOf(profile), query, keyOf)
        return ok({ items: items.map((one) => viewOf(one, profile)), next } as z.input<ReturnType<typeof pageOf<View>>>)
      },
    })
    route({
      method: 'GET',
      url: `/companies/{company}/${what}/{slug}`,
      tag: 'Company',
      summary: `One of the ${what.replace('-', ' ')}`,
      answer: view,
      handle: async ({ profile }, { params }) => {
        const { slug } = params as unknown as { readonly slug: string }
        const thing = thingsOf(profile).find((one) => keyOf(one) === slug)
        return thing ? ok(viewOf(thing, profile)) : err({ kind: 'not-found' })
      },
    })
  }

  const bySlug = ({ slug }: { readonly slug: Slug }) => slug
  const now = () => clock.now()
  resource(
    'branches',
    branchView,
    ({ branches }) => branches,
    bySlug,
    (one) => viewOfBranch(one, now()),
  )
  resource('services', serviceView, ({ services }) => services, bySlug, viewOfService)
  resource('staff', staffView, ({ staff }) => staff, bySlug, viewOfStaff)
  resource(
    'phone-numbers',
    phoneNumber,
    numbersOf,
    ({ number }) => number,
    (one) => one,
  )
}

export const numbersOf = ({ branches }: CompanyProfile): readonly z.input<typeof phoneNumber>[] =>
  branches.flatMap((at) => at.phoneNumbers.map(({ number, active }) => ({ number, active, branch: nameOf(at) })))

export const viewOfBranch = (one: Branch, now: Instant): z.input<typeof branchView> => ({
  slug: one.slug,
  name: one.name,
  time_zone: one.timeZone,
  phone_numbers: one.phoneNumbers.filter(({ active }) => active).map(({ number }) => number),
  retell_agent_id: one.retellAgentId ?? null,
  is_open: isOpenAt(one.hours, now, one.timeZone),
  hours: weekOf(one.hours.weekly),
  special_hours: Object.fromEntries(Object.entries(one.hours.special).map(([day, hours]) => [day, stretchesOf(hours)])),
  closed: one.hours.closed.map(({ from, to }) => ({ from, to })),
  public_holidays: one.publicHolidays ?? null,
})

export const viewOfService = (one: Service, profile: CompanyProfile): z.input<typeof serviceView> => ({
  slug: one.slug,
  name: one.name,
  keywords: [...one.keywords],
  category: one.category ?? null,
  duration_minutes: one.durationMinutes,
  buffer_before_minutes: one.bufferBeforeMinutes,
  buffer_after_minutes: one.bufferAfterMinutes,
  price: one.price === undefined ? null : { amount: one.price, currency: profile.company.currency },
  segments: one.segments.map(({ key, staffMinutes, waitAfterMinutes, calcomEventTypeId }) => ({
    key,
    staff_minutes: staffMinutes,
    wait_after_minutes: waitAfterMinutes,
    calcom_event_type_id: calcomEventTypeId ?? null,
  })),
  branches: one.branches ? bySlugs(profile.branches, one.branches) : null,
  active: one.active,
  calcom_event_type_id: one.calcomEventTypeId ?? null,
})

export const viewOfStaff = (one: Staff, profile: CompanyProfile): z.input<typeof staffView> => ({
  slug: one.slug,
  name: one.name,
  email: one.email ?? null,
  branches: bySlugs(profile.branches, one.branches),
  services: bySlugs(profile.services, one.services),
  hours: one.hours ? weekOf(one.hours) : null,
  absences: one.absences.map((absence) => spanOf(absence, profile.company.timeZone)),
  calcom_user_id: one.calcomUserId ?? null,
  calcom_event_types: { ...one.calcomEventTypes },
})

const bySlugs = (things: readonly { readonly slug: Slug; readonly name: string }[], slugs: readonly Slug[]) =>
  slugs.flatMap((slug) => things.filter((one) => one.slug === slug).map(nameOf))

const stretchesOf = (hours: readonly DayInterval[]): string[] =>
  hours.map(({ opens, closes }) => `${clockText(opens)}-${clockText(closes)}`)

const weekOf = (hours: WeeklyHours): z.input<typeof weekly> =>
  Object.fromEntries(
    days.flatMap((day, index) => {
      const open = hours[(index + 1) as Weekday]
      return open && open.length > 0 ? [[day, stretchesOf(open)]] : []
    }),
  )

const spanOf = (absence: Absence, zone: TimeZone) =>
  absence.kind === 'days'
    ? { from: absence.days.from, to: absence.days.to }
    : { from: written(absence.from, zone), to: written(absence.to, zone) }
