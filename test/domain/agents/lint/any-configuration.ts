import fc from 'fast-check'
import type { AgentConfiguration } from '../../../../src/domain/agents/configuration.ts'
import { isObject, type Json } from '../../../../src/domain/canonical-json.ts'

const words = `Termin ist gebucht. {{greeting}} {{nobody}} {name} Montag bis Freitag 9-18 Uhr 10 € 31.12.2024 am 3. Mai 0171 3920001
  max@example.com SILENT ROUTING NODE do NOT speak [leise] call check_availability rufe book_it auf 1998 1.1. https://x.example/2024`
const text = fc.oneof(
  fc.array(fc.constantFrom(...words.split(/\s+/)), { maxLength: 12 }).map((some) => some.join(' ')),
  fc.string({ maxLength: 20 }),
)
const ids = fc.constantFrom('a', 'b', 'c', 'tool-book', '')
export const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)))

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

export const anyTool = record({
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
  tools: list(anyTool, 2),
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
  general_tools: list(anyTool),
  tools: list(anyTool),
  states: list(
    record({
      name: ids,
      state_prompt: text,
      edges: list(record({ destination_state_name: ids })),
      tools: list(anyTool, 2),
    }),
  ),
  starting_state: ids,
  start_node_id: ids,
  nodes: list(node, 5),
  components: list(record({ name: ids, nodes: list(node, 2), tools: list(anyTool, 2), start_node_id: ids }), 2),
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
  pre_session_tools: list(anyTool, 2),
})
const object = json.filter(isObject)

/** Agents as they are and as they should not be, with nonsense among them. */
export const anyConfiguration: fc.Arbitrary<AgentConfiguration> = fc.record({
  agent: fc.oneof({ weight: 4, arbitrary: agent.filter(isObject) }, { weight: 1, arbitrary: object }),
  engine: fc.oneof(
    { weight: 6, arbitrary: engine.filter(isObject) },
    { weight: 1, arbitrary: object },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  numbers: fc.constant([]),
})
