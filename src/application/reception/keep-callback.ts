import type { CompanyProfile } from '../../domain/company.ts'
import { type BranchId, type CallbackId, parseId } from '../../domain/ids.ts'
import { type Callback, isStanding } from '../../domain/reception/callback.ts'
import { dueBy } from '../../domain/reception/due-time.ts'
import type { Instant } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CompanyTx } from '../ports/store.ts'

export type NewCallback = Omit<
  Callback,
  'id' | 'state' | 'dueBy' | 'escalatedAt' | 'assignedTo' | 'createdAt' | 'priority'
> &
  Pick<Callback, 'priority'>

/** Where it is done, when that is known: whose hours count. */
export const whereOf = (profile: CompanyProfile, branch: BranchId | undefined) =>
  profile.branches.find(({ id }) => id === branch)

/** Under which an overdue one is alerted, until somebody did it. */
export const overdueKey = (id: CallbackId): string => `callback_overdue:${id}`

/** Promises it: kept, told to who watches, and looked after when it is due, all in one transaction. */
export const promiseCallback = async (
  tx: CompanyTx,
  ids: Ids,
  profile: CompanyProfile,
  promised: NewCallback,
  now: Instant,
): Promise<Callback> => {
  const callback: Callback = {
    ...promised,
    id: ids.next('callback'),
    state: 'open',
    dueBy: dueBy(promised.priority, now, whereOf(profile, promised.branch)),
    escalatedAt: undefined,
    assignedTo: undefined,
    createdAt: now,
  }
  await tx.callbacks.add(callback)
  await follow(tx, ids, callback, now)
  return callback
}

/** Stores one that was changed, and has it looked after at its moment as it is now. */
export const keepCallback = async (tx: CompanyTx, ids: Ids, callback: Callback, now: Instant): Promise<void> => {
  await tx.callbacks.save(callback)
  await follow(tx, ids, callback, now)
}

/** Who watches reads the rest under their own rights. */
export const tellOf = (tx: CompanyTx, { id, state }: Callback): void =>
  tx.publish({ kind: 'callback.updated', data: { callback_id: id, state } })

/** Does what was promised still wait for somebody? */
export const callbackStands = async (tx: CompanyTx, id: string): Promise<boolean> => {
  const parsed = parseId('callback', id)
  const callback = parsed.isOk() ? await tx.callbacks.find(parsed.value) : undefined
  return callback !== undefined && isStanding(callback)
}

/** A moment that was put off needs no word: the job looks and comes back. */
const follow = async (tx: CompanyTx, ids: Ids, callback: Callback, now: Instant): Promise<void> => {
  const { id } = callback
  tellOf(tx, callback)
  const key = `callback:${id}`
  if (!isStanding(callback)) {
    await tx.jobs.withdraw(key)
    const resolved = await tx.alerts.resolveKey(overdueKey(id), now)
    if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
    return
  }
  await tx.jobs.enqueue({
    id: ids.next('job'),
    kind: 'escalate-callback',
    payload: { callback: id },
    key,
    runAt: callback.dueBy,
    createdAt: now,
  })
}
