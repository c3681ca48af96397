import type { AgentConfiguration } from '../../../../src/domain/agents/configuration.ts'
import { inboundVariables } from '../../../../src/domain/agents/known-variables.ts'
import type { AgentFinding } from '../../../../src/domain/agents/lint/finding.ts'
import { lintConfiguration } from '../../../../src/domain/agents/lint/lint.ts'
import type { KnownTool, LintContext } from '../../../../src/domain/agents/lint/lint-context.ts'
import type { Json, JsonObject } from '../../../../src/domain/canonical-json.ts'
import { type BranchSpec, defaultNotifications, defaultPolicies } from '../../../../src/domain/company.ts'
import { parseCountry, parsePhoneNumber } from '../../../../src/domain/phone-number.ts'
import { parseTimeZone } from '../../../../src/domain/time.ts'

const country = parseCountry('DE')._unsafeUnwrap()
const timeZone = parseTimeZone('Europe/Berlin')._unsafeUnwrap()

const mitte: BranchSpec = {
  slug: 'mitte',
  name: 'Salon Sonne Mitte',
  timeZone,
  phoneNumbers: [{ number: parsePhoneNumber('030 23125101', country)._unsafeUnwrap(), active: true }],
  retellAgentId: undefined,
  hours: { weekly: {}, special: {}, closed: [] },
  publicHolidays: undefined,
  fallback: { whenClosedToBranch: undefined, transferTo: undefined },
  staffEmail: ['mitte@salon-sonne.example'],
}

const tool = (name: string, more: Partial<KnownTool> = {}): KnownTool => ({
  name,
  needsBooking: true,
  makes: undefined,
  required: [],
  ...more,
})

const knownTools: readonly KnownTool[] = [
  tool('check_availability'),
  tool('book_appointment', { makes: 'booked' }),
  tool('cancel_appointment', { makes: 'cancelled' }),
  tool('take_message', { needsBooking: false, required: [['message', 'nachricht']] }),
  tool('get_opening_hours', { needsBooking: false }),
]

export const salon: LintContext = {
  publicUrl: 'https://desk.example',
  knownHosts: [],
  toolOf: (name) => knownTools.find((known) => known.name === name.replace(/_v\d+$/, '')),
  company: {
    company: {
      slug: 'salon-sonne',
      name: 'Salon Sonne',
      timeZone,
      country,
      language: 'de',
      currency: 'EUR',
      booking: true,
    },
    branches: [mitte],
    services: [
      {
        slug: 'herrenhaarschnitt',
        name: 'Herrenhaarschnitt',
        keywords: [],
        category: undefined,
        durationMinutes: 55,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        price: 3200,
        segments: [],
        branches: undefined,
        active: true,
        calcomEventTypeId: undefined,
      },
    ],
    staff: [],
    policies: defaultPolicies,
    notifications: defaultNotifications,
  },
  variables: inboundVariables,
  live: undefined,
  confirmedRemovals: [],
  missingSecrets: () => [],
}

export const ourTool = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'custom',
  name,
  url: 'https://desk.example/functions/retell',
  parameters: { type: 'object', properties: {} },
  ...more,
})

export const goodAgent: JsonObject = {
  agent_id: 'agent_1',
  agent_name: 'Empfang',
  language: 'de-DE',
  timezone: 'Europe/Berlin',
  voice_id: '11labs-Anna',
  webhook_url: 'https://desk.example/webhooks/retell',
  post_call_analysis_data: [{ type: 'system-presets', name: 'call_summary' }],
  response_engine: { type: 'retell-llm', llm_id: 'llm_1' },
}

export const goodTools: readonly Json[] = [
  { type: 'end_call', name: 'end_call' },
  ourTool('check_availability'),
  ourTool('book_appointment'),
]

export const goodLlm: JsonObject = {
  llm_id: 'llm_1',
  model: 'gpt-4.1-mini',
  model_temperature: 0.3,
  start_speaker: 'agent',
  begin_message: '{{greeting}}',
  general_prompt: 'Du bist die freundliche Stimme von {{company_name}}. Prüfe mit check_availability, was frei ist.',
  general_tools: goodTools,
}

export const llmAgent = (llm: JsonObject = {}, agent: JsonObject = {}): AgentConfiguration => ({
  agent: { ...goodAgent, ...agent },
  engine: { ...goodLlm, ...llm },
  numbers: [],
})

const edge = (id: string, to: string, more: JsonObject = {}): JsonObject => ({
  id,
  transition_condition: { type: 'prompt', prompt: 'Es geht weiter' },
  destination_node_id: to,
  ...more,
})
const equation: JsonObject = {
  type: 'equation',
  operator: '&&',
  equations: [{ left: '{{booking_status}}', operator: '==', right: 'booked' }],
}

export const flowEdge = edge

/** Greets, asks, books, says so, ends. */
export const goodNodes: readonly JsonObject[] = [
  {
    id: 'greet',
    type: 'conversation',
    instruction: { type: 'static_text', text: '{{greeting}}' },
    edges: [edge('e1', 'book')],
  },
  {
    id: 'book',
    type: 'function',
    tool_id: 'tool-book',
    tool_type: 'local',
    wait_for_result: true,
    edges: [edge('e2', 'booked', { transition_condition: equation })],
    else_edge: edge('e3', 'failed'),
  },
  {
    id: 'booked',
    type: 'conversation',
    instruction: { type: 'static_text', text: 'Ihr Termin ist gebucht.' },
    edges: [edge('e4', 'bye')],
  },
  {
    id: 'failed',
    type: 'conversation',
    instruction: { type: 'prompt', text: 'Bitte um eine andere Zeit.' },
    edges: [edge('e5', 'book'), edge('e6', 'bye')],
  },
  { id: 'bye', type: 'end' },
]

export const goodFlow: JsonObject = {
  conversation_flow_id: 'flow_1',
  start_node_id: 'greet',
  start_speaker: 'agent',
  global_prompt: 'Du bist die freundliche Stimme von {{company_name}}.',
  model_choice: { type: 'cascading', model: 'gpt-4.1' },
  tools: [
    ourTool('book_appointment', { tool_id: 'tool-book', response_variables: { booking_status: 'status' } }),
    ourTool('check_availability', { tool_id: 'tool-check' }),
  ],
  nodes: goodNodes,
}

export const flowAgent = (flow: JsonObject = {}, agent: JsonObject = {}): AgentConfiguration => ({
  agent: { ...goodAgent, response_engine: { type: 'conversation-flow', conversation_flow_id: 'flow_1' }, ...agent },
  engine: { ...goodFlow, ...flow },
  numbers: [],
})

/** The good flow with some nodes changed by their ids, and others added. */
export const flowWith = (
  changes: { readonly [id: string]: JsonObject },
  added: readonly JsonObject[] = [],
): AgentConfiguration =>
  flowAgent({
    nodes: [...goodNodes.map((node) => ({ ...node, ...changes[String(node.id)] })), ...added],
  })

export const lint = (configuration: AgentConfiguration, context: Partial<LintContext> = {}): readonly AgentFinding[] =>
  lintConfiguration(configuration, { ...salon, ...context })

export const codes = (configuration: AgentConfiguration, context: Partial<LintContext> = {}): readonly string[] =>
  lint(configuration, context).map(({ code }) => code)
