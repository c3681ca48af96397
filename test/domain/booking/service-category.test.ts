import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inCategory, sortedByCategory } from '../../../src/domain/booking/service-category.ts'

const service = (name: string, category?: string, keywords: readonly string[] = []) => ({ name, category, keywords })
const list = [
  service('Herrenhaarschnitt', 'Schnitt'),
  service('Damenhaarschnitt', 'Schnitt'),
  service('Kinderhaarschnitt', 'Schnitt'),
  service('Bartpflege', undefined, ['Männerbart']),
  service('Strähnen', 'Farbe'),
  service('Ansatzfarbe', 'Farbe'),
]

describe('services of a category', () => {
  it.each([
    ['Farbe', ['Strähnen', 'Ansatzfarbe']],
    ['schnitt', ['Herrenhaarschnitt', 'Damenhaarschnitt', 'Kinderhaarschnitt']],
    ['Herren', ['Herrenhaarschnitt', 'Bartpflege']],
    ['für Männer', ['Herrenhaarschnitt', 'Bartpflege']],
    ['male', ['Herrenhaarschnitt', 'Bartpflege']],
    ['Frauen', ['Damenhaarschnitt']],
    ['weiblich', ['Damenhaarschnitt']],
    ['kids', ['Kinderhaarschnitt']],
    ['Ölwechsel', []],
    ['', []],
  ])('for %j are %j', (said, names) => {
    expect(inCategory(said, list).map(({ name }) => name)).toEqual(names)
  })

  it('are some of those that there are, whatever is said', () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        for (const one of inCategory(said, list)) expect(list).toContain(one)
      }),
    )
  })

  it('are sorted without losing one, what has no category last', () => {
    const groups = sortedByCategory(list)
    expect(groups.map(({ category }) => category)).toEqual(['Schnitt', 'Farbe', undefined])
    expect(new Set(groups.flatMap(({ services }) => services))).toEqual(new Set(list))
  })
})
