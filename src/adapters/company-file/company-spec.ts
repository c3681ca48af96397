import type { Result } from 'neverthrow'
import {
  type BranchSpec,
  type CalendarSettings,
  type CompanySpec,
  type CustomerSeed,
  defaultNotifications,
  defaultPolicies,
  defaultRetention,
  type Policies,
  type SecretName,
  type ServiceSpec,
  type StaffSpec,
} from '../../domain/company.ts'
import { type Country, parseCountry, parsePhoneNumber } from '../../domain/phone-number.ts'
import { parseTimeZone, type TimeZone } from '../../domain/time.ts'
import { type Path, pointer } from './problem.ts'
import type { CompanyFileText } from './schema.ts'
import { parseAbsence, parseDays, readIntervals, readWeek } from './time-texts.ts'

type Part<Key extends keyof CompanyFileText> = NonNullable<CompanyFileText[Key]>
type NameOf = (path: Path) => SecretName

/** The settings that a document without mistakes stands for. `names` tells under which name each secret is kept. */
export const toSpec = (file: CompanyFileText, names: ReadonlyMap<string, string>): CompanySpec => {
  const country = checked(parseCountry(file.company.country))
  const zone = checked(parseTimeZone(file.company.time_zone))
  const nameOf: NameOf = (path) => ({ secretName: names.get(pointer(path)) ?? '' })
  const slack = file.notifications?.slack_webhook_url
  return {
    company: {
      slug: file.company.slug,
      name: file.company.name,
      timeZone: zone,
      country,
      language: file.company.language ?? 'de',
      currency: file.company.currency ?? 'EUR',
      booking: file.company.booking ?? true,
    },
    retell: file.retell && {
      apiKey: nameOf(['retell', 'api_key']),
      webhookKeys: file.retell.webhook_keys?.map((_, at) => nameOf(['retell', 'webhook_keys', at])) ?? [
        nameOf(['retell', 'api_key']),
      ],
    },
    calendar: calendarOf(file.calendar, nameOf),
    policies: policiesOf(file.policies),
    retention: {
      callsDays: file.retention?.calls_days ?? defaultRetention.callsDays,
      recordingsDays: file.retention?.recordings_days ?? defaultRetention.recordingsDays,
    },
    notifications: {
      customerEmail: file.notifications?.customer_email ?? defaultNotifications.customerEmail,
      callSummary: file.notifications?.call_summary ?? defaultNotifications.callSummary,
      staffEmail: file.notifications?.staff_email ?? defaultNotifications.staffEmail,
      slackWebhookUrl: slack === undefined ? undefined : nameOf(['notifications', 'slack_webhook_url']),
    },
    branches: file.branches.map((branch) => branchOf(branch, zone, country)),
    services: (file.services ?? []).map(serviceOf),
    staff: (file.staff ?? []).map((colleague) => colleagueOf(colleague, zone)),
    agents: (file.agents ?? []).map(({ slug, retell_agent_id, branches }) => ({
      slug,
      retellAgentId: retell_agent_id,
      branches: branches ?? [],
    })),
  }
}

export const toCustomers = (file: CompanyFileText): readonly CustomerSeed[] => {
  const country = checked(parseCountry(file.company.country))
  return (file.customers ?? []).map(({ name, phone, email }) => ({
    name,
    phone: phone === undefined ? undefined : checked(parsePhoneNumber(phone, country)),
    email,
  }))
}

/** The document was checked before; a value that fails now means that the checks have a hole. */
const checked = <Value, Failure>(result: Result<Value, Failure>): Value => {
  if (result.isErr()) throw new Error('A checked company file holds an unchecked value.')
  return result.value
}

const calendarOf = (calendar: CompanyFileText['calendar'], nameOf: NameOf): CalendarSettings => {
  if (calendar?.kind !== 'calcom') return { kind: 'embedded' }
  const versions = Object.entries(calendar.api_versions ?? {}).flatMap(([group, version]) =>
    version === undefined ? [] : [[group, version] as const],
  )
  return {
    kind: 'calcom',
    baseUrl: calendar.base_url,
    apiKey: nameOf(['calendar', 'api_key']),
    webhookSecret: calendar.webhook_secret === undefined ? undefined : nameOf(['calendar', 'webhook_secret']),
    apiVersions: Object.fromEntries(versions),
  }
}

