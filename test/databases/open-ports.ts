import { inProcessCache } from '../../src/adapters/cache/in-process.ts'
import { countingIds, fixedClock } from '../../src/adapters/memory/ambient.ts'
import { plainCalendarMessages } from '../../src/adapters/memory/calendar-messages.ts'
import { memoryCopies } from '../../src/adapters/memory/copies.ts'
import { guessableCredentials } from '../../src/adapters/memory/credentials.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { plainVoice } from '../../src/adapters/memory/voice-platform.ts'
import { readScript } from '../../src/adapters/script/read-script.ts'
import { sqlAlarm } from '../../src/adapters/sql/alarm.ts'
import { sqlPlatformAudit } from '../../src/adapters/sql/audit.ts'
import { sqlCompanies } from '../../src/adapters/sql/companies.ts'
import type { Database } from '../../src/adapters/sql/database.ts'
import { sqlDirectory } from '../../src/adapters/sql/directory.ts'
import { sqlEventStream } from '../../src/adapters/sql/event-stream.ts'
import { sqlFeedDirectory } from '../../src/adapters/sql/feeds.ts'
import { sqlFlags } from '../../src/adapters/sql/flags.ts'
import { sqlHousekeeping } from '../../src/adapters/sql/housekeeping.ts'
import { sqlIdempotency } from '../../src/adapters/sql/idempotency.ts'
import { sqlIdentities } from '../../src/adapters/sql/identities.ts'
import { sqlInbox } from '../../src/adapters/sql/inbox.ts'
import { sqlDueJobs } from '../../src/adapters/sql/jobs.ts'
import { sqlRoutingOverrides } from '../../src/adapters/sql/routing-overrides.ts'
import { sqlStore } from '../../src/adapters/sql/store.ts'
import { sqlUnroutedCalls } from '../../src/adapters/sql/unrouted-calls.ts'
import { realTime } from '../../src/adapters/timing/real-time.ts'
import { outsideTools } from '../../src/adapters/vendor/outside-tools.ts'
import { linkedRecordings } from '../../src/adapters/vendor/recordings.ts'
import type { Clock, Ids } from '../../src/application/ports/ambient.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { type Secret, secret } from '../../src/domain/secret.ts'
import { at } from '../contracts/fixtures.ts'
import { openTestDatabase, type TestDatabase } from './test-databases.ts'

export const platformKeys: readonly Secret[] = [secret('key_platform')]

export interface OpenPorts {
  readonly database: Database
  readonly ports: Ports
  readonly close: () => Promise<void>
}

/** Every port over a test database, with a clock that stands still and ids that are counted unless others are given. */
export const openPorts = async (
  test: TestDatabase,
  { clock = fixedClock(at(0)), ids = countingIds() }: { readonly clock?: Clock; readonly ids?: Ids } = {},
): Promise<OpenPorts> => {
  const database = await openTestDatabase(test, clock)
  const { engine, seals } = database
  const events = sqlEventStream(engine)
  const alarm = sqlAlarm(engine, seals)
  const inbox = sqlInbox(engine, seals, { alarm, ids, clock })
  const directory = sqlDirectory(engine, seals, { platformKeys })
  const store = sqlStore(engine, seals, clock, events)
  const ports: Ports = {
    clock,
    ids,
    store,
    inbox,
    jobs: sqlDueJobs(engine, seals),
    housekeeping: sqlHousekeeping(engine),
    feeds: sqlFeedDirectory(engine),
    unrouted: sqlUnroutedCalls(engine, seals, inbox),
    directory,
    companies: sqlCompanies(engine, seals, ids, directory.forget),
    routingOverrides: sqlRoutingOverrides(engine, seals, directory.forget),
    events,
    identities: sqlIdentities(engine, seals),
    credentials: guessableCredentials(),
    idempotency: sqlIdempotency(engine, seals),
    alarm,
    audit: sqlPlatformAudit(engine, seals),
    flags: sqlFlags(engine),
    calendars: { of: () => undefined, trying: () => undefined },
    calendarMessages: plainCalendarMessages,
    cache: inProcessCache({ realTime }),
    copies: memoryCopies(store, memoryPorts),
    readScript,
    outsideTools: outsideTools({ allowPrivate: true, realTime }),
    recordings: linkedRecordings({ allowPrivate: true }),
    mailer: undefined,
    realTime,
    voice: plainVoice,
    voiceAccounts: { of: async () => undefined },
  }
  return {
    database,
    ports,
    close: async () => {
      await events.close()
      await engine.close()
    },
  }
}
