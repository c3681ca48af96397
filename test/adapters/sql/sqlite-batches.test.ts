import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { batchWriter } from '../../../src/adapters/sql/sqlite-batches.ts'
import { pragmas, sqliteConnection } from '../../../src/adapters/sql/sqlite-connection.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-batches-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const batch = { text: 'insert into kept values (?)', rows: [['a'], ['b']] }

it('rejects what a thread that ended had in hand, and goes on with a new one', async () => {
  const within = join(folder, 'later')
  const file = join(within, 'test.sqlite')
  const writer = batchWriter({ file, pragmas, patience: 100 })
  await expect(writer.write(batch)).rejects.toThrow()
  await mkdir(within)
  const reader = sqliteConnection(file)
  reader.run('create table kept (text text) strict')
  expect(await writer.write(batch)).toEqual([1, 1])
  expect(reader.prepare('select text from kept').all()).toEqual([{ text: 'a' }, { text: 'b' }])
  await writer.close()
  reader.close()
})

it('gives up on a file that somebody else keeps to themselves, and writes when it is free again', async () => {
  const file = join(folder, 'test.sqlite')
  const other = sqliteConnection(file)
  other.run('create table kept (text text) strict')
  other.run('begin immediate')
  const writer = batchWriter({ file, pragmas, patience: 50 })
  await expect(writer.write(batch)).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  other.run('commit')
  expect(await writer.write(batch)).toEqual([1, 1])
  await writer.close()
  await writer.close()
  other.close()
})
