import { type Selectable, sql } from 'kysely'
import type { DueJobs, Jobs, StoredJob } from '../../application/ports/jobs.ts'
import type { Page } from '../../application/ports/page.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { type Instant, instant } from '../../domain/time.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Engine, Trx } from './engine.ts'
import { below } from './keyset.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import type { Schema } from './schema.ts'
import type { Sealing, Seals } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** A company's own jobs. `platform` is the seal, for workers open them before they know whose they are. */
export const sqlJobs = (db: TenantDb, platform: Sealing): Jobs => ({
  enqueue: async (job) => {
    await db
      .insert('jobs', toRow(platform, job))
      .onConflict((conflict) =>
        conflict.expression(ofOneKey).where(whileItWaits).doUpdateSet({ run_at: earlierOfBoth }),
      )
      .execute()
  },
  withdraw: async (key) => {
    await db.delete('jobs').where('key', '=', key).where('state', '=', 'waiting').execute()
  },
  find: async (id) => {
    const row = await db.from('jobs').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromRow(platform, row)
  },
  report: async (id, progress) => {
    await db
      .update('jobs')
      .set({ progress: toDocument(progress) })
      .where('id', '=', id)
      .execute()
  },
})

const ofOneKey = sql`coalesce(company_id, ''), key`
const whileItWaits = sql<boolean>`key is not null and state = 'waiting'`

/** Not parameters: the indexes of some states are used only when the state is known beforehand. */
const inState = {
  waiting: sql<boolean>`state = 'waiting'`,
  done: sql<boolean>`state = 'done'`,
  'given-up': sql<boolean>`state = 'given-up'`,
} as const

const isNotOf = (companies: readonly CompanyId[]) =>
  sql<boolean>`coalesce(company_id, '') not in (${sql.join(companies)})`

/** Of a lent one it is before the lease's end, which `settle` takes for the wish to run it once more. */
const earlierOfBoth = sql<number>`case
  when excluded.run_at < jobs.run_at then excluded.run_at
  when jobs.lease_until is not null then jobs.run_at - 1
  else jobs.run_at end`

/** Everybody's jobs, as workers take them. */
export const sqlDueJobs = (engine: Engine, { platform }: Seals): DueJobs => {
  const lend = async (trx: Trx, ids: readonly string[], leaseUntil: Instant): Promise<readonly StoredJob[]> => {
    if (ids.length === 0) return []
    const rows = await trx
      .updateTable('jobs')
      .set({ run_at: leaseUntil, lease_until: leaseUntil })
      .where('id', 'in', ids)
      .returningAll()
      .execute()
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.flatMap((id) => {
      const row = byId.get(id)
      return row ? [fromRow(platform, row)] : []
    })
  }
  const free = (trx: Trx, now: Instant) => {
    const query = trx
      .selectFrom('jobs')
      .select(['id', 'run_at'])
      .where(inState.waiting)
      .where(({ eb, or }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    return engine.dialect === 'postgres' ? query.forUpdate().skipLocked() : query
  }
  const locked = (trx: Trx, id: string) => {
    const query = trx.selectFrom('jobs').select(['run_at', 'lease_until']).where('id', '=', id)
    return (engine.dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  }

  return {
    plan: async (job) => {
      await engine.asSystem((trx) =>
        trx
          .insertInto('jobs')
          .values({ ...toRow(platform, job), company_id: null })
          .onConflict((conflict) => conflict.expression(ofOneKey).where(whileItWaits).doNothing())
          .execute(),
      )
    },
    claim: (now, limit, leaseUntil, except = []) =>
      engine.asSystem(async (trx) => {
        const due = await (except.length === 0 ? free(trx, now) : free(trx, now).where(isNotOf(except)))
          .where('run_at', '<=', now)
          .orderBy('run_at')
          .orderBy('id')
          .limit(limit)
          .execute()
        const moments = new Map(due.map(({ id, run_at }) => [id, run_at as Instant]))
        const lent = await lend(trx, [...moments.keys()], leaseUntil)
        return lent.map((job) => ({ ...job, runAt: moments.get(job.id) ?? job.runAt }))
      }),
    claimOne: (company, key, now, leaseUntil) =>
      engine.asSystem(async (trx) => {
        const row = await free(trx, now).where('company_id', '=', company).where('key', '=', key).executeTakeFirst()
        if (!row) return undefined
        const [job] = await lend(trx, [row.id], leaseUntil)
        return job && { ...job, runAt: row.run_at as Instant }
      }),
    settle: (id, result) =>
      engine.asSystem(async (trx) => {
        const row = await locked(trx, id)
        if (!row) return
        const askedAgain = row.lease_until !== null && row.run_at < row.lease_until
        const end =
          result.state === 'waiting' ? result : askedAgain ? { state: 'waiting' as const, attempt: 0 } : result
        const again = askedAgain ? row.run_at : undefined
        await trx
          .updateTable('jobs')
          .set({
            state: end.state,
            error: 'error' in end ? (end.error ?? null) : null,
            lease_until: null,
            ...('attempt' in end ? { attempt: end.attempt } : {}),
            ...('runAt' in end ? { run_at: Math.min(end.runAt, again ?? end.runAt) } : {}),
          })
          .where('id', '=', id)
          .execute()
      }),
    tally: () =>
      engine.readAsSystem(async (trx) => {
        const { waiting, next_due } = await trx
          .selectFrom('jobs')
          .select(({ fn }) => [fn.countAll<number | string>().as('waiting'), fn.min('run_at').as('next_due')])
          .where(inState.waiting)
          .executeTakeFirstOrThrow()
        return { waiting: Number(waiting), nextDue: next_due === null ? undefined : instant(Number(next_due)) }
      }),
    listAll: (_scope, { limit, cursor, state }) =>
      engine.readAsSystem(async (trx): Promise<Page<StoredJob>> => {
        const place = placeAfter(cursor)
        let query = trx.selectFrom('jobs').selectAll()
        if (state !== undefined) query = query.where(inState[state])
        if (place) query = query.where(below('created_at', place))
        const rows = await query
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(pageSize(limit) + 1)
          .execute()
        return pageOf(
          rows,
          limit,
          ({ created_at, id }) => ({ order: created_at, id }),
          (row) => fromRow(platform, row),
        )
      }),
  }
}

const toRow = (
  platform: Sealing,
  { id, kind, payload, key, runAt, createdAt }: Parameters<Jobs['enqueue']>[0],
): NewRow<'jobs'> => ({
  id,
  kind,
  payload: platform.seal('jobs', 'payload', id, JSON.stringify(payload)),
  key: key ?? null,
  run_at: runAt,
  attempt: 0,
  lease_until: null,
  state: 'waiting',
  error: null,
  progress: null,
  created_at: createdAt,
})

const fromRow = (platform: Sealing, row: Selectable<Schema['jobs']>): StoredJob => {
  const stored = {
    id: row.id,
    company: row.company_id ?? undefined,
    kind: row.kind,
    payload: opened(platform, row),
    key: row.key ?? undefined,
    runAt: row.run_at,
    attempt: row.attempt,
    state: row.state,
    error: row.error ?? undefined,
    progress: row.progress === null ? undefined : fromDocument(row.progress),
    createdAt: row.created_at,
  }
  return stored as StoredJob
}

/** One that cannot be opened must not keep a worker from all the others. */
const opened = (platform: Sealing, { id, payload }: Selectable<Schema['jobs']>): StoredJob['payload'] => {
  try {
    return JSON.parse(platform.open('jobs', 'payload', id, payload)) as StoredJob['payload']
  } catch {
    return undefined
  }
}
