import type { EventStream, LiveEvent } from '../../application/ports/events.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { instant } from '../../domain/time.ts'
import { type Bell, bell } from './bell.ts'
import type { SqlEngine } from './database.ts'
import { liveChannel } from './live-events.ts'
import type { PostgresEngine } from './postgres.ts'
import type { SqliteEngine } from './sqlite.ts'
import { tenantDb } from './tenant-db.ts'

const lookEvery = 250
const reconnectAfter = 1_000

/** The stream, and what the store that writes to it has to tell. */
export interface SqlEventStream extends EventStream, Pick<Bell, 'ring'> {
  readonly close: () => Promise<void>
}

/**
 * Whoever commits in this process rings; what other processes commit is noticed from the first `watch` on, within a
 * quarter of a second on SQLite and at once on PostgreSQL.
 */
export const sqlEventStream = (engine: SqlEngine): SqlEventStream => {
  const { ring, ringAll, wait } = bell()
  const others = engine.dialect === 'postgres' ? listening(engine, ring, ringAll) : looking(engine, ring)
  return {
    after: (company, seq, limit) =>
      engine.readAsCompany(company, async (trx) => {
        const rows = await tenantDb(trx, engine.dialect, company)
          .from('live_events')
          .selectAll()
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(limit)
          .execute()
        return rows.map(
          ({ seq: number, kind, data, at }): LiveEvent => ({
            seq: number,
            kind: kind as LiveEvent['kind'],
            data: JSON.parse(data) as LiveEvent['data'],
            at: instant(at),
          }),
        )
      }),
    latest: (company) =>
      engine.readAsCompany(company, async (trx) => {
        const counter = await tenantDb(trx, engine.dialect, company)
          .from('live_counters')
          .select('last')
          .executeTakeFirst()
        return counter?.last ?? 0
      }),
    watch: (company, look) => {
      others.begin()
      return wait(company, look)
    },
    ring,
    close: async () => others.end(),
  }
}

/** Notices what other processes commit. */
interface Others {
  readonly begin: () => void
  readonly end: () => void
}

/** PostgreSQL says it itself. After a lost connection everybody looks once, for something may have been missed. */
const listening = (engine: PostgresEngine, ring: Bell['ring'], ringAll: () => void): Others => {
  let stop: (() => void) | undefined

  const listen = (): (() => void) => {
    const client = engine.newClient()
    let wanted = true
    let again: NodeJS.Timeout | undefined
    const reconnect = () => {
      if (!wanted || again) return
      again = setTimeout(() => {
        stop = listen()
      }, reconnectAfter)
      void client.end().catch(() => undefined)
    }
    client.on('error', reconnect)
    client.on('end', reconnect)
    client.on('notification', ({ payload }) => ring((payload ?? '') as CompanyId))
    client
      .connect()
      .then(() => client.query(`listen ${liveChannel}`))
      .then(() => ringAll())
      .catch(reconnect)
    return () => {
      wanted = false
      clearTimeout(again)
      void client.end().catch(() => undefined)
    }
  }

  return {
    begin: () => {
      stop ??= listen()
    },
    end: () => {
      stop?.()
      stop = undefined
    },
  }
}

/** SQLite is asked four times a second whether the file changed, and only then whose counter did. */
const looking = (engine: SqliteEngine, ring: Bell['ring']): Others => {
  let timer: NodeJS.Timeout | undefined
  let version = 0
  let known = new Map<string, number>()

  const counters = async () => {
    const rows = await engine.readAsSystem((trx) => trx.selectFrom('live_counters').selectAll().execute())
    return new Map(rows.map(({ company_id, last }) => [company_id, last]))
  }
  const look = async () => {
    const now = engine.dataVersion()
    if (now === version) return
    const next = await counters()
    for (const [company, last] of next) if (known.get(company) !== last) ring(company as CompanyId)
    version = now
    known = next
  }

  return {
    begin: () => {
      if (timer) return
      timer = setInterval(() => {
        look().catch(() => undefined)
      }, lookEvery)
      timer.unref()
    },
    end: () => {
      clearInterval(timer)
      timer = undefined
    },
  }
}
