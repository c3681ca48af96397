import type { Appointment } from '../../domain/booking/appointment.ts'
import type { AppointmentId, CallId } from '../../domain/ids.ts'
import type { CompanyTx } from '../ports/store.ts'

/** What a call booked, and what was there before and was changed in it: appointments that the effects of its tools name. */
export const touchedBy = async (
  tx: CompanyTx,
  call: CallId,
  effects: readonly string[],
): Promise<readonly Appointment[]> => {
  const booked = await tx.appointments.ofCall(call)
  const known = new Set<string>(booked.map(({ id }) => id))
  const changed = new Set(effects.flatMap((effect) => effect.split('@')[0] ?? []).filter(isAppointment))
  const others = await Promise.all([...changed].filter((id) => !known.has(id)).map((id) => tx.appointments.find(id)))
  return [...booked, ...others.flatMap((appointment) => appointment ?? [])]
}

const isAppointment = (id: string): id is AppointmentId => id.startsWith('apt_')
