import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch, changesBetween, diff, pathText } from '../../../src/domain/agents/patch.ts'
import { sameJson } from '../../../src/domain/agents/same-json.ts'
import { canonicalJson, type Json } from '../../../src/domain/canonical-json.ts'
import { anyJson, anyObject } from './json.ts'

const runs = { numRuns: 400 }

describe('equal values', () => {
  it('are those of equal canonical text', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (one, other) => {
        expect(sameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other))
      }),
      runs,
    )
  })
})

/** A value, and one that was made from it by leaving out, adding and turning round. */
const edited: fc.Arbitrary<readonly [Json, Json]> = fc
  .tuple(anyJson, fc.array(fc.nat(50), { maxLength: 4 }), anyJson)
  .map(([value, places, other]) => [value, places.reduce((so, place) => editedAt(so, place, other), value)] as const)

const editedAt = (value: Json, place: number, other: Json): Json => {
  if (Array.isArray(value)) {
    if (place % 4 === 0) return value.toReversed()
    if (place % 4 === 1) return value.slice(1)
    return place % 4 === 2 ? [other, ...value] : value.map((item) => editedAt(item, place >> 2, other))
  }
  if (typeof value !== 'object' || value === null) return place % 2 === 0 ? other : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner], index) =>
      index === place % 3 ? [] : [[name, editedAt(inner, place >> 1, other)]],
    ),
  )
}

describe('a patch', () => {
  it('leads from the one to the other', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(anyJson, anyJson), edited), ([before, after]) => {
        const applied = applyPatch(before, diff(before, after))
        expect(canonicalJson(applied._unsafeUnwrap())).toBe(canonicalJson(after))
      }),
      runs,
    )
  })

  it('is empty for equal values only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(anyJson, anyJson), edited), ([before, after]) => {
        expect(diff(before, structuredClone(before))).toEqual([])
        expect(diff(before, after).length === 0).toBe(sameJson(before, after))
      }),
      runs,
    )
  })

  it('follows things by their names when they are put in another order', () => {
    const tools = [
      { name: 'end_call', type: 'end_call' },
      { name: 'book', type: 'custom', url: 'https://desk.example/a' },
      { name: 'move', type: 'custom' },
    ]
    const after = [{ name: 'move', type: 'custom' }, { ...tools[1], url: 'https://desk.example/b' }, tools[0] ?? null]
    const patch = diff({ general_tools: tools }, { general_tools: after })
    expect(patch.map(({ kind, path }) => [kind, pathText(path)])).toEqual([
      ['value', '/general_tools/name=book/url'],
      ['order', '/general_tools'],
    ])
    expect(applyPatch({ general_tools: tools }, patch)._unsafeUnwrap()).toEqual({ general_tools: after })
  })

  it('is refused where something else stands than what it was made of', () => {
    const patch = diff({ voice: 'a', tools: [{ name: 'x', url: 1 }] }, { voice: 'a', tools: [{ name: 'x', url: 2 }] })
    for (const document of [
      { tools: [{ name: 'x', url: 3 }] },
      { tools: [{ name: 'y', url: 1 }] },
      { tools: 'none' },
      null,
    ]) {
      expect(applyPatch(document, patch)._unsafeUnwrapErr()).toMatchObject({ kind: 'not-applicable' })
    }
    const order = diff([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }])
    expect(applyPatch([{ id: 'a' }, { id: 'c' }], order).isErr()).toBe(true)
  })

  it('touches nothing else', () => {
    fc.assert(
      fc.property(anyObject, anyJson, anyJson, (rest, before, after) => {
        const patch = diff({ ...rest, changed: before }, { ...rest, changed: after })
        expect(patch.every(({ path }) => path[0] === 'changed')).toBe(true)
      }),
    )
  })
})

describe('what Retell is sent', () => {
  it('makes the one document the other, field by field', () => {
    fc.assert(
      fc.property(fc.constantFrom('agent' as const, 'engine' as const), anyObject, anyObject, (part, before, after) => {
        const sent = changesBetween(part, before, after)
        const then = { ...before, ...sent }
        expect(changesBetween(part, then, after)).toEqual({})
        for (const [name, value] of Object.entries(sent)) {
          expect(value).toEqual(Object.hasOwn(after, name) ? after[name] : null)
          expect(sameJson(value, Object.hasOwn(before, name) ? before[name] : null)).toBe(false)
        }
      }),
    )
  })

  it('has nothing in it that Retell says of the document', () => {
    const engine = { type: 'retell-llm', llm_id: 'llm_1', version: 3 }
    const agent = { agent_id: 'a', version: 3, is_published: true, response_engine: engine, voice_id: 'x', volume: 1 }
    const draft = {
      ...agent,
      version: 4,
      is_published: false,
      last_modification_timestamp: 5,
      response_engine: { ...engine, version: 4 },
    }
    expect(changesBetween('agent', agent, draft)).toEqual({})
    expect(changesBetween('agent', agent, { ...draft, voice_id: 'y', volume: null })).toEqual({
      voice_id: 'y',
      volume: null,
    })
    expect(
      changesBetween('agent', agent, {
        agent_id: 'b',
        response_engine: { type: 'custom-llm', llm_websocket_url: 'w' },
      }),
    ).toEqual({
      response_engine: { type: 'custom-llm', llm_websocket_url: 'w' },
      voice_id: null,
      volume: null,
    })
    expect(changesBetween('engine', { llm_id: 'x', model: 'a' }, { llm_id: 'y', model: 'b' })).toEqual({ model: 'b' })
  })
})
