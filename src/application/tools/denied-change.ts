import type { Appointment } from '../../domain/booking/appointment.ts'
import type { PolicyAnswer } from '../../domain/booking/policy.ts'
import { spokenRemaining } from '../../domain/speech/say-remaining.ts'
import { appointmentFields, feeOf } from './appointment-words.ts'
import type { ToolAnswer, ToolContext } from './context.ts'
import { changePhrases } from './phrases-changes.ts'

/** A no of the policies, with its reason and what the change would cost, and somebody who calls back about it. */
export const deniedChange = (
  context: ToolContext,
  appointment: Appointment,
  doing: 'cancel' | 'move',
  { code, fee }: Extract<PolicyAnswer, { readonly kind: 'denied' }>,
): ToolAnswer => {
  const words = changePhrases[context.language]
  const { cancel, reschedule } = context.profile.policies
  const isHidden = context.caller.kind === 'hidden'
  const [hours, most] =
    doing === 'cancel'
      ? [cancel.hoursBefore, cancel.maxPer30Days]
      : [reschedule.hoursBefore, reschedule.maxPerAppointment]
  const left = spokenRemaining(context.language, appointment.startsAt - context.now)
  const messages: { readonly [Code in typeof code]: string } = {
    deadline_missed: words.deadlineMissed(doing, hours, left, isHidden),
    quota_exceeded: words.quotaExceeded(doing, most, isHidden),
    already_begun: words.alreadyBegun(isHidden),
  }
  return denied(context, appointment, code, messages[code], fee)
}

/** It is over, or its calendar has not answered yet: no policy has a say in that. */
export const notChangeable = (context: ToolContext, appointment: Appointment): ToolAnswer => {
  const message = changePhrases[context.language].notChangeable(context.caller.kind === 'hidden')
  return denied(context, appointment, `appointment_${appointment.status}`, message, 0)
}

const denied = (
  context: ToolContext,
  appointment: Appointment,
  code: string,
  message: string,
  fee: number,
): ToolAnswer => ({
  status: 'denied',
  message,
  fields: {
    reason_code: code,
    ...feeOf(context, fee).fields,
    appointment_id: appointment.id,
    appointment: appointmentFields(context, appointment),
    callback_offered: true,
    needs_phone: context.caller.kind === 'hidden',
  },
  resolved: { appointment_id: appointment.id },
})
