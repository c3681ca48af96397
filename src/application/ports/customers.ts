import type { ActorName } from '../../domain/booking/appointment.ts'
import type { LanguageCode } from '../../domain/company.ts'
import type { CustomerId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

export interface Customer {
  readonly id: CustomerId
  readonly name: string
  /** Missing contact is undefined, never a placeholder. One customer per number and company. */
  readonly phone: PhoneNumber | undefined
  readonly email: string | undefined
  readonly language: LanguageCode | undefined
  readonly notes: string | undefined
  readonly firstSeenAt: Instant
}

/** Somebody who is dear to the company, as only a few may see. */
export interface VipMark {
  readonly by: ActorName
  readonly at: Instant
}

export interface Customers {
  readonly find: (id: CustomerId) => Promise<Customer | undefined>
  readonly many: (ids: readonly CustomerId[]) => Promise<readonly Customer[]>
  readonly byPhone: (phone: PhoneNumber) => Promise<Customer | undefined>
  readonly byEmail: (email: string) => Promise<readonly Customer[]>
  /** Stores a new customer; when the number is already somebody's, that customer is returned and nothing is stored. */
  readonly add: (customer: Customer) => Promise<Customer>
  readonly save: (customer: Customer) => Promise<void>
  readonly list: (query: PageRequest) => Promise<Page<Customer>>
  /** Of those who have one. It is no part of a customer, so that nobody gives it away by accident. */
  readonly vipMarks: (ids: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, VipMark>>
  /** Undefined takes it away. False: there is no such customer. */
  readonly setVip: (id: CustomerId, mark: VipMark | undefined) => Promise<boolean>
}
