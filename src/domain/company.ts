import type { AgentId, BranchId, CompanyId, ServiceId, StaffId } from './ids.ts'
import type { DateRange, OpeningHours, WeeklyHours } from './opening-hours.ts'
import type { Country, PhoneNumber } from './phone-number.ts'
import type { Instant, TimeZone } from './time.ts'

/** What a company is, as its company file says it. A `…Spec` speaks in slugs; the stored thing adds its id. */
export type Slug = string
export type LanguageCode = 'de' | 'en'

/** A secret's name; its value is kept sealed under that name and never travels with the settings. */
export interface SecretName {
  readonly secretName: string
}

export interface CompanySettings {
  readonly slug: Slug
  readonly name: string
  readonly timeZone: TimeZone
  readonly country: Country
  readonly language: LanguageCode
  readonly currency: string
  /** False: calls and messages only; booking tools say so. */
  readonly booking: boolean
}

/** A company's own Retell account. Absent: the platform's. */
export interface RetellAccount {
  readonly apiKey: SecretName
  readonly webhookKeys: readonly SecretName[]
}

export interface CalcomSettings {
  readonly kind: 'calcom'
  /** Undefined: that of the installation. */
  readonly baseUrl: string | undefined
  readonly apiKey: SecretName
  readonly webhookSecret: SecretName | undefined
  readonly apiVersions: { readonly [group: string]: string }
}

export type CalendarSettings = { readonly kind: 'embedded' } | CalcomSettings

export interface FeeTier {
  readonly minHours: number
  readonly fee: number
}

export interface Policies {
  readonly minNoticeMinutes: number
  readonly maxAdvanceDays: number
  readonly holdSeconds: number
  readonly slotStepMinutes: number
  readonly cancel: {
    readonly hoursBefore: number
    readonly maxPer30Days: number
    readonly feeTiers: readonly FeeTier[]
  }
  readonly reschedule: {
    readonly hoursBefore: number
    readonly maxPerAppointment: number
    readonly sameCallGraceMinutes: number
  }
}

export interface Retention {
  readonly callsDays: number
  readonly recordingsDays: number
}

export interface Notifications {
  readonly customerEmail: boolean
  readonly callSummary: 'all' | 'bookings' | 'none'
  readonly staffEmail: readonly string[]
  readonly slackWebhookUrl: SecretName | undefined
}

export interface BranchSpec {
  readonly slug: Slug
  readonly name: string
  readonly timeZone: TimeZone
  readonly phoneNumbers: readonly { readonly number: PhoneNumber; readonly active: boolean }[]
  readonly retellAgentId: string | undefined
  readonly hours: OpeningHours
  /** A region of public holidays such as `DE-BE`. */
  readonly publicHolidays: string | undefined
  readonly fallback: { readonly whenClosedToBranch: Slug | undefined; readonly transferTo: PhoneNumber | undefined }
  readonly staffEmail: readonly string[]
}

/** A part of a service that keeps a colleague busy, and the wait after it in which only the customer is there. */
export interface Segment {
  readonly key: string
  readonly staffMinutes: number
  readonly waitAfterMinutes: number
  readonly calcomEventTypeId: number | undefined
}

export interface ServiceSpec {
  readonly slug: Slug
  readonly name: string
  readonly keywords: readonly string[]
  readonly category: string | undefined
  /** From the customer's arrival to leaving; for services of several segments the sum of all parts. */
  readonly durationMinutes: number
  readonly bufferBeforeMinutes: number
  readonly bufferAfterMinutes: number
  /** Minor units of the company's currency. */
  readonly price: number | undefined
  /** Empty: one block of `durationMinutes`. */
  readonly segments: readonly Segment[]
  /** Undefined: company-wide. */
  readonly branches: readonly Slug[] | undefined
  readonly active: boolean
  readonly calcomEventTypeId: number | undefined
}

export type Absence =
  | { readonly kind: 'days'; readonly days: DateRange }
  /** Half-open; wall-clock times are those of the company's zone. */
  | { readonly kind: 'hours'; readonly from: Instant; readonly to: Instant }

export interface StaffSpec {
  readonly slug: Slug
  readonly name: string
  readonly email: string | undefined
  readonly branches: readonly Slug[]
  readonly services: readonly Slug[]
  /** Undefined: the branch's hours. */
  readonly hours: WeeklyHours | undefined
  readonly absences: readonly Absence[]
  readonly calcomUserId: number | undefined
  readonly calcomEventTypes: { readonly [service: Slug]: number }
}

export interface AgentSpec {
  readonly slug: Slug
  readonly retellAgentId: string
  readonly branches: readonly Slug[]
}

/** A customer named in a company file: a seed, never an update. */
export interface CustomerSeed {
  readonly name: string
  readonly phone: PhoneNumber | undefined
  readonly email: string | undefined
}

/** A whole company file, every rule of it checked, nothing stored yet. */
export interface CompanySpec {
  readonly company: CompanySettings
  readonly retell: RetellAccount | undefined
  readonly calendar: CalendarSettings
  readonly policies: Policies
  readonly retention: Retention
  readonly notifications: Notifications
  readonly branches: readonly BranchSpec[]
  readonly services: readonly ServiceSpec[]
  readonly staff: readonly StaffSpec[]
  readonly agents: readonly AgentSpec[]
}

export type Branch = BranchSpec & { readonly id: BranchId }
export type Service = ServiceSpec & { readonly id: ServiceId }
export type Staff = StaffSpec & { readonly id: StaffId }
export type Agent = AgentSpec & { readonly id: AgentId }

/** A company as stored: one consistent reading of all that its file describes, without secrets. */
export interface CompanyProfile extends Omit<CompanySpec, 'branches' | 'services' | 'staff' | 'agents'> {
  readonly id: CompanyId
  /** Counts the changes; a profile of the same version is the same profile. */
  readonly version: number
  readonly branches: readonly Branch[]
  readonly services: readonly Service[]
  readonly staff: readonly Staff[]
  readonly agents: readonly Agent[]
}

export const defaultPolicies: Policies = {
  minNoticeMinutes: 15,
  maxAdvanceDays: 180,
  holdSeconds: 300,
  slotStepMinutes: 15,
  cancel: {
    hoursBefore: 24,
    maxPer30Days: 3,
    feeTiers: [
      { minHours: 48, fee: 0 },
      { minHours: 24, fee: 1000 },
      { minHours: 0, fee: 1500 },
    ],
  },
  reschedule: { hoursBefore: 24, maxPerAppointment: 2, sameCallGraceMinutes: 30 },
}
export const defaultRetention: Retention = { callsDays: 90, recordingsDays: 30 }
export const defaultNotifications: Notifications = {
  customerEmail: true,
  callSummary: 'bookings',
  staffEmail: [],
  slackWebhookUrl: undefined,
}
