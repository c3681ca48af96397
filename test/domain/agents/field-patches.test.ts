import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contradictions, fieldPatches } from '../../../src/domain/agents/field-patches.ts'
import { valueAt, withValue } from '../../../src/domain/agents/json-places.ts'
import { isObject, type Json, type JsonObject } from '../../../src/domain/canonical-json.ts'

const names = fc.constantFrom('a', 'b', 'c/d', 'e~f', '__proto__', '')
const tree: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json[]>(null, true, 0, 'text', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value
const documents = fc
  .array(fc.tuple(names, tree), { maxLength: 5 })
  .map((pairs): JsonObject => Object.fromEntries(pairs))
const keysAt = (document: Json, path: string) => {
  const value = valueAt(document, path)
  return isObject(value) ? Object.keys(value) : []
}

it('makes the one document of the other, also the order of names inside of it', () => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      const patches = fieldPatches(before, after)
      const made = patches.reduce<Json>((so, { path, value }) => withValue(so, path, value), before)
      expect(made).toEqual(after)
      for (const { path } of patches) {
        const parent = path.slice(0, path.lastIndexOf('/'))
        if (parent !== '') expect(keysAt(made, parent)).toEqual(keysAt(after, parent))
      }
    }),
  )
})

it('names nothing that is the same', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(fieldPatches(document, structuredClone(document))).toEqual([])
    }),
  )
  expect(fieldPatches({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } })).toEqual([{ path: '/a/c', value: 3 }])
  expect(fieldPatches({ a: { x: 1, y: 2 } }, { a: { z: 1, y: 2 } })).toEqual([{ path: '/a', value: { z: 1, y: 2 } }])
})

it('tells where two want something else of one place, and where one replaces what holds it', () => {
  const [one, two] = [
    { path: '/a/b', value: 1 },
    { path: '/a/b', value: 2 },
  ]
  expect(contradictions([one], [one])).toEqual([])
  expect(contradictions([one], [two])).toEqual(['/a/b'])
  expect(contradictions([one], [{ path: '/a', value: {} }])).toEqual(['/a/b'])
  expect(contradictions([{ path: '/a', value: undefined }], [one])).toEqual(['/a'])
  expect(contradictions([one], [{ path: '/a/bc', value: 2 }])).toEqual([])
})
