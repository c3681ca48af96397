import { createHmac, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import type {
  MalformedPayload,
  Parties,
  ReadMessage,
  ToolRequest,
  VoicePlatform,
  Webhook,
} from '../../application/ports/voice-platform.ts'
import type { Secret } from '../../domain/secret.ts'

const nobody: Parties = { callId: undefined, ourNumber: undefined, theirNumber: undefined, agentId: undefined }

const digestOf = (body: Uint8Array, stamp: string, key: Secret): Buffer =>
  key.use((plain) => createHmac('sha256', plain).update(body).update(stamp).digest())

/** A message in the application's own words, as the platform that speaks them would send it. */
export const plainBody = (message: {
  readonly parties: Partial<Parties>
  readonly content: Webhook | ToolRequest
}): string => JSON.stringify(message, (_name, value: unknown) => (typeof value === 'function' ? value() : value))

/** The signature header that belongs to a body at a moment. */
export const plainSignature = (body: string, atMs: number, key: Secret): string =>
  `v=${atMs},d=${digestOf(Buffer.from(body), String(atMs), key).toString('hex')}`

/** Text cannot carry the function that makes a report, so it carries the report. */
const withReport = <Content>(content: Content): Content => {
  const { report } = content as { readonly report?: unknown }
  const isEvent = typeof content === 'object' && content !== null && 'kind' in content && report !== undefined
  return isEvent ? { ...content, report: () => report } : content
}

const read = <Content>(body: string): ReadMessage<Content> => {
  try {
    const message = JSON.parse(body) as { readonly parties?: Partial<Parties>; readonly content?: Content }
    const content: Result<Content, MalformedPayload> =
      message.content === undefined
        ? err({ kind: 'malformed-payload', field: 'content', detail: 'There is no content.' })
        : ok(withReport(message.content))
    return { parties: { ...nobody, ...message.parties }, content }
  } catch {
    return { parties: nobody, content: err({ kind: 'malformed-payload', field: '', detail: 'It is not JSON.' }) }
  }
}

/** A telephone platform that speaks the application's own words (`plainBody`) and signs as Retell does. */
export const plainVoice: VoicePlatform = {
  readWebhook: (body) => read(body),
  readToolRequest: (body, toolInPath) => {
    const { parties, content } = read<ToolRequest>(body)
    return { parties, content: content.map((one) => ({ ...one, nameAsSent: one.nameAsSent ?? toolInPath })) }
  },
  sign: plainSignature,
  signatureMatches: (body, { stamp, digest }, key) =>
    timingSafeEqual(digestOf(body, stamp, key), Buffer.from(digest, 'hex')),
}
