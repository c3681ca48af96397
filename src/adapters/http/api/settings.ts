import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { Failure } from '../../../application/failure.ts'
import type { Directory } from '../../../application/ports/directory.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { Doors } from '../authenticate.ts'
import { type CompanyFilePatcher, invalid } from './catalogue-changes.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, named, pageOf, pageQuery } from './schemas.ts'

const whole = z.number().int()
const text = z.string().max(500)

/** All that can be changed; the names are those of a company file. */
const about = {
  company: {
    name: text,
    time_zone: text,
    country: text,
    language: z.enum(['de', 'en']),
    currency: text,
    booking: z.boolean().meta({ description: 'False: calls and messages only.' }),
  },
  cancel: {
    hours_before: whole,
    max_per_30_days: whole,
    fee_tiers: z
      .array(z.strictObject({ min_hours: whole, fee: whole.meta({ description: 'Minor units of the currency.' }) }))
      .max(50),
  },
  reschedule: { hours_before: whole, max_per_appointment: whole, same_call_grace_minutes: whole },
  policies: { min_notice_minutes: whole, max_advance_days: whole, hold_seconds: whole, slot_step_minutes: whole },
  retention: { calls_days: whole, recordings_days: whole },
  notifications: {
    customer_email: z.boolean(),
    call_summary: z.enum(['all', 'bookings', 'none']),
    staff_email: z.array(text).max(100),
  },
}

const settings = z
  .strictObject({
    company: z.strictObject({ slug: z.string(), ...about.company }),
    retell: z.strictObject({
      own_account: z.boolean().meta({ description: 'False: the calls come in over the platform’s account.' }),
    }),
    calendar: z.strictObject({ kind: z.enum(['embedded', 'calcom']), base_url: z.string().nullable() }),
    policies: z.strictObject({
      ...about.policies,
      cancel: z.strictObject(about.cancel),
      reschedule: z.strictObject(about.reschedule),
    }),
    retention: z.strictObject(about.retention),
    notifications: z.strictObject({
      ...about.notifications,
      slack: z.boolean().meta({ description: 'Whether an address of Slack is kept; it is secret.' }),
    }),
  })
  .meta({ id: 'Settings' })

const changes = z
  .strictObject({
    company: z.strictObject(about.company).partial(),
    policies: z
      .strictObject({
        ...about.policies,
        cancel: z.strictObject(about.cancel).partial(),
        reschedule: z.strictObject(about.reschedule).partial(),
      })
      .partial(),
    retention: z.strictObject(about.retention).partial(),
    notifications: z.strictObject(about.notifications).partial(),
  })
  .partial()

const viewOf = (profile: CompanyProfile): z.input<typeof settings> => {
  const { company, calendar, policies, retention, notifications } = profile
  const { cancel, reschedule } = policies
  return {
    company: {
      ...{ slug: company.slug, name: company.name, time_zone: company.timeZone, country: company.country },
      ...{ language: company.language, currency: company.currency, booking: company.booking },
    },
    retell: { own_account: profile.retell !== undefined },
    calendar: { kind: calendar.kind, base_url: calendar.kind === 'calcom' ? (calendar.baseUrl ?? null) : null },
    policies: {
      min_notice_minutes: policies.minNoticeMinutes,
      max_advance_days: policies.maxAdvanceDays,
      hold_seconds: policies.holdSeconds,
      slot_step_minutes: policies.slotStepMinutes,
      cancel: {
        hours_before: cancel.hoursBefore,
        max_per_30_days: cancel.maxPer30Days,
        fee_tiers: cancel.feeTiers.map(({ minHours, fee }) => ({ min_hours: minHours, fee })),
      },
      reschedule: {
        hours_before: reschedule.hoursBefore,
        max_per_appointment: reschedule.maxPerAppointment,
        same_call_grace_minutes: reschedule.sameCallGraceMinutes,
      },
    },
    retention: { calls_days: retention.callsDays, recordings_days: retention.recordingsDays },
    notifications: {
      customer_email: notifications.customerEmail,
      call_summary: notifications.callSummary,
      staff_email: [...notifications.staffEmail],
      slack: notifications.slackWebhookUrl !== undefined,
    },
  }
}

/** What holds for a company as a whole, without anything secret. */
export const settingsRoutes = (
  routing: Routing,
  doors: Doors,
  app: Pick<Application, 'changeChecked'>,
  patch: CompanyFilePatcher,
  directory: Directory,
): void => {
  const url = '/companies/{company}/settings'

  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url,
    tag: 'Company',
    summary: 'What holds for the company as a whole; keys and addresses that are secret are left out',
    answer: settings,
    handle: async ({ profile }) => ok(viewOf(profile)),
  })

  routesBehind(routing)(doors.company('companies.configure'))({
    method: 'PATCH',
    url,
    tag: 'Company',
    summary: 'Change some of it, as its company file would; what is not named stays',
    body: changes,
    answer: settings,
    handle: async ({ scope }, { body }) => {
      const changed = await app.changeChecked<Failure>(scope, (profile) => {
        const patched = patch(profile, { list: 'settings', slug: profile.company.slug }, body)
        return patched ? patched.mapErr(invalid) : err({ kind: 'not-found' })
      })
      return changed.map(({ profile }) => viewOf(profile))
    },
  })

  routesBehind(routing)(doors.platform('platform.read'))({
    method: 'GET',
    url: '/settings',
    tag: 'Platform',
    summary: 'The settings of every company',
    query: z.strictObject(pageQuery),
    answer: pageOf(z.strictObject({ company: named, settings })),
    handle: async (_at, { query }) => {
      const { items, next } = paged(await directory.companies(), query, ({ slug }) => slug)
      const profiles = await Promise.all(items.map(({ id }) => directory.profile(id)))
      const known = profiles.flatMap((profile) => profile ?? [])
      return ok({ items: known.map((one) => ({ company: companyOf(one), settings: viewOf(one) })), next })
    },
  })
}
