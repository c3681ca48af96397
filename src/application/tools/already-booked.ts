import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Instant } from '../../domain/time.ts'
import { appointmentFields, spokenOf } from './appointment-words.ts'
import type { ToolAnswer, ToolContext } from './context.ts'

/** Whoever is to come has this appointment then already, and is asked whether another one is wanted all the same. */
export const alreadyBooked = (context: ToolContext, appointment: Appointment, wanted?: Instant): ToolAnswer => {
  const { id: _id, status: _standing, ...fields } = appointmentFields(context, appointment)
  const { when, service, attendee } = spokenOf(context, appointment)
  return {
    status: 'already_booked',
    message: context.words.alreadyBooked(when, service, attendee),
    fields: { ...fields, alternatives: [] },
    resolved: { appointment_id: appointment.id, ...(wanted === undefined ? {} : { wanted }) },
  }
}

/** Did the caller say yes to another one, after hearing in this call of the one that is there then? */
export const isWantedBesides = async (
  { tx, call, args }: Pick<ToolContext, 'tx' | 'call' | 'args'>,
  { id }: Appointment,
  wanted: Instant,
): Promise<boolean> =>
  args.isTrue('confirmed') &&
  (await tx.toolCalls.list(call.id)).some(
    ({ status, resolved }) =>
      status === 'already_booked' && resolved.appointment_id === id && resolved.wanted === wanted,
  )
