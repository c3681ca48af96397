import type { JsonObject } from '../canonical-json.ts'

/** Without these nobody would know of a call, its end, or what became of it. Retell sends them when none are named. */
const needed = ['call_started', 'call_ended', 'call_analyzed'] as const

/** The document of an agent that tells us of its calls, and otherwise as it is. */
export const registered = (agent: JsonObject, address: string): JsonObject => {
  const { webhook_events: events } = agent
  const missing = Array.isArray(events) ? needed.filter((name) => !events.includes(name)) : []
  return {
    ...agent,
    webhook_url: address,
    ...(Array.isArray(events) && missing.length > 0 ? { webhook_events: [...events, ...missing] } : {}),
  }
}
