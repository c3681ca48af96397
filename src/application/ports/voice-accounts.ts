import type { Result } from 'neverthrow'
import type { EngineReference } from '../../domain/agents/configuration.ts'
import type { CallReport } from '../../domain/calling/call.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'

/**
 * How asking the voice platform can end badly. After `unreachable` nobody knows whether a change was made there;
 * `refused` is its own no to what was asked, and nothing was changed; `misconfigured` stays until a person acts (a wrong
 * key, no right, no money, a forbidden address). Details name what to do and never a key, a person or a document.
 */
export type VoiceFailure =
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'misconfigured'; readonly detail: string }

/** What a list of Retell shows of an agent: no configuration, no versions. */
export interface AgentListing {
  readonly retellAgentId: string
  readonly name: string | undefined
  /** `voice` or `chat`; open. */
  readonly channel: string | undefined
  readonly modifiedAt: Instant | undefined
}

/** A version that Retell counts of an agent. */
export interface RetellVersion {
  readonly version: number
  readonly isPublished: boolean
  readonly baseVersion: number | undefined
  readonly title: string | undefined
  readonly modifiedAt: Instant | undefined
}

/** Which version a reference means is decided when a call comes; a number never moves by itself. */
export type VersionReference = number | string

/** One agent of a number, as Retell's lists of bindings have it. */
export interface NumberAgent {
  readonly retellAgentId: string
  /** Undefined: the newest version that was created, drafts included. */
  readonly version: VersionReference | undefined
  readonly weight: number | undefined
}

/** A phone number as Retell has it. */
export interface VoiceNumber {
  readonly number: PhoneNumber
  readonly inbound: readonly NumberAgent[]
  readonly outbound: readonly NumberAgent[]
  readonly inboundWebhookUrl: string | undefined
  /** The whole of it; what has to be sealed in it is there in plain text. */
  readonly document: JsonObject
}

export interface VoicePage<Item> {
  readonly items: readonly Item[]
  /** What the next page is asked for with. Undefined: this was the last. */
  readonly next: string | undefined
}

export interface VoiceCallQuery {
  /** Of calls that began in these, both included. */
  readonly from: Instant
  readonly to: Instant
  readonly agents?: readonly string[]
  readonly cursor?: string | undefined
  readonly limit?: number
}

/** A call as Retell's list names it, without what was said. */
export interface VoiceCall {
  readonly callId: CallId
  readonly agentId: string | undefined
  readonly fromNumber: string | undefined
  readonly toNumber: string | undefined
  readonly direction: 'inbound' | 'outbound' | undefined
  readonly status: string
  readonly startedAt: Instant | undefined
  readonly endedAt: Instant | undefined
}

type Answer<T> = Promise<Result<T, VoiceFailure>>

/**
 * One account of the voice platform. Questions are asked again when that is safe; changes never are, unless doing them
 * twice is the same. Nothing here waits longer than ten seconds of real time.
 */
export interface VoiceAccount {
  /** The same for all companies of one key; it holds no secret. */
  readonly name: string
  /** Whether the key is good, for as little as can be asked. */
  readonly check: () => Answer<{ readonly name: string | undefined }>
  readonly agents: (page: {
    readonly cursor?: string | undefined
    readonly limit?: number
  }) => Answer<VoicePage<AgentListing>>
  /** All of them, newest first. Undefined: the account has no such agent. */
  readonly versions: (retellAgentId: string) => Answer<readonly RetellVersion[] | undefined>
  /** The whole document. Undefined: there is none. */
  readonly agent: (retellAgentId: string, version: VersionReference) => Answer<JsonObject | undefined>
  /** The whole document. Undefined: there is none, or it is not kept at Retell. */
  readonly engine: (reference: EngineReference) => Answer<JsonObject | undefined>
  /**
   * A new engine and a new agent on it: version 0, a draft. Answers with both documents. `isRepeated`: an earlier attempt may
   * have come as far as the engine, which is then looked for and used.
   */
  readonly createAgent: (
    agent: JsonObject,
    engine: JsonObject | undefined,
    isRepeated?: boolean,
  ) => Answer<{ readonly agent: JsonObject; readonly engine: JsonObject | undefined }>
  /** A new draft of agent and engine together, of the content that `baseVersion` has. */
  readonly createVersion: (retellAgentId: string, baseVersion: number) => Answer<JsonObject>
  /** Sends only what differs; what is not named stays as it is. Refused for what is published. */
  readonly changeAgent: (retellAgentId: string, version: number, changes: JsonObject) => Answer<JsonObject>
  readonly changeEngine: (reference: EngineReference, changes: JsonObject) => Answer<JsonObject>
  /** Makes a draft unchangeable, under its number. Moves no number. */
  readonly publish: (
    retellAgentId: string,
    version: number,
    about: { readonly title?: string; readonly description?: string },
  ) => Answer<void>
  /** What is not there any more is deleted. Refused for what a number or a tag still names. */
  readonly deleteVersion: (retellAgentId: string, version: number) => Answer<void>
  readonly deleteAgent: (retellAgentId: string) => Answer<void>
  readonly numbers: (page: { readonly cursor?: string | undefined }) => Answer<VoicePage<VoiceNumber>>
  /** Undefined: the account does not have it. */
  readonly number: (number: PhoneNumber) => Answer<VoiceNumber | undefined>
  /** Sends only these; lists of agents replace what was there. */
  readonly changeNumber: (number: PhoneNumber, changes: JsonObject) => Answer<VoiceNumber>
  /** Oldest first. */
  readonly calls: (query: VoiceCallQuery) => Answer<VoicePage<VoiceCall>>
  /** A call with all that Retell knows of it now, as a report of what its status says. Undefined: there is none. */
  readonly call: (callId: CallId) => Answer<{ readonly call: VoiceCall; readonly report: CallReport } | undefined>
}

export interface VoiceAccounts {
  /**
   * The company's own account; the platform's only for a company that names none. Undefined: there is no key to ask with.
   * With `background` nobody waits, and turns are left to those who do.
   */
  readonly of: (company: CompanyProfile, urgency?: 'caller' | 'background') => Promise<VoiceAccount | undefined>
}
