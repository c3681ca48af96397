import { err, ok, type Result } from 'neverthrow'
import type { ActorName, Appointment, HistoryEntry } from '../../domain/booking/appointment.ts'
import { isLive, learnt } from '../../domain/booking/known-booking.ts'
import { moveOwner } from '../../domain/booking/resource.ts'
import { endOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { announce, newAppointment } from '../booking/book.ts'
import { cancelAppointment } from '../booking/cancel-appointment.ts'
import { lockAppointment } from '../booking/cancel-in.ts'
import { forgetSlots } from '../booking/remembered-slots.ts'
import type { SeeingThrough } from '../booking/see-through.ts'
import { syncKey } from '../booking/sync-appointment.ts'
import { resolveWanted } from '../booking/wanted.ts'
import type { Calendar, Placing } from '../ports/calendar.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { CompanyTx } from '../ports/store.ts'
import { resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { calmIn } from './calendar-alerts.ts'
import type { Decision, Difference, SettleDifference, SettleFailure } from './difference.ts'
import { differenceIn, findDifference } from './differences.ts'
import { learnAll, type Reconciling } from './reconcile.ts'
import { inTime } from './set-up/in-time.ts'
import { takeOverIn } from './take-over.ts'
import { takeTime } from './take-time.ts'

type Settling = SeeingThrough & Reconciling & { readonly patienceMs: number }

/** Where and for whom something is settled. */
interface Desk {
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
  readonly calendar: Calendar
}

/** Does what somebody decided, through the same doors as everything else, if it still fits. */
export const settleDifference =
  (ports: Settling): SettleDifference =>
  async (scope, about, decision) => {
    const profile = await ports.directory.profile(scope.company)
    const calendar = profile && ports.calendars.of(profile)
    const difference = await findDifference(ports, scope, about)
    if (!profile || !difference) return err({ kind: 'not-found' })
    const { decisions } = difference
    if (!calendar || !decisions.includes(decision.kind)) return err({ kind: 'decision-unfit', possible: decisions })
    const desk = { scope, profile, calendar }
    const settled =
      difference.kind === 'unmatched'
        ? await settleBooking(ports, desk, difference.booking, decision)
        : await settleAppointmentThere(ports, desk, difference, decision)
    if (settled.isErr()) return err(settled.error)
    return ok({ left: await findDifference(ports, scope, about) })
  }

const unreachable = err<never, SettleFailure>({ kind: 'calendar-unreachable' })
const settled: Result<void, SettleFailure> = ok()

const lookAt = async (ports: Settling, desk: Desk, uids: readonly string[]): Promise<Result<void, SettleFailure>> => {
  for (const uid of uids) {
    const askedAt = ports.clock.now()
    const there = await inTime(ports, desk.calendar.booking(uid))
    if (there.isErr()) return unreachable
    if (there.value) await learnAll(ports, desk, [there.value], askedAt)
  }
  return settled
}

const settleAppointmentThere = async (
  ports: Settling,
  desk: Desk,
  { view: { appointment }, bookings }: Exclude<Difference, { readonly kind: 'unmatched' }>,
  decision: Decision,
): Promise<Result<void, SettleFailure>> => {
  const { scope, profile } = desk
  const { id, provider } = appointment
  const live = bookings.filter(isLive)
  switch (decision.kind) {
    case 'look-again': {
      if (appointment.sync !== 'review') return hurry(ports, scope, id)
      return lookAt(ports, desk, [
        ...new Set([...(provider.uid === undefined ? [] : [provider.uid]), ...live.map(({ uid }) => uid)]),
      ])
    }
    case 'book-there':
      return changeDisputed(ports, desk, id, decision, 'placed-again', (one) => ({
        ...one,
        status: 'pending',
        sync: 'pending',
        provider: { ...one.provider, uid: undefined },
      }))
    case 'keep-ours':
      return changeDisputed(ports, desk, id, decision, 'upheld', (one) => ({ ...one, sync: 'synced' }))
    case 'cancel-there':
      return changeDisputed(ports, desk, id, decision, 'upheld', (one) => ({
        ...one,
        sync: 'pending',
        provider: { ...one.provider, uid: live.at(-1)?.uid ?? one.provider.uid },
      }))
    case 'cancel-here': {
      const cancelled = await cancelAppointment(ports)(scope, profile, id, undefined)
      if (cancelled.isErr()) return err({ kind: 'not-found' })
      await ports.store.transact(scope, async (tx): Promise<Result<void, never>> => {
        await calmIn(tx, appointment, ports.clock.now())
        return ok()
      })
      return settled
    }
    case 'take-over':
      return err({ kind: 'decision-unfit', possible: [] })
  }
}

/** The calendar is told at once what it has not heard. */
const hurry = async (
  { store, ids, clock }: Settling,
  scope: CompanyScope,
  id: AppointmentId,
): Promise<Result<void, SettleFailure>> => {
  const now = clock.now()
  const job = { id: ids.next('job'), kind: 'calendar-sync', payload: { appointment: id }, key: syncKey(id) } as const
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    await tx.jobs.enqueue({ ...job, runAt: now, createdAt: now })
    return ok()
  })
  return settled
}

