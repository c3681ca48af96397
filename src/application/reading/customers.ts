import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CustomerId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { CallCard } from '../ports/calls.ts'
import type { Customer } from '../ports/customers.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

export interface CustomerListing {
  readonly customer: Customer
  /** When their last appointment that took place began. */
  readonly lastVisit: Instant | undefined
}

export interface CustomerDetail extends CustomerListing {
  /** The newest, at most 50. */
  readonly calls: readonly CallCard[]
  /** By start, oldest first, at most 200. */
  readonly appointments: readonly Appointment[]
}

/** With a number or an e-mail only whose it is, in one page. */
export interface CustomerQuery extends PageRequest {
  readonly phone?: PhoneNumber
  readonly email?: string
}

const lastVisitOf = async (tx: CompanyTx, customer: CustomerId, now: Instant): Promise<Instant | undefined> =>
  (await tx.appointments.pastOf(customer, now)).find(({ status }) => status !== 'no_show')?.startsAt

const found = async (tx: CompanyTx, query: CustomerQuery): Promise<Page<Customer>> => {
  if (query.phone === undefined && query.email === undefined) return tx.customers.list(query)
  const byPhone = query.phone === undefined ? undefined : await tx.customers.byPhone(query.phone)
  const byEmail = query.email === undefined ? undefined : await tx.customers.byEmail(query.email)
  const items =
    byEmail?.filter(({ id }) => query.phone === undefined || id === byPhone?.id) ?? (byPhone ? [byPhone] : [])
  return { items: items.slice(0, query.limit), next: undefined }
}

export const listCustomers =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, query: CustomerQuery): Promise<Page<CustomerListing>> =>
    store.read(scope, async (tx) => {
      const { items, next } = await found(tx, query)
      const now = clock.now()
      const listings: CustomerListing[] = []
      for (const customer of items) listings.push({ customer, lastVisit: await lastVisitOf(tx, customer.id, now) })
      return { items: listings, next }
    })

export const customerDetail =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, id: CustomerId): Promise<CustomerDetail | undefined> =>
    store.read(scope, async (tx) => {
      const customer = await tx.customers.find(id)
      if (!customer) return undefined
      const calls = await tx.calls.list({ customer: id, limit: 50, cursor: undefined })
      const appointments = await tx.appointments.list({ customer: id, limit: 200, cursor: undefined })
      return {
        customer,
        lastVisit: await lastVisitOf(tx, id, clock.now()),
        calls: calls.items,
        appointments: appointments.items,
      }
    })
