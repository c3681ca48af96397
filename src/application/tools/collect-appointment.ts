import type { ToolArguments } from './arguments.ts'
import { bookAppointment } from './book-appointment.ts'
import { checkAvailability } from './check-availability.ts'
import type { Tool } from './context.ts'

/** The older way with one tool for both: it checks until the caller has said yes, and then books. */
export const collectAppointment: Tool = async (context) => {
  if (context.args.isTrue('confirmed')) return bookAppointment(context)
  const answer = await checkAvailability({ ...context, args: asACheck(context.args) })
  return { ...answer, fields: { ...answer.fields, awaiting_confirmation: true } }
}

const asACheck = (args: ToolArguments): ToolArguments => ({
  ...args,
  text: (name) => args.text(name === 'for_name' ? 'customer_name' : name),
})
