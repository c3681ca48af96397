import { appointmentFields, listOf, spokenOf } from './appointment-words.ts'
import type { Tool } from './context.ts'
import { fitting, namingIn, ownAppointments, verificationNeeded } from './own-appointments.ts'
import { changePhrases } from './phrases-changes.ts'
import { refusal } from './resolve.ts'

/** The caller's own coming appointments. Whoever hides their number hears only of what this call booked. */
export const queryAppointments: Tool = async (context) => {
  const { args, language } = context
  const words = changePhrases[language]
  const naming = namingIn(args)
  const own = await ownAppointments(context)
  if (own.length === 0) {
    // A name is no proof: whoever asks for somebody by name under another number is told to be called back.
    const isOther = context.caller.kind === 'hidden' || naming.name !== undefined
    return isOther ? verificationNeeded(context) : refusal('none', words.none, { appointments: [] })
  }
  const found = fitting(context, own, naming)
  const { list, isAll, data } = listOf(context, found.length > 0 ? found : own)
  const [only] = found
  if (!only) return refusal('none', words.notThat(list, own.length), { appointments: [], others: data })
  return {
    status: 'found',
    message: found.length === 1 ? words.one(spokenOf(context, only)) : words.several(found.length, list, isAll),
    fields: {
      appointments: data,
      count: found.length,
      ...(found.length === 1 ? { appointment_id: only.id, appointment: appointmentFields(context, only) } : {}),
    },
  }
}
