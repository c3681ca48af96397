import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentConfiguration, documentOf } from '../../../../src/domain/agents/configuration.ts'
import { valueAt } from '../../../../src/domain/agents/json-places.ts'
import { isObject, type Json } from '../../../../src/domain/canonical-json.ts'
import { flowAgent, lint, llmAgent, ourTool } from './salon.ts'

const words = `Termin ist gebucht. {{greeting}} {{nobody}} {name} Montag bis Freitag 9-18 Uhr 10 € 31.12.2024 am 3. Mai 0171 3920001
  max@example.com SILENT ROUTING NODE do NOT speak [leise] call check_availability rufe book_it auf 1998 1.1. https://x.example/2024`
const text = fc.oneof(
  fc.array(fc.constantFrom(...words.split(/\s+/)), { maxLength: 12 }).map((some) => some.join(' ')),
  fc.string({ maxLength: 20 }),
)
const ids = fc.constantFrom('a', 'b', 'c', 'tool-book', '')
const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)))

const sometimes = (arbitrary: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: json })
const record = (fields: { readonly [name: string]: fc.Arbitrary<Json> }): fc.Arbitrary<Json> =>
  fc
    .record(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, sometimes(one)])), {
      requiredKeys: [],
    })
    .map((some): Json => JSON.parse(JSON.stringify(some)))
const list = (arbitrary: fc.Arbitrary<Json>, most = 4): fc.Arbitrary<Json> =>
  fc.array(sometimes(arbitrary), { maxLength: most })

const tool = record({
  type: fc.constantFrom('custom', 'end_call', 'agent_swap', 'check_availability_cal', 'extract_dynamic_variable'),
  name: fc.constantFrom('check_availability', 'book_appointment', 'take_message', 'end call', 'x'),
  tool_id: ids,
  url: fc.constantFrom('https://desk.example/functions/retell', 'http://other.example/x', 'https://desk.example/', ''),
  parameters: record({
    type: fc.constant('object'),
    properties: fc.dictionary(ids, record({ type: fc.constantFrom('string', 'number', 'x') })),
    required: list(ids),
  }),
  response_variables: fc.dictionary(ids, text),
  variables: list(record({ name: ids })),
  execution_message_description: text,
  execution_message_type: fc.constantFrom('prompt', 'static_text'),
  agent_version: fc.constantFrom('latest', 'latest_published', 3),
  timeout_ms: fc.integer({ min: 0, max: 700_000 }),
})
const edge = record({
  id: ids,
  destination_node_id: ids,
  transition_condition: fc.oneof(
    record({ type: fc.constant('prompt'), prompt: text }),
    record({ type: fc.constant('equation'), equations: list(record({ left: text, right: text })) }),
  ),
})
const node = record({
  id: ids,
  type: fc.constantFrom(
    'conversation',
    'function',
    'branch',
    'end',
    'extract_dynamic_variables',
    'subagent',
    'agent_swap',
  ),
  instruction: fc.oneof(text, record({ type: fc.constantFrom('prompt', 'static_text'), text })),
  tool_id: ids,
  tools: list(tool, 2),
  wait_for_result: fc.boolean(),
  parameter_mapping: fc.dictionary(ids, text),
  edges: list(edge),
  else_edge: edge,
  skip_response_edge: edge,
  always_edge: edge,
  global_node_setting: record({ condition: text }),
})
const engine = record({
  general_prompt: text,
  global_prompt: text,
  begin_message: text,
  start_speaker: fc.constantFrom('agent', 'user'),
  general_tools: list(tool),
  tools: list(tool),
  states: list(
    record({
      name: ids,
      state_prompt: text,
      edges: list(record({ destination_state_name: ids })),
      tools: list(tool, 2),
    }),
  ),
  starting_state: ids,
  start_node_id: ids,
  nodes: list(node, 5),
  components: list(record({ name: ids, nodes: list(node, 2), tools: list(tool, 2), start_node_id: ids }), 2),
  model: text,
  s2s_model: text,
  model_temperature: fc.double({ min: -1, max: 3, noNaN: true }),
  default_dynamic_variables: fc.dictionary(ids, text),
})
const agent = record({
  language: fc.oneof(fc.constantFrom('de-DE', 'en-US', 'multi'), list(fc.constantFrom('de-DE', 'en-US'))),
  webhook_url: fc.constantFrom('https://desk.example/webhooks/retell', 'https://other.example', ''),
  webhook_events: list(fc.constantFrom('call_started', 'call_ended')),
  response_engine: record({ type: fc.constantFrom('retell-llm', 'conversation-flow', 'custom-llm'), llm_id: ids }),
  max_call_duration_ms: fc.integer({ min: 0, max: 10_000_000 }),
  interruption_sensitivity: fc.double({ min: 0, max: 2, noNaN: true }),
  voicemail_option: record({ action: record({ type: fc.constant('static_text'), text }) }),
  pre_session_tools: list(tool, 2),
})
const object = json.filter(isObject)

const configuration: fc.Arbitrary<AgentConfiguration> = fc.record({
  agent: fc.oneof({ weight: 4, arbitrary: agent.filter(isObject) }, { weight: 1, arbitrary: object }),
  engine: fc.oneof(
    { weight: 6, arbitrary: engine.filter(isObject) },
    { weight: 1, arbitrary: object },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  numbers: fc.constant([]),
})

describe('the laws of linting', () => {
  it('nothing in a document is a bug, and every finding points into it', () => {
    fc.assert(
      fc.property(configuration, fc.option(configuration, { nil: undefined }), (one, live) => {
        const document = documentOf(one)
        for (const finding of lint(one, { live })) {
          expect(valueAt(document, finding.path), `${finding.code} ${finding.path}`).not.toBeUndefined()
        }
      }),
      { numRuns: 600 },
    )
  })

  it('the same configuration has the same findings, the worst first', () => {
    fc.assert(
      fc.property(configuration, (one) => {
        const found = lint(one)
        expect(lint(structuredClone(one))).toEqual(found)
        const ranks = found.map(({ severity }) => ['error', 'warning', 'hint'].indexOf(severity))
        expect(ranks).toEqual(ranks.toSorted())
      }),
      { numRuns: 200 },
    )
  })

  it('an agent that is as it should be has no finding', () => {
    expect(lint(llmAgent())).toEqual([])
    expect(lint(flowAgent())).toEqual([])
  })

  it('finds a tool that is not ours at our address', () => {
    expect(lint(llmAgent({ general_tools: [ourTool('fly_to_moon'), ourTool('book_appointment')] }))).toMatchObject([
      { code: 'tool-not-ours', severity: 'error', path: '/response_engine/general_tools/0/name', tool: 'fly_to_moon' },
      { code: 'tool-mentioned' },
    ])
  })
})
