import type { CallState } from '../../domain/calling/call.ts'
import type { CallOutcome } from '../../domain/calling/outcome.ts'
import { SECOND } from '../../domain/time.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { VersionTally } from '../ports/releases.ts'

/** What is counted of an ended call. */
export interface EndedCall
  extends Pick<CallState, 'agentVersion' | 'startedAt' | 'endedAt' | 'durationMs' | 'sentiment'> {
  readonly status: CallState['status']
  readonly outcome: CallOutcome
  /** How often a tool was asked for in it, and how often that failed. */
  readonly toolCalls: number
  readonly toolFailures: number
  /** The agent was answered in it that it repeats itself. */
  readonly isLooping: boolean
}

/** The alert about each such call. Resolved or not, it is kept. */
export const loopingAlert = 'looping_agent' satisfies AlertKind

/** One that ends as early as this has told nobody anything. */
const shortMs = 15 * SECOND

/** How long it took, as far as that is known. */
const lengthOf = ({ startedAt, endedAt, durationMs }: EndedCall): number | undefined =>
  durationMs ?? (startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : undefined)

/** Whether it ended early without a tool having been asked; one that failed never was a call. */
const isShort = (call: EndedCall): boolean =>
  call.status === 'ended' && call.toolCalls === 0 && (lengthOf(call) ?? Number.POSITIVE_INFINITY) <= shortMs

/** Counted by version, the highest first; those of which no version is known last. */
export const tallyVersions = (calls: readonly EndedCall[]): readonly VersionTally[] => {
  const tallies = new Map<number | undefined, VersionTally>()
  for (const call of calls) {
    const so = tallies.get(call.agentVersion) ?? noCalls
    tallies.set(call.agentVersion, {
      retellVersion: call.agentVersion,
      calls: so.calls + 1,
      booked: so.booked + (call.outcome === 'booked' ? 1 : 0),
      failed: so.failed + (call.status === 'failed' ? 1 : 0),
      negative: so.negative + (call.sentiment?.toLowerCase() === 'negative' ? 1 : 0),
      short: so.short + (isShort(call) ? 1 : 0),
      looping: so.looping + (call.isLooping ? 1 : 0),
      withToolFailures: so.withToolFailures + (call.toolFailures > 0 ? 1 : 0),
      toolCalls: so.toolCalls + call.toolCalls,
      toolFailures: so.toolFailures + call.toolFailures,
    })
  }
  return [...tallies.values()].toSorted((one, other) => (other.retellVersion ?? -1) - (one.retellVersion ?? -1))
}

export const noTools = { toolCalls: 0, toolFailures: 0 }
export const noCalls: Omit<VersionTally, 'retellVersion'> = {
  ...{ calls: 0, booked: 0, failed: 0, negative: 0, short: 0, looping: 0, withToolFailures: 0 },
  ...noTools,
}
