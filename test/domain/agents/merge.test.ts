import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentConfiguration, contentOf, contentText } from '../../../src/domain/agents/configuration.ts'
import { type MergeDecision, type MergeDifference, merge, resolve } from '../../../src/domain/agents/merge.ts'
import { mergeText } from '../../../src/domain/agents/merge-text.ts'
import { identityField, itemIndex } from '../../../src/domain/agents/named-lists.ts'
import { type Change, diff, type Path, pathText } from '../../../src/domain/agents/patch.ts'
import { sameJson } from '../../../src/domain/agents/same-json.ts'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { configuration, related, reordered } from './configurations.ts'

const nothing: AgentConfiguration = { agent: {}, engine: undefined, numbers: [] }
type Three = readonly [AgentConfiguration, AgentConfiguration, AgentConfiguration]
const asThree = ([base = nothing, ours = nothing, theirs = nothing]: readonly AgentConfiguration[]): Three => [
  base,
  ours,
  theirs,
]
const three: fc.Arbitrary<Three> = fc.oneof(
  { weight: 3, arbitrary: related(3).map(asThree) },
  { weight: 1, arbitrary: fc.tuple(configuration, configuration, configuration) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(reordered, configuration)
      .map(([[one = nothing, other = nothing], third]) => asThree([one, other, third])),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(reordered, related(2))
      .map(([[one = nothing, other = nothing], [, third]]) => asThree([one, third ?? one, other])),
  },
)
const runs = { numRuns: 150 }

const swapped = (conflicts: readonly MergeDifference[]) =>
  conflicts.map(({ ours, theirs, ...rest }) => ({ ...rest, ours: theirs, theirs: ours }))
const byPath = (conflicts: readonly MergeDifference[]) =>
  conflicts.toSorted((one, other) => (pathText(one.path) < pathText(other.path) ? -1 : 1))

const valueAt = (value: Json | undefined, [token, ...rest]: Path): Json | undefined => {
  if (token === undefined || value === undefined || value === null || typeof value !== 'object') {
    return token === undefined ? value : undefined
  }
  if (Array.isArray(value)) {
    const index = itemIndex(value, token)
    return index === undefined ? undefined : valueAt(value[index], rest)
  }
  return valueAt(Object.entries(value).find(([name]) => name === token)?.[1], rest)
}

/** Two versions of a list may be known by another field than three. */
const isSameToken = (one: string | undefined, other: string): boolean => {
  const fieldOf = (token: string) => /^(?:\d+$|\w+=)/.exec(token)?.[0]
  if (one === undefined || one === other) return one === other
  const [field, otherField] = [fieldOf(one), fieldOf(other)]
  return field !== undefined && otherField !== undefined && field !== otherField
}
const startsWith = (path: Path, start: Path): boolean => start.every((token, index) => isSameToken(path[index], token))
const concerns = (conflict: MergeDifference, path: Path): boolean =>
  startsWith(path, conflict.path) || startsWith(conflict.path, path)

const isMany = (value: Json | undefined): boolean => typeof value === 'object' && value !== null

/** What both sides put where nothing of the kind was may be there together: each thing, or each entry, for itself. */
const partsOf = ({ path, before, after }: Extract<Change, { readonly kind: 'value' }>) =>
  isMany(after) && !isMany(before) ? diff(Array.isArray(after) ? [] : {}, after, path) : undefined

/** Is a change of one side in the merge, alone or together with what the other did to the same text? */
const isKept = (merged: JsonObject, other: JsonObject, change: Change): boolean => {
  const value = valueAt(merged, change.path)
  const parts = change.kind === 'value' && isMany(value) ? partsOf(change) : undefined
  if (parts !== undefined) return parts.every((part) => isKept(merged, other, part))
  if (change.kind === 'order') {
    const list = Array.isArray(value) ? value : []
    const places = change.after.map((token) => itemIndex(list, token)).filter((place) => place !== undefined)
    const theirs = valueAt(other, change.path)
    // What the other side took away or knows by another field says nothing about the order.
    const isKnownAlike = identityField(change.path.at(-1) ?? '', [list, Array.isArray(theirs) ? theirs : []])
    const isOthers =
      !change.after.every((token) => token.startsWith(`${isKnownAlike}=`)) ||
      (Array.isArray(theirs) && change.after.some((token) => itemIndex(theirs, token) === undefined))
    return (
      isOthers ||
      sameJson(
        places,
        places.toSorted((one, two) => one - two),
      )
    )
  }
  if (sameJson(value, change.after)) return true
  const theirs = valueAt(other, change.path)
  return (
    typeof value === 'string' &&
    [change.before, change.after, theirs].every((text) => typeof text === 'string') &&
    value === mergeText(String(change.before), String(change.after), String(theirs))
  )
}

