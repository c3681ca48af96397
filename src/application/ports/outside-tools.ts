import type { Result } from 'neverthrow'

/** A request as an agent's own configuration describes it, secrets in their places. */
export interface OutsideRequest {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** Undefined: none is sent. */
  readonly body: string | undefined
}

export interface OutsideAnswer {
  readonly status: number
  readonly ms: number
  /** At most 15,000 characters, which is what a voice agent is given. */
  readonly body: string
  readonly isCut: boolean
}

/** `forbidden`: the address is none that may be asked. Details name no header, address or body. */
export type OutsideFailure = { readonly kind: 'unreachable'; readonly detail: string } | { readonly kind: 'forbidden' }

/** Tools of agents that others answer. Nothing is asked twice, and redirections are not followed. */
export interface OutsideTools {
  /** Whether anything answers at an address, by a question that changes nothing there. Ten seconds at most. */
  readonly reach: (url: string) => Promise<Result<void, OutsideFailure>>
  /** Sends it once. Ten seconds at most. */
  readonly call: (request: OutsideRequest) => Promise<Result<OutsideAnswer, OutsideFailure>>
}
