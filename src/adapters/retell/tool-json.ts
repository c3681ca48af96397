import { type Description, type ToolDefinition, tools } from '../../application/tools/registry.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { LanguageCode } from '../../domain/company.ts'

/**
 * Every tool as a custom function of a Retell agent that is prompted in this language. It is made of the registry that
 * answers them, so an agent cannot be given a tool or an argument that is unknown here. Without `booking` only the tools that a
 * company without appointments answers.
 */
export const toolJson = (language: LanguageCode, publicUrl: string, { booking = true } = {}): readonly JsonObject[] =>
  tools.filter(({ needsBooking }) => booking || !needsBooking).map((tool) => functionOf(tool, language, publicUrl))

const whileLooking: Description = {
  de: 'Sagen Sie in einem kurzen Satz, dass Sie nachsehen. Sagen Sie noch nichts darüber, ob etwas frei oder gebucht ist.',
  en: 'Say in one short sentence that you are looking. Say nothing yet about anything being free or booked.',
}

const timeoutMs = 10_000

const functionOf = (tool: ToolDefinition, language: LanguageCode, publicUrl: string): JsonObject => ({
  type: 'custom',
  name: tool.name,
  description: tool.description[language],
  url: `${publicUrl.replace(/\/+$/, '')}/functions/retell`,
  method: 'POST',
  parameters: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(tool.args).map(([name, { schema, description }]) => [
        name,
        { ...schema, description: description[language] },
      ]),
    ),
    required: [...tool.required],
  },
  timeout_ms: timeoutMs,
  // Only a calendar makes a caller wait; the rest is answered before anybody could say so.
  speak_during_execution: tool.needsBooking,
  ...(tool.needsBooking
    ? { execution_message_description: whileLooking[language], execution_message_type: 'prompt' }
    : {}),
  speak_after_execution: true,
})
