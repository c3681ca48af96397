import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CallId, ToolCallId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export type { Json, JsonObject } from '../../domain/canonical-json.ts'

export interface VendorCall {
  readonly vendor: string
  readonly operation: string
  readonly ms: number
  readonly status: string
}

/** One request of the voice agent, with what was understood and what it was answered. */
export interface ToolCall {
  readonly id: ToolCallId
  readonly call: CallId
  readonly at: Instant
  readonly name: string
  readonly nameAsSent: string
  /** Digest of tool and canonical arguments: equal requests are equal text. */
  readonly fingerprint: string
  readonly input: JsonObject
  readonly resolved: JsonObject
  readonly output: JsonObject
  readonly status: string
  readonly ms: number
  /** The object that a changing tool changed (`apt_…`), and its state then. */
  readonly effect: string | undefined
  readonly vendorCalls: readonly VendorCall[]
}

export interface ToolCalls {
  readonly add: (toolCall: ToolCall) => Promise<void>
  /** Replaces what was answered, once more is known than when it was added. */
  readonly revise: (
    id: ToolCallId,
    answered: Pick<ToolCall, 'output' | 'resolved' | 'status' | 'ms' | 'effect' | 'vendorCalls'>,
  ) => Promise<void>
  /** The newest call of this fingerprint in this call that had an effect, not older than `since`. */
  readonly lastEffect: (call: CallId, fingerprint: string, since: Instant) => Promise<ToolCall | undefined>
  readonly count: (call: CallId, fingerprint: string) => Promise<number>
  readonly last: (call: CallId, fingerprint: string) => Promise<ToolCall | undefined>
  /** Oldest first. */
  readonly list: (call: CallId) => Promise<readonly ToolCall[]>
  /** Of every call, by the tool's name; newest first. */
  readonly recent: (name: string, request: PageRequest) => Promise<Page<ToolCall>>
  /** The 95th percentile of tool milliseconds in [from, to); undefined without any call. */
  readonly p95: (from: Instant, to: Instant) => Promise<number | undefined>
}
