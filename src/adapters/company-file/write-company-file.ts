import { Document, isMap, isScalar, isSeq, visit } from 'yaml'
import {
  type Branch,
  type CalendarSettings,
  type CompanyProfile,
  defaultNotifications,
  defaultPolicies,
  defaultRetention,
  type Notifications,
  type Policies,
  type Retention,
  type SecretName,
  type Service,
  type Staff,
} from '../../domain/company.ts'
import type { TimeZone } from '../../domain/time.ts'
import { escaped, isSecretPlace, reference } from './references.ts'
import { isMapping, mapLeaves } from './source.ts'
import { absenceText, daysText, intervalText, weekTexts } from './time-texts.ts'

/**
 * What the company file of a stored company says: secrets only as `${NAME}`, defaults left out, customers never written.
 * Read again, it changes nothing.
 */
export const companyFileOf = (profile: CompanyProfile): unknown => {
  const { company } = profile
  const file = {
    company: {
      slug: company.slug,
      name: company.name,
      time_zone: company.timeZone,
      country: company.country,
      language: company.language,
      currency: company.currency,
      booking: company.booking,
    },
    retell: profile.retell && {
      api_key: named(profile.retell.apiKey),
      webhook_keys: unlessEmpty(profile.retell.webhookKeys)?.map(named),
    },
    calendar: calendarText(profile.calendar),
    policies: policiesText(profile.policies),
    retention: retentionText(profile.retention),
    notifications: notificationsText(profile.notifications),
    branches: profile.branches.map((branch) => branchText(branch, company.timeZone)),
    services: profile.services.map(serviceText),
    staff: profile.staff.map((colleague) => colleagueText(colleague, company.timeZone)),
    agents: profile.agents.map(({ slug, retellAgentId, branches }) => ({
      slug,
      retell_agent_id: retellAgentId,
      branches,
    })),
  }
  return mapLeaves(withoutBare(file), (leaf, path) =>
    typeof leaf === 'string' && !isSecretPlace(path) ? escaped(leaf) : leaf,
  )
}

