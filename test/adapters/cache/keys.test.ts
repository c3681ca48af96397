import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheKey, limitKey } from '../../../src/adapters/cache/keys.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'

const part = fc.oneof(
  fc.constantFrom(':', '#', '~limit', 'com_1', 'slots', '{', '}', 'frontdesk:', ' ', 'ü', '\0', 'a'.repeat(130)),
  fc.string({ maxLength: 5 }),
)
const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''))
/** No such ids are ever minted; a key must be safe all the same. */
const keyOf = (company: string, key: string) => cacheKey(company as CompanyId, key)

describe('keys of the cache', () => {
  it('are equal for the same company and key alone, wherever one ends and the other begins', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, some, other) => {
        const [i, j] = [some % (whole.length + 1), other % (whole.length + 1)]
        const equal = keyOf(whole.slice(0, i), whole.slice(i)) === keyOf(whole.slice(0, j), whole.slice(j))
        expect(equal).toBe(i === j)
      }),
      { numRuns: 2_000 },
    )
  })

  it('are different for different companies and keys, digests included', () => {
    fc.assert(
      fc.property(text, text, text, text, (company, key, other, otherKey) => {
        const one = keyOf(company, key)
        expect(one === keyOf(other, otherKey)).toBe(company === other && key === otherKey)
        const [, companyPart = '', ...keyPart] = one.split(':')
        expect(keyOf(companyPart, keyPart.join(':')) === one).toBe(companyPart === company && keyPart.join(':') === key)
      }),
      { numRuns: 2_000 },
    )
  })

  it('are short, and never where turns are counted', () => {
    fc.assert(
      fc.property(text, text, text, (company, key, name) => {
        expect(keyOf(company, key).length).toBeLessThanOrEqual(260)
        expect(limitKey(name).length).toBeLessThanOrEqual(260)
        expect(keyOf(company, key).startsWith('frontdesk:~limit:')).toBe(false)
        expect(limitKey(name) === limitKey(`${name}}`)).toBe(false)
      }),
    )
  })

  it('can be read by people', () => {
    expect(keyOf('com_1', 'slots:bra_1:2026-W47')).toBe('frontdesk:com_1:slots:bra_1:2026-W47')
  })
})
