import { ok } from 'neverthrow'
import { lastChangeAt } from '../../domain/booking/appointment.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after } from '../../domain/time.ts'
import { raiseAbout, unsyncedFor } from '../booking/settle-notes.ts'
import { isUnsettled, syncKey } from '../booking/sync-appointment.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { unhurried } from './look-later.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'clock'>

const portion = 100

/**
 * Has the calendar told what it has not heard, whatever became of the job that was to tell it, and names what it has not
 * heard for long. A job that waits stays the one that waits.
 */
export const tellUntold = async (ports: Needs, scope: CompanyScope): Promise<void> => {
  let cursor: string | undefined
  do {
    const page = await ports.store.read(scope, (tx) => tx.appointments.unsynced({ limit: portion, cursor }))
    const untold = page.items.filter(isUnsettled)
    if (untold.length > 0) {
      await ports.store.transact(scope, async (tx) => {
        for (const { id } of untold) await tellIn(tx, ports, id)
        return ok(undefined)
      })
    }
    cursor = page.next
  } while (cursor !== undefined)
}

const tellIn = async (tx: CompanyTx, { ids, clock }: Omit<Needs, 'store'>, id: AppointmentId): Promise<void> => {
  const now = clock.now()
  const present = await tx.appointments.find(id)
  if (!present || !isUnsettled(present)) return
  await tx.jobs.enqueue({
    ...{ id: ids.next('job'), kind: 'calendar-sync', payload: { appointment: id } },
    ...{ key: syncKey(id), runAt: unhurried(lastChangeAt(present), now), createdAt: now },
  })
  if (now >= after(lastChangeAt(present), unsyncedFor)) {
    await raiseAbout(tx, ids, present, 'appointment_unsynced', now)
  }
}
