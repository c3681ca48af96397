import { demandsEmail } from '../../domain/booking/booking-parts.ts'
import type { Service, Staff } from '../../domain/company.ts'
import { parsePhoneNumber } from '../../domain/phone-number.ts'
import { understandEmail } from '../../domain/speech/spoken-email.ts'
import { isMailable } from '../mail/mailable.ts'
import type { ToolContext } from './context.ts'

/**
 * What the caller is asked where the calendar books nobody without an e-mail address and none is known. Once in a call:
 * who has none, or none that can be understood, is noted all the same, and people see to it. Undefined: nothing is asked.
 */
export const emailToAsk = async (
  context: ToolContext,
  service: Service,
  staff: Staff | undefined,
): Promise<string | undefined> => {
  const eventTypes = context.free?.eventTypes()
  if (!eventTypes || !demandsEmail(service, staff, eventTypes)) return undefined
  const said = context.args.text('customer_email')
  if (said !== undefined && understandEmail(said) !== undefined) return undefined
  if (isMailable((await whoBooks(context))?.email)) return undefined
  const asked = await context.tx.toolCalls.list(context.call.id)
  if (asked.some(({ status }) => status === 'needs_email')) return undefined
  return said === undefined ? context.words.needsEmail : context.words.whichEmail
}

/** Whose appointment it will be, as far as they are known. */
const whoBooks = async ({ tx, customer, caller, args, profile }: ToolContext) => {
  if (customer || caller.kind === 'visible') return customer
  const said = parsePhoneNumber(args.text('customer_phone') ?? '', profile.company.country)
  return said.isOk() ? tx.customers.byPhone(said.value) : undefined
}
