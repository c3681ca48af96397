import { err, ok, type Result } from 'neverthrow'
import { type AlreadyOver, type Appointment, move } from '../../domain/booking/appointment.ts'
import { inOrderOfTurn, isFree, type Slot } from '../../domain/booking/availability.ts'
import { endOf, segmentsOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { type Instant, localMoment } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { BookingNotOffered, CalendarUnreachable, InvalidInput, SlotTaken, TimeNotBookable } from '../failure.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { askingCalendar } from './ask-calendar.ts'
import { announce } from './book.ts'
import { refuse } from './free-instead.ts'
import { type Answer, desksOn, lookAt, type Search } from './search.ts'
import { resolveWanted } from './wanted.ts'

export interface Move {
  readonly startsAt: Instant | undefined
  /** Undefined: the same colleague. */
  readonly staff: Slug | undefined
}

export type MoveFailure =
  | NotFound
  | AlreadyOver
  | InvalidInput
  | BookingNotOffered
  | SlotTaken
  | TimeNotBookable
  | CalendarUnreachable

/** To another time, another colleague or both; the new time is taken in place of the old one, or nothing changes. */
export const moveAppointment =
  ({ store, clock, calendars }: Pick<Ports, 'store' | 'clock' | 'calendars'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    id: AppointmentId,
    to: Move,
  ): Promise<Result<AppointmentView, MoveFailure>> =>
    askingCalendar({ calendars }, profile, (free) =>
      store.transact(scope, async (tx): Promise<Result<AppointmentView, MoveFailure>> => {
        const now = clock.now()
        const found = await tx.appointments.find(id)
        if (!found) return err({ kind: 'not-found' })
        if (found.status !== 'confirmed') return err({ kind: 'already-over', status: found.status })
        const search = searchOf(profile, found, to.staff, free)
        if (search.isErr()) return err(search.error)
        const startsAt = to.startsAt ?? found.startsAt
        const answer =
          startsAt === found.startsAt
            ? await whoIsFreeAt(tx, search.value, startsAt, now)
            : await lookAt(tx, search.value, startsAt, now)
        if (answer.kind !== 'free') return err(await refuse(tx, search.value, startsAt, answer.kind, now))

        const { service } = search.value
        const { slot } = answer
        const claimed = await tx.occupancy.claim(id, slot.resource, staffTimeOf(service, startsAt), undefined, now)
        if (claimed.isErr()) return err(await refuse(tx, search.value, startsAt, 'taken', now))
        const place = {
          startsAt,
          endsAt: slot.endsAt,
          segments: segmentsOf(service, startsAt),
          staff: slot.staff?.id,
          resource: slot.resource,
        }
        const by = { actor: scope.actor, reason: undefined, callId: undefined }
        const moved = await tx.appointments.change<AlreadyOver>(id, (one) => move(one, place, by, now))
        if (moved.isErr()) {
          return err(moved.error.kind === 'appointment-missing' ? { kind: 'not-found' } : moved.error)
        }
        announce(tx, moved.value)
        const customer = moved.value.customer && (await tx.customers.find(moved.value.customer))
        return ok({ appointment: moved.value, customer })
      }),
    )

const searchOf = (
  profile: CompanyProfile,
  appointment: Appointment,
  wished: Slug | undefined,
  free: Search['free'],
): Result<Search, InvalidInput | BookingNotOffered> => {
  const slugOf = (things: readonly { readonly id: string; readonly slug: Slug }[], id: string | undefined) =>
    things.find((one) => one.id === id)?.slug
  return resolveWanted(profile, {
    branch: slugOf(profile.branches, appointment.branch) ?? '',
    service: slugOf(profile.services, appointment.service) ?? '',
    staff: wished ?? slugOf(profile.staff, appointment.staff),
  }).map((wanted) => ({
    profile,
    ...wanted,
    own: new Set([appointment.id]),
    call: undefined,
    free,
    whenDown: 'stop' as const,
  }))
}

/** The time itself was agreed before, so neither notice nor grid is asked about again. */
const whoIsFreeAt = async (tx: CompanyTx, search: Search, startsAt: Instant, now: Instant): Promise<Answer> => {
  const { date } = localMoment(startsAt, search.branch.timeZone)
  const desks = (await desksOn(tx, search, date, date, now))(date)
  const desk = inOrderOfTurn(desks).find((one) => isFree(one, search.service, startsAt))
  if (!desk) return { kind: 'taken' }
  const slot: Slot = { startsAt, endsAt: endOf(search.service, startsAt), resource: desk.resource, staff: desk.staff }
  return { kind: 'free', slot }
}
