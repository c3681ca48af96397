import { ok, type Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
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
    if (!appointment) return ok()
    const now = clock.now()
    await tx.alerts.raise({
      id: ids.next('alert'),
      key: `booking_unknown_to_calendar:${id}`,
      kind: 'booking_unknown_to_calendar',
      severity: 'critical',
      message:
        'The calendar did not take an appointment that a customer was told is noted. Ring them up and agree on another time.',
      callId: appointment.callId,
      appointmentId: id,
      createdAt: now,
    })
    const number = await reachedAt(tx, appointment)
    if (number === undefined) return ok()
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
    return ok()
  })
}

const reasons = {
  de: (when: string) => `Der vorgemerkte Termin (${when}) kam nicht zustande.`,
  en: (when: string) => `The appointment that was noted (${when}) did not come about.`,
} as const

const reachedAt = async (tx: CompanyTx, { customer }: Appointment) =>
  customer === undefined ? undefined : (await tx.customers.find(customer))?.phone
