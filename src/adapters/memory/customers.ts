import type { Customers } from '../../application/ports/customers.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

/** E-mail addresses are the same in any letter case. */
export const sameEmail = (one: string | undefined, other: string | undefined): boolean =>
  one?.trim().toLowerCase() === other?.trim().toLowerCase()

export const customersIn = (draft: Draft): Customers => {
  const byPhone = (phone: string) => draft.rows('customers').find((one) => one.phone === phone)
  return {
    find: async (id) => draft.row('customers', id),
    many: async (ids) => [...new Set(ids)].flatMap((id) => draft.row('customers', id) ?? []),
    byPhone: async (phone) => byPhone(phone),
    byEmail: async (email) => draft.rows('customers').filter((one) => one.email && sameEmail(one.email, email)),
    add: async (customer) => {
      const known = customer.phone && byPhone(customer.phone)
      if (known) return known
      if (draft.row('customers', customer.id)) throw new Error('A customer of this id is there already')
      draft.put('customers', customer.id, customer)
      return customer
    },
    save: async (customer) => {
      const holder = customer.phone && byPhone(customer.phone)
      if (holder && holder.id !== customer.id) throw new Error('The number is another customer’s')
      draft.put('customers', customer.id, customer)
    },
    list: async (query) =>
      pageOf(draft.rows('customers'), query, 'newest-first', ({ firstSeenAt, id }) => [firstSeenAt, id]),
    vipMarks: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const mark = draft.row('vipMarks', id)
          return mark ? [[id, mark] as const] : []
        }),
      ),
    setVip: async (id, mark) => {
      if (!draft.row('customers', id)) return false
      if (mark) draft.put('vipMarks', id, mark)
      else draft.remove('vipMarks', id)
      return true
    },
  }
}
