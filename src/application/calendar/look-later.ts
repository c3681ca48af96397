import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CompanyTx } from '../ports/store.ts'

/** Has the calendar asked for one booking once there is nothing in the way of believing what it says. */
export const lookLater = async (tx: CompanyTx, ids: Ids, uid: string, runAt: Instant, now: Instant): Promise<void> => {
  await tx.jobs.enqueue({
    ...{ id: ids.next('job'), kind: 'calendar-look', payload: { booking: uid } },
    ...{ key: `calendar-look:${uid}`, runAt, createdAt: now },
  })
}

/** The longer something has been so, the less it hurries: a minute to a quarter of an hour. */
export const unhurried = (since: Instant, now: Instant): Instant =>
  after(now, Math.min(15 * MINUTE, Math.max(MINUTE, Math.floor((now - since) / 2))))
