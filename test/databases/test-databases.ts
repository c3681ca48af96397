import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { findKeys } from '../../src/adapters/crypto/find-keys.ts'
import { codeOf } from '../../src/adapters/sql/constraint.ts'
import { type Database, openDatabase } from '../../src/adapters/sql/database.ts'
import type { Clock } from '../../src/application/ports/ambient.ts'
import { instant } from '../../src/domain/time.ts'
import { asAdmin, databaseUrl } from './postgres-server.ts'

/** A database that is nobody else's and is gone after `drop`. */
export interface TestDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

export interface TestDatabases {
  readonly name: string
  /** `empty`: without any table. On PostgreSQL, `migrated` is quicker; a new SQLite database is empty anyway. */
  readonly make: (contents?: 'empty' | 'migrated') => Promise<TestDatabase>
}

let made = 0

/** Every kind of database that frontdesk runs on. */
export const testDatabases: readonly TestDatabases[] = [
  { name: 'SQLite in memory', make: async () => ({ url: 'sqlite::memory:', drop: async () => undefined }) },
  {
    name: 'an SQLite file',
    make: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'frontdesk-test-'))
      return { url: `sqlite:${folder}/test.sqlite`, drop: () => rm(folder, { recursive: true, force: true }) }
    },
  },
  {
    name: 'PostgreSQL',
    make: async (contents = 'migrated') => {
      const server = inject('postgres')
      made += 1
      const name = `frontdesk_test_${process.pid}_${made}_${Math.random().toString(36).slice(2, 8)}`
      const template = contents === 'migrated' ? `template ${server.template}` : ''
      await whenReady(() =>
        asAdmin(server.adminUrl, (admin) => admin.query(`create database ${name} ${template} owner ${server.login}`)),
      )
      return {
        url: databaseUrl(server, name),
        drop: async () => {
          await asAdmin(server.adminUrl, (admin) => admin.query(`drop database ${name} with (force)`))
        },
      }
    },
  },
]

/** While the server starts it refuses (ECONNREFUSED, 57P03), and the template is not there at first (3D000). */
const whenReady = async (work: () => Promise<unknown>): Promise<void> => {
  const end = performance.now() + 30_000
  for (;;) {
    try {
      await work()
      return
    } catch (fault) {
      const starting = ['ECONNREFUSED', '57P03', '3D000', '42704'].includes(codeOf(fault) ?? '')
      if (!starting || performance.now() > end) throw fault
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** One kind of it, by name, for tests of what only that kind has. */
export const testDatabase = (name: string): TestDatabases => {
  const found = testDatabases.find((one) => one.name === name)
  if (!found) throw new Error(`There is no kind of database called ${name}`)
  return found
}

/** The key that every test database is sealed under. */
export const testKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`

/** Opens a database that must open, under the test key. */
export const openTestDatabase = async (
  { url }: TestDatabase,
  clock: Clock = { now: () => instant(Date.UTC(2026, 11, 1)) },
): Promise<Database> => {
  const opened = await openDatabase(url, {
    findKeys: findKeys(testKeys),
    clock,
    migrations: 'apply',
    pool: { min: 0, max: 10 },
  })
  if (opened.isErr()) throw new Error(`The test database does not open: ${JSON.stringify(opened.error)}`)
  return opened.value
}
