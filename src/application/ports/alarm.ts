import type { AlertId, AppointmentId, CallId, CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'
import type { Page, PageRequest } from './page.ts'

export type AlertKind =
  | 'unrouted_call'
  | 'unknown_tool'
  | 'unknown_event'
  | 'calendar_down'
  | 'appointment_unsynced'
  | 'stale_booking'
  | 'booking_changed_by_calendar'
  | 'booking_unknown_to_calendar'
  | 'foreign_event_type'
  | 'unmapped_service'
  | 'breaker_open'
  | 'claim_without_fact'
  | 'tool_without_booking'
  | 'looping_agent'
  | 'dead_letter'
  | 'job_given_up'
  | 'sync_failed'
  | 'rollout_rolled_back'
  | 'number_without_agent'
  | 'number_wrong_agent'
  | 'number_old_version'
  | 'number_without_webhook'
  | 'call_without_end'
  | 'callback_overdue'
  | 'mail_failing'
  | 'key_fault'
  | 'security'

export interface Alert {
  readonly id: AlertId
  readonly kind: AlertKind
  readonly severity: 'info' | 'warning' | 'critical'
  /** What happened and what to do about it, without personal data. */
  readonly message: string
  readonly callId: CallId | undefined
  readonly appointmentId: AppointmentId | undefined
  readonly createdAt: Instant
  readonly resolvedAt: Instant | undefined
}

export interface NewAlert extends Omit<Alert, 'resolvedAt'> {
  /** While one with this key is open, another is not raised. */
  readonly key: string
}

export interface Alerts {
  /** False: one of its key is open, and this one is nowhere. */
  readonly raise: (alert: NewAlert) => Promise<boolean>
  readonly list: (query: PageRequest & { readonly open?: boolean }) => Promise<Page<Alert>>
  readonly countOpen: () => Promise<number>
  /** False: there is no such open alert. */
  readonly resolve: (id: AlertId, now: Instant) => Promise<boolean>
  /** As `resolve`, for the open one of a key, and says which it was. */
  readonly resolveKey: (key: string, now: Instant) => Promise<AlertId | undefined>
}

export interface SecurityEvent {
  readonly id: `sev_${string}`
  readonly kind: 'bad_signature' | 'forgery' | 'address_blocked' | 'lock_out' | 'login_failed'
  readonly severity: 'info' | 'warning' | 'critical'
  readonly at: Instant
  readonly address: string | undefined
  readonly actor: string | undefined
  readonly company: CompanyId | undefined
  readonly detail: string
}

/** What concerns the platform as a whole and may concern no company. */
export interface Alarm {
  readonly security: (event: SecurityEvent) => Promise<void>
  /** An alert of a company, or of the platform when `company` is undefined. */
  readonly alert: (company: CompanyId | undefined, alert: NewAlert) => Promise<void>
  /** As `Alerts.resolveKey`, for the open one of a company or of the platform. */
  readonly resolve: (company: CompanyId | undefined, key: string, now: Instant) => Promise<AlertId | undefined>
  readonly securityEvents: (scope: PlatformScope, query: PageRequest) => Promise<Page<SecurityEvent>>
  /** Those that concern this company. */
  readonly securityEventsOf: (scope: CompanyScope, query: PageRequest) => Promise<Page<SecurityEvent>>
  readonly alerts: (
    scope: PlatformScope,
    query: PageRequest,
  ) => Promise<Page<Alert & { readonly company: CompanyId | undefined }>>
}