describe('a merge', () => {
  it('is the side that changed when only one did, and what both came to when they came to the same', () => {
    fc.assert(
      fc.property(three, ([base, ours]) => {
        for (const merged of [merge(base, ours, base), merge(base, base, ours), merge(base, ours, ours)]) {
          expect(contentText(merged.merged)).toBe(contentText(ours))
          expect(merged.conflicts).toEqual([])
        }
      }),
      runs,
    )
  })

  it('is the same from either side, but for whose is whose in conflicts', () => {
    fc.assert(
      fc.property(three, ([base, ours, theirs]) => {
        const [there, back] = [merge(base, ours, theirs), merge(base, theirs, ours)]
        expect(contentText(back.merged)).toBe(contentText(there.merged))
        expect(byPath(swapped(back.conflicts))).toEqual(byPath(there.conflicts))
      }),
      runs,
    )
  })

  it('loses no change of either side: it is in the merge or in a conflict', () => {
    fc.assert(
      fc.property(three, ([base, ours, theirs]) => {
        const { merged, conflicts } = merge(base, ours, theirs)
        const content = contentOf(merged)
        for (const [side, other] of [
          [ours, theirs],
          [theirs, ours],
        ] as const) {
          const changes = diff({ ...contentOf(base), numbers: null }, { ...contentOf(side), numbers: null })
          const lost = changes.filter(
            (change) =>
              !isKept(content, contentOf(other), change) &&
              !conflicts.some((conflict) => concerns(conflict, change.path)),
          )
          expect(lost).toEqual([])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('has a conflict only where both sides changed something, each in its own way', () => {
    fc.assert(
      fc.property(three, ([base, ours, theirs]) => {
        for (const conflict of merge(base, ours, theirs).conflicts) {
          expect(sameJson(conflict.ours, conflict.theirs)).toBe(false)
          expect(sameJson(conflict.base, conflict.ours) || sameJson(conflict.base, conflict.theirs)).toBe(false)
        }
      }),
      runs,
    )
  })

  it('has the numbers that one side added and not those that one side took away', () => {
    fc.assert(
      fc.property(three, ([base, ours, theirs]) => {
        const { numbers } = merge(base, ours, theirs).merged
        for (const number of [...base.numbers, ...ours.numbers, ...theirs.numbers]) {
          const [before, ...sides] = [base, ours, theirs].map((side) => side.numbers.includes(number))
          expect(numbers.includes(number)).toBe(before ? !sides.includes(false) : sides.includes(true))
        }
      }),
    )
  })

  it('has nothing twice that no side had twice', () => {
    const idsOf = ({ engine }: AgentConfiguration): readonly string[] => {
      const items = Array.isArray(engine?.tools) ? engine.tools : []
      return ['name', 'tool_id'].flatMap((field) =>
        items.flatMap((item) => {
          const id = valueAt(item, [field])
          return typeof id === 'string' ? [`${field}=${id}`] : []
        }),
      )
    }
    const isTwice = (ids: readonly string[]) => new Set(ids).size < ids.length
    fc.assert(
      fc.property(three, (sides) => {
        fc.pre(!sides.some((side) => isTwice(idsOf(side))))
        expect(isTwice(idsOf(merge(...sides).merged))).toBe(false)
      }),
      runs,
    )
    const llm = (tools: readonly Json[]): AgentConfiguration => ({ agent: {}, engine: { tools }, numbers: [] })
    const clash = merge(llm([]), llm([{ name: 'a', tool_id: 't' }]), llm([{ name: 'b', tool_id: 't' }, { name: 'c' }]))
    expect(clash.conflicts.map(({ path }) => pathText(path))).toEqual(['/engine/tools'])
  })

  it('leaves it to people when one side took away what the other renamed, also where not everything has an id', () => {
    const llm = (tools: readonly Json[]): AgentConfiguration => ({ agent: {}, engine: { tools }, numbers: [] })
    const there = merge(
      llm([{ name: 'a', tool_id: 't' }]),
      llm([{ name: 'new' }, { name: 'b', tool_id: 't' }]),
      llm([]),
    )
    expect(there.conflicts.map(({ path }) => pathText(path))).toEqual(['/engine/tools'])
  })
})

describe('deciding', () => {
  const decideAll = (conflicts: readonly MergeDifference[], decision: MergeDecision) =>
    new Map(conflicts.map(({ path }) => [pathText(path), decision]))

  it('leaves no conflict, and is the side that was right wherever there was one', () => {
    fc.assert(
      fc.property(three, fc.constantFrom('ours' as const, 'theirs' as const), ([base, ours, theirs], side) => {
        const merged = merge(base, ours, theirs)
        let resolved = resolve(merged, decideAll(merged.conflicts, side))._unsafeUnwrap()
        resolved = resolve(resolved, decideAll(resolved.conflicts, side))._unsafeUnwrap()
        expect(resolved.conflicts).toEqual([])
        const content = contentOf(resolved.merged)
        for (const conflict of merged.conflicts.filter(({ kind }) => kind === 'value')) {
          expect(sameJson(valueAt(content, conflict.path), conflict[side])).toBe(true)
        }
      }),
      runs,
    )
  })

  const llm = (engine: JsonObject): AgentConfiguration => ({ agent: {}, engine, numbers: [] })
  const disputed = merge(llm({ model: 'a', voice: 1 }), llm({ model: 'b', voice: 2 }), llm({ model: 'c', voice: 3 }))

  it('goes one by one, and changes its mind', () => {
    const first = resolve(disputed, new Map([['/engine/model', 'theirs']]))._unsafeUnwrap()
    expect(first.merged.engine).toEqual({ model: 'c', voice: 1 })
    expect(first.conflicts.map(({ path }) => pathText(path))).toEqual(['/engine/voice'])
    const second = resolve(
      first,
      new Map<string, MergeDecision>([
        ['/engine/model', { value: 'd' }],
        ['/engine/voice', { value: undefined }],
      ]),
    )
    expect(second._unsafeUnwrap()).toMatchObject({ merged: { engine: { model: 'd' } }, conflicts: [] })
    expect(second._unsafeUnwrap().merged.engine).toEqual({ model: 'd' })
  })

  it('is refused where there is nothing to decide', () => {
    expect(resolve(disputed, new Map([['/engine/other', 'ours']]))._unsafeUnwrapErr()).toEqual({
      kind: 'not-disputed',
      paths: ['/engine/other'],
    })
  })

  it('puts a list in the order that was chosen', () => {
    const list = (...names: readonly string[]) => llm({ nodes: names.map((id) => ({ id })) })
    const order = merge(list('a', 'b', 'c'), list('c', 'a', 'b', 'x'), list('b', 'a', 'c', 'y'))
    expect(order.conflicts.map(({ kind, path }) => [kind, pathText(path)])).toEqual([['order', '/engine/nodes']])
    expect(order.merged).toEqual(list('a', 'b', 'x', 'c', 'y'))
    const chosen = resolve(order, new Map([['/engine/nodes', 'ours']]))._unsafeUnwrap()
    expect(chosen.merged).toEqual(list('c', 'y', 'a', 'b', 'x'))
  })
})

describe('what is merged', () => {
  const llm = (engine: JsonObject): AgentConfiguration => ({ agent: {}, engine, numbers: [] })
  const pathsOf = ({ conflicts }: ReturnType<typeof merge>) => conflicts.map(({ path }) => pathText(path))

  it('is tools field by field, and maps entry by entry', () => {
    const tool = { name: 'book', type: 'custom', url: 'a', description: 'x', headers: { A: '1', B: '1' } }
    const merged = merge(
      llm({ general_tools: [tool] }),
      llm({ general_tools: [{ ...tool, url: 'b', headers: { A: '2', B: '1' } }, { name: 'ours' }] }),
      llm({ general_tools: [{ name: 'theirs' }, { ...tool, description: 'y', headers: { A: '1', C: '1' } }] }),
    )
    expect(pathsOf(merged)).toEqual([])
    expect(merged.merged.engine).toEqual({
      general_tools: [
        { name: 'theirs' },
        { ...tool, url: 'b', description: 'y', headers: { A: '2', C: '1' } },
        { name: 'ours' },
      ],
    })
  })

  it('is nothing where one side deleted what the other changed', () => {
    const merged = merge(
      llm({ general_tools: [{ name: 'book', url: 'a' }, { name: 'end' }] }),
      llm({ general_tools: [{ name: 'end' }] }),
      llm({ general_tools: [{ name: 'book', url: 'b' }, { name: 'end' }] }),
    )
    expect(merged.conflicts).toEqual([
      {
        kind: 'value',
        path: ['engine', 'general_tools', 'name=book'],
        base: { name: 'book', url: 'a' },
        ours: undefined,
        theirs: { name: 'book', url: 'b' },
      },
    ])
    expect(merged.merged.engine).toEqual({ general_tools: [{ name: 'book', url: 'a' }, { name: 'end' }] })
  })

  it('is nothing where a thing became one of another type, or an agent got another kind of engine', () => {
    const tool = { name: 'x', type: 'custom', url: 'a' }
    expect(
      pathsOf(
        merge(
          llm({ tools: [tool] }),
          llm({ tools: [{ ...tool, url: 'b' }] }),
          llm({ tools: [{ name: 'x', type: 'end_call' }] }),
        ),
      ),
    ).toEqual(['/engine/tools/name=x'])
    const agent = (type: string, engine: JsonObject): AgentConfiguration => ({
      agent: { response_engine: { type } },
      engine,
      numbers: [],
    })
    const flow = merge(
      agent('retell-llm', { general_prompt: 'a', model: 'm' }),
      agent('conversation-flow', { nodes: [] }),
      agent('retell-llm', { general_prompt: 'a', model: 'n' }),
    )
    expect(pathsOf(flow)).toEqual(['/engine'])
    expect(flow.merged.agent).toEqual({ response_engine: { type: 'conversation-flow' } })
  })

  const base = 'Guten Tag. Wie heißen Sie? Nennen Sie keinen Preis. Danke. Auf Wiederhören.'
  it.each<[string, string, string, string | undefined]>([
    [
      'sentences apart',
      base.replace('Guten Tag', 'Hallo'),
      base.replace('Danke', 'Vielen Dank'),
      'Hallo. Wie heißen Sie? Nennen Sie keinen Preis. Vielen Dank. Auf Wiederhören.',
    ],
    ['a sentence more and one less', base.replace('Wie heißen Sie? ', ''), `${base} Tschüss.`, undefined],
    ['the same sentence', base.replace('Guten Tag', 'Hallo'), base.replace('Guten Tag', 'Servus'), undefined],
    [
      'sentences side by side',
      base.replace('Guten Tag', 'Hallo'),
      base.replace('heißen Sie', 'ist Ihr Name'),
      undefined,
    ],
    [
      'the same change, and another',
      base.replace('Guten Tag', 'Hallo'),
      base.replace('Guten Tag', 'Hallo').replace('Danke', 'Ja'),
      'Hallo. Wie heißen Sie? Nennen Sie keinen Preis. Ja. Auf Wiederhören.',
    ],
  ])('is a prompt by sentence: %s', (_, ours, theirs, expected) => {
    const merged = merge(llm({ general_prompt: base }), llm({ general_prompt: ours }), llm({ general_prompt: theirs }))
    const wanted =
      expected ?? (_.startsWith('a sentence more') ? `${base.replace('Wie heißen Sie? ', '')} Tschüss.` : base)
    expect(merged.merged.engine).toEqual({ general_prompt: wanted })
    expect(pathsOf(merged)).toEqual(wanted === base ? ['/engine/general_prompt'] : [])
  })

  it('is what nobody has heard of, too', () => {
    const merged = merge(
      llm({ new_thing: { a: 1 } }),
      llm({ new_thing: { a: 1 }, ours: [1] }),
      llm({ new_thing: { a: 2 }, theirs: [2] }),
    )
    expect(merged.merged.engine).toEqual({ new_thing: { a: 2 }, ours: [1], theirs: [2] })
    expect(pathsOf(merged)).toEqual([])
  })
})
