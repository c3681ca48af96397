import { err, ok, type Result } from 'neverthrow'
import * as z from 'zod'
import { parseCountry } from '../../domain/phone-number.ts'
import { parseTimeZone } from '../../domain/time.ts'
import { isWebAddress } from '../../domain/web-address.ts'
import { closest } from './closest.ts'
import { regionForm } from './region-findings.ts'
import { absenceForm, type Complaint, overlaps, parseDay, parseDays, parseInterval } from './time-texts.ts'

/** Each complaint is a predicate that follows the field's name: `is not a time zone. …`. None repeats the value. */
const must = (schema: z.ZodString, form: (text: string) => Result<unknown, Complaint>) =>
  schema.superRefine((text, context) => {
    const formed = form(text)
    if (formed.isErr()) context.addIssue({ code: 'custom', message: formed.error })
  })

const webAddress = (text: string): Result<unknown, Complaint> =>
  isWebAddress(text)
    ? ok(text)
    : err('is no web address. Write one such as https://api.cal.com/v2, without a password in it.')

/** Knows exactly these keys; every other one is a complaint of its own (one line each) with the nearest known one. */
const mapping = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `is no known key. ${closest(key, Object.keys(shape), 'Known here')}`).join('\n')
        : undefined,
  })

const plainText = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds control characters. Remove them.')
const named = plainText.regex(/\S/, 'is empty. Write something or leave the line out.')
const secretText = z
  .string()
  .min(1)
  .max(4096)
  .describe('A reference to the environment, taken from it at apply, or the secret itself; kept sealed')
const slug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    'is no slug. Use 1 to 64 lower-case letters, digits and hyphens, such as salon-sonne.',
  )
