import type { JsonObject } from '../canonical-json.ts'

const schema: JsonObject = { type: 'object', properties: {}, required: [] }

/**
 * Tools to begin with, by what they are for. Empty texts in them are for a person to fill in; until then `checkTool` says what
 * is missing. Tools that are answered here come from their registry.
 */
export const toolTemplates = {
  'custom-post': {
    type: 'custom',
    name: 'send_something',
    description: '',
    url: '',
    method: 'POST',
    headers: {},
    parameters: schema,
    timeout_ms: 10_000,
    speak_during_execution: true,
    speak_after_execution: true,
    response_variables: {},
  },
  'custom-get': {
    type: 'custom',
    name: 'look_something_up',
    description: '',
    url: '',
    method: 'GET',
    headers: {},
    query_params: {},
    timeout_ms: 10_000,
    speak_during_execution: true,
    speak_after_execution: true,
    response_variables: {},
  },
  'end-call': { type: 'end_call', name: 'end_call', description: '' },
  'cold-transfer': {
    type: 'transfer_call',
    name: 'transfer_call',
    description: '',
    transfer_destination: { type: 'predefined', number: '{{transfer_number}}' },
    transfer_option: { type: 'cold_transfer' },
  },
  'warm-transfer': {
    type: 'transfer_call',
    name: 'transfer_with_introduction',
    description: '',
    transfer_destination: { type: 'predefined', number: '{{transfer_number}}' },
    transfer_option: { type: 'warm_transfer' },
  },
  'agent-swap': {
    type: 'agent_swap',
    name: 'hand_over',
    description: '',
    agent_id: '',
    agent_version: 'latest_published',
    post_call_analysis_setting: 'both_agents',
    webhook_setting: 'both_agents',
  },
  'press-digit': { type: 'press_digit', name: 'press_digit', description: '', delay_ms: 1000 },
  'send-sms': { type: 'send_sms', name: 'send_sms', description: '', sms_content: { type: 'predefined', text: '' } },
  'extract-variable': {
    type: 'extract_dynamic_variable',
    name: 'note_wishes',
    description: '',
    variables: [{ type: 'string', name: 'wish', description: '' }],
  },
} as const satisfies { readonly [purpose: string]: JsonObject }
