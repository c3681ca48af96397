import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numberedSlug, slugOfName } from '../../../src/domain/agents/agent-slug.ts'

const slug = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

it('makes a slug of any name, and of several of one name as many', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 9_999 }), (name, count) => {
      const stem = slugOfName(name)
      expect(stem).toMatch(slug)
      expect(slugOfName(stem)).toBe(stem)
      expect(numberedSlug(stem, 1)).toBe(stem)
      expect(numberedSlug(stem, count)).toMatch(slug)
      expect(numberedSlug(stem, count)).not.toBe(numberedSlug(stem, count + 1))
    }),
  )
})

it.each([
  ['Salon Nord – Empfang/V33', 'salon-nord-empfang-v33'],
  ['Müller & Söhne, Straße', 'mueller-soehne-strasse'],
  ['Café Élan', 'cafe-elan'],
  ['***', 'agent'],
  ['', 'agent'],
])('makes of %j the slug %s', (name, made) => {
  expect(slugOfName(name)).toBe(made)
})
