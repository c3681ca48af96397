import type { Result } from 'neverthrow'
import { type ServiceMapping, severityOf } from '../../domain/booking/event-type-fit.ts'
import type { ScheduleFinding } from '../../domain/booking/schedule.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { addDays, after, DAY, localMoment } from '../../domain/time.ts'
import { type CalendarSetUp, calendarSetUp, type MappingView } from '../calendar/set-up/calendar-set-up.ts'
import { sayFinding } from '../calendar/set-up/finding-words.ts'
import { inTime } from '../calendar/set-up/in-time.ts'
import { sayScheduleFinding } from '../calendar/set-up/schedule-words.ts'
import type { WebhookView } from '../calendar/set-up/webhook.ts'
import type { Calendar, CalendarFailure } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { broken, type Check, fine, warning } from './check.ts'

export type CalendarDoctor = Pick<Ports, 'directory' | 'calendars' | 'realTime' | 'clock' | 'store'> & {
  readonly publicUrl: string
  readonly patienceMs: number
}

const page = 'Look at the page of the calendar connection.'

/** Every link between a company and the calendar of a vendor. Asks the calendar, within a limit, and changes nothing. */
export const calendarChecks = async (
  ports: CalendarDoctor,
  scope: CompanyScope,
  profile: CompanyProfile,
): Promise<readonly Check[]> => {
  const { slug, booking } = profile.company
  if (!booking) return []
  if (profile.calendar.kind === 'embedded') return [fine(slug, 'calendar', 'Appointments live here alone.')]
  const secrets = await secretChecks(ports, profile)
  const calendar = ports.calendars.of(profile)
  if (!calendar || secrets.some(({ link, state }) => link === 'calendar key' && state === 'broken')) return secrets
  const found = await calendarSetUp(ports)(scope, profile, 'fresh')
  if (found.state === 'embedded') return secrets
  if (found.state !== 'connected')
    return [...secrets, silent(slug, found), ...(await alertCheck(ports, scope, profile))]
  return [
    ...secrets,
    fine(slug, 'calendar', `It answers, as the account of ${found.account.name}.`),
    ...(await versionChecks(ports, calendar, profile, found)),
    ...mappingChecks(slug, found.mappings),
    ...(found.unknownHosts.length > 0
      ? [
          warning(
            slug,
            'hosts',
            `The calendar has no host with the calcom_user_id of ${found.unknownHosts.map(({ name }) => name).join(', ')}.`,
            'Correct the number, or make them hosts of the event types that they do.',
          ),
        ]
      : []),
    webhookCheck(slug, found.webhook),
    ...scheduleChecks(slug, found.schedules),
    ...(await alertCheck(ports, scope, profile)),
  ]
}

const secretChecks = async ({ directory }: CalendarDoctor, profile: CompanyProfile): Promise<readonly Check[]> => {
  const { company, calendar } = profile
  if (calendar.kind === 'embedded') return []
  const opens = async (name: string | undefined) =>
    name !== undefined && (await directory.secretOf(profile.id, name)) !== undefined
  const [key, secret] = [await opens(calendar.apiKey.secretName), await opens(calendar.webhookSecret?.secretName)]
  return [
    key
      ? fine(company.slug, 'calendar key', 'It is there and can be opened.')
      : broken(
          company.slug,
          'calendar key',
          'There is no API key, or it cannot be opened.',
          'Connect the calendar again with its key, or set the key in the environment and apply the company file.',
        ),
    secret
      ? fine(company.slug, 'webhook secret', 'It is there and can be opened.')
      : broken(
          company.slug,
          'webhook secret',
          'There is no webhook secret, or it cannot be opened, so nothing that the calendar tells is believed.',
          'Connect the calendar again: a secret is made then. Or name a webhook_secret in the company file.',
        ),
  ]
}

const silent = (
  slug: string,
  { state, detail }: { readonly state: CalendarFailure['kind']; readonly detail: string },
) =>
  state === 'unreachable'
    ? broken(
        slug,
        'calendar',
        `It does not answer. ${detail}`,
        'Look whether its base URL is right and can be reached.',
      )
    : broken(slug, 'calendar', `It refuses us. ${detail}`, 'Look at its key, its base_url and its api_versions.')

