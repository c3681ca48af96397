import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { again, pause } from './again.ts'
import { codeOf } from './constraint.ts'
import { type Engine, type Run, transactionOf } from './engine.ts'
import type { Schema } from './schema.ts'
import { readingOnly, type SqliteConnection, sqliteConnection } from './sqlite-connection.ts'
import { type Release, turns } from './turns.ts'

/** One statement for many rows, its parameters in their order. */
export interface Batch {
  readonly text: string
  readonly rows: readonly (readonly unknown[])[]
}

export interface SqliteEngine extends Engine {
  readonly dialect: 'sqlite'
  readonly file: string
  /** Runs one statement for every row in one transaction of the system, with nothing between it and the disk. */
  readonly runForAll: (batch: Batch) => Promise<void>
  /** Changes whenever anybody else's commit changed the file. Constant for a database in memory. */
  readonly dataVersion: () => number
}

const memory = ':memory:'
/** How long a writer waits for a writer of another process. */
const patience = 10_000
const readerConnections = 4

/**
 * Opens an SQLite file, or `:memory:`. One connection writes, one transaction at a time; in a file a few others read
 * beside it, in memory readers share the one connection while nobody writes.
 */
export const openSqlite = (file: string): SqliteEngine => {
  const writer = sqliteConnection(file)
  const inTurn = turns()
  const readers = file === memory ? undefined : readerPool(file)
  let watcher: SqliteConnection | undefined

  const writing = kyselyOver(async () => writingLease(writer, await inTurn.alone()))
  const reading = kyselyOver(readers?.lend ?? (async () => sharingLease(writer, await inTurn.shared())))
  const write: Run = (work) => again(() => transactionOf(writing)(work))
  const read: Run = (work) => again(() => transactionOf(reading)(work))

  return {
    dialect: 'sqlite',
    file,
    asCompany: (_company, work) => write(work),
    readAsCompany: (_company, work) => read(work),
    asSystem: write,
    readAsSystem: read,
    asOwner: write,
    runForAll: async (batch) => {
      const { begin, commit, rollback, release } = writingLease(writer, await inTurn.alone())
      try {
        await begin()
        try {
          const statement = writer.prepare(batch.text)
          for (const row of batch.rows) statement.run(...row)
          await commit()
        } catch (fault) {
          await rollback()
          throw fault
        }
      } finally {
        release()
      }
    },
    dataVersion: () => {
      if (file === memory) return 0
      watcher ??= sqliteConnection(file)
      return watcher.dataVersion()
    },
    close: async () => {
      const release = await inTurn.alone()
      await Promise.all([reading.destroy(), writing.destroy()])
      readers?.close()
      watcher?.close()
      writer.close()
      release()
    },
  }
}

/** Takes the one right to write at the beginning, so that nothing that was read is old when it is written. */
const beginWriting = async (connection: SqliteConnection): Promise<void> => {
  const end = performance.now() + patience
  for (;;) {
    try {
      connection.run('begin immediate')
      return
    } catch (fault) {
      if (!codeOf(fault)?.startsWith('SQLITE_BUSY') || performance.now() > end) throw fault
    }
    await pause(2 + Math.random() * 20)
  }
}

/** A connection lent for one transaction. Every lease has a connection value of its own, by which it is known. */
interface Lease {
  readonly connection: DatabaseConnection
  readonly begin: () => Promise<void>
  readonly commit: () => Promise<void>
  readonly rollback: () => Promise<void>
  readonly release: Release
}

const writingLease = (writer: SqliteConnection, release: Release): Lease => ({
  connection: { executeQuery: writer.executeQuery, streamQuery: writer.streamQuery },
  begin: () => beginWriting(writer),
  commit: async () => writer.run('commit'),
  rollback: async () => writer.run('rollback'),
  release,
})

/** While nobody writes there is nothing to begin. */
const sharingLease = (writer: SqliteConnection, release: Release): Lease => ({
  connection: readingOnly(writer),
  begin: async () => undefined,
  commit: async () => undefined,
  rollback: async () => undefined,
  release,
})

/** A few connections that only read, opened when they are needed. A reading keeps one from beginning to end. */
const readerPool = (file: string): { readonly lend: () => Promise<Lease>; readonly close: () => void } => {
  const all: SqliteConnection[] = []
  const idle: SqliteConnection[] = []
  const waiting: ((connection: SqliteConnection) => void)[] = []

  const open = (): SqliteConnection => {
    const connection = sqliteConnection(file)
    all.push(connection)
    return connection
  }
  const free = async (): Promise<SqliteConnection> =>
    idle.pop() ??
    (all.length < readerConnections ? open() : new Promise<SqliteConnection>((resolve) => waiting.push(resolve)))

  return {
    lend: async () => {
      const connection = await free()
      return {
        connection: readingOnly(connection),
        begin: async () => connection.run('begin'),
        commit: async () => connection.run('commit'),
        rollback: async () => connection.run('rollback'),
        release: () => {
          const next = waiting.shift()
          if (next) next(connection)
          else idle.push(connection)
        },
      }
    },
    close: () => {
      for (const connection of all) connection.close()
    },
  }
}

const kyselyOver = (lend: () => Promise<Lease>): Kysely<Schema> => {
  const leases = new Map<DatabaseConnection, Lease>()
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => {
      const lease = await lend()
      leases.set(lease.connection, lease)
      return lease.connection
    },
    beginTransaction: async (connection) => leases.get(connection)?.begin(),
    commitTransaction: async (connection) => leases.get(connection)?.commit(),
    rollbackTransaction: async (connection) => leases.get(connection)?.rollback(),
    releaseConnection: async (connection) => {
      const lease = leases.get(connection)
      leases.delete(connection)
      lease?.release()
    },
    destroy: async () => undefined,
  }
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}
