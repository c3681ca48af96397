import fc from 'fast-check'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'

/** Names that break careless code, and some that lists are known by. */
export const oddNames = ['', '/', '~', '~1', 'a/b', '__proto__', 'constructor', 'toString', 'name', 'id', '0', 'tools']

const name = fc.oneof(fc.constantFrom(...oddNames), fc.string({ maxLength: 4 }))

/** Objects like those that JSON text makes: every name is their own. */
export const objectOf = (fields: Iterable<readonly [string, Json]>): JsonObject => Object.fromEntries(fields)

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -2, max: 2 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 6 }),
)

/** A list of things that have names, each once. */
const namedThings = (inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd=e', ''), inner), {
      selector: ([known]) => known,
      maxLength: 5,
    })
    .map((things) => things.map(([known, value]) => ({ name: known, value })))

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectOf),
    namedThings(tie('value')),
  ),
}))

export const anyJson: fc.Arbitrary<Json> = value

export const anyObject: fc.Arbitrary<JsonObject> = fc.array(fc.tuple(name, value), { maxLength: 5 }).map(objectOf)
