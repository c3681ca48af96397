import type { Appointment } from '../../domain/booking/appointment.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { noteLook } from '../access/audited.ts'
import type { AppointmentQuery } from '../ports/booking.ts'
import type { Customer } from '../ports/customers.ts'
import type { Page } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** An appointment and whose it is. */
export interface AppointmentView {
  readonly appointment: Appointment
  readonly customer: Customer | undefined
}

export const listAppointments =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, query: AppointmentQuery): Promise<Page<AppointmentView>> =>
    store.read(scope, async (tx) => {
      const { items, next } = await tx.appointments.list(query)
      const customers = await tx.customers.many([...new Set(items.flatMap(({ customer }) => customer ?? []))])
      const byId = new Map(customers.map((one) => [one.id, one]))
      return {
        items: items.map((appointment) => ({
          appointment,
          customer: appointment.customer && byId.get(appointment.customer),
        })),
        next,
      }
    })

/** Written down for whom it was shown. */
export const appointmentDetail =
  (ports: Pick<Ports, 'store' | 'clock' | 'ids'>) =>
  async (scope: CompanyScope, id: AppointmentId): Promise<AppointmentView | undefined> => {
    const view = await ports.store.read(scope, async (tx) => {
      const appointment = await tx.appointments.find(id)
      if (!appointment) return undefined
      return { appointment, customer: appointment.customer && (await tx.customers.find(appointment.customer)) }
    })
    if (view) await noteLook(ports)(scope, { kind: 'appointment.viewed', subject: { kind: 'appointment', id } })
    return view
  }

/** Is there such an appointment? Shows nothing of it. */
export const hasAppointment =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: AppointmentId): Promise<boolean> =>
    store.read(scope, async (tx) => (await tx.appointments.find(id)) !== undefined)
