import type { Result } from 'neverthrow'
import type { EventType } from '../../../domain/booking/event-type.ts'
import {
  eventTypeMappings,
  eventTypesLike,
  type MappingFinding,
  type ServiceMapping,
  unknownHosts,
} from '../../../domain/booking/event-type-fit.ts'
import { type ScheduleFinding, scheduleFindings } from '../../../domain/booking/schedule.ts'
import type { CompanyProfile, Service, StaffSpec } from '../../../domain/company.ts'
import type { CalendarAccount, CalendarFailure } from '../../ports/calendar.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CompanyScope } from '../../scope.ts'
import { inTime } from './in-time.ts'
import { type WebhookView, webhookView } from './webhook.ts'

/** One line of what stands for what, with what may be meant where nothing fits. */
export interface MappingView extends ServiceMapping {
  readonly named: Service
  readonly whose: StaffSpec | undefined
  /** Suggested, never taken by themselves. */
  readonly matches: readonly EventType[]
}

/** How a company's calendar is set up, as far as it says. */
export type CalendarSetUp =
  /** Appointments live here alone. */
  | { readonly state: 'embedded' }
  /** It did not answer, or not to this key. What fits cannot be known; what is named is shown. */
  | { readonly state: CalendarFailure['kind']; readonly detail: string; readonly mappings: readonly MappingView[] }
  | {
      readonly state: 'connected'
      readonly account: CalendarAccount
      readonly eventTypes: readonly EventType[]
      readonly mappings: readonly MappingView[]
      /** Colleagues whose calcom_user_id is nobody's there. */
      readonly unknownHosts: readonly StaffSpec[]
      readonly schedules: Result<readonly ScheduleFinding[], CalendarFailure>
      readonly webhook: WebhookView
    }

type Needs = Pick<Ports, 'directory' | 'calendars' | 'realTime' | 'clock'> & {
  readonly publicUrl: string
  readonly patienceMs: number
}

/** Event types are at most a day old unless `fresh`; everything else is asked now. Changes nothing. */
export const calendarSetUp =
  (ports: Needs) =>
  async (_scope: CompanyScope, profile: CompanyProfile, age?: 'fresh'): Promise<CalendarSetUp> => {
    const calendar = ports.calendars.of(profile)
    if (!calendar) return { state: 'embedded' }
    const [account, eventTypes, webhooks, schedules] = await Promise.all([
      inTime(ports, calendar.account()),
      inTime(ports, calendar.eventTypes(age)),
      inTime(ports, calendar.webhooks()),
      inTime(ports, calendar.schedules()),
    ])
    const failure = account.isErr() ? account.error : eventTypes.isErr() ? eventTypes.error : undefined
    if (account.isErr() || eventTypes.isErr()) {
      const unknowable = viewsOf(profile, []).map((one) => ({ ...one, findings: one.findings.filter(isNotAsked) }))
      return { state: failure?.kind ?? 'unreachable', detail: failure?.detail ?? '', mappings: unknowable }
    }
    const mappings = viewsOf(profile, eventTypes.value)
    const hosts = mappings.flatMap(({ eventType }) => eventType?.hosts ?? [])
    const asked = { company: profile, hosts, accountZone: account.value.timeZone }
    return {
      state: 'connected',
      account: account.value,
      eventTypes: eventTypes.value,
      mappings,
      unknownHosts: unknownHosts(profile, eventTypes.value),
      schedules: schedules.map((all) => scheduleFindings(asked, all, ports.clock.now())),
      webhook: await webhookView(ports, profile, webhooks),
    }
  }

/** What is known without asking the calendar. */
const isNotAsked = ({ code }: MappingFinding): boolean => code === 'unmapped'

const viewsOf = (profile: CompanyProfile, eventTypes: readonly EventType[]): readonly MappingView[] =>
  eventTypeMappings(profile, eventTypes).flatMap((mapping) => {
    const named = profile.services.find(({ slug }) => slug === mapping.service)
    if (!named) return []
    return [
      {
        ...mapping,
        named,
        whose: profile.staff.find(({ slug }) => slug === mapping.staff),
        matches: mapping.eventType ? [] : eventTypesLike(named, mapping.minutes, eventTypes),
      },
    ]
  })