/** Ends a dispute by somebody's word, which stands in the history; what it has is its own. Only while it is disputed. */
const changeDisputed = (
  { store, clock }: Settling,
  { scope, profile }: Desk,
  id: AppointmentId,
  decision: Decision,
  action: HistoryEntry['action'],
  step: (one: Appointment) => Appointment,
): Promise<Result<void, SettleFailure>> =>
  store.transact(scope, async (tx): Promise<Result<void, SettleFailure>> => {
    const now = clock.now()
    const present = await lockAppointment(tx, id)
    const difference = await differenceIn(tx, { appointment: id }, now)
    if (!present || !difference) return err({ kind: 'not-found' })
    if (!difference.decisions.includes(decision.kind)) {
      return err({ kind: 'decision-unfit', possible: difference.decisions })
    }
    const entry = { at: now, actor: scope.actor, action, from: undefined, to: undefined }
    const noted = { ...entry, reason: undefined, callId: undefined }
    const changed = await tx.appointments.change<never>(id, (one) =>
      ok({ ...step(one), moving: undefined, history: [...one.history, noted] }),
    )
    if (changed.isErr()) return err({ kind: 'not-found' })
    await tx.occupancy.release(moveOwner(id))
    const service = profile.services.find((one) => one.id === present.service)
    if (service && changed.value.status !== 'cancelled') {
      await takeTime(tx, id, changed.value.resource, staffTimeOf(service, changed.value.startsAt), now)
    }
    if (decision.kind !== 'cancel-there') await leaveBookings(tx, id, scope.actor)
    await calmIn(tx, changed.value, now)
    announce(tx, changed.value)
    return ok()
  })

/** What the calendar has of it is nobody's business any more, until something new is heard. */
const leaveBookings = async (tx: CompanyTx, id: AppointmentId, leftBy: ActorName): Promise<void> => {
  for (const one of await tx.calendarBookings.ofAppointment(id)) await tx.calendarBookings.save({ ...one, leftBy })
}

const settleBooking = async (
  ports: Settling,
  desk: Desk,
  booking: KnownCalendarBooking,
  decision: Decision,
): Promise<Result<void, SettleFailure>> => {
  const { scope, profile, calendar } = desk
  const { ids, clock, store } = ports
  switch (decision.kind) {
    case 'look-again':
      return lookAt(ports, desk, [booking.uid])
    case 'take-over': {
      const wanted = resolveWanted(profile, decision)
      if (wanted.isErr()) return err(wanted.error)
      const taken = await whileUnmatched(ports, scope, booking.uid, async (tx, present, now) => {
        await takeOverIn(tx, { ids, profile }, present, { ...wanted.value, actor: scope.actor }, now)
      })
      await forgetSlots(ports)(scope.company)
      return taken
    }
    case 'keep-ours':
      return whileUnmatched(ports, scope, booking.uid, (tx, present) =>
        tx.calendarBookings.save({ ...present, leftBy: scope.actor }),
      )
    case 'cancel-there': {
      const placing = strangerOf(ports, profile, booking, scope.actor)
      if (!placing) return err({ kind: 'decision-unfit', possible: ['look-again', 'keep-ours'] })
      const cancelled = await inTime(ports, calendar.cancel(booking.uid, placing, undefined))
      if (cancelled.isErr()) return unreachable
      await store.transact(scope, async (tx): Promise<Result<void, never>> => {
        const changedAt = clock.now()
        const known = (await tx.calendarBookings.find(booking.uid)) ?? booking
        await tx.calendarBookings.save(learnt(known, { ...known, status: 'cancelled', changedAt }))
        await resolveIn(tx, 'booking_changed_by_calendar', booking.uid, changedAt)
        return ok()
      })
      return settled
    }
    case 'book-there':
    case 'cancel-here':
      return err({ kind: 'decision-unfit', possible: [] })
  }
}

const whileUnmatched = (
  { store, clock }: Settling,
  scope: CompanyScope,
  uid: string,
  work: (tx: CompanyTx, present: KnownCalendarBooking, now: Instant) => Promise<void>,
): Promise<Result<void, SettleFailure>> =>
  store.transact(scope, async (tx): Promise<Result<void, SettleFailure>> => {
    const now = clock.now()
    const present = await tx.calendarBookings.find(uid)
    if (!present || !(await differenceIn(tx, { booking: uid }, now))) return err({ kind: 'not-found' })
    await work(tx, present, now)
    await resolveIn(tx, 'booking_changed_by_calendar', uid, now)
    return ok()
  })

/** What the calendar has to be told of a booking that is no appointment. */
const strangerOf = (
  { ids, clock }: Settling,
  { branches, services }: CompanyProfile,
  { eventType, startsAt, uid, createdAt }: KnownCalendarBooking,
  actor: ActorName,
): Placing | undefined => {
  const [branch, anyService] = [branches[0], services[0]]
  if (!branch || !anyService) return undefined
  const service = { ...anyService, segments: [], calcomEventTypeId: eventType }
  const slot = { startsAt, endsAt: endOf(service, startsAt), resource: service.id, staff: undefined }
  const nobody = { offer: undefined, customer: undefined, attendeeName: '', notes: undefined, callId: undefined }
  const booking = { branch, service, slot, actor, source: 'calendar', calendar: 'calcom', series: undefined } as const
  const there = { uid, status: 'accepted', bookedAt: createdAt } as const
  const appointment = newAppointment(ids.next('appointment'), { ...booking, ...nobody }, there, clock.now())
  return { appointment, branch, service, staff: undefined, customer: undefined }
}
