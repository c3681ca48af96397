import { ok, type Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { ringUp } from './ring-up.ts'

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
  await ringUp(tx, ids, profile, appointment, { what: 'turned-down', priority: 'high' }, now)
}
