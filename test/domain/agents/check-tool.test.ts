import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { checkTool } from '../../../src/domain/agents/check-tool.ts'
import { valueAt } from '../../../src/domain/agents/json-places.ts'
import { toolTemplates } from '../../../src/domain/agents/tool-templates.ts'
import type { Json } from '../../../src/domain/canonical-json.ts'
import { anyTool, json } from './lint/any-configuration.ts'

const custom = { type: 'custom', name: 'weather', url: 'https://weather.example/now' }
const found = (tool: Json) => checkTool(tool).map(({ path, wrong }) => `${path} ${wrong}`)

describe('a tool', () => {
  it.each<[wrong: string, tool: Json]>([
    [' not-an-object', 'weather'],
    [' name', { type: 'end_call' }],
    ['/name name', { type: 'end_call', name: 'auf wiederhören' }],
    ['/name name', { type: 'end_call', name: 'x'.repeat(65) }],
    [' type-missing', { name: 'x' }],
    [' url-missing', { type: 'custom', name: 'x' }],
    ['/url url-missing', { type: 'custom', name: 'x', url: '' }],
    ['/url url', { ...custom, url: 'weather.example' }],
    ['/url url', { ...custom, url: 'https://weather .example' }],
    ['/method method', { ...custom, method: 'post' }],
    ['/timeout_ms timeout', { ...custom, timeout_ms: 999 }],
    ['/timeout_ms timeout', { ...custom, timeout_ms: '10000' }],
    ['/max_retry retries', { ...custom, max_retry: 6 }],
    ['/headers/X-Count not-texts', { ...custom, headers: { 'X-Count': 3 } }],
    ['/headers not-texts', { ...custom, headers: ['X: 3'] }],
    ['/response_variables/a~1b not-texts', { ...custom, response_variables: { 'a/b': null } }],
    ['/speak_during_execution not-a-switch', { ...custom, speak_during_execution: 'yes' }],
    ['/execution_message_type message-type', { ...custom, execution_message_type: 'text' }],
    ['/description not-text', { ...custom, description: 3 }],
    ['/parameters schema', { ...custom, parameters: [] }],
    ['/parameters schema', { ...custom, parameters: { properties: {} } }],
    ['/parameters/type schema', { ...custom, parameters: { type: 'array' } }],
    ['/parameters/properties schema-properties', { ...custom, parameters: { type: 'object', properties: [] } }],
    ['/parameters/required schema-required', { ...custom, parameters: { type: 'object', required: 'x' } }],
    [
      '/parameters/required/0 schema-required-unknown',
      { ...custom, parameters: { type: 'object', required: ['toString'] } },
    ],
    [
      '/parameters/properties/x/type schema-type',
      { ...custom, parameters: { type: 'object', properties: { x: { type: 'text' } } } },
    ],
    [
      '/parameters/properties/x/enum schema-choices',
      { ...custom, parameters: { type: 'object', properties: { x: { type: 'string', enum: [] } } } },
    ],
    [
      '/parameters/properties/x/items/type schema-type',
      { ...custom, parameters: { type: 'object', properties: { x: { type: 'array', items: { type: 'date' } } } } },
    ],
    [
      '/parameters/properties/x/anyOf/0 schema-properties',
      { ...custom, parameters: { type: 'object', properties: { x: { anyOf: ['string'] } } } },
    ],
    [' field-missing', { type: 'agent_swap', name: 'x' }],
    ['/agent_id field-missing', { type: 'agent_swap', name: 'x', agent_id: '' }],
  ])('is refused with %j', (wrong, tool) => {
    expect(found(tool)).toEqual([wrong])
  })

  it.each<[what: string, tool: Json]>([
    ['as little as can be', custom],
    ['of a kind that nobody knows', { type: 'integration_app', name: 'book', app_id: 'app_1', parameters: [{ a: 1 }] }],
    ['at an address out of a variable', { ...custom, url: '{{base}}/now' }],
    ['at an address with secrets', { ...custom, url: 'https://hooks.example/[secret s1]?key=[secret s2]' }],
    ['with what has no value', { ...custom, parameters: null, headers: null, timeout_ms: null }],
    [
      'with parameters in parameters',
      {
        ...custom,
        parameters: {
          type: 'object',
          properties: { x: { type: ['object', 'null'], properties: { y: { const: '{{a}}' } }, required: ['y'] } },
        },
      },
    ],
  ])('may be one %s', (_, tool) => {
    expect(found(tool)).toEqual([])
  })

  it('of ours is as it should be, in both languages', () => {
    for (const tool of [...toolJson('de', 'https://desk.example'), ...toolJson('en', 'https://desk.example')]) {
      expect(found(tool)).toEqual([])
    }
  })

  it('to begin with lacks nothing but what only a person knows', () => {
    const missing = Object.entries(toolTemplates).map(([purpose, tool]) => [purpose, ...found(tool)].join(' '))
    expect(missing).toEqual([
      'custom-post /url url-missing',
      'custom-get /url url-missing',
      'end-call',
      'cold-transfer',
      'warm-transfer',
      'agent-swap /agent_id field-missing',
      'press-digit',
      'send-sms /sms_content/text field-missing',
      'extract-variable',
    ])
  })

  it('has its faults where they are said to be, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(anyTool, json), (tool) => {
        expect(checkTool(tool).filter(({ path }) => valueAt(tool, path) === undefined)).toEqual([])
      }),
    )
  })
})
