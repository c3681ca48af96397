import type { CompanyId } from '../../domain/ids.ts'
import { DAY, type Instant, MINUTE } from '../../domain/time.ts'

/** What makes a request the same one: who asked, where, and the key they chose. */
export interface IdempotentPlace {
  /** `Principal.key`. */
  readonly principal: string
  readonly path: string
  readonly key: string
}

export interface IdempotentRequest extends IdempotentPlace {
  /** Undefined: the request concerns no single company. */
  readonly company: CompanyId | undefined
  /** Of method, query and body: equal requests are equal text. */
  readonly digest: string
}

export interface KeptAnswer {
  readonly status: number
  readonly body: string
}

/** Who holds a place: the request that began then, and nobody who began before it. */
export interface BegunRequest extends IdempotentPlace {
  readonly begunAt: Instant
}

export type Begun =
  | { readonly kind: 'new'; readonly request: BegunRequest }
  /** The first request of this key has not been answered, or its process died a moment ago. */
  | { readonly kind: 'running' }
  | { readonly kind: 'another-request' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }

export const answersAreKeptFor = DAY
/** Longer than any request takes. Whoever has not answered by then is taken for dead. */
export const requestLease = 2 * MINUTE

/** Answers to writes, kept sealed for a day so that a repeated request has no second effect. */
export interface Idempotency {
  /**
   * Takes the place for this request, if it is free: taken by nobody for a day, or by an equal request that has not answered
   * for two minutes. Of two at once one is `new`.
   */
  readonly begin: (request: IdempotentRequest, now: Instant) => Promise<Begun>
  /** Of a request that lost its place meanwhile nothing is kept. */
  readonly answer: (request: BegunRequest, answer: KeptAnswer) => Promise<void>
  /** Nothing happened: the place is free again, unless it is somebody else's by now. */
  readonly release: (request: BegunRequest) => Promise<void>
}
