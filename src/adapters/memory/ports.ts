import { err } from 'neverthrow'
import { withHolidays } from '../../application/companies/with-holidays.ts'
import type { Clock, Ids } from '../../application/ports/ambient.ts'
import type { Calendars } from '../../application/ports/calendar.ts'
import type { CalendarMessages } from '../../application/ports/calendar-messages.ts'
import type { PublicHolidays } from '../../application/ports/holidays.ts'
import type { Mailer } from '../../application/ports/mailer.ts'
import type { OutsideTools } from '../../application/ports/outside-tools.ts'
import type { Ports } from '../../application/ports/ports.ts'
import type { Recordings } from '../../application/ports/recordings.ts'
import type { ScriptReader } from '../../application/ports/rehearsals.ts'
import type { VoiceAccounts } from '../../application/ports/voice-accounts.ts'
import type { VoicePlatform } from '../../application/ports/voice-platform.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'
import { inProcessCache } from '../cache/in-process.ts'
import { realTime } from '../timing/real-time.ts'
import { memoryAlarm } from './alarm.ts'
import { memoryPlatformAudit } from './audit.ts'
import { plainCalendarMessages } from './calendar-messages.ts'
import { memoryCompanies } from './companies.ts'
import { memoryCopies } from './copies.ts'
import { guessableCredentials } from './credentials.ts'
import { memoryDirectory } from './directory.ts'
import { memoryEvents } from './event-stream.ts'
import { memoryFeedDirectory } from './feeds.ts'
import { memoryFlags } from './flags.ts'
import { clearing, memoryHousekeeping } from './housekeeping.ts'
import { type IdempotencyRow, memoryIdempotency } from './idempotency.ts'
import { memoryIdentities, type Visits } from './identities.ts'
import { inboxRows, memoryInbox, memoryUnrouted } from './inbox.ts'
import { memoryDueJobs } from './jobs.ts'
import { memoryRoutingOverrides } from './routing-overrides.ts'
import { memoryStore } from './store.ts'
import { plainVoice } from './voice-platform.ts'
import { emptyWorld } from './world.ts'

export interface MemoryOptions {
  readonly clock: Clock
  readonly ids: Ids
  /** The webhook keys of the platform's own Retell account. */
  readonly platformKeys?: readonly Secret[]
  /** The telephone platform's words; without one, `plainVoice`. */
  readonly voice?: VoicePlatform
  /** The Retell accounts of the companies; without any, nobody has a key to ask with. */
  readonly voiceAccounts?: VoiceAccounts
  /** The vendors' calendars; without any, every company's appointments live here alone. */
  readonly calendars?: Calendars
  /** The words of the vendors' calendars; without any, `plainCalendarMessages`. */
  readonly calendarMessages?: CalendarMessages
  /** Who knows the public holidays of regions; without anybody, there are none. */
  readonly holidays?: PublicHolidays
  /** Without one, no mail is sent or promised. */
  readonly mailer?: Mailer
  /** Who reads scripts of calls; without one, none can be read. */
  readonly readScript?: ScriptReader
  /** Who answers tools of others; without anybody, nothing is reached. */
  readonly outsideTools?: OutsideTools
  /** Where recordings are read; without any, nothing is reached. */
  readonly recordings?: Recordings
  /** Companies that are there from the beginning, under their ids and without secrets. */
  readonly companies?: readonly CompanyProfile[]
}

const nobodyOutside: OutsideTools = {
  reach: async () => err({ kind: 'unreachable', detail: 'Nothing is reached from here.' }),
  call: async () => err({ kind: 'unreachable', detail: 'Nothing is reached from here.' }),
}

const noRecordings: Recordings = { open: async () => err({ kind: 'unreachable' }) }

const nothingRetired = { branches: [], services: [], staff: [], agents: [] }

/** Every port, kept in memory alone: the same promises as the databases', and nothing left when the process ends. */
export const memoryPorts = ({
  clock,
  ids,
  platformKeys = [],
  voice = plainVoice,
  voiceAccounts = { of: async () => undefined },
  calendars = { of: () => undefined, trying: () => undefined },
  calendarMessages = plainCalendarMessages,
  holidays = { of: () => undefined, regionsOf: () => [] },
  mailer,
  readScript = () => err([{ path: '', message: 'cannot be read here.' }]),
  companies = [],
  outsideTools = nobodyOutside,
  recordings = noRecordings,
}: MemoryOptions): Ports => {
  const world = emptyWorld()
  for (const profile of companies)
    world.companies.set(profile.id, { profile, retired: nothingRetired, secrets: new Map() })
  const store = memoryStore(world, clock)
  const inbox = inboxRows()
  const requests = new Map<string, IdempotencyRow>()
  const visits: Visits = { sessions: new Map(), links: new Map() }
  return {
    clock,
    ids,
    store,
    inbox: memoryInbox(inbox),
    jobs: memoryDueJobs(world),
    housekeeping: memoryHousekeeping(world, {
      'idempotent-requests': clearing(requests, ({ at }) => at),
      sessions: clearing(visits.sessions, ({ expiresAt }) => expiresAt),
      'password-links': clearing(visits.links, ({ expiresAt }) => expiresAt),
    }),
    feeds: memoryFeedDirectory(world),
    unrouted: memoryUnrouted(inbox),
    directory: withHolidays(memoryDirectory(world, platformKeys), holidays),
    companies: memoryCompanies(world, ids),
    routingOverrides: memoryRoutingOverrides(world),
    events: memoryEvents(world),
    identities: memoryIdentities(visits),
    credentials: guessableCredentials(),
    idempotency: memoryIdempotency(requests),
    alarm: memoryAlarm(world, () => [...world.companies.keys()]),
    audit: memoryPlatformAudit(world, () => [...world.companies.keys()]),
    flags: memoryFlags(),
    voice,
    voiceAccounts,
    calendars,
    calendarMessages,
    // Room for many is made at once, which takes longer than all else that is made here.
    cache: inProcessCache({ realTime, entries: 1_000 }),
    copies: memoryCopies(store, memoryPorts),
    readScript,
    outsideTools,
    recordings,
    mailer,
    realTime,
  }
}
