import type { Json, JsonObject } from '../../application/ports/tool-calls.ts'
import type { Parties } from '../../application/ports/voice-platform.ts'
import type { CallEventName, CallFields, CallReport, Turn } from '../../domain/calling/call.ts'
import { canonicalJson, isObject } from '../../domain/canonical-json.ts'
import { type Instant, instant, parseInstant } from '../../domain/time.ts'
import { numberOf, textOf } from './json.ts'

/** Retell's call object, read leniently: every field is optional, every enum open, unknown fields are left alone. */
export const partiesOf = (call: JsonObject): Parties => {
  const outbound = call.direction === 'outbound'
  const [from, to] = [textOf(call.from_number), textOf(call.to_number)]
  return {
    callId: textOf(call.call_id),
    ourNumber: outbound ? from : to,
    theirNumber: outbound ? to : from,
    agentId: textOf(call.agent_id),
  }
}

export const reportOf = (event: CallEventName, call: JsonObject, sealed?: JsonObject): CallReport => ({
  event,
  fields: present({
    callType: textOf(call.call_type),
    direction: call.direction === 'outbound' || call.direction === 'inbound' ? call.direction : undefined,
    fromNumber: textOf(call.from_number),
    toNumber: textOf(call.to_number),
    agentId: textOf(call.agent_id),
    agentVersion: numberOf(call.agent_version),
    agentName: textOf(call.agent_name),
    callStatus: textOf(call.call_status),
    startedAt: momentOf(call.start_timestamp),
    endedAt: momentOf(call.end_timestamp),
    durationMs: durationOf(call),
    disconnectionReason: textOf(call.disconnection_reason),
    transcript: textOf(call.transcript),
    turns: turnsOf(call),
    ...analysisOf(call.call_analysis),
    recordingUrl: textOf(call.recording_url),
    transferDestination: destinationOf(sealed) ?? textOf(call.transfer_destination),
    cost: costOf(call.call_cost),
  }),
  canonical: canonicalJson(call),
})

type Loose<T> = { readonly [Name in keyof T]: T[Name] | undefined }

const present = (fields: Loose<CallFields>): CallFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** Epoch milliseconds; older senders wrote ISO 8601. */
export const momentOf = (value: Json | undefined): Instant | undefined => {
  if (typeof value === 'number')
    return Number.isFinite(value) && value > 0 && value < 8.64e15 ? instant(Math.trunc(value)) : undefined
  if (typeof value !== 'string') return undefined
  const parsed = parseInstant(value)
  return parsed.isOk() ? parsed.value : undefined
}

/** Retell's own figure unless it is negative, which was seen. */
const durationOf = (call: JsonObject): number | undefined => {
  const said = numberOf(call.duration_ms)
  if (said !== undefined && said >= 0) return Math.round(said)
  const [start, end] = [momentOf(call.start_timestamp), momentOf(call.end_timestamp)]
  return start !== undefined && end !== undefined && end >= start ? end - start : undefined
}

const analysisOf = (analysis: Json | undefined) =>
  isObject(analysis)
    ? {
        summary: textOf(analysis.call_summary),
        sentiment: textOf(analysis.user_sentiment)?.toLowerCase(),
        successful: typeof analysis.call_successful === 'boolean' ? analysis.call_successful : undefined,
        inVoicemail: typeof analysis.in_voicemail === 'boolean' ? analysis.in_voicemail : undefined,
      }
    : {}

/** `combined_cost` is in cents, with fractions; Retell bills in US dollars. */
const costOf = (cost: Json | undefined) => {
  const cents = isObject(cost) ? numberOf(cost.combined_cost) : undefined
  return cents === undefined || cents < 0 ? undefined : { amountMicros: Math.round(cents * 10_000), currency: 'USD' }
}

const destinationOf = (envelope: JsonObject | undefined): string | undefined => {
  const destination = envelope?.transfer_destination
  return isObject(destination) ? textOf(destination.number) : textOf(destination)
}

const speakers = new Set(['agent', 'user', 'transfer_target'])

const turnsOf = (call: JsonObject): readonly Turn[] | undefined => {
  const [rich, spoken] = [call.transcript_with_tool_calls, call.transcript_object]
  const list =
    Array.isArray(rich) && rich.some((one) => isObject(one) && speakers.has(String(one.role))) ? rich : spoken
  if (!Array.isArray(list)) return undefined
  const turns = list.flatMap((one: Json): readonly Turn[] => {
    if (!isObject(one)) return []
    const role = textOf(one.role)
    if (role === 'tool_call_invocation') return [{ role: 'tool', content: textOf(one.name) ?? '', atMs: startOf(one) }]
    const content = textOf(one.content)
    if (content === undefined || !(role === 'agent' || role === 'user' || role === 'transfer_target')) return []
    return [{ role, content, atMs: startOf(one) }]
  })
  return turns.length > 0 ? turns : undefined
}

/** Seconds since the start of the call, of the first word or of the entry. */
const startOf = (entry: JsonObject): number | undefined => {
  const first = Array.isArray(entry.words) ? entry.words[0] : undefined
  const seconds = (isObject(first) ? numberOf(first.start) : undefined) ?? numberOf(entry.time_sec)
  return seconds === undefined ? undefined : Math.round(seconds * 1000)
}
