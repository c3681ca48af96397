import type { CallState } from '../../domain/calling/call.ts'
import type { CallOutcome } from '../../domain/calling/outcome.ts'
import { SECOND } from '../../domain/time.ts'
import type { VersionTally } from '../ports/releases.ts'

/** What is counted of an ended call. */
export interface EndedCall
  extends Pick<CallState, 'agentVersion' | 'startedAt' | 'endedAt' | 'durationMs' | 'sentiment'> {
  readonly status: CallState['status']
  readonly outcome: CallOutcome
  /** The agent asked for a tool in it. */
  readonly usedTool: boolean
}

/** One that ends as early as this has told nobody anything. */
const shortMs = 15 * SECOND

/** How long it took, as far as that is known. */
const lengthOf = ({ startedAt, endedAt, durationMs }: Omit<EndedCall, 'usedTool'>): number | undefined =>
  durationMs ?? (startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : undefined)

/** Whether it ended early enough to be a short one; one that failed never was a call. */
export const endedEarly = (call: Omit<EndedCall, 'usedTool'>): boolean =>
  call.status === 'ended' && (lengthOf(call) ?? Number.POSITIVE_INFINITY) <= shortMs

/** Counted by version, the highest first; those of which no version is known last. */
export const tallyVersions = (calls: readonly EndedCall[]): readonly VersionTally[] => {
  const tallies = new Map<number | undefined, VersionTally>()
  for (const call of calls) {
    const so = tallies.get(call.agentVersion) ?? none
    tallies.set(call.agentVersion, {
      retellVersion: call.agentVersion,
      calls: so.calls + 1,
      booked: so.booked + (call.outcome === 'booked' ? 1 : 0),
      failed: so.failed + (call.status === 'failed' ? 1 : 0),
      negative: so.negative + (call.sentiment?.toLowerCase() === 'negative' ? 1 : 0),
      short: so.short + (endedEarly(call) && !call.usedTool ? 1 : 0),
    })
  }
  return [...tallies.values()].toSorted((one, other) => (other.retellVersion ?? -1) - (one.retellVersion ?? -1))
}

const none = { calls: 0, booked: 0, failed: 0, negative: 0, short: 0 }
