import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { err, type Result } from 'neverthrow'
import type { FindKeys, FoundKeys, KeyRingFailure } from '../../application/ports/keyring.ts'
import { parseKeyRing } from './key-ring.ts'

/**
 * The key ring named by `ENCRYPTION_KEYS`, else the one in the file `keyring` beside an SQLite database. For an empty
 * SQLite database without one, a key is made there, readable by its owner alone; for any other database, never.
 */
export const findKeys =
  (environment: string | undefined): FindKeys =>
  ({ isEmpty, file }): Result<FoundKeys, KeyRingFailure> => {
    if (environment !== undefined && environment.trim() !== '') return given(environment)
    if (file === undefined) return err({ kind: 'key-ring-missing', file })
    if (file === ':memory:') return given(newRingText())
    const beside = join(dirname(file), 'keyring')
    try {
      return given(readFileSync(beside, 'utf8'))
    } catch (fault) {
      if (codeOf(fault) !== 'ENOENT') return err({ kind: 'key-ring-unreadable', file: beside, code: codeOf(fault) })
    }
    return isEmpty ? make(beside) : err({ kind: 'key-ring-missing', file: beside })
  }

const given = (text: string): Result<FoundKeys, KeyRingFailure> =>
  parseKeyRing(text).map((ring) => ({ ring, made: undefined }))

/** A ring of one new key, as `ENCRYPTION_KEYS` says it. */
export const newRingText = (): string => `k1:${randomBytes(32).toString('base64')}`

/** Written apart and then given its name at once, so that nobody ever finds half a key. */
const make = (file: string): Result<FoundKeys, KeyRingFailure> => {
  const text = newRingText()
  const draft = `${file}.${process.pid}.new`
  try {
    const opened = openSync(draft, 'wx', 0o600)
    try {
      writeSync(opened, `${text}\n`)
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
    linkSync(draft, file)
    syncFolder(dirname(file))
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') return err({ kind: 'key-ring-unreadable', file, code: codeOf(fault) })
    return given(readFileSync(file, 'utf8'))
  } finally {
    rmSync(draft, { force: true })
  }
  return given(text).map(({ ring }) => ({ ring, made: file }))
}

/** A new file is there after a power cut only when its folder was written out as well. */
const syncFolder = (folder: string): void => {
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

const codeOf = (fault: unknown): string => {
  const code = fault instanceof Error ? (fault as NodeJS.ErrnoException).code : undefined
  return code ?? 'unknown'
}
