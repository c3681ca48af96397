import type { Turn } from '../../domain/calling/call.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId, BranchId, CallId, CustomerId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyScope } from '../scope.ts'

/** Milliseconds, longer than what a promise may be ahead of its fact. */
export const betweenTools = 24_000

/** A call that is only played. */
export interface CopiedCall {
  readonly id: CallId
  /** As Retell would send it. Undefined: a hidden number. */
  readonly caller: string | undefined
  readonly branch: BranchId
  readonly agentId: string | undefined
}

/** What a played call did to the copy, and what its agent promised that no tool had said. */
export interface PlayedOutcome {
  readonly effects: readonly { readonly status: string; readonly appointment: AppointmentId }[]
  readonly claims: readonly string[]
}

/**
 * A company with its hours, staff, services and everything that takes its time, as it stood when the copy was made. Its
 * calendar is kept in the copy alone, so that nothing that is done in it reaches the company, its callers or a vendor.
 */
export interface CompanyCopy {
  /** Customers of the company whom it knows: who sees what it answers sees them. */
  readonly customers: readonly CustomerId[]
  /** Answers a tool as it would be answered in this call. `betweenTools` passes in the copy before each one that is asked. */
  readonly ask: (tool: string, args: JsonObject, call: CopiedCall) => Promise<JsonObject>
  /** Turns are timed from when the copy was made. */
  readonly conclude: (call: CopiedCall, turns: readonly Turn[]) => Promise<PlayedOutcome>
}

export interface Copies {
  /** `at`: the time that it is in the copy. It knows the customer of each of these numbers, and nobody else. */
  readonly of: (
    scope: CompanyScope,
    profile: CompanyProfile,
    at: Instant,
    callers: readonly string[],
  ) => Promise<CompanyCopy>
}
