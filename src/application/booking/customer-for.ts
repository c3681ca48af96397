import { parsePhoneNumber } from '../../domain/phone-number.ts'
import { understandEmail } from '../../domain/speech/spoken-email.ts'
import type { Customer } from '../ports/customers.ts'
import type { ToolContext } from '../tools/context.ts'

/**
 * Whose appointment it is. The customer is who calls, found again by their visible number; who comes may be somebody
 * else and never renames them. A number that was only said proves nothing: it is a way to reach, and finds or makes a
 * customer without changing what is known. Without any number a new customer is made, with no contact.
 */
export const customerFor = async (context: ToolContext, attendee: string): Promise<Customer | undefined> => {
  const { tx, ids, now, caller, customer, args, profile } = context
  if (customer) return customer
  const said = args.text('customer_phone')
  const spoken = said === undefined ? undefined : parsePhoneNumber(said, profile.company.country)
  const phone = caller.kind === 'visible' ? caller.number : spoken?.isOk() ? spoken.value : undefined
  const email = args.text('customer_email')
  const isOther = args.isTrue('for_someone_else')
  return tx.customers.add({
    id: ids.next('customer'),
    name: isOther ? '' : attendee,
    phone,
    email: email === undefined || isOther ? undefined : understandEmail(email),
    language: context.language,
    notes: undefined,
    firstSeenAt: now,
  })
}
