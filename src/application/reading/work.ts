import type { Offer } from '../../domain/booking/offer.ts'
import type { DeliveryId } from '../../domain/ids.ts'
import type { Alert } from '../ports/alarm.ts'
import type { Delivery, DeliveryQuery } from '../ports/inbox.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

type Needs = Pick<Ports, 'store' | 'clock'>

/** Times kept for calls now, earliest first. */
export const liveHolds =
  ({ store, clock }: Needs) =>
  (scope: CompanyScope): Promise<readonly Offer[]> =>
    store.read(scope, async (tx) =>
      (await tx.offers.live(clock.now())).toSorted((one, other) => one.startsAt - other.startsAt),
    )

export const listAlerts =
  ({ store }: Needs) =>
  (scope: CompanyScope, query: PageRequest & { readonly open?: boolean }): Promise<Page<Alert>> =>
    store.read(scope, (tx) => tx.alerts.list(query))

/** A company's own deliveries, and what its account keeps while nobody owns it. */
export const listDeliveries =
  ({ inbox }: Pick<Ports, 'inbox'>) =>
  (scope: CompanyScope, query: DeliveryQuery): Promise<Page<Delivery>> =>
    inbox.of(scope).list(query)

export const deliveryDetail =
  ({ inbox }: Pick<Ports, 'inbox'>) =>
  (scope: CompanyScope, id: DeliveryId): Promise<Delivery | undefined> =>
    inbox.of(scope).find(id)
