import { type Selectable, sql } from 'kysely'
import { isOfTheRows } from './constraint.ts'
import type { SqlEngine } from './database.ts'
import type { PostgresEngine } from './postgres.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { SqliteEngine } from './sqlite.ts'

/** A row as it came in. Its body is sealed when it is written: a batch in one go is quicker than one row between requests. */
export interface InboxRow extends Omit<Selectable<Schema['deliveries']>, 'attempt' | 'body'> {
  readonly body: string | null
}
type Stored = 'stored' | 'duplicate'

/**
 * Keeps rows durably. What is asked for in one turn of the event loop, and while the batch before it is written, is
 * committed together. When a row cannot be kept every row of its batch is tried alone, so that it takes nobody along.
 * A row of a key that is known becomes a repeat, which is kept with a later batch.
 */
export const intakeOf = (engine: SqlEngine, platform: Sealing): ((row: InboxRow) => Promise<Stored>) => {
  const columnOf = valuesOf(platform)
  const write = engine.dialect === 'sqlite' ? writeOnSqlite(engine, columnOf) : writeOnPostgres(engine, columnOf)
  const saySame = sayingTheSame(engine, platform)
  let waiting: Waiting[] = []
  let writing = 0

  const next = (): void => {
    if (waiting.length === 0 || writing === atOnce[engine.dialect]) return
    const batch = waiting.slice(0, largestBatch)
    waiting = waiting.slice(largestBatch)
    writing += 1
    void settled(write, keepRepeats, batch).finally(() => {
      writing -= 1
      next()
    })
    next()
  }

  const add = (one: Waiting): void => {
    waiting.push(one)
    if (waiting.length === 1) setImmediate(next)
  }

  /** A repeat is kept under no key, and looked at only when it says something else than the first one. */
  const keepRepeats = async (repeats: readonly Waiting[]): Promise<void> => {
    try {
      const same = await saySame(repeats.map(({ row }) => row))
      for (const { row, resolve, reject } of repeats) {
        const due_at = same.has(row.id) ? null : row.due_at
        const again: InboxRow = { ...row, outcome: 'duplicate', dedupe_key: null, due_at }
        add({ row: again, resolve: () => resolve('duplicate'), reject })
      }
    } catch (fault) {
      for (const { reject } of repeats) reject(fault)
    }
  }

  return (row) => new Promise((resolve, reject) => add({ row, resolve, reject }))
}

interface Waiting {
  readonly row: InboxRow
  readonly resolve: (stored: Stored) => void
  readonly reject: (fault: unknown) => void
}

/** Commits all of the rows, apart from those of a known key, or none; says of each whether it was kept. */
type Write = (rows: readonly InboxRow[]) => Promise<readonly boolean[]>

const largestBatch = 500
/** SQLite has one writer; on PostgreSQL a second batch is sent while the first one waits for the disk. */
const atOnce = { sqlite: 1, postgres: 2 } as const

const settled = async (
  write: Write,
  keepRepeats: (repeats: readonly Waiting[]) => Promise<void>,
  batch: readonly Waiting[],
): Promise<void> => {
  try {
    const kept = await write(batch.map(({ row }) => row))
    const repeats: Waiting[] = []
    for (const [position, one] of batch.entries()) {
      if (kept[position]) one.resolve('stored')
      else repeats.push(one)
    }
    if (repeats.length > 0) void keepRepeats(repeats)
  } catch (fault) {
    if (batch.length > 1 && isOfTheRows(fault)) for (const one of batch) await settled(write, keepRepeats, [one])
    else for (const { reject } of batch) reject(fault)
  }
}

/** Names those rows whose bodies are the ones that were kept first under their keys. */
const sayingTheSame =
  (engine: SqlEngine, platform: Sealing) =>
  async (rows: readonly InboxRow[]): Promise<ReadonlySet<string>> => {
    const keys = [...new Set(rows.map(({ dedupe_key }) => dedupe_key))]
    const known = await engine.readAsSystem((trx) =>
      trx.selectFrom('deliveries').select(['dedupe_key', 'id', 'body']).where('dedupe_key', 'in', keys).execute(),
    )
    const firsts = new Map(
      known.map(({ dedupe_key, id, body }) => [dedupe_key, body && platform.openBytes('deliveries', 'body', id, body)]),
    )
    return new Set(rows.filter(({ dedupe_key, body }) => firsts.get(dedupe_key) === body).map(({ id }) => id))
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
  'due_at',
] as const satisfies readonly (keyof InboxRow)[]

type ColumnOf = (row: InboxRow, name: (typeof columns)[number]) => unknown

const valuesOf =
  (platform: Sealing): ColumnOf =>
  (row, name) =>
    name === 'body' && row.body !== null ? platform.sealBytes('deliveries', 'body', row.id, row.body) : row[name]

const insert = `insert into deliveries (${columns.join(', ')}, attempt)`

const writeOnSqlite = (engine: SqliteEngine, columnOf: ColumnOf): Write => {
  const text = `${insert} values (${columns.map(() => '?').join(', ')}, 0) on conflict (dedupe_key) do nothing`
  return async (rows) => {
    const values = rows.map((row) => columns.map((name) => columnOf(row, name)))
    const changes = await engine.runForAll({ text, rows: values })
    return changes.map((count) => count > 0)
  }
}

const columnTypes: { readonly [name: string]: string } = { received_at: 'bigint', due_at: 'bigint', body: 'bytea' }

const writeOnPostgres = (engine: PostgresEngine, columnOf: ColumnOf): Write => {
  const unnested = (rows: readonly InboxRow[]) =>
    sql.join(
      columns.map(
        (name) =>
          sql`${sql.val(rows.map((row) => columnOf(row, name)))}::${sql.raw(`${columnTypes[name] ?? 'text'}[]`)}`,
      ),
    )
  const add = (rows: readonly InboxRow[]) => sql<{ readonly id: string }>`
    ${sql.raw(insert)} select *, 0 from unnest(${unnested(rows)}) as incoming (${sql.raw(columns.join(', '))})
    order by dedupe_key, received_at on conflict (dedupe_key) do nothing returning id`

  return (rows) =>
    engine.asSystem(async (trx) => {
      const added = new Set((await add(rows).execute(trx)).rows.map(({ id }) => id))
      return rows.map(({ id }) => added.has(id))
    })
}
