import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKeyRing } from '../../../src/adapters/crypto/key-ring.ts'
import { keyCure } from '../../../src/adapters/crypto/key-words.ts'

const key = (fill: number, length = 32) => Buffer.alloc(length, fill).toString('base64')
const ring = (text: string) => parseKeyRing(text)._unsafeUnwrap()

describe('a key ring', () => {
  it('is read from ids and keys, the first of which seals and all of which open', () => {
    const old = ring(`old:${key(1)}`)
    const both = ring(` new:${key(2)} , old:${key(1)} `)
    expect(both.ids).toEqual(['new', 'old'])
    expect(both.openText('c', old.sealText('c', 'Änne'))).toBe('Änne')
    expect(both.sealText('c', 'Änne')).toMatch(/^v1\.new\.[\w-]+$/)
    expect(() => old.openText('c', both.sealText('c', 'Änne'))).toThrow(/"new".*not in the key ring/)
  })

  it.each([
    ['', 1, 'empty'],
    [`a:${key(1)},`, 2, 'empty'],
    [key(1), 1, 'no-id'],
    [`:${key(1)}`, 1, 'no-id'],
    [`a b:${key(1)}`, 1, 'unusable-id'],
    [`a.b:${key(1)}`, 1, 'unusable-id'],
    [`a:${key(1)},a:${key(2)}`, 2, 'repeated-id'],
    ['a:not base64!', 1, 'not-base64'],
    ['a:', 1, 'not-base64'],
    [`a:${key(1)},b:${key(1, 31)}`, 2, 'wrong-length'],
    [`a:${key(1, 33)}`, 1, 'wrong-length'],
  ])('refuses %j at place %i: %s, and says so without any key', (text, position, reason) => {
    const failure = parseKeyRing(text)._unsafeUnwrapErr()
    expect(failure).toEqual({ kind: 'key-ring-malformed', position, reason })
    expect(keyCure(failure)).toContain(`Key ${position}`)
    expect(keyCure(failure)).not.toContain(key(1).slice(0, 8))
  })

  it('never shows a key, however it is printed', () => {
    const shown = ring(`a:${key(7)}`)
    expect(`${JSON.stringify(shown)} ${String(shown)} ${Object.keys(shown)}`).not.toContain(key(7).slice(0, 8))
  })

  it('gives every text back, as text and as bytes', () => {
    const one = ring(`a:${key(1)}`)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(one.openText(context, one.sealText(context, text))).toBe(text)
        expect(one.openBytes(context, one.sealBytes(context, text))).toBe(text)
      }),
    )
  })

  it('opens nothing under another context, another key of the same id, or with a changed bit', () => {
    const [one, other] = [ring(`a:${key(1)}`), ring(`a:${key(2)}`)]
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 0, max: 7 }), (text, place, bit) => {
        const [sealed, bytes] = [one.sealText('c', text), Buffer.from(one.sealBytes('c', text))]
        expect(() => one.openText('d', sealed)).toThrow()
        expect(() => other.openText('c', sealed)).toThrow()
        const at = place % bytes.length
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at)
        expect(() => one.openBytes('c', bytes)).toThrow()
      }),
    )
  })

  it('takes nothing that is not sealed for sealed', () => {
    const one = ring(`a:${key(1)}`)
    for (const text of ['', 'Änne', 'v1.a', 'v1.a.', 'v2.a.AAAA', 'v1.a.AAAA.BBBB', 'v1.a.AAAA']) {
      expect(() => one.openText('c', text)).toThrow()
    }
    for (const bytes of [Buffer.alloc(0), Buffer.from('{"event":"x"}'), Buffer.from([1, 1, 97])]) {
      expect(() => one.openBytes('c', bytes)).toThrow()
    }
  })

  it('seals equal texts differently every time', () => {
    const one = ring(`a:${key(1)}`)
    const sealed = new Set(Array.from({ length: 2_000 }, () => one.sealText('c', 'Änne')))
    expect(sealed.size).toBe(2_000)
  })

  it('has a check value that tells keys apart and nothing else', () => {
    const [one, same, other] = [ring(`a:${key(1)}`), ring(`b:${key(1)}`), ring(`a:${key(2)}`)]
    expect(one.checkValue('a')).toBe(same.checkValue('b'))
    expect(one.checkValue('a')).not.toBe(other.checkValue('a'))
  })
})

describe('a blind index', () => {
  const one = ring(`a:${key(1)}`)

  it('is equal for equal texts under one key and context, and for no others', () => {
    const [index, other] = [one.indexWith(one.newIndexKey()), one.indexWith(one.newIndexKey())]
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (left, right) => {
        const same = left[0] === right[0] && left[1] === right[1]
        expect(index(...left) === index(...right)).toBe(same)
        expect(index(...left)).not.toBe(other(...left))
      }),
    )
    expect(index('a', 'bc')).not.toBe(index('ab', 'c'))
  })

  it('is the same under another key ring, so that rotation loses nothing', () => {
    const indexKey = one.newIndexKey()
    expect(ring(`b:${key(9)}`).indexWith(indexKey)('c', 'text')).toBe(one.indexWith(indexKey)('c', 'text'))
  })
})
