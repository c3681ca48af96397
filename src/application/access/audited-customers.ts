import type { AuditFacts } from '../../domain/access/audit-entry.ts'
import type { Customer, Customers } from '../ports/customers.ts'
import type { CompanyScope } from '../scope.ts'
import type { Note } from './audited.ts'

/** What people and programs change. What follows from a call or a calendar stands with that. */
export const watchedCustomers = (customers: Customers, { actor }: CompanyScope, note: Note): Customers => {
  if (actor.kind !== 'user' && actor.kind !== 'token') return customers
  return {
    ...customers,
    add: async (customer) => {
      const added = await customers.add(customer)
      const subject = { kind: 'customer', id: added.id } as const
      if (added.id === customer.id) note({ kind: 'customer.added', subject })
      return added
    },
    save: async (customer) => {
      const before = await customers.find(customer.id)
      await customers.save(customer)
      const facts = changedFields(before, customer)
      const subject = { kind: 'customer', id: customer.id } as const
      if (Object.keys(facts).length > 0) note({ kind: 'customer.changed', subject, facts })
    },
    setVip: async (id, mark) => {
      const isSet = await customers.setVip(id, mark)
      const subject = { kind: 'customer', id } as const
      if (isSet) note({ kind: 'customer.vip_changed', subject, facts: { vip: mark !== undefined } })
      return isSet
    },
  }
}

const fields = ['name', 'phone', 'email', 'language', 'notes'] as const

/** Which of them, and never what they were or are. */
const changedFields = (before: Customer | undefined, after: Customer): AuditFacts =>
  Object.fromEntries(
    fields
      .filter((field) => before?.[field] !== after[field])
      .map((field) => [field, after[field] === undefined ? 'removed' : 'written']),
  )
