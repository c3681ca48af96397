import type { Result } from 'neverthrow'
import type { Application } from '../../application/application.ts'
import type { Alert } from '../../application/ports/alarm.ts'
import type { Clock } from '../../application/ports/ambient.ts'
import type { CallQuery, Ring } from '../../application/ports/calls.ts'
import type { Customer } from '../../application/ports/customers.ts'
import type { EventStream } from '../../application/ports/events.ts'
import type { Idempotency } from '../../application/ports/idempotency.ts'
import type { User } from '../../application/ports/identities.ts'
import type { Delivery, DeliveryQuery, UnroutedCall, UnroutedQuery } from '../../application/ports/inbox.ts'
import type { Page } from '../../application/ports/page.ts'
import type { CallDetail, CallListing } from '../../application/reading/calls.ts'
import type { DayView } from '../../application/reading/day.ts'
import type { Overview } from '../../application/reading/overview.ts'
import type { CompanyScope, PlatformScope } from '../../application/scope.ts'
import type { Role } from '../../domain/access/role.ts'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Branch, CompanyProfile, Slug } from '../../domain/company.ts'
import type { CallId, CompanyId, DeliveryId } from '../../domain/ids.ts'
import type { Instant, LocalDate, TimeZone } from '../../domain/time.ts'

/** Somebody who is logged in. */
export interface WebSession {
  readonly user: Pick<User, 'id' | 'email'>
  readonly role: Role
  /** Granted beside the role. */
  readonly seesVip: boolean
  /** Their own company; undefined for platform administrators. */
  readonly company: CompanyId | undefined
  /** The right to a company's things; undefined when they have none, whether the company exists or not. */
  readonly scope: (company: CompanyId) => CompanyScope | undefined
  /** The right to the rows of every company; undefined but for platform administrators. */
  readonly platform: PlatformScope | undefined
}

export type LogInFailure =
  /** The same for an unknown e-mail, a wrong password, a disabled and a locked-out user. */
  { readonly kind: 'wrong-credentials' } | { readonly kind: 'too-many-attempts'; readonly until: Instant }

export type SetPasswordFailure =
  /** Unknown, used or over. */
  { readonly kind: 'password-link-over' } | { readonly kind: 'password-too-short'; readonly minimum: number }

export interface CompanySummary {
  readonly id: CompanyId
  readonly slug: Slug
  readonly name: string
}

/** Appointments still to come, earliest first, and whose they are. */
export interface NextAppointments {
  readonly appointments: readonly Appointment[]
  readonly customers: ReadonlyMap<string, Customer>
}

/** What people do at the desk, by the rules of the phone. */
type DeskWork = Pick<
  Application,
  | 'appointmentDetail'
  | 'listAppointments'
  | 'weekOf'
  | 'freeTimes'
  | 'createAppointment'
  | 'moveAppointment'
  | 'cancelAppointment'
  | 'blockTime'
  | 'unblockTime'
  | 'blockedTimeDetail'
  | 'listCallbacks'
  | 'tallyCallbacks'
  | 'changeCallback'
  | 'listWishes'
  | 'tallyWishes'
  | 'listCustomers'
  | 'customerDetail'
  | 'changeCustomer'
  | 'listAuditLog'
  | 'listPlatformAuditLog'
  | 'listFlags'
  | 'setFlag'
  | 'linesOf'
  | 'setRoutingOverride'
  | 'endRoutingOverride'
  | 'listFeeds'
  | 'createFeed'
  | 'revokeFeed'
  | 'calendarSetUp'
  | 'connectCalendar'
  | 'mapService'
  | 'registerCalendarWebhook'
  | 'calendarDifferences'
  | 'settleDifference'
  | 'assignUnrouted'
>

/** What people do with the voice agents. */
type AgentWork = Pick<
  Application,
  | 'listAgents'
  | 'resolveAgent'
  | 'startAgentSync'
  | 'newestAgentSync'
  | 'refreshAgent'
  | 'createAgent'
  | 'exportAgent'
  | 'importAgent'
  | 'getDraft'
  | 'putDraft'
  | 'discardDraft'
  | 'listAgentVersions'
  | 'agentVersionDetail'
  | 'diffAgentVersions'
  | 'restoreAgentVersion'
  | 'driftDetail'
  | 'previewMerge'
  | 'pullAgent'
  | 'mergeAgent'
  | 'gate'
  | 'publishAndWait'
  | 'findPublication'
  | 'listPublications'
  | 'listLiveDecisions'
  | 'rungAgents'
  | 'resumePublication'
  | 'undoPublication'
  | 'rollbackAndWait'
  | 'rollOut'
  | 'takeBackRollout'
  | 'rolloutDetail'
