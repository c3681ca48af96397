import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '../../../src/domain/agents/configuration.ts'
import { originalOf, readConfiguration } from '../../../src/domain/agents/settings-format.ts'
import { canonicalJson, isObject, type Json, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { anyConfiguration, json } from './lint/any-configuration.ts'
import { goodAgent, goodFlow, goodLlm, goodTools } from './lint/salon.ts'

const read = (document: Json) => readConfiguration(document)._unsafeUnwrap()

const engineName = fc.constantFrom(
  'llm',
  'retell_llm',
  'retellLlmData',
  'conversationFlow',
  'conversation_flow',
  'llm_configuration',
)
const object = json.filter(isObject)
const extra = fc.dictionary(
  fc.constantFrom('name', 'note', 'functions', 'prompt', 'phone_numbers', 'agent_id', 'voice', '__proto__'),
  json,
)

/** Documents in every shape, with odd things among what is known. */
const anyDocument: fc.Arbitrary<JsonObject> = fc
  .tuple(
    anyConfiguration,
    fc.constantFrom('flat', 'settings', 'configuration', 'text', 'export', 'engine', 'any'),
    engineName,
    extra,
    object,
  )
  .map(([{ agent, engine = {} }, shape, name, more, other]): JsonObject => {
    if (shape === 'flat') return { ...more, ...agent, [name]: engine }
    if (shape === 'settings' || shape === 'configuration')
      return { ...more, [shape]: { ...agent, ...engine, [name]: engine } }
    if (shape === 'text') return { ...more, settings: JSON.stringify({ ...agent, ...engine }, undefined, 1) }
    if (shape === 'export') return { ...more, agent, response_engine: engine, numbers: ['030 23125101'] }
    return shape === 'engine' ? { ...engine, general_prompt: 'Hallo' } : other
  })

describe('the laws of reading configurations', () => {
  it('nothing is lost: the document can be written down again as it was', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const known = readConfiguration(document)
        if (known.isOk()) expect(canonicalJson(originalOf(known.value))).toBe(canonicalJson(document))
      }),
      { numRuns: 150 },
    )
  })

  it('nothing is made up: what the configuration has stood in the document', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const known = readConfiguration(document)
        if (known.isErr()) return
        const { agent, engine = {} } = known.value.configuration
        const text = JSON.stringify(unfolded(document))
        const values = [...Object.values(agent), ...Object.values(engine), ...known.value.numbers]
        expect(values.filter((value) => !text.includes(JSON.stringify(value)))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('what was read is read the same from our own export', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const first = readConfiguration(document)
        if (first.isErr()) return
        const { configuration, leftover } = read(documentOf(first.value.configuration))
        expect(configuration).toEqual(first.value.configuration)
        expect(leftover).toEqual({
          agent: {},
          response_engine: configuration.engine ? {} : null,
          numbers: [],
        })
      }),
      { numRuns: 150 },
    )
  })
})

describe('a configuration', () => {
  const { response_engine: reference, ...voice } = goodAgent

  it.each<[how: string, document: JsonObject, kind: string]>([
    [
      'as we export it',
      { version: 3, agent: goodAgent, response_engine: goodLlm, numbers: ['030 23125101'] },
      'export',
    ],
    ['as Retell’s dashboard downloads it', { ...goodAgent, retellLlmData: goodLlm, conversationFlow: null }, 'agent'],
    [
      'in settings',
      { id: 7, phone_numbers: [{ phone_number: '030 23125101' }], settings: { ...goodAgent, llm: goodLlm } },
      'settings',
    ],
    [
      'in settings with its functions beside',
      { functions: goodTools, settings: { ...goodAgent, retell_llm: without(goodLlm, 'general_tools') } },
      'settings',
    ],
    ['in settings without order', { settings: { ...goodAgent, ...goodLlm } }, 'settings'],
    [
      'in settings that a database kept as text',
      { settings: JSON.stringify({ ...goodAgent, llm: goodLlm }) },
      'settings',
    ],
    [
      'in a configuration',
      { configuration: { ...goodAgent, llm_configuration: goodLlm }, settings: { old: true } },
      'configuration',
    ],
    [
      'in a configuration with both documents',
      { configuration: { agent: goodAgent, response_engine: goodLlm } },
      'configuration',
    ],
    [
      'with the engine’s reference outside',
      { response_engine: reference ?? null, configuration: { ...voice, retell_llm: goodLlm } },
      'configuration',
    ],
  ])('is understood %s', (_, document, kind) => {
    const known = read(document)
    expect(known.kind).toBe(kind)
    expect(known.configuration).toEqual({ agent: goodAgent, engine: goodLlm, numbers: [] })
  })

  it('may be a flow, or one of both documents alone', () => {
    expect(read({ ...goodAgent, conversationFlow: goodFlow }).configuration.engine).toEqual(goodFlow)
    expect(read(goodFlow)).toMatchObject({ kind: 'engine', configuration: { agent: {}, engine: goodFlow } })
    expect(read(goodAgent)).toMatchObject({ kind: 'agent', configuration: { agent: goodAgent, engine: undefined } })
  })

  it('names its numbers in any spelling', () => {
    const settings = { voice_id: 'x', phone_number: '+49 30 23125101' }
    expect(read({ settings, phone_numbers: ['030/23125102', { number: '030/23125102' }, 7, ''] }).numbers).toEqual([
      '030/23125102',
      '+49 30 23125101',
    ])
  })

  it('keeps what it does not understand where it was', () => {
    const { leftover, configuration } = read({
      id: 12,
      name: 'Empfang',
      is_active: true,
      settings: { voice_id: 'x', made_up: { a: 1 }, prompt: 'Hallo' },
    })
    expect(configuration).toEqual({
      agent: { agent_name: 'Empfang', voice_id: 'x', made_up: { a: 1 } },
      engine: { general_prompt: 'Hallo' },
      numbers: [],
    })
    expect(leftover).toEqual({ id: 12, is_active: true, settings: {} })
  })

  it('is written in its old shape with what was changed since', () => {
    const known = read({ id: 12, settings: { voice_id: 'x', llm: goodLlm } })
    const changed = { ...known, configuration: { ...known.configuration, agent: { voice_id: 'y' } } }
    expect(originalOf(changed)).toEqual({ id: 12, settings: { voice_id: 'y', llm: goodLlm } })
  })

  it.each<[Json]>([
    [null],
    ['settings'],
    [[goodAgent]],
    [{}],
    [{ settings: {} }],
    [{ settings: 'voice_id' }],
    [{ hello: 'world' }],
  ])('is not %j', (document) => {
    expect(readConfiguration(document)._unsafeUnwrapErr()).toEqual({ kind: 'unknown-configuration' })
  })
})

/** With JSON in place of JSON as text. */
function unfolded(document: JsonObject): JsonObject {
  const { settings } = document
  return typeof settings === 'string' ? { ...document, settings: JSON.parse(settings) } : document
}

function without(document: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== name))
}
