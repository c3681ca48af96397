import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Appointments } from '../ports/booking.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx, Store } from '../ports/store.ts'

/** What a transaction did to an appointment, from its beginning to its end. */
export interface AppointmentChange {
  /** Undefined: it was just made. */
  readonly before: Appointment | undefined
  readonly now: Appointment
}

/** Does what a change makes necessary, in the transaction of the change. */
export type ChangeListener = (
  tx: CompanyTx,
  profile: CompanyProfile,
  change: AppointmentChange,
  now: Instant,
) => Promise<void>

/** The same store, in which whoever changes an appointment sets off what follows from it without having to think of it. */
export const onAppointmentChange = (
  { store, directory, clock }: Pick<Ports, 'store' | 'directory' | 'clock'>,
  listeners: readonly ChangeListener[],
): Store => ({
  ...store,
  transact: async (scope, work) => {
    const profile = await directory.profile(scope.company)
    return store.transact(scope, async (tx) => {
      const changes = new Map<AppointmentId, AppointmentChange>()
      const result = await work({ ...tx, appointments: watched(tx.appointments, changes) })
      if (result.isErr() || !profile) return result
      for (const change of changes.values()) {
        for (const listener of listeners) await listener(tx, profile, change, clock.now())
      }
      return result
    })
  },
})

const watched = (appointments: Appointments, changes: Map<AppointmentId, AppointmentChange>): Appointments => ({
  ...appointments,
  add: async (appointment) => {
    await appointments.add(appointment)
    changes.set(appointment.id, { before: undefined, now: appointment })
  },
  change: async (id, step) => {
    let before: Appointment | undefined
    const changed = await appointments.change(id, (one) => {
      before = one
      return step(one)
    })
    const known = changes.get(id)
    if (changed.isOk()) changes.set(id, { before: known ? known.before : before, now: changed.value })
    return changed
  },
})
