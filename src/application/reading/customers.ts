import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CustomerId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import { noteLook } from '../access/audited.ts'
import type { CallCard } from '../ports/calls.ts'
import type { Customer, VipMark } from '../ports/customers.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

export interface CustomerListing {
  readonly customer: Customer
  /** When their last appointment that took place began. */
  readonly lastVisit: Instant | undefined
  /** Undefined for whoever may not see it. */
  readonly vip: { readonly mark: VipMark | undefined } | undefined
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

/** Whether they are dear to the company, for whoever may see that. */
const vipOf = (scope: CompanyScope, marks: ReadonlyMap<CustomerId, VipMark>, id: CustomerId): CustomerListing['vip'] =>
  scope.seesVip ? { mark: marks.get(id) } : undefined

const marksOf = async (
  scope: CompanyScope,
  tx: CompanyTx,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, VipMark>> => (scope.seesVip ? tx.customers.vipMarks(ids) : new Map())

/** As it is shown beside something of this customer. */
export const vipMarkOf = async (scope: CompanyScope, tx: CompanyTx, id: CustomerId): Promise<CustomerListing['vip']> =>
  vipOf(scope, await marksOf(scope, tx, [id]), id)

type Needs = Pick<Ports, 'store' | 'clock' | 'ids'>

/** Written down with how many were shown. */
export const listCustomers =
  (ports: Needs) =>
  async (scope: CompanyScope, query: CustomerQuery): Promise<Page<CustomerListing>> => {
    const page = await ports.store.read(scope, async (tx) => {
      const { items, next } = await found(tx, query)
      const now = ports.clock.now()
      const marks = await marksOf(
        scope,
        tx,
        items.map(({ id }) => id),
      )
      const listings: CustomerListing[] = []
      for (const customer of items) {
        const lastVisit = await lastVisitOf(tx, customer.id, now)
        listings.push({ customer, lastVisit, vip: vipOf(scope, marks, customer.id) })
      }
      return { items: listings, next }
    })
    await noteLook(ports)(scope, { kind: 'customers.listed', facts: { count: page.items.length } })
    return page
  }

/** Written down for whom it was shown. */
export const customerDetail =
  (ports: Needs) =>
  async (scope: CompanyScope, id: CustomerId): Promise<CustomerDetail | undefined> => {
    const detail = await ports.store.read(scope, (tx) => detailOf(scope, tx, id, ports.clock.now()))
    if (detail) await noteLook(ports)(scope, { kind: 'customer.viewed', subject: { kind: 'customer', id } })
    return detail
  }

export const detailOf = async (
  scope: CompanyScope,
  tx: CompanyTx,
  id: CustomerId,
  now: Instant,
): Promise<CustomerDetail | undefined> => {
  const customer = await tx.customers.find(id)
  if (!customer) return undefined
  const calls = await tx.calls.list({ customer: id, limit: 50, cursor: undefined })
  const appointments = await tx.appointments.list({ customer: id, limit: 200, cursor: undefined })
  return {
    customer,
    lastVisit: await lastVisitOf(tx, id, now),
    vip: await vipMarkOf(scope, tx, id),
    calls: calls.items,
    appointments: appointments.items,
  }
}
