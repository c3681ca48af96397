import type {
  AgentListing,
  NumberAgent,
  RetellVersion,
  VersionReference,
  VoiceCall,
  VoiceNumber,
} from '../../application/ports/voice-accounts.ts'
import type { CallEventName, CallReport } from '../../domain/calling/call.ts'
import { writtenInE164 } from '../../domain/calling/line-number.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { numberOf, textOf } from './json.ts'
import { momentOf, reportOf } from './read-call.ts'

/** An item of list-agents; what has no id is nobody. */
export const listingOf = (item: JsonObject): AgentListing | undefined => {
  const retellAgentId = textOf(item.agent_id)
  if (retellAgentId === undefined) return undefined
  return {
    retellAgentId,
    name: textOf(item.agent_name),
    channel: textOf(item.channel),
    modifiedAt: momentOf(item.user_modified_timestamp ?? item.last_modification_timestamp),
  }
}

/** An item of list-agent-versions. */
export const versionOf = (item: JsonObject): RetellVersion | undefined => {
  const version = numberOf(item.version)
  if (version === undefined) return undefined
  return {
    version,
    isPublished: item.is_published === true,
    baseVersion: numberOf(item.base_version),
    title: textOf(item.version_title),
    modifiedAt: momentOf(item.last_modification_timestamp),
  }
}

const referenceOf = (value: Json | undefined): VersionReference | undefined => numberOf(value) ?? textOf(value)

const agentsOf = (list: Json | undefined): readonly NumberAgent[] =>
  (Array.isArray(list) ? list : []).flatMap((one: Json): readonly NumberAgent[] => {
    const retellAgentId = isObject(one) ? textOf(one.agent_id) : undefined
    return isObject(one) && retellAgentId !== undefined
      ? [{ retellAgentId, version: referenceOf(one.agent_version), weight: numberOf(one.weight) }]
      : []
  })

/** Undefined for what is not written in E.164; such a number is none of ours. */
export const numberFrom = (document: JsonObject): VoiceNumber | undefined => {
  const number = writtenInE164(textOf(document.phone_number))
  if (number === undefined) return undefined
  return {
    number,
    inbound: agentsOf(document.inbound_agents),
    outbound: agentsOf(document.outbound_agents),
    inboundWebhookUrl: textOf(document.inbound_webhook_url),
    document,
  }
}

export const callFrom = (call: JsonObject): VoiceCall | undefined => {
  const callId = textOf(call.call_id)
  if (callId === undefined) return undefined
  const { direction } = call
  return {
    callId,
    agentId: textOf(call.agent_id),
    fromNumber: textOf(call.from_number),
    toNumber: textOf(call.to_number),
    direction: direction === 'inbound' || direction === 'outbound' ? direction : undefined,
    status: textOf(call.call_status) ?? '',
    startedAt: momentOf(call.start_timestamp),
    endedAt: momentOf(call.end_timestamp),
  }
}

/** The webhook that would have said as much; one for each status, and by its end for a status that is not known. */
const eventOf = (call: JsonObject): CallEventName => {
  if (isObject(call.call_analysis) && Object.keys(call.call_analysis).length > 0) return 'call_analyzed'
  switch (call.call_status) {
    case 'registered':
      return 'call_inbound'
    case 'ongoing':
      return 'call_started'
    case 'ended':
    case 'not_connected':
    case 'error':
      return 'call_ended'
    default:
      return momentOf(call.end_timestamp) === undefined ? 'call_started' : 'call_ended'
  }
}

export const reportFrom = (call: JsonObject): CallReport => reportOf(eventOf(call), call)
