import type { Alarm } from './alarm.ts'
import type { Clock, Ids, RealTime } from './ambient.ts'
import type { PlatformAudit } from './audit.ts'
import type { Cache } from './cache.ts'
import type { Calendars } from './calendar.ts'
import type { CalendarMessages } from './calendar-messages.ts'
import type { Companies } from './companies.ts'
import type { Copies } from './copies.ts'
import type { Directory } from './directory.ts'
import type { EventStream } from './events.ts'
import type { FeedDirectory } from './feeds.ts'
import type { Flags } from './flags.ts'
import type { Housekeeping } from './housekeeping.ts'
import type { Idempotency } from './idempotency.ts'
import type { Credentials, Identities } from './identities.ts'
import type { Inbox, UnroutedCalls } from './inbox.ts'
import type { DueJobs } from './jobs.ts'
import type { Mailer } from './mailer.ts'
import type { OutsideTools } from './outside-tools.ts'
import type { Recordings } from './recordings.ts'
import type { ScriptReader } from './rehearsals.ts'
import type { RoutingOverrides } from './routing-overrides.ts'
import type { Store } from './store.ts'
import type { VoiceAccounts } from './voice-accounts.ts'
import type { VoicePlatform } from './voice-platform.ts'

/** All that the application asks of the world. A use case takes a `Pick` of it. */
export interface Ports {
  readonly clock: Clock
  readonly ids: Ids
  readonly store: Store
  readonly inbox: Inbox
  readonly jobs: DueJobs
  readonly housekeeping: Housekeeping
  readonly feeds: FeedDirectory
  readonly unrouted: UnroutedCalls
  readonly directory: Directory
  readonly companies: Companies
  readonly routingOverrides: RoutingOverrides
  readonly events: EventStream
  readonly identities: Identities
  readonly credentials: Credentials
  readonly idempotency: Idempotency
  readonly alarm: Alarm
  readonly audit: PlatformAudit
  readonly flags: Flags
  readonly voice: VoicePlatform
  readonly voiceAccounts: VoiceAccounts
  readonly calendars: Calendars
  readonly calendarMessages: CalendarMessages
  readonly cache: Cache
  readonly copies: Copies
  readonly readScript: ScriptReader
  readonly outsideTools: OutsideTools
  readonly recordings: Recordings
  /** Undefined: no mail is sent, and none is promised. */
  readonly mailer: Mailer | undefined
  readonly realTime: RealTime
}
