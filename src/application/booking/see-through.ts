import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { VendorCall } from '../ports/tool-calls.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { patienceMs } from './ask-calendar.ts'
import { settleAppointment } from './settle-appointment.ts'

/**
 * What has to happen outside the transaction that changed an appointment, as far as it can be done before the
 * deadline: the calendar is told. The rest is a job's. Undefined: nothing can have become of it.
 */
export type SeeThrough = (
  scope: CompanyScope,
  profile: CompanyProfile,
  id: AppointmentId,
  deadline: Deadline,
) => Promise<{ readonly vendorCalls: readonly VendorCall[] } | undefined>

export type SeeingThrough = Pick<Ports, 'store' | 'clock' | 'ids' | 'directory' | 'calendars' | 'realTime'>

export const seeThrough = (ports: SeeingThrough): SeeThrough => {
  const settle = settleAppointment(ports)
  return async (scope, profile, id, deadline) => {
    if (!ports.calendars.of(profile)) return undefined
    const settled = await deadline.within(settle(scope, id, 'just-made'))
    return settled === 'too-late' ? undefined : { vendorCalls: settled.calls }
  }
}

/** What a person at a desk or a program sees: the appointment once the calendar had its chance. */
export const seenThrough =
  (ports: SeeingThrough) =>
  async (scope: CompanyScope, profile: CompanyProfile, view: AppointmentView): Promise<AppointmentView> => {
    const { id } = view.appointment
    const news = await seeThrough(ports)(scope, profile, id, ports.realTime.deadlineIn(patienceMs))
    const appointment = news && (await ports.store.read(scope, (tx) => tx.appointments.find(id)))
    return appointment ? { ...view, appointment } : view
  }