>

/** What people do with what agents ask, and how they try it. */
type ToolWork = Pick<
  Application,
  | 'agentToolList'
  | 'editTool'
  | 'toolBeginnings'
  | 'toolLog'
  | 'tryTool'
  | 'rehearse'
  | 'listScripts'
  | 'saveScript'
  | 'removeScript'
  | 'listRehearsals'
  | 'findRehearsal'
  | 'watchedNumbers'
  | 'watchNumbers'
  | 'registerNumbers'
>

/** All that the dashboard asks of the application. */
export interface WebApplication extends DeskWork, AgentWork, ToolWork {
  readonly logIn: (
    email: string,
    password: string,
    address: string,
  ) => Promise<Result<{ readonly cookie: string; readonly expiresAt: Instant }, LogInFailure>>
  readonly logOut: (cookie: string) => Promise<void>
  /** From where they ask, as far as that is known, and whether it is a page that reads itself anew. */
  readonly whoIs: (
    cookie: string,
    how?: { readonly address: string | undefined; readonly rereads: boolean },
  ) => Promise<WebSession | undefined>
  /** Uses the one-time link up only when the password was accepted. */
  readonly setPassword: (token: string, password: string) => Promise<Result<void, SetPasswordFailure>>

  readonly companyBySlug: (slug: Slug) => Promise<CompanyId | undefined>
  /** Has the company a key with which Retell can be asked about its agents? */
  readonly hasVoiceAccount: (profile: CompanyProfile) => Promise<boolean>
  readonly profile: (company: CompanyId) => Promise<CompanyProfile | undefined>
  /** Ordered by name. */
  readonly companies: (scope: PlatformScope) => Promise<readonly CompanySummary[]>

  readonly overview: (scope: CompanyScope, profile: CompanyProfile, day?: LocalDate) => Promise<Overview>
  readonly listCalls: (scope: CompanyScope, query: CallQuery) => Promise<CallListing>
  readonly openRings: (scope: CompanyScope) => Promise<readonly Ring[]>
  readonly callDetail: (scope: CompanyScope, id: CallId) => Promise<CallDetail | undefined>
  readonly dayOf: (scope: CompanyScope, profile: CompanyProfile, branch: Branch, date: LocalDate) => Promise<DayView>
  /** Not cancelled and not over now, at most `limit`. */
  readonly nextAppointments: (scope: CompanyScope, limit: number) => Promise<NextAppointments>
  readonly openAlerts: (scope: CompanyScope, limit: number) => Promise<readonly Alert[]>
  readonly deliveries: (scope: CompanyScope, query: DeliveryQuery) => Promise<Page<Delivery>>
  readonly delivery: (scope: CompanyScope, id: DeliveryId) => Promise<Delivery | undefined>

  /** By their e-mail address or their id, of whatever company. */
  readonly platformUser: (
    scope: PlatformScope,
    named: { readonly email: string } | { readonly id: string },
  ) => Promise<Pick<User, 'id' | 'email'> | undefined>
  readonly allDeliveries: (scope: PlatformScope, query: DeliveryQuery) => Promise<Page<Delivery>>
  readonly anyDelivery: (scope: PlatformScope, id: DeliveryId) => Promise<Delivery | undefined>
  readonly unroutedCalls: (scope: PlatformScope, query: UnroutedQuery) => Promise<Page<UnroutedCall>>

  readonly events: EventStream
  /** Forms that were sent, so that one has one effect. */
  readonly idempotency: Idempotency
}

export interface WebDependencies {
  readonly application: WebApplication
  /** Whether cookies travel over HTTPS alone. */
  readonly secureCookies: boolean
  /** In which pages of no company are read. */
  readonly platformZone: TimeZone
  /** Where calendar programs find us. */
  readonly publicUrl: string
  readonly clock: Clock
}
