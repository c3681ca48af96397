import { err, ok, type Result } from 'neverthrow'
import type { AppointmentId, BranchId, CallId, CustomerId, SeriesId, ServiceId, StaffId } from '../ids.ts'
import type { Instant } from '../time.ts'
import type { Interval } from './interval.ts'
import type { ResourceId } from './resource.ts'
import type { StaffedSegment } from './service-time.ts'

export type AppointmentSource = 'phone' | 'dashboard' | 'calendar' | 'api'

/** Who did something: a person, the voice agent in a call, a program with a token, frontdesk itself, or the calendar of a vendor. */
export interface ActorName {
  readonly kind: 'user' | 'voice-agent' | 'token' | 'job' | 'calendar'
  readonly name: string
}

export interface HistoryEntry {
  readonly at: Instant
  readonly actor: ActorName
  /**
   * `turned-down`: the calendar did not take what we had noted, so it never stood. `upheld` and `placed-again`: what
   * somebody decided where the calendar had it otherwise.
   */
  readonly action: 'booked' | 'moved' | 'cancelled' | 'turned-down' | 'no-show' | 'attended' | 'upheld' | 'placed-again'
  readonly from: Instant | undefined
  readonly to: Instant | undefined
  readonly reason: string | undefined
  readonly callId: CallId | undefined
  /** The colleague before and after a move; both absent elsewhere, and for an appointment without one. */
  readonly fromStaff?: StaffId | undefined
  readonly toStaff?: StaffId | undefined
  /** Would a caller have been allowed to move or cancel it then? People at a desk may do it anyway. */
  readonly withinPolicy?: boolean | undefined
  /** What the policies charge for it, in minor units of the company's currency. Nothing is collected. */
  readonly fee?: number | undefined
}

/** Who changes an appointment, why, in which call, and what the policies say to it. */
export type ChangeRequest = Pick<HistoryEntry, 'actor' | 'reason' | 'callId' | 'withinPolicy' | 'fee'>

/**
 * How our side and the calendar's agree: `pending` is being told or asked, `failed` is tried again, `review` needs a
 * person, because nobody can know what the calendar did.
 */
export type SyncState = 'synced' | 'pending' | 'failed' | 'review'

/** The calendar that has it, and its name there once that calendar said so. */
export interface ProviderReference {
  readonly kind: 'embedded' | 'calcom'
  readonly uid: string | undefined
}

interface Core extends Interval {
  readonly id: AppointmentId
  readonly branch: BranchId
  readonly service: ServiceId
  readonly staff: StaffId | undefined
  readonly resource: ResourceId
  readonly customer: CustomerId | undefined
  /** Who comes. The customer is who called; they may be two people. */
  readonly attendeeName: string
  readonly segments: readonly StaffedSegment[]
  readonly source: AppointmentSource
  readonly callId: CallId | undefined
  readonly notes: string | undefined
  readonly createdAt: Instant
  readonly provider: ProviderReference
  readonly sync: SyncState
  /** The others of one weekly series. */
  readonly series: SeriesId | undefined
  /** Where it is to go once the calendar agrees; until then it stays where it is. */
  readonly moving: RequestedMove | undefined
  readonly history: readonly HistoryEntry[]
}

/** A move that the calendar of the company has not answered. */
export interface RequestedMove {
  readonly to: Place
  readonly by: ChangeRequest
}

/** Kept by us, not yet answered by the calendar of the company. Its time is taken all the same. */
export type Pending = Core & { readonly status: 'pending' }
export type Confirmed = Core & { readonly status: 'confirmed' }
export type Cancelled = Core & { readonly status: 'cancelled'; readonly cancelledAt: Instant }
export type Kept = Core & { readonly status: 'no_show' | 'completed' }
export type Appointment = Pending | Confirmed | Cancelled | Kept

export type AlreadyOver = { readonly kind: 'already-over'; readonly status: Appointment['status'] }

/**
 * The calendar has it: what was pending stands now, unless a host there has yet to accept it. What was called off
 * meanwhile has to be called off there as well.
 */
export const agreed = (
  appointment: Appointment,
  provider: ProviderReference,
  answer: 'accepted' | 'pending' = 'accepted',
): Appointment => {
  if (appointment.status !== 'pending') {
    return { ...appointment, provider, sync: appointment.status === 'cancelled' ? 'pending' : 'synced' }
  }
  const known = { ...appointment, provider, sync: 'synced' } as const
  return answer === 'accepted' ? { ...known, status: 'confirmed' } : known
}

/** The colleague who turns out to do it, once the calendar has said so. */
export const hostedBy = (appointment: Appointment, staff: StaffId): Appointment =>
  appointment.staff === staff ? appointment : { ...appointment, staff, resource: staff }

