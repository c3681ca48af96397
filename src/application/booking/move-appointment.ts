import { err, ok, type Result } from 'neverthrow'
import { type AlreadyOver, type Appointment, isAt } from '../../domain/booking/appointment.ts'
import { keptColleague } from '../../domain/booking/kept-colleague.ts'
import { mayMove } from '../../domain/booking/policy.ts'
import { ownersOf } from '../../domain/booking/resource.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { BookingNotOffered, CalendarUnreachable, InvalidInput, SlotTaken, TimeNotBookable } from '../failure.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { askingCalendar } from './ask-calendar.ts'
import { lockAppointment } from './cancel-in.ts'
import { refuse } from './free-instead.ts'
import { lookAtMove, moveIn } from './move-in.ts'
import type { Search } from './search.ts'
import { type SeeingThrough, seenThrough } from './see-through.ts'
import { resolveWanted } from './wanted.ts'

export interface Move {
  readonly startsAt: Instant | undefined
  /** Undefined: the same colleague. */
  readonly staff: Slug | undefined
  readonly reason?: string | undefined
}

export type MoveFailure =
  | NotFound
  | AlreadyOver
  | InvalidInput
  | BookingNotOffered
  | SlotTaken
  | TimeNotBookable
  | CalendarUnreachable

/**
 * To another time, another colleague or both; the new time is taken in place of the old one, or nothing changes. People
 * are not bound by what callers may still move; the history says whether it was within the policies.
 */
export const moveAppointment =
  (ports: SeeingThrough) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    id: AppointmentId,
    to: Move,
  ): Promise<Result<AppointmentView, MoveFailure>> => {
    const { store, clock } = ports
    const moved = await askingCalendar(ports, profile, (free) =>
      store.transact(scope, async (tx): Promise<Result<AppointmentView, MoveFailure>> => {
        const now = clock.now()
        const found = await lockAppointment(tx, id)
        if (!found) return err({ kind: 'not-found' })
        if (found.status !== 'confirmed') return err({ kind: 'already-over', status: found.status })
        const search = searchOf(profile, found, to.staff, free)
        if (search.isErr()) return err(search.error)
        const startsAt = to.startsAt ?? found.startsAt
        const answer = await lookAtMove(tx, search.value, found, startsAt, now)
        if (answer.kind !== 'free') return err(await refuse(tx, search.value, startsAt, answer.kind, now))

        const { kind, fee } = mayMove(profile.policies, found, { call: undefined }, now)
        const by = { actor: scope.actor, reason: to.reason, callId: undefined, withinPolicy: kind === 'allowed', fee }
        const moved = await moveIn(tx, found, { service: search.value.service, slot: answer.slot }, by, now)
        if (moved.isErr()) {
          if (moved.error.kind === 'time-taken') return err(await refuse(tx, search.value, startsAt, 'taken', now))
          return err(moved.error.kind === 'appointment-missing' ? { kind: 'not-found' } : moved.error)
        }
        const customer = moved.value.customer && (await tx.customers.find(moved.value.customer))
        return ok({ appointment: moved.value, customer })
      }),
    )
    if (moved.isErr()) return err(moved.error)
    const view = await seenThrough(ports)(scope, profile, moved.value)
    return isRefused(moved.value, view) ? err({ kind: 'slot-taken', alternatives: [] }) : ok(view)
  }

/** The calendar was asked for another time and kept the old one. */
const isRefused = ({ appointment: before }: AppointmentView, { appointment: now }: AppointmentView): boolean =>
  before.moving !== undefined && now.moving === undefined && !isAt(now, before.moving.to, before)

const searchOf = (
  profile: CompanyProfile,
  appointment: Appointment,
  wished: Slug | undefined,
  free: Search['free'],
): Result<Search, InvalidInput | BookingNotOffered> => {
  const slugOf = (things: readonly { readonly id: string; readonly slug: Slug }[], id: string | undefined) =>
    things.find((one) => one.id === id)?.slug
  const service = profile.services.find(({ id }) => id === appointment.service)
  const staff = profile.staff.find(({ id }) => id === appointment.staff)
  return resolveWanted(profile, {
    branch: slugOf(profile.branches, appointment.branch) ?? '',
    service: service?.slug ?? '',
    staff: wished ?? (service && keptColleague(appointment, service, staff)?.slug),
  }).map((wanted) => ({
    profile,
    ...wanted,
    own: new Set(ownersOf(appointment.id)),
    moving: appointment.provider.uid,
    call: undefined,
    free,
    whenDown: 'stop' as const,
  }))
}
