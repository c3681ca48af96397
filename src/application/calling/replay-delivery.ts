import { err, ok, type Result } from 'neverthrow'
import type { DeliveryId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { Delivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

export type NotReplayable = { readonly kind: 'not-replayable' }

/** Lets a worker look at a kept delivery again. What it says counts once, however often it is processed. */
export const replayDelivery =
  ({ inbox, clock }: Pick<Ports, 'inbox' | 'clock'>) =>
  async (scope: CompanyScope, id: DeliveryId): Promise<Result<Delivery, NotFound | NotReplayable>> => {
    const delivery = await inbox.of(scope).find(id)
    if (!delivery) return err({ kind: 'not-found' })
    if (delivery.outcome === 'refused' || delivery.outcome === 'ignored') return err({ kind: 'not-replayable' })
    const { outcome, stages } = delivery
    const again = outcome === 'dead' || outcome === 'failed' ? 'accepted' : outcome
    await inbox.settle([{ id, outcome: again, stages, dueAt: clock.now(), attempt: 0 }])
    return ok({ ...delivery, outcome: again, attempt: 0 })
  }
