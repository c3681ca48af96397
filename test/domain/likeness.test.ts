import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, likeness, matchByName } from '../../src/domain/likeness.ts'

const services = ['Herrenhaarschnitt', 'Damenhaarschnitt', 'Kinderhaarschnitt', 'Dauerwelle', 'Färben'] as const
const meant = (said: string) => {
  const match = matchByName(said, services, (name) => [name])
  return match.kind === 'one' ? match.item : match.kind
}

describe('matching by name', () => {
  it.each([
    ['Herrenhaarschnitt', 'Herrenhaarschnitt'],
    ['herren haarschnitt', 'Herrenhaarschnitt'],
    ['einen Herrenhaarschnitt bitte', 'Herrenhaarschnitt'],
    ['Dauerwele', 'Dauerwelle'],
    ['faerben', 'Färben'],
    ['haarschnitt', 'several'],
    ['Ölwechsel', 'none'],
    ['', 'none'],
    ['!!', 'none'],
  ])('hears %j as %j', (said, expected) => {
    expect(meant(said)).toBe(expected)
  })

  it('takes an exact name over everything else, whatever else there is', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ minLength: 1, maxLength: 20 }).filter((name) => fold(name) !== ''),
          { minLength: 1, maxLength: 10, selector: fold },
        ),
        fc.nat(),
        (names, pick) => {
          const name = names[pick % names.length] ?? ''
          expect(matchByName(name, names, (one) => [one])).toEqual({ kind: 'one', item: name })
        },
      ),
    )
  })

  it('never invents an item, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (said, names) => {
        const match = matchByName(said, names, (one) => [one])
        if (match.kind === 'one') expect(names).toContain(match.item)
        if (match.kind === 'several') expect(names).toEqual(expect.arrayContaining([...match.items]))
      }),
    )
  })

  it('measures likeness symmetrically between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (one, other) => {
        expect(likeness(one, other)).toBe(likeness(other, one))
        expect(likeness(one, one)).toBe(1)
        expect(likeness(one, other)).toBeGreaterThanOrEqual(0)
        expect(likeness(one, other)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('folds once and for all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})
