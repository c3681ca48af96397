import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import { fold } from '../../domain/likeness.ts'
import { spokenList, spokenMoment, spokenMoney } from '../../domain/speech/say.ts'
import { isoWithOffset, type TimeZone } from '../../domain/time.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { ToolContext } from './context.ts'
import { changePhrases, type SpokenAppointment } from './phrases-changes.ts'
import { momentFields } from './written.ts'

interface Things {
  readonly branch: Branch | undefined
  readonly service: Service | undefined
  readonly staff: Staff | undefined
  readonly zone: TimeZone
}

/** What an appointment is about; what the company does not have any more is undefined. */
export const thingsOf = ({ profile }: Pick<ToolContext, 'profile'>, appointment: Appointment): Things => {
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  return {
    branch,
    service: profile.services.find(({ id }) => id === appointment.service),
    staff: profile.staff.find(({ id }) => id === appointment.staff),
    zone: branch?.timeZone ?? profile.company.timeZone,
  }
}

/** An appointment of the caller, complete enough to be spoken and to be named again. */
export const appointmentFields = (context: ToolContext, appointment: Appointment): JsonObject => {
  const { branch, service, staff } = thingsOf(context, appointment)
  return {
    id: appointment.id,
    appointment_id: appointment.id,
    ...placeFields(context, appointment),
    service: service?.name ?? null,
    service_slug: service?.slug ?? null,
    staff: staff?.name ?? null,
    staff_slug: staff?.slug ?? null,
    branch: branch?.name ?? null,
    branch_slug: branch?.slug ?? null,
    attendee_name: appointment.attendeeName,
    status: appointment.status,
    sync: appointment.sync,
  }
}

/** When an appointment is. */
export const placeFields = (context: ToolContext, appointment: Appointment): JsonObject => {
  const { zone } = thingsOf(context, appointment)
  return {
    ...momentFields(context.language, appointment.startsAt, zone),
    ends_at: isoWithOffset(appointment.endsAt, zone),
  }
}

/** As sentences speak of it. Who comes is named when it is not the recognised caller. */
export const spokenOf = (context: ToolContext, appointment: Appointment): SpokenAppointment => {
  const { service, staff, zone } = thingsOf(context, appointment)
  const caller = context.customer?.name ?? ''
  const isCaller = caller === '' || fold(caller) === fold(appointment.attendeeName)
  return {
    service: service?.name ?? '',
    when: spokenMoment(context.language, appointment.startsAt, zone),
    staff: staff?.name,
    attendee: isCaller ? undefined : appointment.attendeeName,
    isNoted: appointment.status === 'pending',
    isChecked: appointment.sync === 'review' || appointment.moving !== undefined,
  }
}

const mostSpoken = 3
const mostListed = 20

/** Several of the caller's appointments: three at most as words, in order of their start, all of them as data. */
export const listOf = (
  context: ToolContext,
  appointments: readonly Appointment[],
): { readonly list: string; readonly isAll: boolean; readonly data: Json } => {
  const { item } = changePhrases[context.language]
  const spoken = appointments.slice(0, mostSpoken).map((one) => item(spokenOf(context, one)))
  return {
    list: spokenList(context.language, spoken, 'and'),
    isAll: appointments.length <= mostSpoken,
    data: appointments.slice(0, mostListed).map((one) => appointmentFields(context, one)),
  }
}

/** `fee` in minor units, always; spoken only when there is one. */
export const feeOf = (
  { profile, language }: Pick<ToolContext, 'profile' | 'language'>,
  amount: number,
): { readonly spoken: string | undefined; readonly fields: JsonObject } => {
  const { currency } = profile.company
  return {
    spoken: amount === 0 ? undefined : spokenMoney(language, { amount, currency }),
    fields: { fee: amount, currency },
  }
}