/** The calendar surely does not have it and will not take it. What was called off meanwhile stays so. */
export const turnedDown = (appointment: Appointment, actor: ActorName, reason: string, now: Instant): Appointment => {
  if (appointment.status !== 'pending') return { ...appointment, sync: 'synced' }
  const entry = { at: now, actor, reason, callId: undefined, from: appointment.startsAt, to: undefined }
  return {
    ...appointment,
    status: 'cancelled',
    cancelledAt: now,
    sync: 'synced',
    history: [...appointment.history, { ...entry, action: 'turned-down' }],
  }
}

/** When anybody last did something about it. */
export const lastChangeAt = ({ history, createdAt }: Pick<Appointment, 'history' | 'createdAt'>): Instant =>
  history.at(-1)?.at ?? createdAt

/** A cancelled appointment takes nobody's time; every other one does, its past included. */
export const takesTime = (appointment: Appointment): boolean => appointment.status !== 'cancelled'

/** Can it still be moved or cancelled? */
export const isAhead = (appointment: Appointment): appointment is Pending | Confirmed =>
  appointment.status === 'confirmed' || appointment.status === 'pending'

/** Another calendar has to be told of what was changed here. */
const afterChange = ({ provider }: Appointment): SyncState => (provider.kind === 'embedded' ? 'synced' : 'pending')

/** Cancelling twice is the same cancellation. */
export const cancel = (appointment: Appointment, by: ChangeRequest, now: Instant): Result<Cancelled, AlreadyOver> => {
  if (appointment.status === 'cancelled') return ok(appointment)
  if (!isAhead(appointment)) return err({ kind: 'already-over', status: appointment.status })
  return ok({
    ...appointment,
    status: 'cancelled',
    cancelledAt: now,
    sync: afterChange(appointment),
    moving: undefined,
    history: [
      ...appointment.history,
      { at: now, ...by, action: 'cancelled', from: appointment.startsAt, to: undefined },
    ],
  })
}

/** Where an appointment goes: a time and whose it takes. What it is stays. */
export type Place = Pick<Core, 'startsAt' | 'endsAt' | 'segments' | 'staff' | 'resource'>

/**
 * Has it gone there? At another time than before whoever does it is right, for the calendar of a vendor may have named
 * somebody else than was expected; and so is anybody where nobody was asked for.
 */
export const isAt = (
  appointment: Appointment,
  { startsAt, staff, resource }: Pick<Place, 'startsAt' | 'staff' | 'resource'>,
  before: Pick<Place, 'startsAt'>,
): boolean =>
  appointment.startsAt === startsAt &&
  (appointment.resource === resource || staff === undefined || before.startsAt !== startsAt)

/** Moving to where it is already is no move. Its time is claimed apart, in the same transaction. */
export const move = (
  appointment: Appointment,
  to: Place,
  by: ChangeRequest,
  now: Instant,
): Result<Confirmed, AlreadyOver> => {
  if (appointment.status !== 'confirmed') return err({ kind: 'already-over', status: appointment.status })
  if (appointment.startsAt === to.startsAt && appointment.resource === to.resource) return ok(appointment)
  return ok({
    ...appointment,
    ...to,
    history: [
      ...appointment.history,
      {
        at: now,
        ...by,
        action: 'moved',
        from: appointment.startsAt,
        to: to.startsAt,
        fromStaff: appointment.staff,
        toStaff: to.staff,
      },
    ],
  })
}

/** Where the calendar of a vendor has the last word: noted, and told to it. Until it agrees the old time stands. */
export const requestMove = (appointment: Appointment, to: Place, by: ChangeRequest): Result<Confirmed, AlreadyOver> => {
  if (appointment.status !== 'confirmed') return err({ kind: 'already-over', status: appointment.status })
  return ok({ ...appointment, moving: { to, by }, sync: 'pending' })
}

/** The calendar has it at the new time, where it does not stand as long as a host there has yet to accept it. */
export const moveAgreed = (
  appointment: Appointment,
  provider: ProviderReference,
  now: Instant,
  answer: 'accepted' | 'pending' = 'accepted',
): Appointment => {
  const there: Appointment = { ...appointment, provider }
  if (there.moving === undefined) return there
  const moved = move(there, there.moving.to, there.moving.by, now)
  if (moved.isErr()) return there
  const known = { ...moved.value, moving: undefined, sync: 'synced' } as const
  return answer === 'accepted' ? known : { ...known, status: 'pending' }
}

/** The calendar keeps it where it was. */
export const moveRefused = (appointment: Appointment): Appointment =>
  appointment.moving === undefined ? appointment : { ...appointment, moving: undefined, sync: 'synced' }
