import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentConfiguration, contentOf, contentText } from '../../../src/domain/agents/configuration.ts'
import type { ChangeKind } from '../../../src/domain/agents/diff-entry.ts'
import { diff, type Path } from '../../../src/domain/agents/patch.ts'
import { semanticDiff } from '../../../src/domain/agents/semantic-diff.ts'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { configuration, related, reordered, volatile } from './configurations.ts'

const two = fc.oneof(related(2), reordered, fc.tuple(configuration, configuration))
const runs = { numRuns: 150 }
const entriesOf = (before: AgentConfiguration, after: AgentConfiguration) =>
  semanticDiff(before, after).sections.flatMap(({ entries }) => entries)

const mirror: { readonly [Kind in ChangeKind]: ChangeKind } = {
  added: 'removed',
  removed: 'added',
  changed: 'changed',
  renamed: 'renamed',
  reordered: 'reordered',
}

/** Does an entry lie on the way to a path, or a path on the way to an entry? Items are compared by their lists only. */
const covers = (entry: Path, path: Path): boolean => {
  const names = (all: Path) => all.filter((token) => !token.includes('=') && !/^\d+$/.test(token))
  const [one, other] = [names(entry), names(path)]
  const shared = Math.min(one.length, other.length)
  return shared > 0 && one.slice(0, shared).join('/') === other.slice(0, shared).join('/')
}

describe('what a person reads', () => {
  it('is nothing exactly for equal contents', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        if (before === undefined || after === undefined) return
        expect(semanticDiff(before, after).sections.length === 0).toBe(contentText(before) === contentText(after))
        expect(semanticDiff(before, structuredClone(before)).sections).toEqual([])
      }),
      runs,
    )
  })

  it('has the same counts from the other side, added and removed swapped', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        if (before === undefined || after === undefined) return
        const [there, back] = [semanticDiff(before, after).summary, semanticDiff(after, before).summary]
        expect([back.sentencesAdded, back.sentencesRemoved]).toEqual([there.sentencesRemoved, there.sentencesAdded])
        expect(back.sections.map(({ section }) => section)).toEqual(there.sections.map(({ section }) => section))
        for (const [index, { count }] of there.sections.entries()) {
          for (const kind of ['added', 'removed', 'changed', 'renamed', 'reordered'] as const) {
            expect(back.sections[index]?.count[mirror[kind]]).toBe(count[kind])
          }
        }
      }),
      runs,
    )
  })

  it('leaves nothing out that changed, and has nothing in it that did not', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        if (before === undefined || after === undefined) return
        const changes = diff(contentOf(before), contentOf(after)).map(({ path }) => path)
        const shown = entriesOf(before, after).map(({ path }) => path)
        expect(changes.filter((path) => !shown.some((entry) => covers(entry, path)))).toEqual([])
        const inField = (path: Path) => changes.some((change) => covers(path.slice(0, 2), change.slice(0, 2)))
        expect(shown.filter((path) => !inField(path))).toEqual([])
      }),
      runs,
    )
  })

  it('says of a field that is set to another value what it was and is', () => {
    const settings = fc.constantFrom<(value: Json) => Partial<AgentConfiguration>>(
      (value) => ({ agent: { voice_id: value } }),
      (value) => ({ agent: { post_call_analysis_data: [{ name: 'x', description: value }] } }),
      (value) => ({ engine: { model: value } }),
      (value) => ({ engine: { general_tools: [{ name: 'x', url: value }] } }),
      (value) => ({ engine: { states: [{ name: 's', tools: [{ name: 'x', url: value }] }] } }),
      (value) => ({ engine: { nodes: [{ id: 'n', edges: [{ id: 'e', label: value }] }] } }),
      (value) => ({ engine: { mcps: [{ name: 'm', headers: { A: value } }] } }),
      (value) => ({ engine: { never_seen: { deep: [value] } } }),
    )
    fc.assert(
      fc.property(settings, fc.string(), fc.string(), (set, one, other) => {
        fc.pre(one !== other)
        const nothing: AgentConfiguration = { agent: {}, engine: {}, numbers: [] }
        const [entry, ...more] = entriesOf({ ...nothing, ...set(one) }, { ...nothing, ...set(other) })
        expect(more).toEqual([])
        expect(JSON.stringify(entry)).toContain(JSON.stringify(one))
        expect(JSON.stringify(entry)).toContain(JSON.stringify(other))
      }),
    )
  })

  it('never shows what Retell only says about a document', () => {
    fc.assert(
      fc.property(configuration, volatile, ({ agent, engine, numbers }, said) => {
        const seen = {
          agent: { ...agent, ...said, agent_id: 'other' },
          engine: engine && { ...engine, ...said },
          numbers,
        }
        expect(semanticDiff({ agent, engine, numbers }, seen).sections).toEqual([])
      }),
    )
  })
})

