import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findKeys, newRingText } from '../../../src/adapters/crypto/find-keys.ts'
import { keyCure } from '../../../src/adapters/crypto/key-words.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const file = () => join(folder, 'test.sqlite')
const keyring = () => join(folder, 'keyring')

describe('the keys of a database', () => {
  it('are made beside an empty SQLite file, for its owner alone, and found there again', async () => {
    const made = findKeys(undefined)({ isEmpty: true, file: file() })._unsafeUnwrap()
    expect(made.made).toBe(keyring())
    expect((await stat(keyring())).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['keyring'])
    const again = findKeys(' ')({ isEmpty: false, file: file() })._unsafeUnwrap()
    expect(again.made).toBeUndefined()
    expect(again.ring.openText('c', made.ring.sealText('c', 'Änne'))).toBe('Änne')
    expect(await readFile(keyring(), 'utf8')).toMatch(/^k1:[A-Za-z0-9+/]{43}=\n$/)
  })

  it('are those of ENCRYPTION_KEYS when it is set, whatever lies beside the file', async () => {
    await writeFile(keyring(), newRingText())
    const given = findKeys('mine:'.concat(Buffer.alloc(32, 1).toString('base64')))
    expect(given({ isEmpty: false, file: file() })._unsafeUnwrap().ring.ids).toEqual(['mine'])
    expect(given({ isEmpty: true, file: undefined })._unsafeUnwrap().made).toBeUndefined()
  })

  it('are never made beside a database with data', async () => {
    const failure = findKeys(undefined)({ isEmpty: false, file: file() })._unsafeUnwrapErr()
    expect(failure).toEqual({ kind: 'key-ring-missing', file: keyring() })
    expect(keyCure(failure)).toContain('Put back the key ring')
    expect(await readdir(folder)).toEqual([])
  })

  it('are never made for PostgreSQL', () => {
    for (const isEmpty of [true, false]) {
      const failure = findKeys(undefined)({ isEmpty, file: undefined })._unsafeUnwrapErr()
      expect(failure).toEqual({ kind: 'key-ring-missing', file: undefined })
      expect(keyCure(failure)).toContain('needs ENCRYPTION_KEYS')
    }
  })

  it('are made new for every database in memory', () => {
    const memory = { isEmpty: true, file: ':memory:' }
    const [one, other] = [findKeys(undefined)(memory)._unsafeUnwrap(), findKeys(undefined)(memory)._unsafeUnwrap()]
    expect(one.made).toBeUndefined()
    expect(() => other.ring.openText('c', one.ring.sealText('c', 'x'))).toThrow()
  })

  it('are refused, and left alone, when the file beside the database is damaged', async () => {
    await writeFile(keyring(), 'k1:short\n')
    const failure = findKeys(undefined)({ isEmpty: true, file: file() })._unsafeUnwrapErr()
    expect(failure).toEqual({ kind: 'key-ring-malformed', position: 1, reason: 'wrong-length' })
    expect(await readFile(keyring(), 'utf8')).toBe('k1:short\n')
  })

  it('are missed with the cure when the folder cannot be used', async () => {
    const failure = findKeys(undefined)({ isEmpty: true, file: join(folder, 'none', 'test.sqlite') })._unsafeUnwrapErr()
    expect(failure).toEqual({ kind: 'key-ring-unreadable', file: join(folder, 'none', 'keyring'), code: 'ENOENT' })
    await chmod(folder, 0o700)
    expect(keyCure(failure)).toContain('ENOENT')
  })
})