/** Each group of questions has a version of its own, and an answer in another one cannot be read. */
const versionChecks = async (
  ports: CalendarDoctor,
  calendar: Calendar,
  profile: CompanyProfile,
  { mappings, schedules }: Extract<CalendarSetUp, { readonly state: 'connected' }>,
): Promise<readonly Check[]> => {
  const now = ports.clock.now()
  const { slug } = profile.company
  const booked = inTime(ports, calendar.bookings({ kind: 'starting', from: now, to: after(now, DAY) }))
  const asked: (readonly [what: string, answer: Promise<Result<unknown, CalendarFailure>>])[] = [
    ['bookings', booked],
    ['schedules', Promise.resolve(schedules)],
  ]
  const bookable = mappings.find(({ findings }) => findings.every((one) => severityOf(one) !== 'blocks'))
  const branch = profile.branches.find((one) => bookable?.named.branches?.includes(one.slug) ?? true)
  if (bookable && branch) {
    const { date } = localMoment(now, branch.timeZone)
    const service = { ...bookable.named, calcomEventTypeId: bookable.eventTypeId, durationMinutes: bookable.minutes }
    const query = { branch, service: { ...service, segments: [] }, staff: undefined, moving: undefined }
    const slots = calendar.slots({ ...query, from: date, to: addDays(date, 6), purpose: 'suggest' })
    asked.push(['free times', inTime(ports, slots)])
  }
  const answers = await Promise.all(asked.map(async ([what, answer]) => [what, await answer] as const))
  const bad = answers.flatMap(([what, answer]) => (answer.isErr() ? [[what, answer.error] as const] : []))
  if (bad.length === 0)
    return [fine(slug, 'api versions', 'Event types, schedules, bookings and free times are answered as asked.')]
  return bad.map(([what, { detail }]) =>
    broken(slug, 'api versions', `The question for ${what} fails. ${detail}`, 'Look at api_versions of the calendar.'),
  )
}

const mappingChecks = (slug: string, mappings: readonly MappingView[]): readonly Check[] => {
  const bad = mappings.flatMap((mapping) =>
    mapping.findings
      .filter((finding) => severityOf(finding) !== 'note')
      .map((finding) => {
        const { found, cure } = sayFinding(finding, 'en')
        const said = severityOf(finding) === 'blocks' ? broken : warning
        return said(slug, 'event type', `${nameOf(mapping)}: ${found}`, cure)
      }),
  )
  return bad.length > 0 ? bad : [fine(slug, 'event type', `${mappings.length} of ${mappings.length} can be booked.`)]
}

const nameOf = ({ named, part, whose }: ServiceMapping & Pick<MappingView, 'named' | 'whose'>): string =>
  [named.name, part, whose?.name].filter((one) => one !== undefined).join(', ')

const scheduleChecks = (
  slug: string,
  schedules: Result<readonly ScheduleFinding[], CalendarFailure>,
): readonly Check[] => {
  if (schedules.isErr()) return []
  const bad = schedules.value.map((finding) => {
    const { found, cure } = sayScheduleFinding(finding, 'en')
    return warning(slug, finding.code === 'zone' ? 'time zone' : 'schedule', found, cure)
  })
  return bad.length > 0
    ? bad
    : [fine(slug, 'time zone', 'The schedules of the calendar are in the time zone of their branches.')]
}

const webhookCheck = (slug: string, { state, address, isPrivate }: WebhookView): Check => {
  if (state === 'active') return fine(slug, 'webhook', `The calendar tells ${address} of its bookings.`)
  if (isPrivate)
    return warning(
      slug,
      'webhook',
      `PUBLIC_URL is of this machine or network, so the calendar cannot reach ${address}.`,
      'Set PUBLIC_URL to an address that can be reached from outside. Until then bookings are looked up from time to time.',
    )
  if (state === 'unknown')
    return warning(slug, 'webhook', 'The calendar did not say whom it tells of its bookings.', page)
  return warning(slug, 'webhook', webhookFaults[state](address), 'Register it on the page of the calendar connection.')
}

const webhookFaults = {
  inactive: (address: string) => `The webhook to ${address} is switched off.`,
  missing: (address: string) => `The calendar does not tell ${address} of its bookings.`,
  wrong: (address: string) =>
    `The webhook to ${address} tells of too little or signs with another secret than ours, so nothing that comes is believed.`,
} as const

const aboutCalendars: ReadonlySet<string> = new Set([
  ...['calendar_down', 'foreign_event_type', 'unmapped_service', 'appointment_unsynced'],
  ...['stale_booking', 'booking_changed_by_calendar', 'booking_unknown_to_calendar'],
])

/** What was said of the calendar and nobody has seen to. */
const alertCheck = async (
  { store }: CalendarDoctor,
  scope: CompanyScope,
  { company: { slug } }: CompanyProfile,
): Promise<readonly Check[]> => {
  const { items } = await store.read(scope, (tx) => tx.alerts.list({ open: true, limit: 200, cursor: undefined }))
  const open = items.filter(({ kind }) => aboutCalendars.has(kind))
  const [last] = open
  if (!last) return [fine(slug, 'calendar alerts', 'None is open.')]
  return [
    warning(
      slug,
      'calendar alerts',
      `${open.length} ${open.length === 1 ? 'is' : 'are'} open, the last: ${last.message}`,
      'See to them, and resolve them on the dashboard.',
    ),
  ]
}
