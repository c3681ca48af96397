import { createHash } from 'node:crypto'
import { ok, type Result } from 'neverthrow'
import type { JsonObject } from '../../application/ports/tool-calls.ts'
import type { MalformedPayload, ReadMessage, ToolRequest, Webhook } from '../../application/ports/voice-platform.ts'
import type { CallEventName } from '../../domain/calling/call.ts'
import { canonicalJson, isObject } from '../../domain/canonical-json.ts'
import type { Instant } from '../../domain/time.ts'
import { malformed, nobody, withEnvelope } from './envelope.ts'
import { textOf } from './json.ts'
import { momentOf, partiesOf, reportOf } from './read-call.ts'
import { readToolBody } from './read-tool-request.ts'

const callEvents: ReadonlySet<string> = new Set<CallEventName>([
  'call_started',
  'call_ended',
  'call_analyzed',
  'transcript_updated',
  'transfer_started',
  'transfer_bridged',
  'transfer_cancelled',
  'transfer_ended',
])
const isCallEvent = (event: string): event is CallEventName => callEvents.has(event)

/** Documented by Retell and of no use to us. */
const unused = /^(chat_(started|ended|analyzed|inbound)|alert_(triggered|resolved))$/

export const readWebhook = (body: string): ReadMessage<Webhook> =>
  withEnvelope(body, (envelope) => {
    const event = textOf(envelope.event)
    const inbound = event === 'call_inbound'
    const call = inbound ? (envelope.call_inbound ?? envelope.call) : envelope.call
    const parties = isObject(call) ? partiesOf(call) : nobody
    return { parties, content: contentOf(event, envelope, inbound, isObject(call) ? call : undefined) }
  })

const contentOf = (
  event: string | undefined,
  envelope: JsonObject,
  inbound: boolean,
  call: JsonObject | undefined,
): Result<Webhook, MalformedPayload> => {
  if (event === undefined) return malformed('/event', 'Name the event, for example "call_started".')
  if (event === 'function_call') return toolOf(envelope)
  if (unused.test(event)) return ok({ kind: 'ignored', event })
  if (inbound) return inboundOf(envelope, call)
  if (!isCallEvent(event)) return ok({ kind: 'unknown', event })
  const callId = call && textOf(call.call_id)
  if (call === undefined) return malformed('/call', 'Send the call as an object.')
  if (callId === undefined || callId.length > 200) return malformed('/call/call_id', 'Name the call with its call_id.')
  return ok({
    kind: 'call-event',
    event,
    callId,
    occurrence: occurrenceOf(event, call, envelope),
    at: timeOf(event, call),
    report: () => reportOf(event, call, envelope),
  })
}

const inboundOf = (envelope: JsonObject, call: JsonObject | undefined): Result<Webhook, MalformedPayload> => {
  if (call === undefined) return malformed('/call_inbound', 'Send the ringing call as an object.')
  const toNumber = textOf(call.to_number)
  if (toNumber === undefined) return malformed('/call_inbound/to_number', 'Name the number that was dialled.')
  const callId = textOf(call.call_id)
  if (callId !== undefined && callId.length > 200) return malformed('/call_inbound/call_id', 'The call_id is too long.')
  return ok({
    kind: 'inbound',
    callId,
    fromNumber: textOf(call.from_number),
    toNumber,
    agentId: textOf(call.agent_id),
    at: momentOf(envelope.event_timestamp),
    report: () => reportOf('call_inbound', { direction: 'inbound', ...call }),
  })
}

const toolOf = (envelope: JsonObject): Result<Webhook, MalformedPayload> =>
  readToolBody(envelope, undefined).map((request: ToolRequest) => ({ kind: 'tool', request }))

/** The keys that Retell's own documentation gives for recognising a repeated delivery. */
const occurrenceOf = (event: CallEventName, call: JsonObject, envelope: JsonObject): string => {
  if (event === 'transcript_updated') return `${event}:${digest(canonicalJson(call))}`
  if (!event.startsWith('transfer_')) return event
  const destination = canonicalJson(envelope.transfer_destination ?? call.transfer_destination)
  return `${event}:${canonicalJson(call.start_timestamp)}:${digest(destination)}`
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

const timeOf = (event: CallEventName, call: JsonObject): Instant | undefined => {
  if (event === 'call_started') return momentOf(call.start_timestamp)
  return event === 'call_ended' || event === 'call_analyzed' ? momentOf(call.end_timestamp) : undefined
}
