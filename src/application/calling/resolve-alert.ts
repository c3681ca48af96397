import { err, ok, type Result } from 'neverthrow'
import type { AlertId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** Says that somebody has seen to it; the same trouble raises a new alert. */
export const resolveAlert =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, id: AlertId): Promise<Result<{ readonly resolvedAt: Instant }, NotFound>> =>
    store.transact(scope, async (tx): Promise<Result<{ readonly resolvedAt: Instant }, NotFound>> => {
      const now = clock.now()
      if (!(await tx.alerts.resolve(id, now))) return err({ kind: 'not-found' })
      tx.publish({ kind: 'alert', data: { alert_id: id, state: 'resolved' } })
      return ok({ resolvedAt: now })
    })
