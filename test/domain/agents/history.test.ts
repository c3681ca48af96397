import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestors, commonAncestor } from '../../../src/domain/agents/history.ts'

/** Versions 1, 2, …, each made from none, one or two before it. */
const history = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 12 }).map((drawn) =>
  drawn.map((numbers, position) => ({
    number: position + 1,
    parents: position === 0 ? [] : [...new Set(numbers.map((number) => (number % position) + 1))],
  })),
)
const historyAndTwo = history.chain((versions) => {
  const number = fc.integer({ min: 1, max: versions.length })
  return fc.tuple(fc.constant(versions), number, number)
})

describe('ancestors', () => {
  it('are a version and the ancestors of its parents', () => {
    fc.assert(
      fc.property(historyAndTwo, ([versions, number]) => {
        const parents = versions.find((version) => version.number === number)?.parents ?? []
        const expected = new Set([number, ...parents.flatMap((parent) => ancestors(versions, parent))])
        expect(ancestors(versions, number)).toEqual([...expected].toSorted((one, other) => other - one))
      }),
    )
  })

  it('are none of a version that is not there', () => {
    expect(ancestors([{ number: 1, parents: [] }], 2)).toEqual([])
  })
})

describe('the common ancestor', () => {
  it('is the newest that both have, whichever is asked first', () => {
    fc.assert(
      fc.property(historyAndTwo, ([versions, one, other]) => {
        const shared = ancestors(versions, one).filter((number) => ancestors(versions, other).includes(number))
        const expected = shared.length === 0 ? undefined : Math.max(...shared)
        expect(commonAncestor(versions, one, other)).toBe(expected)
        expect(commonAncestor(versions, other, one)).toBe(expected)
      }),
    )
  })

  it('is the ancestor itself of a version and its ancestor', () => {
    fc.assert(
      fc.property(historyAndTwo, ([versions, number]) => {
        for (const ancestor of ancestors(versions, number)) {
          expect(commonAncestor(versions, number, ancestor)).toBe(ancestor)
        }
      }),
    )
  })

  it('is not there for versions without a common past', () => {
    const apart = [
      { number: 1, parents: [] },
      { number: 2, parents: [] },
    ]
    expect(commonAncestor(apart, 1, 2)).toBeUndefined()
  })
})
