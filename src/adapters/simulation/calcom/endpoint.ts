import type { Result } from 'neverthrow'
import type { CalcomAnswer, CalcomFailure, CalcomRequest } from './answers.ts'
import type { CalcomFault, EndpointName } from './faults.ts'
import type { CalcomStore } from './store.ts'

/** What is done for a request, after its key and version were looked at. */
export interface EndpointRequest extends CalcomRequest {
  readonly store: CalcomStore
  /** What the path caught. */
  readonly caught: readonly string[]
  readonly fault: CalcomFault | undefined
}

export type EndpointAnswer = Result<CalcomAnswer, CalcomFailure>

export interface EndpointEntry {
  readonly name: EndpointName
  readonly method: string
  readonly path: RegExp
  /** The versions in which it is as facts have it; in any other it is another, or none. Undefined: it has no versions. */
  readonly versions?: readonly string[]
  readonly needsKey: boolean
  readonly act: (asked: EndpointRequest) => EndpointAnswer
  /** In any other version. */
  readonly old?: (asked: EndpointRequest) => EndpointAnswer
}