const slugs = z.array(slug)
const email = z
  .email({
    pattern: /^[^\s@<>"(),;:\\[\]]+@[^\s@.<>"(),;:\\[\]]+(?:\.[^\s@.<>"(),;:\\[\]]+)+$/u,
    error: 'is no e-mail address. Write one such as team@salon-sonne.example.',
  })
  .max(254)
const timeZone = must(z.string(), (name) =>
  parseTimeZone(name).mapErr(() => 'is no time zone. Write an IANA name such as Europe/Berlin.'),
)
const phone = z.string().max(200).describe('Any spelling; national ones are read as of the company’s country')
const whole = (least: number, most: number) => z.int().min(least).max(most)
const minutes = whole(0, 1440)
const someMinutes = whole(1, 1440)
const cents = whole(0, 1_000_000_000)
const eventType = whole(1, Number.MAX_SAFE_INTEGER)

const intervals = z
  .array(must(z.string(), parseInterval))
  .refine((day) => !overlaps(day), 'has hours that overlap. Join them or move one.')
const week = mapping({
  mon: intervals.optional(),
  tue: intervals.optional(),
  wed: intervals.optional(),
  thu: intervals.optional(),
  fri: intervals.optional(),
  sat: intervals.optional(),
  sun: intervals.optional(),
})
const versionDate = must(z.string(), (text) =>
  parseDay(text).mapErr(() => 'is no version. Write its date, such as "2024-08-13".'),
)

const company = mapping({
  slug,
  name: named,
  time_zone: timeZone,
  country: must(z.string(), (code) =>
    parseCountry(code).mapErr(() => 'is no country. Write its ISO code of two capitals, such as DE.'),
  ),
  language: z.enum(['de', 'en']).optional().describe('Default: de'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is no currency. Write its ISO 4217 code of three capitals, such as EUR.')
    .optional()
    .describe('Default: EUR'),
  booking: z.boolean().optional().describe('Default: true. False: calls and messages only'),
})

const retell = mapping({
  api_key: secretText,
  webhook_keys: z.array(secretText).min(1).optional().describe('Default: the API key'),
})

const calendar = z.discriminatedUnion('kind', [
  mapping({ kind: z.literal('embedded') }),
  mapping({
    kind: z.literal('calcom'),
    base_url: must(z.string(), webAddress).optional(),
    api_key: secretText,
    webhook_secret: secretText.optional(),
    api_versions: mapping({
      bookings: versionDate.optional(),
      bookings_list: versionDate.optional(),
      slots: versionDate.optional(),
      event_types: versionDate.optional(),
      schedules: versionDate.optional(),
    }).optional(),
  }),
])

const policies = mapping({
  min_notice_minutes: whole(0, 525_600).optional(),
  max_advance_days: whole(1, 3660).optional(),
  hold_seconds: whole(1, 86_400).optional(),
  slot_step_minutes: someMinutes.optional(),
  cancel: mapping({
    hours_before: whole(0, 8760).optional(),
    max_per_30_days: whole(0, 1000).optional(),
    fee_tiers: z.array(mapping({ min_hours: whole(0, 8760), fee: cents })).optional(),
  }).optional(),
  reschedule: mapping({
    hours_before: whole(0, 8760).optional(),
    max_per_appointment: whole(0, 1000).optional(),
    same_call_grace_minutes: minutes.optional(),
  }).optional(),
})

const branch = mapping({
  slug,
  name: named,
  time_zone: timeZone.optional().describe('Default: the company’s'),
  phone_numbers: z.array(z.union([phone, mapping({ number: phone, active: z.boolean().optional() })])).optional(),
  retell_agent_id: named.optional(),
  hours: week.optional(),
  special_hours: z.record(must(z.string(), parseDay), intervals).optional(),
  closed: z.array(must(z.string(), parseDays)).optional(),
  public_holidays: z.string().regex(regionForm, 'is no region. Write an ISO code such as DE or DE-BE.').optional(),
  fallback: mapping({ when_closed: mapping({ to_branch: slug }).optional(), transfer_to: phone.optional() }).optional(),
  staff_email: z.array(email).optional(),
})

const service = mapping({
  slug,
  name: named,
  keywords: z.array(named).optional(),
  category: named.optional(),
  duration_minutes: someMinutes.optional().describe('May be left out when segments are given: their sum'),
  buffer_before_minutes: minutes.optional(),
  buffer_after_minutes: minutes.optional(),
  price: cents.optional().describe('Minor units of the company’s currency'),
  segments: z
    .array(
      mapping({
        key: named,
        staff_minutes: someMinutes,
        wait_after_minutes: minutes.optional(),
        calcom_event_type_id: eventType.optional(),
      }),
    )
    .optional(),
  branches: slugs.optional().describe('Left out: company-wide'),
  active: z.boolean().optional(),
  calcom_event_type_id: eventType.optional(),
})

const absence = must(z.string(), absenceForm)

const colleague = mapping({
  slug,
  name: named,
  email: email.optional(),
  branches: slugs,
  services: slugs.optional(),
  hours: week.optional().describe('Empty or left out: the branch’s'),
  absences: z.array(absence).optional(),
  calcom_user_id: eventType.optional(),
  calcom_event_types: z.record(z.string(), eventType).optional(),
})

/**
 * The shape of a company file, `${NAME}` already resolved everywhere but in secrets. Whether its parts fit together
 * (slugs, numbers, sums) is not asked here: `readCompanyFile` asks both.
 */
export const companyFileSchema = mapping({
  company,
  retell: retell.optional(),
  calendar: calendar.optional(),
  policies: policies.optional(),
  retention: mapping({
    calls_days: whole(1, 36_500).optional(),
    recordings_days: whole(0, 36_500).optional(),
  }).optional(),
  notifications: mapping({
    customer_email: z.boolean().optional(),
    call_summary: z.enum(['all', 'bookings', 'none']).optional(),
    staff_email: z.array(email).optional(),
    slack_webhook_url: secretText.optional(),
  }).optional(),
  branches: z.array(branch).min(1),
  services: z.array(service).optional(),
  staff: z.array(colleague).optional(),
  customers: z.array(mapping({ name: named, phone: phone.optional(), email: email.optional() })).optional(),
  agents: z.array(mapping({ slug, retell_agent_id: named, branches: slugs.optional() })).optional(),
})

/** What a company file without mistakes says, in its own words. */
export type CompanyFileText = z.infer<typeof companyFileSchema>
