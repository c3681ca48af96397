import fc from 'fast-check'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { noCountry, type PhoneNumber, parsePhoneNumber } from '../../../src/domain/phone-number.ts'
import { anyJson, objectOf } from './json.ts'

/** Few values, so that much is equal and sides meet. */
const few = fc.constantFrom<Json>(1, 2, 'a', null)
const prompt = fc
  .array(fc.constantFrom('Guten Tag. ', 'Wie heißen Sie? ', 'Sagen Sie nie einen Preis.\n', 'Am 3. Mai. ', 'Danke!'), {
    maxLength: 6,
  })
  .map((sentences) => sentences.join(''))

/** Some of these fields, each with one of its values. */
const some = (fields: { readonly [name: string]: fc.Arbitrary<Json> }): fc.Arbitrary<JsonObject> =>
  fc
    .record(fields, { requiredKeys: [] })
    .map((all) =>
      objectOf(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    )

/** Things of a list: mostly each of its own name, sometimes several of one, seldom without. */
const things = (
  field: string,
  rest: { readonly [name: string]: fc.Arbitrary<Json> },
  count = 4,
): fc.Arbitrary<readonly Json[]> => {
  const thing = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), some(rest))
  const named = ([name, other]: readonly [string, JsonObject]): Json => ({ [field]: name, ...other })
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.uniqueArray(thing, { selector: ([name]) => name, maxLength: count }).map((all) => all.map(named)),
    },
    { weight: 1, arbitrary: fc.array(thing, { maxLength: 3 }).map((all) => all.map(named)) },
    { weight: 1, arbitrary: fc.array(fc.oneof(some(rest), anyJson), { maxLength: 2 }) },
  )
}

const tools = things('name', {
  type: fc.constantFrom('custom', 'end_call'),
  tool_id: fc.constantFrom('t1', 't2', 't3'),
  url: few,
  description: prompt,
  headers: some({ A: few, B: few }),
  parameters: fc.oneof(few, anyJson),
})
const edges = things('id', { destination_node_id: few, transition_condition: few })
const nodes = things('id', {
  type: fc.constantFrom('conversation', 'end'),
  name: few,
  instruction: fc.oneof(some({ type: fc.constantFrom('prompt', 'static_text'), text: fc.oneof(prompt, few) }), few),
  edges,
  tools,
})
const engineFields = {
  model: few,
  general_prompt: fc.oneof(prompt, few),
  begin_message: prompt,
  general_tools: fc.oneof(tools, few),
  tools,
  states: things('name', {
    state_prompt: prompt,
    tools,
    edges: things('destination_state_name', { description: few }),
  }),
  nodes,
  components: things('name', { nodes, tools }, 2),
  mcps: things('name', { url: few, headers: some({ A: few }) }, 2),
  default_dynamic_variables: some({ a: few, b: few }),
  unheard_of: anyJson,
} as const
const agentFields = {
  voice_id: few,
  agent_name: few,
  response_engine: some({ type: fc.constantFrom('retell-llm', 'conversation-flow'), llm_id: few, version: few }),
  post_call_analysis_data: things('name', { type: few, description: few }),
  pronunciation_dictionary: things('word', { phoneme: few }),
  boosted_keywords: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  unheard_of: anyJson,
} as const

const numbers = fc
  .subarray(['+493023125101', '+493023125102', '+493023125103'])
  .map((all): readonly PhoneNumber[] => all.map((number) => parsePhoneNumber(number, noCountry)._unsafeUnwrap()))

/** What Retell says about documents rather than in them. */
export const volatile = fc.record({
  version: fc.nat(),
  is_published: fc.boolean(),
  last_modification_timestamp: fc.nat(),
})

export const configuration: fc.Arbitrary<AgentConfiguration> = fc.record({
  agent: fc.tuple(some(agentFields), volatile, fc.constantFrom('agent_1', 'agent_2')).map(([fields, said, id]) => ({
    ...fields,
    ...said,
    agent_id: id,
  })),
  engine: fc.option(
    fc.tuple(some(engineFields), volatile).map(([fields, said]) => ({ ...fields, ...said, llm_id: 'llm_1' })),
    { nil: undefined, freq: 10 },
  ),
  numbers,
})

/** The configuration, of which some fields were taken from another. */
export const mixed = (
  one: AgentConfiguration,
  other: AgentConfiguration,
  take: readonly boolean[],
): AgentConfiguration => {
  const mix = (mine: JsonObject, theirs: JsonObject): JsonObject =>
    objectOf(
      [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].flatMap((name, index): [string, Json][] => {
        const from = take[index % Math.max(take.length, 1)] === true ? theirs : mine
        const value = Object.hasOwn(from, name) ? from[name] : undefined
        return value === undefined ? [] : [[name, value]]
      }),
    )
  return {
    agent: mix(one.agent, other.agent),
    engine: one.engine && other.engine ? mix(one.engine, other.engine) : one.engine,
    numbers: take[0] === true ? other.numbers : one.numbers,
  }
}

/** Two or three that have much in common. */
export const related = (count: 2 | 3): fc.Arbitrary<readonly AgentConfiguration[]> =>
  fc
    .tuple(
      configuration,
      fc.array(fc.tuple(configuration, fc.array(fc.boolean(), { maxLength: 4 })), {
        minLength: count - 1,
        maxLength: count - 1,
      }),
    )
    .map(([base, others]) => [base, ...others.map(([other, take]) => mixed(base, other, take))])

const turned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(turned).toReversed()
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, turned(inner)]))
    : value
}

/** One, and the same with every list of its engine in another order. */
export const reordered: fc.Arbitrary<readonly AgentConfiguration[]> = configuration.map((one) => [
  one,
  { ...one, engine: one.engine && objectOf(Object.entries(one.engine).map(([name, value]) => [name, turned(value)])) },
])
