import Sqlite from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'

type Statement = Sqlite.Statement<unknown[]>

/** One SQLite connection. Statements are prepared once and kept, the least lately used of 500 making room. */
export interface SqliteConnection extends DatabaseConnection {
  readonly prepare: (text: string) => Statement
  readonly run: (text: string) => void
  readonly dataVersion: () => number
  readonly close: () => void
}

const kept = 500

/** What makes a connection one of ours: commits survive a power cut, and references are checked. */
export const pragmas: readonly string[] = [
  // A delivery fits on a page of this size, which makes keeping it a fifth cheaper. Of a new file alone.
  'page_size = 8192',
  'foreign_keys = on',
  'journal_mode = wal',
  'synchronous = full',
  'wal_autocheckpoint = 2000',
  'temp_store = memory',
  'cache_size = -32000',
  'trusted_schema = off',
]

/** Opens a file or `:memory:` so that what is committed survives a power cut. */
export const sqliteConnection = (file: string): SqliteConnection => {
  const database = new Sqlite(file, { timeout: 2_000 })
  for (const pragma of pragmas) database.pragma(pragma)
  // From here on nobody waits inside SQLite, where the whole process would wait.
  database.pragma('busy_timeout = 0')
  const statements = new Map<string, Statement>()

  const prepare = (text: string): Statement => {
    const known = statements.get(text)
    const statement = known ?? database.prepare<unknown[]>(text)
    statements.delete(text)
    statements.set(text, statement)
    if (statements.size > kept) forgetOldest(statements)
    return statement
  }

  return {
    prepare,
    run: (text) => {
      prepare(text).run()
    },
    dataVersion: () => Number(database.pragma('data_version', { simple: true })),
    close: () => database.close(),
    executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
      const statement = prepare(sql)
      if (statement.reader) return { rows: statement.all(...parameters) as Row[] }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    },
    streamQuery: () => {
      throw new Error('SQLite answers at once; there is nothing to stream')
    },
  }
}

/** The same connection for whoever only reads: a statement that would write throws. */
export const readingOnly = (connection: SqliteConnection): DatabaseConnection => ({
  executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    if (!connection.prepare(query.sql).readonly) throw new Error('A reading cannot write')
    return connection.executeQuery<Row>(query)
  },
  streamQuery: connection.streamQuery,
})

const forgetOldest = (statements: Map<string, Statement>): void => {
  for (const oldest of statements.keys()) {
    statements.delete(oldest)
    return
  }
}
