import type { CustomerId } from '../../domain/ids.ts'
import { parsePhoneNumber } from '../../domain/phone-number.ts'
import { understandEmail } from '../../domain/speech/spoken-email.ts'
import type { Customer } from '../ports/customers.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { ToolContext } from '../tools/context.ts'

/** What was not known of a customer yet is added; what is known stays as it is. */
export const filledIn = async (
  tx: CompanyTx,
  customer: Customer,
  { name, email }: { readonly name: string; readonly email: string | undefined },
): Promise<Customer> => {
  const more = { ...customer, name: customer.name === '' ? name : customer.name, email: customer.email ?? email }
  if (more.name !== customer.name || more.email !== customer.email) await tx.customers.save(more)
  return more
}

/**
 * Whose appointment it is. The customer is who calls, found again by their visible number; who comes may be somebody
 * else and never renames them. A number that was only said proves nothing: it is a way to reach, and finds or makes a
 * customer without changing what is known. Without any number a new customer is made, with no contact.
 */
export const customerFor = async (context: ToolContext, attendee: string): Promise<Customer | undefined> => {
  const { tx, ids, now, caller, customer, args, profile } = context
  const isOther = args.isTrue('for_someone_else')
  const email = ownEmail(context)
  if (customer) return filledIn(tx, customer, { name: isOther ? '' : attendee, email })
  const said = args.text('customer_phone')
  const spoken = said === undefined ? undefined : parsePhoneNumber(said, profile.company.country)
  const phone = caller.kind === 'visible' ? caller.number : spoken?.isOk() ? spoken.value : undefined
  return tx.customers.add({
    id: ids.next('customer'),
    name: isOther ? '' : attendee,
    phone,
    email,
    language: context.language,
    notes: undefined,
    firstSeenAt: now,
  })
}

/** An address that a caller says only after the booking is that of whose appointment it is. */
export const addEmail = async (context: ToolContext, id: CustomerId | undefined): Promise<void> => {
  const email = ownEmail(context)
  const customer = id && email !== undefined ? await context.tx.customers.find(id) : undefined
  if (customer) await filledIn(context.tx, customer, { name: '', email })
}

const ownEmail = ({ args }: ToolContext): string | undefined => {
  const written = args.text('customer_email')
  return written === undefined || args.isTrue('for_someone_else') ? undefined : understandEmail(written)
}
