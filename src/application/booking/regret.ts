import { ok, type Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import type { Instant } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { promiseCallback } from '../reception/keep-callback.ts'
import type { CompanyScope } from '../scope.ts'

/** Somebody was told that it is noted, and now it is not: a person has to say so. */
export const regret = async (
  { store, ids, clock, directory }: Pick<Ports, 'store' | 'ids' | 'clock' | 'directory'>,
  scope: CompanyScope,
  id: AppointmentId,
): Promise<void> => {
  const profile = await directory.profile(scope.company)
  if (!profile) return
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const appointment = await tx.appointments.find(id)
    if (appointment) await regretIn(tx, ids, profile, appointment, clock.now())
    return ok()
  })
}

/** The same, in the transaction in which it shows. */
export const regretIn = async (
  tx: CompanyTx,
  ids: Ids,
  profile: CompanyProfile,
  appointment: Appointment,
  now: Instant,
): Promise<void> => {
  const { id } = appointment
  const alert = ids.next('alert')
  const isNew = await tx.alerts.raise({
    id: alert,
    key: `booking_unknown_to_calendar:${id}`,
    kind: 'booking_unknown_to_calendar',
    severity: 'critical',
    message:
      'The calendar did not take an appointment that a customer was told is noted. Ring them up and agree on another time.',
    callId: appointment.callId,
    appointmentId: id,
    createdAt: now,
  })
  if (isNew) tx.publish({ kind: 'alert', data: { alert_id: alert } })
  const number = await reachedAt(tx, appointment)
  if (number === undefined) return
  const zone = profile.branches.find(({ id: branch }) => branch === appointment.branch)?.timeZone
  const { language, timeZone } = profile.company
  const when = spokenMoment(language, appointment.startsAt, zone ?? timeZone)
  await promiseCallback(
    tx,
    ids,
    profile,
    {
      kind: 'callback',
      priority: 'high',
      customerName: appointment.attendeeName,
      phoneNumber: number,
      reason: reasons[language](when),
      message: undefined,
      preferredTimeWindow: undefined,
      branch: appointment.branch,
      service: appointment.service,
      callId: appointment.callId,
    },
    now,
  )
}

const reasons = {
  de: (when: string) => `Der vorgemerkte Termin (${when}) kam nicht zustande.`,
  en: (when: string) => `The appointment that was noted (${when}) did not come about.`,
} as const

const reachedAt = async (tx: CompanyTx, { customer }: Appointment) =>
  customer === undefined ? undefined : (await tx.customers.find(customer))?.phone
