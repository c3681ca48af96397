import { err, ok, type Result } from 'neverthrow'
import type { CustomerId } from '../../domain/ids.ts'
import type { Ports } from '../ports/ports.ts'
import { type CustomerDetail, detailOf } from '../reading/customers.ts'
import type { CompanyScope } from '../scope.ts'
import type { NotAllowed, NotFound } from './authenticate.ts'

export interface CustomerWish {
  /** Only for those who may see the mark. */
  readonly vip?: boolean | undefined
  /** Empty: none. */
  readonly notes?: string | undefined
}

/** Sets what people keep of a customer. A mark that is set already stays whose it was. */
export const changeCustomer =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  async (
    scope: CompanyScope,
    id: CustomerId,
    { vip, notes }: CustomerWish,
  ): Promise<Result<CustomerDetail, NotFound | NotAllowed>> =>
    store.transact(scope, async (tx): Promise<Result<CustomerDetail, NotFound | NotAllowed>> => {
      const customer = await tx.customers.find(id)
      if (!customer) return err({ kind: 'not-found' })
      const now = clock.now()
      if (vip !== undefined) {
        if (!scope.seesVip) return err({ kind: 'not-allowed', permission: 'customers.vip' })
        const isVip = (await tx.customers.vipMarks([id])).has(id)
        if (vip !== isVip) await tx.customers.setVip(id, vip ? { by: scope.actor, at: now } : undefined)
      }
      const text = notes?.trim()
      if (text !== undefined && text !== (customer.notes ?? '')) {
        await tx.customers.save({ ...customer, notes: text === '' ? undefined : text })
      }
      const detail = await detailOf(scope, tx, id, now)
      return detail ? ok(detail) : err({ kind: 'not-found' })
    })

/** Is there such a customer? Shows nothing of them. */
export const hasCustomer =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: CustomerId): Promise<boolean> =>
    store.read(scope, async (tx) => (await tx.customers.find(id)) !== undefined)
