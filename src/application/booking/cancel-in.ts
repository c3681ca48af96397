import { ok, type Result } from 'neverthrow'
import { type AlreadyOver, type Appointment, type ChangeRequest, cancel } from '../../domain/booking/appointment.ts'
import { cancellationsOf, mayCancel, type PolicyAnswer, quotaDays } from '../../domain/booking/policy.ts'
import { ownersOf } from '../../domain/booking/resource.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId, CallId, CustomerId } from '../../domain/ids.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import { callerOf } from '../calling/caller-of.ts'
import type { AppointmentMissing } from '../ports/booking.ts'
import type { CompanyTx } from '../ports/store.ts'
import { closeGaps } from './blocked-times.ts'
import { announce } from './book.ts'

/** The appointment as it is now, and nobody else's to change until the transaction ends. */
export const lockAppointment = async (tx: CompanyTx, id: AppointmentId): Promise<Appointment | undefined> =>
  (await tx.appointments.change<never>(id, (one) => ok(one))).unwrapOr(undefined)

/** The one place where an appointment is called off. Its time is free again; cancelling twice is the same cancellation. */
export const cancelIn = async (
  tx: CompanyTx,
  id: AppointmentId,
  by: ChangeRequest,
  now: Instant,
): Promise<Result<Appointment, AlreadyOver | AppointmentMissing>> => {
  const cancelled = await tx.appointments.change<AlreadyOver>(id, (one) => cancel(one, by, now))
  if (cancelled.isErr()) return cancelled
  for (const owner of ownersOf(id)) await tx.occupancy.release(owner)
  await closeGaps(tx, cancelled.value, [cancelled.value.resource], now)
  announce(tx, cancelled.value)
  return cancelled
}

/** What the policies say to a cancellation, asked for by a call or at a desk. The quota is that of `customer`. */
export const cancelPolicy = async (
  tx: CompanyTx,
  profile: CompanyProfile,
  appointment: Appointment,
  asking: { readonly call: CallId | undefined; readonly customer: CustomerId | undefined },
  now: Instant,
): Promise<PolicyAnswer> => {
  const cancelledBefore = asking.customer === undefined ? 0 : await countOf(tx, profile, asking.customer, now)
  return mayCancel(profile.policies, appointment, { call: asking.call, cancelledBefore }, now)
}

/**
 * How often a customer cancelled by phone lately. Only a proven number changes what another call booked, so that counts;
 * what a call booked and called off itself counts if the number of that call was theirs and not only said.
 */
const countOf = async (tx: CompanyTx, profile: CompanyProfile, customer: CustomerId, now: Instant): Promise<number> => {
  const from = after(now, -quotaDays * DAY)
  const { items } = await tx.appointments.list({ customer, status: 'cancelled', from, limit: 200, cursor: undefined })
  const theirs = (await tx.customers.find(customer))?.phone
  const isTheirs = async (id: CallId | undefined): Promise<boolean> => {
    const call = id === undefined ? undefined : await tx.calls.find(id)
    const caller = call && callerOf(call, profile.company.country)
    return caller?.kind === 'visible' && caller.number === theirs
  }
  const counts = await Promise.all(
    cancellationsOf(items, now).map(({ booked, cancelled }) => booked !== cancelled || isTheirs(cancelled)),
  )
  return counts.filter(Boolean).length
}
