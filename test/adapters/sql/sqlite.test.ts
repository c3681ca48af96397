import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RaceLost } from '../../../src/adapters/sql/engine.ts'
import { migrateUp } from '../../../src/adapters/sql/migrate.ts'
import { openSqlite, type SqliteEngine } from '../../../src/adapters/sql/sqlite.ts'
import { sqliteConnection } from '../../../src/adapters/sql/sqlite-connection.ts'
import { instant } from '../../../src/domain/time.ts'
import { pause, race } from '../../contracts/fixtures.ts'

let folder = ''
const engines: SqliteEngine[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-sqlite-'))
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
  await rm(folder, { recursive: true, force: true })
})
const open = async (file: string): Promise<SqliteEngine> => {
  const engine = openSqlite(file)
  engines.push(engine)
  await migrateUp(engine, instant(0))
  return engine
}
const check = (key_id: string) => ({ key_id, check_value: 'c' })

describe.each([':memory:', 'file'])('SQLite (%s)', (kind) => {
  const newFile = () => (kind === 'file' ? join(folder, 'test.sqlite') : kind)
  const countIn = (engine: SqliteEngine) =>
    engine.readAsSystem((trx) => trx.selectFrom('key_checks').selectAll().execute()).then((rows) => rows.length)

  it('commits what a transaction wrote and takes back what a failed one wrote', async () => {
    const engine = await open(newFile())
    await engine.asSystem((trx) => trx.insertInto('key_checks').values(check('a')).execute())
    const failing = engine.asSystem(async (trx) => {
      await trx.insertInto('key_checks').values(check('b')).execute()
      throw new Error('over')
    })
    await expect(failing).rejects.toThrow('over')
    expect(await countIn(engine)).toBe(1)
  })

  it('runs writers one after another', async () => {
    const engine = await open(newFile())
    const order: string[] = []
    await race(5, (which) =>
      engine.asSystem(async (trx) => {
        order.push(`begin ${which}`)
        await trx
          .insertInto('key_checks')
          .values(check(`k${which}`))
          .execute()
        await pause(2)
        order.push(`end ${which}`)
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4].flatMap((which) => [`begin ${which}`, `end ${which}`]))
  })

  it('refuses to write in a reading', async () => {
    const engine = await open(newFile())
    await expect(
      engine.readAsSystem((trx) => trx.insertInto('key_checks').values(check('a')).execute()),
    ).rejects.toThrow('A reading cannot write')
    expect(await countIn(engine)).toBe(0)
  })

  it('reads inside a reading, also while a writer waits', async () => {
    const engine = await open(newFile())
    let writing: Promise<unknown> = Promise.resolve()
    const inner = await engine.readAsSystem(async () => {
      writing = engine.asSystem((trx) => trx.insertInto('key_checks').values(check('a')).execute())
      await pause(5)
      return countIn(engine)
    })
    expect(inner).toBe(kind === 'file' ? 1 : 0)
    await writing
    expect(await countIn(engine)).toBe(1)
  })

  it('lets more readers in than it has connections', async () => {
    const engine = await open(newFile())
    const seen = await race(30, () => engine.readAsSystem(() => pause(2).then(() => 'read')))
    expect(seen).toHaveLength(30)
  })

  it('runs a transaction again that lost a race, and gives up in the end', async () => {
    const engine = await open(newFile())
    let runs = 0
    const result = await engine.asSystem(async () => {
      runs += 1
      if (runs < 3) throw new RaceLost()
      return runs
    })
    expect(result).toBe(3)
    await expect(
      engine.asSystem(async () => {
        throw new RaceLost()
      }),
    ).rejects.toThrow(RaceLost)
  })

  it('keeps a batch of rows whole or not at all', async () => {
    const engine = await open(newFile())
    const text = 'insert into key_checks values (?, ?)'
    const batch = (...keys: readonly string[]) => engine.runForAll({ text, rows: keys.map((key) => [key, 'c']) })
    await batch('a', 'b')
    await expect(batch('d', 'a')).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' })
    expect(await countIn(engine)).toBe(2)
    await batch('d')
    expect(await countIn(engine)).toBe(3)
  })
})

describe('an SQLite file', () => {
  it('is written so that a commit survives a power cut, and checks references', async () => {
    const engine = await open(join(folder, 'test.sqlite'))
    const pragma = (name: string) =>
      engine.asSystem(async (trx) => Object.values((await sql.raw(`pragma ${name}`).execute(trx)).rows[0] ?? {}))
    expect(await pragma('journal_mode')).toEqual(['wal'])
    expect(await pragma('synchronous')).toEqual([2])
    expect(await pragma('foreign_keys')).toEqual([1])
  })

  it('waits for a writer of another process, without holding up this one', async () => {
    const file = join(folder, 'test.sqlite')
    const engine = await open(file)
    const other = sqliteConnection(file)
    other.run('begin immediate')
    let written = 0
    const count = () => {
      written += 1
    }
    const writing = engine.asSystem((trx) => trx.insertInto('key_checks').values(check('a')).execute()).then(count)
    const batch = engine.runForAll({ text: 'insert into key_checks values (?, ?)', rows: [['b', 'c']] }).then(count)
    // Were this process held up, nobody would be left to let the other one commit, and both would give up.
    for (let turn = 0; turn < 20; turn += 1) await pause(5)
    expect(written).toBe(0)
    other.run('commit')
    await Promise.all([writing, batch])
    other.close()
    expect(written).toBe(2)
  })

  it('is not written by opening it for reading only', async () => {
    const file = join(folder, 'test.sqlite')
    const engine = await open(file)
    const { size } = await stat(file)
    await engine.readAsSystem((trx) => trx.selectFrom('key_checks').selectAll().execute())
    expect((await stat(file)).size).toBe(size)
  })
})
