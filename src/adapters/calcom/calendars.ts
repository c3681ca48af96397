import { err, ok, type Result } from 'neverthrow'
import type { VendorHealth } from '../../application/operation/health.ts'
import type { Clock, RealTime } from '../../application/ports/ambient.ts'
import type { Cache, RateLimits } from '../../application/ports/cache.ts'
import type { Calendar, CalendarFailure, Calendars, TriedCalendar } from '../../application/ports/calendar.ts'
import type { CalcomSettings, CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { MINUTE } from '../../domain/time.ts'
import { type ClientPool, clientPool, type UnusableAccess } from '../vendor/client-pool.ts'
import type { BreakerState } from '../vendor/json-client.ts'
import { accountOf, calcomCalendar } from './calendar.ts'
import { connectionOf } from './connection.ts'
import { eventTypesOf } from './event-types.ts'
import { versionsOf } from './versions.ts'

export interface CalcomOptions {
  readonly secretOf: (company: CompanyId, name: string) => Promise<Secret | undefined>
  /** Without one, event types are asked for each time they are needed. */
  readonly cache?: Cache | undefined
  readonly limits: RateLimits
  readonly clock: Clock
  readonly realTime: RealTime
  /** Of companies that name none, such as `https://api.cal.com/v2`. */
  readonly baseUrl: string
  readonly allowPrivate: boolean
  /** How long a question may take, lists apart, in milliseconds; 8,000 when not given. */
  readonly patienceMs?: number | undefined
  /** Told when the Cal.com of these companies is left alone for a while, and when it answers. */
  readonly onBreaker?: ((companies: readonly CompanyId[], state: BreakerState) => void) | undefined
}

export interface CalcomCalendars extends Calendars {
  readonly health: () => VendorHealth
  readonly close: () => Promise<void>
}

/** Per key (throttler-guard.ts). Where Cal.com allows more, its answers say nothing of it. */
const perMinute = 120

/** The calendars of all companies that keep theirs in Cal.com. Companies with one key share its limit and its breaker. */
export const calcomCalendars = (options: CalcomOptions): CalcomCalendars => {
  const pool = clientPool({ ...options, limit: { name: 'calcom', most: perMinute, windowMs: MINUTE } })
  return {
    of: (profile) => {
      const { calendar } = profile
      return calendar.kind === 'calcom' ? opening(() => open(options, pool, profile, calendar)) : undefined
    },
    trying: (settings, key) => trying(options, pool, settings, key),
    health: () => ({ vendor: 'calcom', accounts: pool.accounts() }),
    close: pool.close,
  }
}

const misconfigured = (detail: string) => err<never, CalendarFailure>({ kind: 'misconfigured', detail })

const cures: { readonly [Fault in UnusableAccess]: string } = {
  'unusable-address': 'The base_url of the calendar is no address such as https://api.cal.com/v2.',
  'unusable-key': 'The API key of the calendar holds characters that no key has. Put it anew.',
}
const unusable = (fault: UnusableAccess): CalendarFailure => ({ kind: 'misconfigured', detail: cures[fault] })

/** Makes the calendar anew for each question, for a key may have been changed since the last. */
const opening = (open: () => Promise<Result<Calendar, CalendarFailure>>): Calendar => {
  const on = async <T>(
    ask: (calendar: Calendar) => Promise<Result<T, CalendarFailure>>,
  ): Promise<Result<T, CalendarFailure>> => {
    const calendar = await open()
    return calendar.isErr() ? err(calendar.error) : ask(calendar.value)
  }
  return {
    kind: 'calcom',
    slots: (query) => on((calendar) => calendar.slots(query)),
    place: (placing) => on((calendar) => calendar.place(placing)),
    move: (uid, placing) => on((calendar) => calendar.move(uid, placing)),
    cancel: (uid, placing, reason) => on((calendar) => calendar.cancel(uid, placing, reason)),
    find: (placing) => on((calendar) => calendar.find(placing)),
    booking: (uid, urgency) => on((calendar) => calendar.booking(uid, urgency)),
    bookings: (query) => on((calendar) => calendar.bookings(query)),
    eventTypes: (age) => on((calendar) => calendar.eventTypes(age)),
    account: () => on((calendar) => calendar.account()),
    schedules: () => on((calendar) => calendar.schedules()),
    webhooks: () => on((calendar) => calendar.webhooks()),
    registerWebhook: (url) => on((calendar) => calendar.registerWebhook(url)),
    reserve: (query, startsAt, minutes) => on((calendar) => calendar.reserve(query, startsAt, minutes)),
    letGo: (reservation) => on((calendar) => calendar.letGo(reservation)),
  }
}

const open = async (
  { secretOf, cache, clock, baseUrl }: CalcomOptions,
  pool: ClientPool,
  profile: CompanyProfile,
  settings: CalcomSettings,
): Promise<Result<Calendar, CalendarFailure>> => {
  const { apiKey, webhookSecret } = settings
  const key = await secretOf(profile.id, apiKey.secretName)
  if (!key) {
    return misconfigured(
      `No API key of Cal.com is kept under ${apiKey.secretName}. Set it in the environment and apply the company file.`,
    )
  }
  const client = pool.clientFor(settings.baseUrl ?? baseUrl, key, profile.id)
  if (client.isErr()) return err(unusable(client.error))
  const { name } = client.value
  const connection = connectionOf(name, client.value.client, versionsOf(settings.apiVersions))
  return ok(
    calcomCalendar({
      connection,
      eventTypes: eventTypesOf(connection, cache?.of(profile.id), clock),
      profile,
      webhookSecret: webhookSecret && (await secretOf(profile.id, webhookSecret.secretName)),
    }),
  )
}

const trying = (
  { clock, baseUrl }: CalcomOptions,
  pool: ClientPool,
  settings: CalcomSettings,
  key: Secret,
): TriedCalendar => {
  const connected = () =>
    pool
      .clientFor(settings.baseUrl ?? baseUrl, key, undefined)
      .map(({ name, client }) => connectionOf(name, client, versionsOf(settings.apiVersions)))
      .mapErr(unusable)
  return {
    account: async () => {
      const connection = connected()
      return connection.isErr() ? err(connection.error) : accountOf(connection.value)
    },
    eventTypes: async () => {
      const connection = connected()
      return connection.isErr() ? err(connection.error) : eventTypesOf(connection.value, undefined, clock).list('fresh')
    },
  }
}