const policiesOf = (policies: CompanyFileText['policies']): Policies => {
  const { cancel, reschedule } = defaultPolicies
  const tiers = policies?.cancel?.fee_tiers?.map(({ min_hours, fee }) => ({ minHours: min_hours, fee }))
  return {
    minNoticeMinutes: policies?.min_notice_minutes ?? defaultPolicies.minNoticeMinutes,
    maxAdvanceDays: policies?.max_advance_days ?? defaultPolicies.maxAdvanceDays,
    holdSeconds: policies?.hold_seconds ?? defaultPolicies.holdSeconds,
    slotStepMinutes: policies?.slot_step_minutes ?? defaultPolicies.slotStepMinutes,
    cancel: {
      hoursBefore: policies?.cancel?.hours_before ?? cancel.hoursBefore,
      maxPer30Days: policies?.cancel?.max_per_30_days ?? cancel.maxPer30Days,
      feeTiers: tiers?.toSorted((one, other) => other.minHours - one.minHours) ?? cancel.feeTiers,
    },
    reschedule: {
      hoursBefore: policies?.reschedule?.hours_before ?? reschedule.hoursBefore,
      maxPerAppointment: policies?.reschedule?.max_per_appointment ?? reschedule.maxPerAppointment,
      sameCallGraceMinutes: policies?.reschedule?.same_call_grace_minutes ?? reschedule.sameCallGraceMinutes,
    },
  }
}

const branchOf = (branch: Part<'branches'>[number], zone: TimeZone, country: Country): BranchSpec => ({
  slug: branch.slug,
  name: branch.name,
  timeZone: branch.time_zone === undefined ? zone : checked(parseTimeZone(branch.time_zone)),
  phoneNumbers: (branch.phone_numbers ?? []).map((entry) => {
    const { number, active = true } = typeof entry === 'string' ? { number: entry } : entry
    return { number: checked(parsePhoneNumber(number, country)), active }
  }),
  retellAgentId: branch.retell_agent_id,
  hours: {
    weekly: readWeek(branch.hours ?? {}),
    special: Object.fromEntries(
      Object.entries(branch.special_hours ?? {}).map(([date, day]) => [date, readIntervals(day)]),
    ),
    closed: (branch.closed ?? []).map((days) => checked(parseDays(days))),
  },
  publicHolidays: branch.public_holidays,
  fallback: {
    whenClosedToBranch: branch.fallback?.when_closed?.to_branch,
    transferTo:
      branch.fallback?.transfer_to === undefined
        ? undefined
        : checked(parsePhoneNumber(branch.fallback.transfer_to, country)),
  },
  staffEmail: branch.staff_email ?? [],
})

const serviceOf = (service: Part<'services'>[number]): ServiceSpec => {
  const segments = (service.segments ?? []).map((segment) => ({
    key: segment.key,
    staffMinutes: segment.staff_minutes,
    waitAfterMinutes: segment.wait_after_minutes ?? 0,
    calcomEventTypeId: segment.calcom_event_type_id,
  }))
  return {
    slug: service.slug,
    name: service.name,
    keywords: service.keywords ?? [],
    category: service.category,
    durationMinutes:
      service.duration_minutes ??
      segments.reduce((sum, { staffMinutes, waitAfterMinutes }) => sum + staffMinutes + waitAfterMinutes, 0),
    bufferBeforeMinutes: service.buffer_before_minutes ?? 0,
    bufferAfterMinutes: service.buffer_after_minutes ?? 0,
    price: service.price,
    segments,
    branches: service.branches,
    active: service.active ?? true,
    calcomEventTypeId: service.calcom_event_type_id,
  }
}

const colleagueOf = (colleague: Part<'staff'>[number], zone: TimeZone): StaffSpec => {
  const hours = readWeek(colleague.hours ?? {})
  return {
    slug: colleague.slug,
    name: colleague.name,
    email: colleague.email,
    branches: colleague.branches,
    services: colleague.services ?? [],
    hours: Object.keys(hours).length === 0 ? undefined : hours,
    absences: (colleague.absences ?? []).map((text) => checked(parseAbsence(text, zone))),
    calcomUserId: colleague.calcom_user_id,
    calcomEventTypes: { ...colleague.calcom_event_types },
  }
}
