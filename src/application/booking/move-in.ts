import { err, type Result } from 'neverthrow'
import {
  type AlreadyOver,
  type Appointment,
  type ChangeRequest,
  move,
  requestMove,
} from '../../domain/booking/appointment.ts'
import { inOrderOfTurn, isFree, type Slot } from '../../domain/booking/availability.ts'
import { type Interval, subtract } from '../../domain/booking/interval.ts'
import { moveOwner } from '../../domain/booking/resource.ts'
import { endOf, segmentsOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { Service } from '../../domain/company.ts'
import { type Instant, localMoment } from '../../domain/time.ts'
import type { AppointmentMissing, TimeTaken } from '../ports/booking.ts'
import type { CompanyTx } from '../ports/store.ts'
import { closeGaps } from './blocked-times.ts'
import { announce } from './book.ts'
import { type Answer, desksOn, lookAt, type Search } from './search.ts'

/**
 * The one place where an appointment changes its time or colleague, with all its parts. The new time is taken in place
 * of the old one, or nothing changes; the database has the last word. `present` is locked before, so that whoever moves
 * and whoever cancels waits for the other before anything is taken.
 */
export const moveIn = async (
  tx: CompanyTx,
  present: Appointment,
  to: { readonly service: Service; readonly slot: Slot },
  by: ChangeRequest,
  now: Instant,
): Promise<Result<Appointment, AlreadyOver | AppointmentMissing | TimeTaken>> => {
  const { service, slot } = to
  const place = {
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    segments: segmentsOf(service, slot.startsAt),
    staff: slot.staff?.id,
    resource: slot.resource,
  }
  const isOurs = present.provider.kind === 'embedded'
  const step = (one: Appointment) => (isOurs ? move(one, place, by, now) : requestMove(one, place, by))
  const possible = step(present)
  if (possible.isErr()) return err(possible.error)
  const time = staffTimeOf(service, slot.startsAt)
  const claimed = isOurs
    ? await tx.occupancy.claim(present.id, slot.resource, time, undefined, now)
    : await tx.occupancy.claim(
        moveOwner(present.id),
        slot.resource,
        besides(present, service, slot, time),
        undefined,
        now,
      )
  if (claimed.isErr()) return err(claimed.error)
  const moved = await tx.appointments.change<AlreadyOver>(present.id, step)
  if (moved.isErr()) return moved
  await closeGaps(tx, present, [present.resource], now)
  announce(tx, moved.value)
  return moved
}

/** What it does not have already, where it stays with the same colleague. */
const besides = (
  { resource, startsAt }: Appointment,
  service: Service,
  slot: Slot,
  time: readonly Interval[],
): readonly Interval[] => (resource === slot.resource ? subtract(time, staffTimeOf(service, startsAt)) : time)

/** Can it go there? A time it has already was agreed before, so neither notice nor grid is asked about again. */
export const lookAtMove = async (
  tx: CompanyTx,
  search: Search,
  appointment: Pick<Appointment, 'startsAt'>,
  startsAt: Instant,
  now: Instant,
): Promise<Answer> => {
  if (startsAt !== appointment.startsAt) return lookAt(tx, search, startsAt, now)
  const [slot] = await freeAt(tx, search, startsAt, now)
  return slot ? { kind: 'free', slot } : { kind: 'taken' }
}

/** Everybody in our own book who could do it then, in order of turn. */
export const freeAt = async (
  tx: CompanyTx,
  search: Search,
  startsAt: Instant,
  now: Instant,
): Promise<readonly Slot[]> => {
  const { date } = localMoment(startsAt, search.branch.timeZone)
  const desks = (await desksOn(tx, search, date, date, now))(date)
  return inOrderOfTurn(desks)
    .filter((one) => isFree(one, search.service, startsAt))
    .map(({ resource, staff }) => ({ startsAt, endsAt: endOf(search.service, startsAt), resource, staff }))
}
