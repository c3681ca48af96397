import { ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import { parseId } from '../../domain/ids.ts'
import {
  type Callback,
  escalated,
  expired,
  expiryOf,
  isOverdue,
  isStanding,
  mustEscalate,
  mustExpire,
} from '../../domain/reception/callback.ts'
import type { Instant } from '../../domain/time.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import { summaryReaders } from '../mail/call-summary.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { overdueKey, tellOf } from './keep-callback.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'directory' | 'mailer'>

/**
 * Looks after a callback: when its moment comes and nobody did it, people are told; a week later it expires. It comes
 * back for each of these moments, wherever they were put meanwhile.
 */
export const escalateCallback =
  (ports: Needs): JobHandler =>
  async (scope, { payload }, now) => {
    const id = parseId('callback', String(payload.callback))
    if (id.isErr()) return { kind: 'given-up', error: 'It names no callback.' }
    const profile = await ports.directory.profile(scope.company)
    const looked = await ports.store.transact(scope, async (tx): Promise<Result<JobOutcome, never>> => {
      const callback = await tx.callbacks.open(id.value)
      if (!callback || !isStanding(callback)) return ok({ kind: 'done' })
      if (mustExpire(callback, now)) {
        await tx.callbacks.save(expired(callback))
        tellOf(tx, expired(callback))
        return ok({ kind: 'done' })
      }
      if (mustEscalate(callback, now)) await escalate(ports, tx, profile, callback, now)
      const until = isOverdue(callback, now) ? expiryOf(callback) : callback.dueBy
      return ok({ kind: 'postponed', until, error: undefined })
    })
    return looked.isOk() ? looked.value : { kind: 'done' }
  }

/** By an alert, on open pages, and by mail where there is a mail server. */
const escalate = async (
  { ids, mailer }: Needs,
  tx: CompanyTx,
  profile: CompanyProfile | undefined,
  callback: Callback,
  now: Instant,
): Promise<void> => {
  await tx.callbacks.save(escalated(callback, now))
  const alert = ids.next('alert')
  const isNew = await tx.alerts.raise({
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
  if (isNew) tx.publish({ kind: 'alert', data: { alert_id: alert } })
  tellOf(tx, callback)
  const readers = mailer && profile ? summaryReaders(profile, callback.branch) : []
  for (const position of readers.keys()) {
    await tx.jobs.enqueue({
      id: ids.next('job'),
      kind: 'callback-mail',
      payload: { callback: callback.id, position },
      key: `callback-mail:${callback.id}:${callback.dueBy}:${position}`,
      runAt: now,
      createdAt: now,
    })
  }
}
