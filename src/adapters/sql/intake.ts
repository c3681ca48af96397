import { type Selectable, sql } from 'kysely'
import { isOfTheRows } from './constraint.ts'
import type { SqlEngine } from './database.ts'
import type { PostgresEngine } from './postgres.ts'
import type { Schema } from './schema.ts'
import type { SqliteEngine } from './sqlite.ts'

export type InboxRow = Omit<Selectable<Schema['deliveries']>, 'attempt'>
type Stored = 'stored' | 'duplicate'

/**
 * Keeps rows durably. What is asked for in one turn of the event loop, and while the batch before it is written, is
 * committed together. When a row cannot be kept every row of its batch is tried alone, so that it takes nobody along.
 */
export const intakeOf = (engine: SqlEngine): ((row: InboxRow) => Promise<Stored>) => {
  const write: Write = engine.dialect === 'sqlite' ? writeOnSqlite(engine) : writeOnPostgres(engine)
  let waiting: Waiting[] = []
  let writing = 0

  const next = (): void => {
    if (waiting.length === 0 || writing === atOnce[engine.dialect]) return
    const batch = waiting.slice(0, largestBatch)
    waiting = waiting.slice(largestBatch)
    writing += 1
    void settled(write, batch).finally(() => {
      writing -= 1
      next()
    })
    next()
  }

  return (row) =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject })
      if (waiting.length === 1) setImmediate(next)
    })
}

interface Waiting {
  readonly row: InboxRow
  readonly resolve: (stored: Stored) => void
  readonly reject: (fault: unknown) => void
}

/** Commits all of the rows or none, and says of each what became of it. */
type Write = (rows: readonly InboxRow[]) => Promise<readonly Stored[]>

const largestBatch = 500
/** SQLite has one writer; on PostgreSQL a second batch is sent while the first one waits for the disk. */
const atOnce = { sqlite: 1, postgres: 2 } as const

const settled = async (write: Write, batch: readonly Waiting[]): Promise<void> => {
  try {
    const stored = await write(batch.map(({ row }) => row))
    for (const [position, { resolve }] of batch.entries()) resolve(stored[position] ?? 'stored')
  } catch (fault) {
    const [only, ...others] = batch
    if (only && others.length > 0 && isOfTheRows(fault)) for (const one of batch) await settled(write, [one])
    else for (const { reject } of batch) reject(fault)
  }
}

const columns = [
  'id',
  'company_id',
  'owner_id',
  'account_id',
  'source',
  'event',
  'call_id',
  'received_at',
  'address',
  'outcome',
  'stages',
  'dedupe_key',
  'body',
  'body_digest',
  'due_at',
] as const satisfies readonly (keyof InboxRow)[]

const insert = `insert into deliveries (${columns.join(', ')}, attempt)`

const writeOnSqlite = (engine: SqliteEngine): Write => {
  const first = `${insert} values (${columns.map(() => '?').join(', ')}, 0) on conflict (dedupe_key) do nothing`
  const known = 'select body_digest from deliveries where dedupe_key = ?'
  return (rows) =>
    engine.asSystemAtOnce((prepare) => {
      const [add, find] = [prepare(first), prepare(known)]
      return rows.map((row): Stored => {
        if (add.run(...columns.map((name) => row[name])).changes > 0) return 'stored'
        const before = find.get(row.dedupe_key) as { readonly body_digest: string | null } | undefined
        const again = duplicateOf(row, before?.body_digest === row.body_digest)
        add.run(...columns.map((name) => again[name]))
        return 'duplicate'
      })
    })
}

/** A repeat is kept under no key, and looked at only when it says something else than the first one. */
const duplicateOf = (row: InboxRow, saysTheSame: boolean): InboxRow => ({
  ...row,
  outcome: 'duplicate',
  dedupe_key: null,
  due_at: saysTheSame ? null : row.due_at,
})

const columnTypes: { readonly [name: string]: string } = { received_at: 'bigint', due_at: 'bigint', body: 'bytea' }

const writeOnPostgres = (engine: PostgresEngine): Write => {
  const unnested = (rows: readonly InboxRow[]) =>
    sql.join(
      columns.map(
        (name) => sql`${sql.val(rows.map((row) => row[name]))}::${sql.raw(`${columnTypes[name] ?? 'text'}[]`)}`,
      ),
    )
  const add = (rows: readonly InboxRow[]) => sql<{ readonly id: string }>`
    ${sql.raw(insert)} select *, 0 from unnest(${unnested(rows)}) as incoming (${sql.raw(columns.join(', '))})
    order by dedupe_key, received_at on conflict (dedupe_key) do nothing returning id`

  return (rows) =>
    engine.asSystem(async (trx) => {
      const added = new Set((await add(rows).execute(trx)).rows.map(({ id }) => id))
      const repeats = rows.filter(({ id }) => !added.has(id))
      if (repeats.length > 0) {
        const digests = await trx
          .selectFrom('deliveries')
          .select(['dedupe_key', 'body_digest'])
          .where(
            'dedupe_key',
            'in',
            repeats.map(({ dedupe_key }) => dedupe_key),
          )
          .execute()
        const known = new Map(digests.map(({ dedupe_key, body_digest }) => [dedupe_key, body_digest]))
        const again = repeats.map((row) => duplicateOf(row, known.get(row.dedupe_key) === row.body_digest))
        await add(again).execute(trx)
      }
      return rows.map(({ id }): Stored => (added.has(id) ? 'stored' : 'duplicate'))
    })
}
