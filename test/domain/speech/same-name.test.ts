import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cologneCode, fittingBest, nameFit } from '../../../src/domain/speech/same-name.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 12 })
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
const choose = (said: string, names: readonly string[]) => fittingBest(said, names, (one) => one)

describe('how a name sounds', () => {
  it.each([
    ['Müller-Lüdenscheidt', '65752682'],
    ['Wikipedia', '3412'],
    ['Breschnew', '17863'],
    ['Philipp', '351'],
    ['Axel', '0485'],
    ['Cäsar', '487'],
    ['Jahn', '06'],
    ['...', ''],
  ])('%s is %s', (text, code) => {
    expect(cologneCode(text)).toBe(code)
  })

  it.each([
    ['Meier', 'Mayr'],
    ['Schmidt', 'Schmitt'],
    ['Philipp', 'Filip'],
    ['Kraus', 'Grauss'],
  ])('%s sounds like %s', (one, other) => {
    expect(cologneCode(one)).toBe(cologneCode(other))
  })

  it('is digits, with zero only in front', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(cologneCode(text)).toMatch(/^0?[1-8]*$/)
      }),
    )
  })
})

describe('how well a heard name fits', () => {
  it('is between nothing and all, and all for the name itself and each part of it', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(nameFit(one, other)).toBeGreaterThanOrEqual(0)
        expect(nameFit(one, other)).toBeLessThanOrEqual(1)
        expect(nameFit(one, one)).toBe(1)
        for (const part of one.split(' ')) expect(nameFit(part, one)).toBe(1)
      }),
    )
  })

  it('forgives one letter misheard', () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom(...letters), (known, place, letter) => {
        const at = place % known.length
        expect(choose(known.slice(0, at) + letter + known.slice(at + 1), [known])).toEqual([known])
      }),
    )
  })
})

describe('which of several is meant', () => {
  it.each([
    ['Jonas Brobe', 'Jonas Probe'],
    ['Frau Muster', undefined],
    ['Herr Mustermann', undefined],
    ['Meyer', undefined],
    ['Erika Beispil', 'Erika Beispiel'],
    ['Xaver Quast', undefined],
    ['', undefined],
  ])('of Jonas Probe and Erika Beispiel, %j is %s', (said, meant) => {
    expect(choose(said, ['Jonas Probe', 'Erika Beispiel'])).toEqual(meant === undefined ? [] : [meant])
  })

  it('is both of two with the family name that was said, and one by the first name', () => {
    const family = ['Max Muster', 'Lena Muster']
    expect(choose('Muster', family)).toEqual(family)
    expect(choose('Lena Muster', family)).toEqual(['Lena Muster'])
    expect(choose('Lehna', family)).toEqual(['Lena Muster'])
  })
})
