import { after, DAY, type Instant, MINUTE } from '../../domain/time.ts'
import type { PlatformJobHandler } from '../jobs/job-handler.ts'
import type { LeftoverKind } from '../ports/housekeeping.ts'
import { answersAreKeptFor } from '../ports/idempotency.ts'
import type { Ports } from '../ports/ports.ts'

/** How long each of them is kept once it is over. Live events: a page that was away for longer reads itself anew. */
const keptFor: { readonly [Kind in LeftoverKind]: number } = {
  'done-jobs': 30 * DAY,
  'given-up-jobs': 90 * DAY,
  'idempotent-requests': answersAreKeptFor,
  'live-events': 7 * DAY,
  rings: DAY,
  suggestions: DAY,
  offers: DAY,
  'ended-holds': DAY,
  'ended-syncs': 90 * DAY,
  rehearsals: 90 * DAY,
  sessions: 0,
  'password-links': 0,
}
const kinds = Object.keys(keptFor) as readonly LeftoverKind[]

/** Rows of one commit: few, for others wait for it. */
const portion = 500
/** Less than the lease of a job. What is left then is left for a minute. */
const patienceMs = 60_000

/** Deletes what has been over for long enough, in portions. */
export const keepHouse =
  ({ housekeeping, realTime }: Pick<Ports, 'housekeeping' | 'realTime'>): PlatformJobHandler =>
  async (scope, _job, now: Instant) => {
    const deadline = realTime.deadlineIn(patienceMs)
    for (const kind of kinds) {
      const before = after(now, -keptFor[kind])
      for (let cleared = portion; cleared === portion; ) {
        if (deadline.left() === 0) return { kind: 'done', again: after(now, MINUTE) }
        cleared = await housekeeping.clear(scope, kind, before, portion)
      }
    }
    return { kind: 'done' }
  }
