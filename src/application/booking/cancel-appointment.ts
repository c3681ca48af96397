import { err, ok, type Result } from 'neverthrow'
import { type AlreadyOver, cancel } from '../../domain/booking/appointment.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { Ports } from '../ports/ports.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { announce } from './book.ts'

/** Gives the time back. Cancelling twice is the same cancellation. */
export const cancelAppointment =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (
    scope: CompanyScope,
    id: AppointmentId,
    reason: string | undefined,
  ): Promise<Result<AppointmentView, NotFound | AlreadyOver>> =>
    store.transact(scope, async (tx): Promise<Result<AppointmentView, NotFound | AlreadyOver>> => {
      const by = { actor: scope.actor, reason, callId: undefined }
      const cancelled = await tx.appointments.change<AlreadyOver>(id, (one) => cancel(one, by, clock.now()))
      if (cancelled.isErr()) {
        return err(cancelled.error.kind === 'appointment-missing' ? { kind: 'not-found' } : cancelled.error)
      }
      await tx.occupancy.release(id)
      announce(tx, cancelled.value)
      const customer = cancelled.value.customer && (await tx.customers.find(cancelled.value.customer))
      return ok({ appointment: cancelled.value, customer })
    })
