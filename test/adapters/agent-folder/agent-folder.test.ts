import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFolderFile, readAgentFolder, writeAgentFolder } from '../../../src/adapters/agent-folder/agent-folder.ts'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import type { Json } from '../../../src/domain/canonical-json.ts'
import { configuration } from '../../domain/agents/configurations.ts'
import { anyJson, anyObject, objectOf } from '../../domain/agents/json.ts'

const origin = { version: 7, hash: 'h7' }

/** What an editor, a checkout on Windows or a formatter may make of a file. */
const kept = (files: ReadonlyMap<string, string>, ending: string): ReadonlyMap<string, string> =>
  new Map(
    [...files].map(([path, text]) => {
      const bytes = new TextEncoder().encode(text.replaceAll('\n', ending))
      return [path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)]
    }),
  )

/** Names and texts of which some mean something to YAML, to a file system or to ourselves. */
const odd = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '..',
      '../../etc/passwd',
      'a/b',
      'CON',
      'nul',
      'Ä',
      'ä',
      'A',
      'a',
      'a.',
      ' a ',
      '$file',
      '$$file',
      '\u0000',
    ],
    ...['a\r\nb', 'a\n\n', '\n', '\n a', ' \n', '\t', '\uFEFFx', '\uD800', '\u2028', '\u0085', '- x', '# x', 'x: y'],
    ...['<<', 'null', '~', '0x1f', '1_000', '.inf', '!!x', '&a', '*a', '%', '---', '...', '{{x}}', '[secret s1]', 'y'],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 200 }),
)
const oddItem = fc.oneof(
  anyJson,
  fc.record({ name: odd, state_prompt: odd, description: odd, $file: odd }, { requiredKeys: [] }),
  fc.record({ $file: fc.oneof(odd, fc.constant('general_prompt.md'), anyJson) }),
  fc.record({ id: odd, name: odd, instruction: fc.record({ type: odd, text: odd }, { requiredKeys: [] }) }),
)
const names = ['general_prompt', 'begin_message', 'general_tools', 'tools', 'states', 'nodes', 'x', '$file', 'version']
const oddEngine = fc
  .uniqueArray(
    fc.tuple(fc.oneof(fc.constantFrom(...names), odd), fc.oneof(odd, oddItem, fc.array(oddItem, { maxLength: 5 }))),
    { selector: ([name]) => name, maxLength: 6 },
  )
  .map((fields) => objectOf(fields.map(([name, value]): [string, Json] => [name, value as Json])))
const oddConfiguration: fc.Arbitrary<AgentConfiguration> = fc.record({
  agent: fc.oneof(anyObject, oddEngine),
  engine: fc.option(oddEngine, { nil: undefined }),
  numbers: configuration.map(({ numbers }) => numbers),
})

const roundTrip = (one: AgentConfiguration, ending: string) => {
  const files = writeAgentFolder(one, origin)
  expect([...files.keys()].filter((file) => !isFolderFile(file))).toEqual([])
  expect(new Set([...files.keys()].map((file) => file.toLowerCase())).size).toBe(files.size)
  expect(readAgentFolder(kept(files, ending))._unsafeUnwrap()).toEqual({ configuration: one, origin })
}

describe('an agent as a folder of files', () => {
  it('is the same agent when it is read again, whatever it is made of', () => {
    fc.assert(fc.property(configuration, fc.constantFrom('\n', '\r\n'), roundTrip), { numRuns: 200 })
    fc.assert(fc.property(oddConfiguration, fc.constantFrom('\n', '\r\n'), roundTrip), { numRuns: 1_000 })
  })

  it('has its prompts and tools in files of their own, and nothing that changes by itself in what is reviewed', () => {
    const files = writeAgentFolder(
      {
        agent: {
          agent_id: 'agent_1',
          version: 3,
          agent_name: 'Empfang',
          response_engine: { type: 'retell-llm', llm_id: 'llm_1' },
        },
        engine: {
          llm_id: 'llm_1',
          general_prompt: 'Guten Tag.\nWie heißen Sie?',
          general_tools: [{ name: 'check_availability', url: 'https://desk.example' }],
          states: [{ name: 'Begrüßung', state_prompt: 'Grüßen Sie.' }],
        },
        numbers: [],
      },
      origin,
    )
    expect(Object.fromEntries(files)).toEqual({
      'agent.yaml': 'agent_name: Empfang\nresponse_engine:\n  type: retell-llm\n',
      'engine.yaml': [
        'general_prompt:\n  $file: general_prompt.md',
        'general_tools:\n  - $file: tools/check_availability.yaml',
        'states:\n  - name: Begrüßung\n    state_prompt:\n      $file: states/Begruessung.md\n',
      ].join('\n'),
      'general_prompt.md': 'Guten Tag.\nWie heißen Sie?\n',
      'tools/check_availability.yaml': 'name: check_availability\nurl: https://desk.example\n',
      'states/Begruessung.md': 'Grüßen Sie.\n',
      'numbers.yaml': '[]\n',
      '.frontdesk.json': expect.stringContaining('"version": 7'),
    })
  })

  it('says all that is wrong with it, file by file', () => {
    const files = new Map([
      ['agent.yaml', 'agent_name: [Empfang\n'],
      ['engine.yaml', 'general_prompt: { $file: ../secret.md }\ngeneral_tools: [{ $file: tools/a.yaml }]\n'],
      ['tools/a.yaml', 'timeout_ms: .inf\n'],
      ['tools/b.yaml', 'name: b\n'],
      ['numbers.yaml', '- 493023125101\n'],
    ])
    const problems = readAgentFolder(files)._unsafeUnwrapErr()
    expect(problems.map(({ file }) => file)).toEqual([
      'agent.yaml',
      'engine.yaml',
      'tools/a.yaml',
      'numbers.yaml',
      'tools/b.yaml',
    ])
    expect(readAgentFolder(new Map())._unsafeUnwrapErr()).toMatchObject([{ file: 'agent.yaml' }])
  })
})