describe('the parts of a diff', () => {
  const llm = (engine: JsonObject, agent: JsonObject = {}): AgentConfiguration => ({ agent, engine, numbers: [] })
  const told = (before: AgentConfiguration, after: AgentConfiguration) =>
    semanticDiff(before, after).sections.map(({ section, entries }) => [
      section,
      entries.map((entry) => [entry.change, entry.path.join('/')]),
    ])

  it('names tools wherever they stand', () => {
    const before = llm({
      general_tools: [{ name: 'end' }, { name: 'book', url: 'a' }, { name: 'old', type: 'custom', url: 'x' }],
      states: [{ name: 's', tools: [{ name: 'gone' }] }],
    })
    const after = llm({
      general_tools: [{ name: 'book', url: 'b' }, { name: 'end' }, { name: 'fresh', type: 'custom', url: 'x' }],
      states: [{ name: 's', tools: [] }],
      tools: [{ tool_id: 't', name: 'more' }],
    })
    expect(told(before, after)).toEqual([
      [
        'tools',
        [
          ['changed', 'engine/general_tools/name=book'],
          ['renamed', 'engine/general_tools/name=fresh'],
          ['reordered', 'engine/general_tools'],
          ['removed', 'engine/states/name=s/tools/name=gone'],
          ['added', 'engine/tools/tool_id=t'],
        ],
      ],
    ])
    const [renamed] = entriesOf(before, after).filter(({ change }) => change === 'renamed')
    expect(renamed).toMatchObject({ name: 'fresh', previously: 'old' })
  })

  it('tells a new state, its prompt and its tools each where a person looks for them', () => {
    const state = { name: 's', state_prompt: 'Guten Tag. Wie heißen Sie?', tools: [{ name: 'book' }], edges: [] }
    expect(told(llm({ states: [] }), llm({ states: [state] }))).toEqual([
      ['prompts', [['added', 'engine/states/name=s/state_prompt']]],
      ['tools', [['added', 'engine/states/name=s/tools/name=book']]],
      ['states', [['added', 'engine/states/name=s']]],
    ])
    expect(semanticDiff(llm({}), llm({ states: [state] })).summary.sentencesAdded).toBe(2)
  })

  it('follows nodes and edges by id, and reads instructions by sentence', () => {
    const node = {
      id: 'n',
      name: 'Begrüßung',
      instruction: { type: 'prompt', text: 'Guten Tag.' },
      edges: [{ id: 'e', to: 1 }],
    }
    const after = {
      ...node,
      name: 'Gruß',
      instruction: { type: 'static_text', text: 'Guten Tag. Bitte.' },
      edges: [{ id: 'e', to: 2 }],
    }
    expect(told(llm({ nodes: [node] }), llm({ nodes: [after] }))).toEqual([
      ['prompts', [['changed', 'engine/nodes/id=n/instruction/text']]],
      ['nodes', [['changed', 'engine/nodes/id=n']]],
      ['edges', [['changed', 'engine/nodes/id=n/edges/id=e']]],
    ])
  })

  it('tells several things of one name apart by their order', () => {
    const before = llm({
      general_tools: [
        { name: 'a', url: 1 },
        { name: 'a', url: 2 },
      ],
    })
    const after = llm({
      general_tools: [
        { name: 'a', url: 1 },
        { name: 'a', url: 3 },
        { name: 'a', url: 4 },
      ],
    })
    expect(told(before, after)).toEqual([
      [
        'tools',
        [
          ['changed', 'engine/general_tools/2:name=a'],
          ['added', 'engine/general_tools/3:name=a'],
        ],
      ],
    ])
  })

  it('tells nothing from an empty list, and an engine from none', () => {
    expect(told(llm({ general_tools: null }), llm({ general_tools: [] }))).toEqual([
      ['engine', [['changed', 'engine/general_tools']]],
    ])
    expect(told({ agent: {}, engine: undefined, numbers: [] }, llm({}))).toEqual([['engine', [['changed', 'engine']]]])
  })
})
