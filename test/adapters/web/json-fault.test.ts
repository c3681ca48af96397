import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from '../../../src/adapters/web/json-fault.ts'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
const signs = fc.constantFrom(...'{}[]:,"\\ \n\t01.-+eEtruefalsn/u\u0000', 'true', 'null', '"a"', '{}', '1e5')
const written = fc
  .json({ maxDepth: 4 })
  .map((text) => JSON.stringify(JSON.parse(text), null, 2))
  .filter((text) => !text.includes('__proto__'))

it('finds a fault where a parser does, and nowhere else', () => {
  const spoilt = fc.tuple(written, fc.nat(), fc.nat(3), signs).map(([text, place, cut, sign]) => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + sign + text.slice(at + cut)
  })
  const any = fc.oneof(
    written,
    spoilt,
    fc.array(signs, { maxLength: 12 }).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(any, (text) => {
      const fault = jsonFault(text)
      if (fault?.kind !== 'twice') expect(fault === undefined).toBe(parses(text))
      if (fault) expect(fault.line).toBeLessThanOrEqual(text.split('\n').length)
    }),
    { numRuns: 2000 },
  )
})

it.each([
  ['{\n  "a": 1\n  "b": 2\n}', 'comma', 3],
  ['{\n  "a": 1,\n}', 'name', 3],
  ['{ "a" 1 }', 'colon', 1],
  ['{\n"a": }', 'value', 2],
  ['{\n"a": "b\nc"}', 'text', 2],
  ['{}\n\n}', 'rest', 3],
  ['{"a": 1,\n "\\u0061": 2}', 'twice', 2],
  ['', 'value', 1],
  ['['.repeat(5000), 'deep', 1],
])('says of %j that it is %s in line %d', (text, kind, line) => {
  expect(jsonFault(text)).toEqual({ kind, line })
})
