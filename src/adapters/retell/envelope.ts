import { err, type Result } from 'neverthrow'
import type { JsonObject } from '../../application/ports/tool-calls.ts'
import type { MalformedPayload, Parties, ReadMessage } from '../../application/ports/voice-platform.ts'
import { isObject } from '../../domain/canonical-json.ts'
import { isTooDeep } from './json.ts'

export const nobody: Parties = { callId: undefined, ourNumber: undefined, theirNumber: undefined, agentId: undefined }

/** Refuses what is no JSON object, or one that is nested absurdly, before anybody looks inside. */
export const withEnvelope = <Content>(
  body: string,
  read: (envelope: JsonObject) => ReadMessage<Content>,
): ReadMessage<Content> => {
  let envelope: unknown
  try {
    envelope = JSON.parse(body)
  } catch {
    return { parties: nobody, content: malformed('', 'The body is not JSON. Send one JSON object.') }
  }
  if (!isObject(envelope)) return { parties: nobody, content: malformed('', 'The body must be one JSON object.') }
  if (isTooDeep(envelope)) return { parties: nobody, content: malformed('', 'The body is nested too deeply.') }
  return read(envelope)
}

export const malformed = (field: string, detail: string): Result<never, MalformedPayload> =>
  err({ kind: 'malformed-payload', field, detail })
