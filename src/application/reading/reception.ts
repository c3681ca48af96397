import type { CallbackId } from '../../domain/ids.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import type { Wish } from '../../domain/reception/wish.ts'
import type { Instant } from '../../domain/time.ts'
import type { CallbackQuery, CallbackTally } from '../ports/callbacks.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { WishQuery, WishTally } from '../ports/wishes.ts'
import type { CompanyScope } from '../scope.ts'

/** A query of callbacks. What is due first comes first, or what is newest. */
export type CallbackRequest = CallbackQuery & { readonly order: 'due' | 'newest' }

export const listCallbacks =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, { order, ...query }: CallbackRequest): Promise<Page<Callback>> =>
    store.read(scope, (tx) => (order === 'due' ? tx.callbacks.listByDue(query) : tx.callbacks.list(query)))

export const findCallback =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: CallbackId): Promise<Callback | undefined> =>
    store.read(scope, (tx) => tx.callbacks.find(id))

/** How much waits for somebody at this moment. */
export const tallyCallbacks =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope): Promise<CallbackTally> =>
    store.read(scope, (tx) => tx.callbacks.tally(clock.now()))

export const listWishes =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, query: WishQuery): Promise<Page<Wish>> =>
    store.read(scope, (tx) => tx.wishes.list(query))

/** What was wanted in vain since a moment, by service, the most wanted first. */
export const tallyWishes =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, since: Instant): Promise<readonly WishTally[]> =>
    store.read(scope, (tx) => tx.wishes.tally(since))
