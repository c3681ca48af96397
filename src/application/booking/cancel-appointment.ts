import { err, ok, type Result } from 'neverthrow'
import type { AlreadyOver } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { cancelIn, cancelPolicy, lockAppointment } from './cancel-in.ts'
import { type SeeingThrough, seenThrough } from './see-through.ts'

/**
 * Gives the time back. Cancelling twice is the same cancellation. People are not bound by what callers may still cancel;
 * the history says whether it was within the policies, and what they charge.
 */
export const cancelAppointment =
  (ports: SeeingThrough) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    id: AppointmentId,
    reason: string | undefined,
  ): Promise<Result<AppointmentView, NotFound | AlreadyOver>> => {
    const { store, clock } = ports
    const cancelled = await store.transact(
      scope,
      async (tx): Promise<Result<AppointmentView, NotFound | AlreadyOver>> => {
        const now = clock.now()
        const found = await lockAppointment(tx, id)
        if (!found) return err({ kind: 'not-found' })
        const asking = { call: undefined, customer: found.customer }
        const { kind, fee } = await cancelPolicy(tx, profile, found, asking, now)
        const by = { actor: scope.actor, reason, callId: undefined, withinPolicy: kind === 'allowed', fee }
        const cancelled = await cancelIn(tx, id, by, now)
        if (cancelled.isErr()) {
          return err(cancelled.error.kind === 'appointment-missing' ? { kind: 'not-found' } : cancelled.error)
        }
        const customer = cancelled.value.customer && (await tx.customers.find(cancelled.value.customer))
        return ok({ appointment: cancelled.value, customer })
      },
    )
    return cancelled.isErr() ? err(cancelled.error) : ok(await seenThrough(ports)(scope, profile, cancelled.value))
  }
