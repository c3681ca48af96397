import type { Result } from 'neverthrow'
import type { Branch, CompanyProfile, LanguageCode } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { CallerNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { FreeInCalendar } from '../booking/ask-calendar.ts'
import type { Ids } from '../ports/ambient.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Customer } from '../ports/customers.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import type { ToolArguments } from './arguments.ts'
import type { Phrases } from './phrases.ts'

/** What a tool knows when it begins: the call is open and ours, its company and caller are known. */
export interface ToolContext {
  readonly tx: CompanyTx
  readonly ids: Ids
  readonly now: Instant
  readonly profile: CompanyProfile
  /** Undefined for a web call whose agent serves several branches. */
  readonly branch: Branch | undefined
  readonly call: StoredCall
  readonly caller: CallerNumber
  /** Recognised by a visible number, within this company. */
  readonly customer: Customer | undefined
  readonly language: LanguageCode
  readonly words: Phrases
  readonly args: ToolArguments
  /** What the company's calendar calls free; undefined: its appointments live here alone. */
  readonly free: FreeInCalendar | undefined
}

/** The ways by which a confirmation reached the customer. */
export type SentBy = readonly 'email'[]

export interface ToolAnswer {
  readonly status: string
  /** A full sentence in the call's language. */
  readonly message: string
  readonly fields: JsonObject
  /** What was understood, for the trace. */
  readonly resolved?: JsonObject
  /** What was changed: its id and the state that the answer speaks of. */
  readonly effect?: string
  /**
   * What has to be seen through once this is committed: a calendar that has not answered, a mail that may still go out
   * while the caller waits. `answer` says what became of it, in a transaction of its own.
   */
  readonly afterwards?: {
    readonly appointment: AppointmentId
    /** `sentBy`: how the customer was really told in the meantime. */
    readonly answer: (context: ToolContext, sentBy: SentBy) => Promise<ToolAnswer>
  }
  /** The call as the tool leaves it, when it learned something about it. */
  readonly call?: StoredCall
}

export type Tool = (context: ToolContext) => Promise<ToolAnswer>
/** A refusal ends a tool early with an answer of its own. */
export type Resolved<T> = Result<T, ToolAnswer>
