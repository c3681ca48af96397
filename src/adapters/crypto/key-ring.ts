import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import type { KeyRing, KeyRingMalformed } from '../../application/ports/keyring.ts'
import { indexWith, newIndexKey } from './blind-index.ts'
import { decrypt, encrypt } from './cipher.ts'

const idShape = /^[A-Za-z0-9_-]{1,32}$/
const base64Shape = /^[A-Za-z0-9+/_-]+={0,2}$/
const keyBytes = 32

type Entry = readonly [id: string, key: KeyObject]

/** Reads `id:base64(32 bytes)[,id:…]`. A failure says where and what, never the key. */
export const parseKeyRing = (text: string): Result<KeyRing, KeyRingMalformed> => {
  const entries: Entry[] = []
  for (const [index, part] of text.trim().split(',').entries()) {
    const entry = parseEntry(part.trim(), index + 1)
    if (entry.isErr()) return err(entry.error)
    const [id] = entry.value
    if (entries.some(([known]) => known === id)) return err(malformed(index + 1, 'repeated-id'))
    entries.push(entry.value)
  }
  const [first, ...others] = entries
  return first ? ok(keyRing(first, others)) : err(malformed(1, 'empty'))
}

const malformed = (position: number, reason: KeyRingMalformed['reason']): KeyRingMalformed => ({
  kind: 'key-ring-malformed',
  position,
  reason,
})

const parseEntry = (part: string, position: number): Result<Entry, KeyRingMalformed> => {
  if (part === '') return err(malformed(position, 'empty'))
  const colon = part.indexOf(':')
  if (colon < 1) return err(malformed(position, 'no-id'))
  const [id, encoded] = [part.slice(0, colon), part.slice(colon + 1)]
  if (!idShape.test(id)) return err(malformed(position, 'unusable-id'))
  if (!base64Shape.test(encoded)) return err(malformed(position, 'not-base64'))
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.length === keyBytes ? ok([id, createSecretKey(bytes)]) : err(malformed(position, 'wrong-length'))
}

/** Sealed text is `v1.<key id>.<base64url>`; sealed bytes are a 1, the length of the id, the id, and the rest. */
const keyRing = (first: Entry, others: readonly Entry[]): KeyRing => {
  const [firstId, firstKey] = first
  const keys = new Map([first, ...others])
  const prefix = `v1.${firstId}.`
  const header = Buffer.concat([Buffer.from([1, firstId.length]), Buffer.from(firstId, 'latin1')])

  const keyOf = (id: string): KeyObject => {
    const key = keys.get(id)
    if (!key) throw new Error(`Something is sealed under the key ${JSON.stringify(id)}, which is not in the key ring`)
    return key
  }

  return {
    ids: [...keys.keys()],
    sealText: (context, text) => prefix + encrypt(firstKey, context, text).toString('base64url'),
    openText: (context, sealed) => {
      const [version, id, body, ...more] = sealed.split('.')
      if (version !== 'v1' || id === undefined || body === undefined || more.length > 0) {
        throw new Error('Something is stored in plain text, or damaged, where sealed text is kept')
      }
      return decrypt(keyOf(id), context, Buffer.from(body, 'base64url'))
    },
    sealBytes: (context, text) => encrypt(firstKey, context, text, header),
    openBytes: (context, sealed) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      const [version, idLength = 0] = bytes
      if (version !== 1) throw new Error('Something is stored in plain text, or damaged, where sealed bytes are kept')
      const id = bytes.toString('latin1', 2, 2 + idLength)
      return decrypt(keyOf(id), context, bytes.subarray(2 + idLength))
    },
    checkValue: (id) => createHmac('sha256', keyOf(id)).update('frontdesk key check').digest('base64url'),
    newIndexKey,
    indexWith,
  }
}
