import { ok, type Result } from 'neverthrow'
import type { Json, JsonObject } from '../../application/ports/tool-calls.ts'
import type { MalformedPayload, ReadMessage, ToolRequest } from '../../application/ports/voice-platform.ts'
import { isObject } from '../../domain/canonical-json.ts'
import { malformed, nobody, withEnvelope } from './envelope.ts'
import { isTooDeep, textOf } from './json.ts'
import { partiesOf, reportOf } from './read-call.ts'

/** One decoder for every spelling of a tool request that Retell or an older agent sends. */
export const readToolRequest = (body: string, toolInPath: string | undefined): ReadMessage<ToolRequest> =>
  withEnvelope(body, (envelope) => ({
    parties: isObject(envelope.call) ? partiesOf(envelope.call) : nobody,
    content: readToolBody(envelope, toolInPath),
  }))

export const readToolBody = (
  envelope: JsonObject,
  toolInPath: string | undefined,
): Result<ToolRequest, MalformedPayload> => {
  const call = envelope.call
  if (call !== undefined && call !== null && !isObject(call)) return malformed('/call', 'Send the call as an object.')
  const named = textOf(envelope.name) ?? textOf(envelope.function_name)
  const given = argumentsOf(envelope)
  const isEnvelope = isObject(call) || given !== undefined
  return ok({
    nameAsSent: isEnvelope ? (named ?? toolInPath) : (toolInPath ?? named),
    args: given ?? atRoot(envelope, isObject(call), toolInPath !== undefined),
    report: isObject(call) ? reportOf('function_call', call) : undefined,
  })
}

/** `args`, `arguments` (an object or JSON text), `parameters`. */
const argumentsOf = (envelope: JsonObject): JsonObject | undefined => {
  for (const candidate of [envelope.args, envelope.arguments, envelope.parameters]) {
    if (isObject(candidate)) return candidate
    if (typeof candidate === 'string') {
      const parsed = objectIn(candidate)
      if (parsed) return parsed
    }
  }
  return undefined
}

const objectIn = (text: string): JsonObject | undefined => {
  try {
    const parsed: Json = JSON.parse(text)
    return isObject(parsed) && !isTooDeep(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Arguments beside `name` and `call`; a body that is arguments only keeps its own `name`. */
const atRoot = (envelope: JsonObject, hasCall: boolean, toolInPath: boolean): JsonObject => {
  const {
    call: _call,
    args: _args,
    arguments: _arguments,
    parameters: _parameters,
    event: _event,
    function_name: _function,
    ...rest
  } = envelope
  if (!hasCall && toolInPath) return rest
  const { name: _name, ...withoutName } = rest
  return withoutName
}
