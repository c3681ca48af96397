import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { cancelIn, cancelPolicy, lockAppointment } from '../booking/cancel-in.ts'
import { appointmentFields, feeOf, spokenOf } from './appointment-words.ts'
import type { Tool, ToolAnswer, ToolContext } from './context.ts'
import { deniedChange, notChangeable } from './denied-change.ts'
import { chooseOwn, type Naming, namesNothing, namingIn } from './own-appointments.ts'
import { asItIs, askedLast, asking, wasAsked } from './pending-change.ts'
import { changePhrases } from './phrases-changes.ts'

const tool = 'cancel_appointment'

/** Calls an appointment of the caller off, after they said yes to exactly that. */
export const cancelAppointment: Tool = async (context) => {
  const { tx, args, call, customer, profile, now } = context
  const isConfirmed = args.isTrue('confirmed')
  const chosen = await chooseOwn(context, await namingOf(context, isConfirmed))
  if (chosen.isErr()) return chosen.error
  const present = isConfirmed ? await lockAppointment(tx, chosen.value.id) : chosen.value
  const appointment = present ?? chosen.value
  if (appointment.status === 'cancelled') return cancelled(context, appointment)
  if (!isAhead(appointment)) return notChangeable(context, appointment)

  const policy = await cancelPolicy(tx, profile, appointment, { call: call.id, customer: customer?.id }, now)
  if (policy.kind === 'denied') return deniedChange(context, appointment, 'cancel', policy)
  const change = { ...asItIs(appointment), fee: policy.fee }
  if (!isConfirmed || !(await wasAsked(context, tool, change))) {
    const { spoken, fields } = feeOf(context, policy.fee)
    return {
      status: 'needs_confirmation',
      message: changePhrases[context.language].confirmCancel(spokenOf(context, appointment), spoken),
      fields: {
        appointment_id: appointment.id,
        appointment: appointmentFields(context, appointment),
        ...fields,
        confirmation: { appointment_id: appointment.id, confirmed: true },
      },
      resolved: asking(change),
    }
  }
  const by = {
    actor: { kind: 'voice-agent', name: 'Retell' },
    reason: args.text('reason')?.slice(0, 500),
    callId: call.id,
    withinPolicy: true,
    fee: policy.fee,
  } as const
  const done = await cancelIn(tx, appointment.id, by, now)
  if (done.isErr()) return notChangeable(context, appointment)
  const answer = async (later: ToolContext) => cancelled(later, done.value)
  return { ...cancelled(context, done.value), afterwards: { appointment: appointment.id, answer } }
}

/** A bare yes is about what was asked last. */
const namingOf = async (context: ToolContext, isConfirmed: boolean): Promise<Naming> => {
  const naming = namingIn(context.args)
  if (!isConfirmed || !namesNothing(naming)) return naming
  const asked = await askedLast(context, tool)
  return { ...naming, id: typeof asked?.appointment_id === 'string' ? asked.appointment_id : undefined }
}

const cancelled = (context: ToolContext, appointment: Appointment): ToolAnswer => {
  const fee = feeOf(context, appointment.history.findLast(({ action }) => action === 'cancelled')?.fee ?? 0)
  return {
    status: 'cancelled',
    message: changePhrases[context.language].cancelled(spokenOf(context, appointment), fee.spoken),
    fields: {
      appointment_id: appointment.id,
      appointment: appointmentFields(context, appointment),
      ...fee.fields,
    },
    resolved: { appointment_id: appointment.id },
    effect: `${appointment.id}@cancelled`,
  }
}