/** The same as YAML. */
export const writeCompanyFile = (profile: CompanyProfile): string => {
  const document = new Document(companyFileOf(profile), { schema: 'core', aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && /^\d/.test(node.value)) node.type = 'QUOTE_DOUBLE'
    },
    Collection: (_, node) => {
      if (isMap(node) || isSeq(node)) node.flow = isShort(node)
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

const named = ({ secretName }: SecretName): string => reference(secretName)

/** What differs from the default, for a file says only what was decided. */
const unless = <Value>(value: Value, byDefault: Value): Value | undefined =>
  JSON.stringify(value) === JSON.stringify(byDefault) ? undefined : value

const unlessEmpty = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length === 0 ? undefined : items

/** Without keys that have no value, and without mappings in which nothing is left, except where an empty one speaks. */
const withoutBare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutBare)
  if (!isMapping(value)) return value
  const kept = Object.entries(value)
    .map(([key, inside]) => [key, withoutBare(inside)] as const)
    .filter(([, inside]) => inside !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** Short lists and mappings of plain values stand in one line. */
const isShort = (node: { readonly items: readonly unknown[] }): boolean => {
  const plain = visitable(node.items)
  return plain !== undefined && plain <= 100
}

const visitable = (items: readonly unknown[]): number | undefined => {
  let letters = 0
  for (const item of items) {
    const parts = isScalar(item) ? [item] : isPairOfScalars(item) ? [item.key, item.value] : undefined
    if (!parts) return undefined
    for (const part of parts) letters += String(part.value).length + 2
  }
  return letters
}

const isPairOfScalars = (
  item: unknown,
): item is { readonly key: { readonly value: unknown }; readonly value: { readonly value: unknown } } =>
  isMapping(item) && isScalar(item.key) && isScalar(item.value)

const calendarText = (calendar: CalendarSettings) =>
  calendar.kind === 'embedded'
    ? undefined
    : {
        kind: calendar.kind,
        base_url: calendar.baseUrl,
        api_key: named(calendar.apiKey),
        webhook_secret: calendar.webhookSecret && named(calendar.webhookSecret),
        api_versions: calendar.apiVersions,
      }

const policiesText = (policies: Policies) => ({
  min_notice_minutes: unless(policies.minNoticeMinutes, defaultPolicies.minNoticeMinutes),
  max_advance_days: unless(policies.maxAdvanceDays, defaultPolicies.maxAdvanceDays),
  hold_seconds: unless(policies.holdSeconds, defaultPolicies.holdSeconds),
  slot_step_minutes: unless(policies.slotStepMinutes, defaultPolicies.slotStepMinutes),
  cancel: {
    hours_before: unless(policies.cancel.hoursBefore, defaultPolicies.cancel.hoursBefore),
    max_per_30_days: unless(policies.cancel.maxPer30Days, defaultPolicies.cancel.maxPer30Days),
    fee_tiers: unless(policies.cancel.feeTiers, defaultPolicies.cancel.feeTiers)?.map(({ minHours, fee }) => ({
      min_hours: minHours,
      fee,
    })),
  },
  reschedule: {
    hours_before: unless(policies.reschedule.hoursBefore, defaultPolicies.reschedule.hoursBefore),
    max_per_appointment: unless(policies.reschedule.maxPerAppointment, defaultPolicies.reschedule.maxPerAppointment),
    same_call_grace_minutes: unless(
      policies.reschedule.sameCallGraceMinutes,
      defaultPolicies.reschedule.sameCallGraceMinutes,
    ),
  },
})

const retentionText = ({ callsDays, recordingsDays }: Retention) => ({
  calls_days: unless(callsDays, defaultRetention.callsDays),
  recordings_days: unless(recordingsDays, defaultRetention.recordingsDays),
})

const notificationsText = (notifications: Notifications) => ({
  customer_email: unless(notifications.customerEmail, defaultNotifications.customerEmail),
  call_summary: unless(notifications.callSummary, defaultNotifications.callSummary),
  staff_email: unlessEmpty(notifications.staffEmail),
  slack_webhook_url: notifications.slackWebhookUrl && named(notifications.slackWebhookUrl),
})

const branchText = (branch: Branch, zone: TimeZone) => ({
  slug: branch.slug,
  name: branch.name,
  time_zone: unless(branch.timeZone, zone),
  phone_numbers: unlessEmpty(branch.phoneNumbers)?.map(({ number, active }) => (active ? number : { number, active })),
  retell_agent_id: branch.retellAgentId,
  hours: weekTexts(branch.hours.weekly),
  special_hours: Object.fromEntries(
    Object.entries(branch.hours.special).map(([date, day]) => [date, day.map(intervalText)]),
  ),
  closed: unlessEmpty(branch.hours.closed)?.map(daysText),
  public_holidays: branch.publicHolidays,
  fallback: {
    when_closed: { to_branch: branch.fallback.whenClosedToBranch },
    transfer_to: branch.fallback.transferTo,
  },
  staff_email: unlessEmpty(branch.staffEmail),
})

const serviceText = (service: Service) => ({
  slug: service.slug,
  name: service.name,
  keywords: unlessEmpty(service.keywords),
  category: service.category,
  duration_minutes: service.segments.length > 0 ? undefined : service.durationMinutes,
  buffer_before_minutes: unless(service.bufferBeforeMinutes, 0),
  buffer_after_minutes: unless(service.bufferAfterMinutes, 0),
  price: service.price,
  segments: unlessEmpty(service.segments)?.map((segment) => ({
    key: segment.key,
    staff_minutes: segment.staffMinutes,
    wait_after_minutes: unless(segment.waitAfterMinutes, 0),
    calcom_event_type_id: segment.calcomEventTypeId,
  })),
  branches: service.branches,
  active: unless(service.active, true),
  calcom_event_type_id: service.calcomEventTypeId,
})

const colleagueText = (colleague: Staff, zone: TimeZone) => ({
  slug: colleague.slug,
  name: colleague.name,
  email: colleague.email,
  branches: colleague.branches,
  services: unlessEmpty(colleague.services),
  hours: colleague.hours && weekTexts(colleague.hours),
  absences: unlessEmpty(colleague.absences)?.map((absence) => absenceText(absence, zone)),
  calcom_user_id: colleague.calcomUserId,
  calcom_event_types: colleague.calcomEventTypes,
})
