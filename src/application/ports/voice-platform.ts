import type { Result } from 'neverthrow'
import type { CallEventName, CallReport } from '../../domain/calling/call.ts'
import type { Signature } from '../../domain/calling/signature.ts'
import type { CallId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { JsonObject } from './tool-calls.ts'

/** Who is on the two ends, as far as a message says. Numbers are as sent. */
export interface Parties {
  readonly callId: CallId | undefined
  /** Dialled on an inbound call, calling on an outbound one. */
  readonly ourNumber: string | undefined
  readonly theirNumber: string | undefined
  readonly agentId: string | undefined
}

export interface ToolRequest {
  /** As sent, version suffix included; undefined when neither body nor path names a tool. */
  readonly nameAsSent: string | undefined
  readonly args: JsonObject
  /** What the request says about its call; undefined for bodies of arguments only. */
  readonly report: CallReport | undefined
}

export type Webhook =
  | {
      readonly kind: 'call-event'
      readonly event: CallEventName
      readonly callId: CallId
      /** Equal for two deliveries of one event; undefined: every delivery counts by its bytes. */
      readonly occurrence: string
      readonly at: Instant | undefined
      /** Made when it is asked for: the door needs none, the worker does. */
      readonly report: () => CallReport
    }
  | {
      readonly kind: 'inbound'
      readonly callId: CallId | undefined
      readonly fromNumber: string | undefined
      readonly toNumber: string
      readonly agentId: string | undefined
      readonly at: Instant | undefined
      readonly report: () => CallReport
    }
  | { readonly kind: 'tool'; readonly request: ToolRequest }
  | { readonly kind: 'ignored'; readonly event: string }
  | { readonly kind: 'unknown'; readonly event: string }

export type MalformedPayload = { readonly kind: 'malformed-payload'; readonly field: string; readonly detail: string }

export interface ReadMessage<Content> {
  /** Read even from a message that is otherwise malformed, for it says whose key must match. */
  readonly parties: Parties
  readonly content: Result<Content, MalformedPayload>
}

/** The telephone platform, said in our words. */
export interface VoicePlatform {
  readonly readWebhook: (body: string) => ReadMessage<Webhook>
  /** `toolInPath` names the tool when the body does not. */
  readonly readToolRequest: (body: string, toolInPath: string | undefined) => ReadMessage<ToolRequest>
  /** The header that the platform would send with this body. */
  readonly sign: (body: string, at: Instant, key: Secret) => string
  /** In constant time. */
  readonly signatureMatches: (body: Uint8Array, signature: Signature, key: Secret) => boolean
}
