import type { Result } from 'neverthrow'
import { sharedCache } from '../adapters/cache/shared-cache.ts'
import { calcomMessages } from '../adapters/calcom/messages.ts'
import { argonCredentials } from '../adapters/crypto/credentials.ts'
import { findKeys } from '../adapters/crypto/find-keys.ts'
import { randomIds } from '../adapters/crypto/ids.ts'
import { publicHolidays } from '../adapters/holidays/public-holidays.ts'
import { memoryCopies } from '../adapters/memory/copies.ts'
import { memoryPorts } from '../adapters/memory/ports.ts'
import { toolJson } from '../adapters/retell/tool-json.ts'
import { retellVoicePlatform } from '../adapters/retell/voice-platform.ts'
import { readScript } from '../adapters/script/read-script.ts'
import { sqlAlarm } from '../adapters/sql/alarm.ts'
import { sqlPlatformAudit } from '../adapters/sql/audit.ts'
import { sqlCompanies } from '../adapters/sql/companies.ts'
import { type DatabaseFailure, openDatabase } from '../adapters/sql/database.ts'
import { sqlDirectory } from '../adapters/sql/directory.ts'
import type { Engine } from '../adapters/sql/engine.ts'
import { sqlEventStream } from '../adapters/sql/event-stream.ts'
import { sqlFeedDirectory } from '../adapters/sql/feeds.ts'
import { sqlFlags } from '../adapters/sql/flags.ts'
import { sqlHousekeeping } from '../adapters/sql/housekeeping.ts'
import { sqlIdempotency } from '../adapters/sql/idempotency.ts'
import { sqlIdentities } from '../adapters/sql/identities.ts'
import { sqlInbox } from '../adapters/sql/inbox.ts'
import { sqlDueJobs } from '../adapters/sql/jobs.ts'
import { sqlRoutingOverrides } from '../adapters/sql/routing-overrides.ts'
import { sqlStore } from '../adapters/sql/store.ts'
import { sqlUnroutedCalls } from '../adapters/sql/unrouted-calls.ts'
import { realTime } from '../adapters/timing/real-time.ts'
import { outsideTools } from '../adapters/vendor/outside-tools.ts'
import { linkedRecordings } from '../adapters/vendor/recordings.ts'
import { type Application, application } from '../application/application.ts'
import { withHolidays } from '../application/companies/with-holidays.ts'
import type { Vitals } from '../application/operation/health.ts'
import type { Clock } from '../application/ports/ambient.ts'
import type { Calendars } from '../application/ports/calendar.ts'
import type { Mailer } from '../application/ports/mailer.ts'
import type { Ports } from '../application/ports/ports.ts'
import type { VoiceAccounts } from '../application/ports/voice-accounts.ts'
import { secret } from '../domain/secret.ts'
import { instant } from '../domain/time.ts'
import { openCalcom } from './calcom.ts'
import { callLink } from './call-link.ts'
import { hostedCalcom, hostedRetell } from './config.ts'
import { openRetell } from './retell.ts'
import { version } from './version.ts'

export type OpenFailure = DatabaseFailure

export interface DeskOptions {
  readonly databaseUrl: string
  readonly encryptionKeys: string | undefined
  readonly publicUrl: string
  readonly retellWebhookKeys: readonly string[]
  /** Of the platform's own Retell account, for companies that name none. */
  readonly retellApiKey?: string | undefined
  /** Without one, where Retell is. */
  readonly retellBaseUrl?: string | undefined
  /** How often an account of Retell is asked at most. */
  readonly retellRequestsPerSecond?: number | undefined
  readonly poolMin: number
  readonly poolMax: number
  readonly autoMigrate: boolean
  readonly clock?: Clock
  /** In place of those of Cal.com. */
  readonly calendars?: Calendars
  /** In place of those of Retell. */
  readonly voiceAccounts?: VoiceAccounts
  /** Of companies that name none; without one, hosted Cal.com. */
  readonly calcomBaseUrl?: string | undefined
  /** Whether vendors may be in private networks. */
  readonly allowPrivateAddresses?: boolean | undefined
  /** Where several processes keep and count together; without one, each does so by itself. */
  readonly redisUrl?: string | undefined
  /** Where mails go, and from which address. Without both, none are sent or promised. */
  readonly smtpUrl?: string | undefined
  readonly mailFrom?: string | undefined
}

/** The application on its database, with no door to the outside yet. */
export interface Desk {
  readonly ports: Ports
  readonly app: Application
  readonly publicUrl: string
  /** What a person should be told about the opening. */
  readonly notices: readonly string[]
  readonly vitals: Vitals
  readonly close: () => Promise<void>
}

