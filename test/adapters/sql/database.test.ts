import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findKeys } from '../../../src/adapters/crypto/find-keys.ts'
import { type DatabaseOptions, openDatabase } from '../../../src/adapters/sql/database.ts'
import { migrateUp } from '../../../src/adapters/sql/migrate.ts'
import { migrations } from '../../../src/adapters/sql/migrations/all.ts'
import { instant } from '../../../src/domain/time.ts'
import { testDatabases, testKeys } from '../../databases/test-databases.ts'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const options = (keys: string | undefined, more: Partial<DatabaseOptions> = {}): DatabaseOptions => ({
  findKeys: findKeys(keys),
  clock: { now: () => instant(0) },
  migrations: 'apply',
  pool: { min: 0, max: 2 },
  ...more,
})
const refusal = async (url: string, given: DatabaseOptions = options(testKeys)) =>
  (await openDatabase(url, given))._unsafeUnwrapErr()
const openAndClose = async (url: string, given: DatabaseOptions = options(testKeys)) => {
  const { engine, seals, ...told } = (await openDatabase(url, given))._unsafeUnwrap()
  const sealed = seals.platform.seal('t', 'c', 'r', 'Änne')
  const index = seals.platform.index('p', 'Änne')
  await engine.close()
  return { ...told, sealed, index }
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-database-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a database that cannot be opened', () => {
  it('is refused for a URL that names none', async () => {
    expect(await refusal('mysql://x')).toEqual({ kind: 'database-url-unusable', reason: 'scheme' })
    expect(await refusal('')).toEqual({ kind: 'database-url-unusable', reason: 'scheme' })
    expect(await refusal('sqlite:')).toEqual({ kind: 'database-url-unusable', reason: 'no-path' })
    expect(await refusal('postgres://host:port:port/x')).toEqual({ kind: 'database-url-unusable', reason: 'malformed' })
  })

  it('is refused with the place and the code, and without the password', async () => {
    const failure = await refusal('postgres://desk:hunter2@127.0.0.1:1/frontdesk')
    expect(failure).toEqual({ kind: 'database-unreachable', where: '127.0.0.1:1/frontdesk', code: 'ECONNREFUSED' })
    await writeFile(
      join(folder, 'text.sqlite'),
      'This is a letter and not a database, however long it gets.'.repeat(99),
    )
    expect(await refusal(`sqlite:${folder}/text.sqlite`)).toMatchObject({ code: 'SQLITE_NOTADB' })
    expect(await refusal(`sqlite:${folder}`)).toMatchObject({ kind: 'database-unreachable' })
    expect(await refusal(`sqlite:${folder}/text.sqlite/deeper`)).toMatchObject({ kind: 'database-unreachable' })
  })
})

describe('a new SQLite database', () => {
  it('gets its folder, a file and a key ring for its owner alone, and says so once', async () => {
    const url = `sqlite:${folder}/data/desk.sqlite`
    const first = await openAndClose(url, options(undefined))
    expect(first).toMatchObject({ migrated: migrations.map(({ name }) => name), madeKeyRing: `${folder}/data/keyring` })
    expect((await stat(join(folder, 'data', 'desk.sqlite'))).mode & 0o777).toBe(0o600)
    expect(await openAndClose(url, options(undefined))).toMatchObject({ migrated: [], madeKeyRing: undefined })
  })

  it('never gets a new key ring once something may be sealed', async () => {
    const url = `sqlite:${folder}/desk.sqlite`
    await openAndClose(url, options(undefined))
    await rm(join(folder, 'keyring'))
    expect(await refusal(url, options(undefined))).toEqual({ kind: 'key-ring-missing', file: join(folder, 'keyring') })
    expect(await readdir(folder)).not.toContain('keyring')
  })

  it('is left as it is when migrations are refused', async () => {
    const url = `sqlite:${folder}/desk.sqlite`
    const failure = await refusal(url, options(testKeys, { migrations: 'refuse' }))
    expect(failure).toEqual({ kind: 'older-database', pending: migrations.map(({ name }) => name) })
    await openAndClose(url)
    expect(await openAndClose(url, options(testKeys, { migrations: 'refuse' }))).toMatchObject({ migrated: [] })
  })
})

describe.each(testDatabases.filter(({ name }) => name !== 'SQLite in memory'))('the keys of $name', ({ make }) => {
  it('must be the ones it was sealed with, and new ones may be put in front', async () => {
    const { url, drop } = await make('empty')
    const first = await openAndClose(url, options(key('old', 1)))
    expect(await refusal(url, options(key('new', 2)))).toEqual({ kind: 'key-missing', keyId: 'old' })
    expect(await refusal(url, options(key('old', 2)))).toEqual({ kind: 'key-wrong', keyId: 'old' })
    const rotated = await openAndClose(url, options(`${key('new', 2)},${key('old', 1)}`))
    expect(rotated.sealed).toMatch(/^v1\.new\./)
    expect(rotated.index).toBe(first.index)
    expect(await refusal(url, options(key('old', 1)))).toEqual({ kind: 'key-missing', keyId: 'new' })
    await drop()
  })

  it('are agreed on by processes that start at the same moment', async () => {
    const { url, drop } = await make('empty')
    const opened = await Promise.all(Array.from({ length: 4 }, () => openAndClose(url)))
    expect(new Set(opened.map(({ index }) => index)).size).toBe(1)
    await drop()
  })

  it('are not asked for by a database that a newer version changed', async () => {
    const { url, drop } = await make('empty')
    const { engine } = (await openDatabase(url, options(testKeys)))._unsafeUnwrap()
    const tomorrow = { name: '9999-tomorrow', up: async () => undefined, down: async () => undefined }
    await migrateUp(engine, instant(0), [...migrations, tomorrow])
    await engine.close()
    for (const how of ['apply', 'refuse'] as const) {
      const failure = await refusal(url, options(testKeys, { migrations: how }))
      expect(failure).toEqual({ kind: 'newer-database', unknown: ['9999-tomorrow'] })
    }
    await drop()
  })
})
