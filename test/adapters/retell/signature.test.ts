import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signatureHeader, signatureMatches } from '../../../src/adapters/retell/signature.ts'
import { parseSignature } from '../../../src/domain/calling/signature.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'

const text = (most: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength: most })

it('is HMAC-SHA256 over the body and the stamp, whatever the key and its length', () => {
  fc.assert(
    fc.property(text(300), text(2_000), fc.integer({ min: 0, max: 8e15 }), (key, body, at) => {
      const digest = createHmac('sha256', key).update(body).update(String(at)).digest('hex')
      expect(signatureHeader(body, at, secret(key))).toBe(`v=${at},d=${digest}`)
    }),
  )
})

it('matches no other body, stamp or key', () => {
  fc.assert(
    fc.property(text(100), text(100), text(100), fc.integer({ min: 1, max: 8e15 }), (key, body, other, at) => {
      const signature = parseSignature(signatureHeader(body, at, secret(key)), instant(at))._unsafeUnwrap()
      const matches = (bytes: string, one = signature, by = key) =>
        signatureMatches(Buffer.from(bytes), one, secret(by))
      expect(matches(body)).toBe(true)
      expect(matches(other)).toBe(other === body)
      expect(matches(body, { ...signature, stamp: String(at - 1) })).toBe(false)
      expect(matches(body, signature, other)).toBe(other === key)
    }),
  )
})