const mailerOf = async ({ smtpUrl, mailFrom }: DeskOptions): Promise<Mailer | undefined> => {
  if (smtpUrl === undefined || mailFrom === undefined) return undefined
  const { smtpMailer } = await import('../adapters/mail/smtp-mailer.ts')
  return smtpMailer({ url: smtpUrl, from: mailFrom }, { realTime })
}

const systemClock: Clock = { now: () => instant(Date.now()) }

export const openDesk = async (options: DeskOptions): Promise<Result<Desk, OpenFailure>> => {
  const clock = options.clock ?? systemClock
  const opened = await openDatabase(options.databaseUrl, {
    findKeys: findKeys(options.encryptionKeys),
    clock,
    migrations: options.autoMigrate ? 'apply' : 'refuse',
    pool: { min: options.poolMin, max: options.poolMax },
  })
  return opened.asyncMap(async ({ engine, seals, madeKeyRing }) => {
    const ids = randomIds(clock)
    const platformKeys = options.retellWebhookKeys.map(secret)
    const directory = withHolidays(sqlDirectory(engine, seals, { platformKeys }), publicHolidays())
    const events = sqlEventStream(engine)
    const alarm = sqlAlarm(engine, seals)
    const inbox = sqlInbox(engine, seals, { alarm, ids, clock })
    const store = sqlStore(engine, seals, clock, events)
    const shared = await sharedCache(options.redisUrl, realTime)
    const { cache } = shared
    const calcom = openCalcom(
      { store, ids, clock, directory },
      {
        baseUrl: options.calcomBaseUrl ?? hostedCalcom,
        allowPrivate: options.allowPrivateAddresses ?? false,
        cache,
        limits: shared.limits,
      },
    )
    const retell = openRetell(
      { store, ids, clock, directory },
      {
        apiKey: options.retellApiKey,
        baseUrl: options.retellBaseUrl ?? hostedRetell,
        requestsPerSecond: options.retellRequestsPerSecond,
        allowPrivate: options.allowPrivateAddresses ?? false,
        limits: shared.limits,
      },
    )
    const outside = outsideTools({ allowPrivate: options.allowPrivateAddresses ?? false, realTime })
    const recordings = linkedRecordings({ allowPrivate: options.allowPrivateAddresses ?? false })
    const ports: Ports = {
      clock,
      ids,
      directory,
      events,
      store,
      inbox,
      jobs: sqlDueJobs(engine, seals),
      housekeeping: sqlHousekeeping(engine),
      feeds: sqlFeedDirectory(engine),
      unrouted: sqlUnroutedCalls(engine, seals, inbox),
      companies: sqlCompanies(engine, seals, ids, directory.forget),
      routingOverrides: sqlRoutingOverrides(engine, seals, directory.forget),
      identities: sqlIdentities(engine, seals),
      alarm,
      audit: sqlPlatformAudit(engine, seals),
      flags: sqlFlags(engine),
      credentials: argonCredentials(),
      idempotency: sqlIdempotency(engine, seals),
      voice: retellVoicePlatform,
      voiceAccounts: options.voiceAccounts ?? retell,
      calendars: options.calendars ?? calcom,
      calendarMessages: calcomMessages,
      cache,
      copies: memoryCopies(store, memoryPorts),
      readScript,
      outsideTools: outside,
      recordings,
      mailer: await mailerOf(options),
      realTime,
    }
    return {
      ports,
      app: application(ports, {
        callLink: callLink(options.publicUrl),
        publicUrl: options.publicUrl,
        agentTools: (language, company) => toolJson(language, options.publicUrl, company),
      }),
      publicUrl: options.publicUrl,
      notices:
        madeKeyRing === undefined
          ? []
          : [
              `A new encryption key was made in ${madeKeyRing}. Keep a copy of it apart from the database: without it nothing in there can be read.`,
            ],
      vitals: {
        schema: () => newestMigration(engine).catch(() => undefined),
        cache: shared.state,
        vendors: () => [calcom.health(), retell.health()],
        version,
      },
      close: async () => {
        await calcom.close()
        await retell.close()
        await outside.close()
        await recordings.close()
        await events.close()
        await engine.close()
        await shared.close()
      },
    }
  })
}

const newestMigration = async (engine: Engine): Promise<string | undefined> => {
  const newest = await engine.readAsSystem((trx) =>
    trx.selectFrom('migrations').select('name').orderBy('name', 'desc').limit(1).executeTakeFirst(),
  )
  return newest?.name
}
