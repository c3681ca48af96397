import type { JsonObject } from '../../../domain/canonical-json.ts'

/** An agent as Retell's own examples have them, without an engine. */
export const plainAgent = (name: string): JsonObject => ({
  agent_name: name,
  voice_id: 'retell-Cimo',
  voice_temperature: 1,
  voice_speed: 1,
  language: 'de-DE',
  responsiveness: 1,
  interruption_sensitivity: 0.8,
  enable_backchannel: true,
  backchannel_frequency: 0.9,
  boosted_keywords: ['Termin', 'Friseur'],
  webhook_timeout_ms: 10_000,
  data_storage_setting: 'everything',
  end_call_after_silence_ms: 600_000,
  max_call_duration_ms: 3_600_000,
  post_call_analysis_data: [
    { type: 'string', name: 'customer_name', description: 'The name of the customer.', examples: ['Max Muster'] },
  ],
  pii_config: { mode: 'post_call', categories: [] },
  timezone: 'Europe/Berlin',
})

const plainTool = (index: number): JsonObject => ({
  type: 'custom',
  name: index === 0 ? 'check_availability' : `look_up_${index}`,
  description: 'Looks something up.',
  url: 'https://desk.example/functions/retell',
  method: 'POST',
  timeout_ms: 10_000,
  headers: { 'X-Desk': 'secret-of-the-tool' },
  parameters: { type: 'object', properties: { service: { type: 'string' } }, required: ['service'] },
  speak_during_execution: true,
})

/** A language model with so many tools. */
export const plainEngine = (tools = 1): JsonObject => ({
  model: 'gpt-4.1-mini',
  model_temperature: 0.3,
  start_speaker: 'agent',
  begin_message: 'Salon Sonne, guten Tag.',
  general_prompt: 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.',
  general_tools: Array.from({ length: tools }, (_, index) => plainTool(index)),
  states: null,
  kb_config: { top_k: 3, filter_score: 0.6 },
})
