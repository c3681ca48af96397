import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { EndpointAnswer } from './answers.ts'
import type { EndpointName, RetellFault } from './faults.ts'
import type { RetellAccount, RetellStore } from './store.ts'

/** What is asked for, after its key was looked at. */
export interface EndpointRequest {
  readonly store: RetellStore
  readonly account: RetellAccount
  /** What the path caught, decoded. */
  readonly id: string
  readonly query: URLSearchParams
  readonly body: JsonObject
  readonly fault: RetellFault | undefined
}

export interface EndpointEntry {
  readonly name: EndpointName
  readonly method: string
  /** Its one group is an id. */
  readonly path: RegExp
  readonly act: (asked: EndpointRequest) => EndpointAnswer
}

export const wishIn = (query: URLSearchParams) => ({
  limit: query.get('limit') ?? undefined,
  cursor: query.get('pagination_key') ?? undefined,
  order: query.get('sort_order') ?? undefined,
})
