import type { CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

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

export type Begun =
  | { readonly kind: 'new' }
  /** The first request of this key has not been answered, or its process died before it was. */
  | { readonly kind: 'running' }
  | { readonly kind: 'another-request' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }

/** Answers to writes, kept sealed for a day so that a repeated request has no second effect. */
export interface Idempotency {
  /** Takes the place for this request unless it is taken since after `forgotten`. Of two at once one is `new`. */
  readonly begin: (request: IdempotentRequest, now: Instant, forgotten: Instant) => Promise<Begun>
  readonly answer: (place: IdempotentPlace, answer: KeptAnswer) => Promise<void>
  /** Nothing happened: the place is free again. */
  readonly release: (place: IdempotentPlace) => Promise<void>
}
