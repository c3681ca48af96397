import { ok, type Result } from 'neverthrow'
import { parseId } from '../../domain/ids.ts'
import {
  escalated,
  expired,
  expiryOf,
  isOverdue,
  isStanding,
  mustEscalate,
  mustExpire,
} from '../../domain/reception/callback.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import type { Ports } from '../ports/ports.ts'
import { overdueKey, tellOf } from './keep-callback.ts'

/**
 * Looks after a callback: when its moment comes and nobody did it, people are told; a week later it expires. It comes
 * back for each of these moments, wherever they were put meanwhile.
 */
export const escalateCallback =
  ({ store, ids }: Pick<Ports, 'store' | 'ids'>): JobHandler =>
  async (scope, { payload }, now) => {
    const id = parseId('callback', String(payload.callback))
    if (id.isErr()) return { kind: 'given-up', error: 'It names no callback.' }
    const looked = await store.transact(scope, async (tx): Promise<Result<JobOutcome, never>> => {
      const callback = await tx.callbacks.open(id.value)
      if (!callback || !isStanding(callback)) return ok({ kind: 'done' })
      if (mustExpire(callback, now)) {
        await tx.callbacks.save(expired(callback))
        tellOf(tx, expired(callback))
        return ok({ kind: 'done' })
      }
      if (mustEscalate(callback, now)) {
        await tx.callbacks.save(escalated(callback, now))
        const alert = ids.next('alert')
        await tx.alerts.raise({
          id: alert,
          key: overdueKey(callback.id),
          kind: 'callback_overdue',
          severity: callback.priority === 'urgent' ? 'critical' : 'warning',
          message:
            'A promised callback is overdue and nobody has rung back. Call now, or take it over in the list of callbacks.',
          callId: callback.callId,
          appointmentId: undefined,
          createdAt: now,
        })
        tx.publish({ kind: 'alert', data: { alert_id: alert } })
        tellOf(tx, callback)
      }
      const until = isOverdue(callback, now) ? expiryOf(callback) : callback.dueBy
      return ok({ kind: 'postponed', until, error: undefined })
    })
    return looked.isOk() ? looked.value : { kind: 'done' }
  }
