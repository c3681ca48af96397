import { ok } from 'neverthrow'
import { calendarChange, judgeBooking } from '../../domain/booking/agreement.ts'
import {
  type ActorName,
  type Appointment,
  agreed,
  lastChangeAt,
  moveAgreed,
  moveRefused,
  takesTime,
  turnedDown,
} from '../../domain/booking/appointment.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import { moveOwner } from '../../domain/booking/resource.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import { calmIn } from '../calendar/calendar-alerts.ts'
import type { Calendar, CalendarBooking, Placing } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { VendorCall } from '../ports/tool-calls.ts'
import type { CompanyScope } from '../scope.ts'
import { keepBooking } from './keep-booking.ts'
import { regretIn } from './regret.ts'
import { change, doubt, hosted, raise } from './settle-notes.ts'
import { tracedCalendar } from './traced-calendar.ts'

export type SettlingCalendars = Pick<Ports, 'store' | 'clock' | 'ids' | 'directory' | 'calendars' | 'realTime'>

export interface Settlement {
  /**
   * `again`: the calendar did not answer, or more has to be told. `turned-down`: what was noted will never stand, and whoever
   * waited while it was found out has yet to hear so.
   */
  readonly state: 'settled' | 'again' | 'turned-down'
  readonly calls: readonly VendorCall[]
}

const calendarActor: ActorName = { kind: 'job', name: 'calendar' }

/** Does the caller still wait for what becomes of it? Otherwise a no is put on the list of those to ring up, with the no itself. */
type Settling = SettlingCalendars & { readonly profile: CompanyProfile; readonly isAwaited: () => boolean }

/**
 * Brings the calendar of a vendor to what we keep, and then says what became of it. Doing it twice does nothing twice:
 * unless the appointment was made a moment ago, the calendar is asked what it has before it is told anything.
 */
export const settleAppointment = (ports: SettlingCalendars) => {
  const { store, directory, calendars } = ports

  return async (
    scope: CompanyScope,
    id: AppointmentId,
    age: 'just-made' | 'older',
    isAwaited: () => boolean = () => false,
  ): Promise<Settlement> => {
    const profile = await directory.profile(scope.company)
    const calendar = profile && calendars.of(profile)
    const known = await store.read(scope, async (tx) => {
      const appointment = await tx.appointments.find(id)
      if (!appointment) return undefined
      const customer = appointment.customer && (await tx.customers.find(appointment.customer))
      return {
        appointment,
        customer: customer || undefined,
        known: (await tx.calendarBookings.ofAppointment(id)).filter(isLive),
      }
    })
    if (!profile || !known) return { state: 'settled', calls: [] }
    const placing = placingOf(profile, known)
    if (!calendar) return settleAlone(ports, scope, known.appointment, placing)
    if (!placing) return leaveToPeople(ports, scope, known.appointment)

    const traced = tracedCalendar(calendar, ports.realTime)
    const settling = { ...ports, profile, isAwaited }
    switch (calendarChange(known.appointment)) {
      case 'none':
        return { state: 'settled', calls: [] }
      case 'place':
        return { state: await place(settling, scope, traced.calendar, placing, age), calls: traced.calls }
      case 'move':
        return { state: await moveThere(settling, scope, traced.calendar, placing), calls: traced.calls }
      case 'cancel':
        return { state: await callOff(ports, scope, traced.calendar, placing), calls: traced.calls }
    }
  }
}

/** A job that was made again in place of one that was given up knows nothing of what that one told the calendar. */
const isFresh = ({ clock }: SettlingCalendars, appointment: Appointment): boolean =>
  clock.now() < after(lastChangeAt(appointment), MINUTE)

const placingOf = (
  profile: CompanyProfile,
  { appointment, customer, known }: Pick<Placing, 'appointment' | 'customer' | 'known'>,
): Placing | undefined => {
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  const service = profile.services.find(({ id }) => id === appointment.service)
  const staff = profile.staff.find(({ id }) => id === appointment.staff)
  return branch && service && { appointment, branch, service, staff, customer, known }
}

/** No calendar of a vendor has to agree any more, so it is where it was to go. */
const settleAlone = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  { id, moving }: Appointment,
  placing: Placing | undefined,
): Promise<Settlement> => {
  const here = { kind: 'embedded', uid: undefined } as const
  const now = ports.clock.now()
  if (moving && placing) await settleMove(ports, scope, placing, (one) => moveAgreed(one, here, now))
  await change(ports, scope, id, (one) => agreed(one, here))
  await change(ports, scope, id, (one) => ({ ...one, sync: 'synced' }))
  return { state: 'settled', calls: [] }
}

/** Its branch or service is gone, so nothing can be told to the calendar in its words. */
const leaveToPeople = async (ports: SettlingCalendars, scope: CompanyScope, one: Appointment): Promise<Settlement> => {
  if (calendarChange(one) !== 'none') {
    await change(ports, scope, one.id, (found) => ({ ...found, sync: 'review' }))
    await raise(ports, scope, one, 'appointment_unsynced')
  }
  return { state: 'settled', calls: [] }
}

const place = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  age: 'just-made' | 'older',
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const isNew = age === 'just-made' && isFresh(ports, appointment)
  const askedAt = isNew ? ports.clock.now() : appointment.createdAt
  if (!isNew) {
    const there = await calendar.find(placing)
    if (there.isErr()) return doubt(ports, scope, appointment, there.error)
    const known = there.value && (await takeUp(ports, scope, calendar, placing, there.value, askedAt))
    if (known) return known
  }
  const placed = await calendar.place(placing)
  if (placed.isErr()) {
    return placed.error.kind === 'refused'
      ? lookAgain(ports, scope, calendar, placing)
      : doubt(ports, scope, appointment, placed.error)
  }
  const taken = await takeUp(ports, scope, calendar, placing, placed.value, askedAt)
  if (taken) return taken
  await raise(ports, scope, appointment, 'stale_booking')
  return lookAgain(ports, scope, calendar, placing)
}

/**
 * What becomes of the appointment with a booking that the calendar has. One of ours for another time is undone before
 * anything else is booked, unless somebody there moved it, who will have had a reason. Undefined: it is not ours.
 */
const takeUp = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  booking: CalendarBooking,
  askedAt: Instant,
): Promise<Settlement['state'] | undefined> => {
  const { appointment } = placing
  switch (await judge(ports, scope, booking, appointment, askedAt)) {
    case 'ours':
      if (isWithSomebodyElse(booking, appointment)) {
        return compensate(ports, scope, calendar, placing, booking, 'The calendar booked another colleague than asked.')
      }
      return isOfAnotherLength(booking, appointment)
        ? takeBack(ports, scope, calendar, placing, booking)
        : confirm(ports, scope, calendar, placing, booking)
    case 'other-time':
      return booking.replaces === undefined
        ? compensate(ports, scope, calendar, placing, booking, 'The calendar booked another time than asked.')
        : showToPeople(ports, scope, appointment)
    case 'foreign':
      return undefined
  }
}

const showToPeople = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  appointment: Appointment,
): Promise<Settlement['state']> => {
  await change(ports, scope, appointment.id, (one) => ({ ...one, sync: 'review' }))
  await raise(ports, scope, appointment, 'booking_changed_by_calendar')
  return 'settled'
}

/** The calendar said no, or answered with another booking. It has been seen to say so of what it had just booked. */
const lookAgain = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const there = await calendar.find(placing)
  if (there.isErr()) return doubt(ports, scope, appointment, there.error)
  const { createdAt } = appointment
  const known = there.value && (await takeUp(ports, scope, calendar, placing, there.value, createdAt))
  return known ?? giveUp(ports, scope, appointment, 'The calendar does not have this time any more.')
}

/** It booked something else than was asked: that booking goes, and what was asked is not booked. */
const compensate = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  wrong: CalendarBooking,
  reason: string,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const undone = await calendar.cancel(wrong.uid, placing, reason)
  if (undone.isErr()) return showToPeople(ports, scope, appointment)
  return giveUp(ports, scope, appointment, reason)
}

/** One booking there belongs to one appointment here for ever, so what is known as another one's is not ours. */
const judge = async (
  { store }: SettlingCalendars,
  scope: CompanyScope,
  booking: CalendarBooking,
  appointment: Appointment,
  askedAt: Instant,
): Promise<ReturnType<typeof judgeBooking>> => {
  const known = await store.read(scope, (tx) => tx.calendarBookings.find(booking.uid))
  if (known?.appointment !== undefined && known.appointment !== appointment.id) return 'foreign'
  return judgeBooking(booking, appointment, askedAt)
}

/** A wished colleague is honoured or nothing is booked. */
const isWithSomebodyElse = ({ staff }: CalendarBooking, appointment: Appointment): boolean =>
  staff !== undefined && appointment.staff !== undefined && staff.id !== appointment.staff

/** Parts may end before the whole does. */
const isOfAnotherLength = ({ endsAt, parts }: CalendarBooking, appointment: Appointment): boolean =>
  parts === undefined && endsAt !== undefined && endsAt !== appointment.endsAt

/** The length of its event type was changed. The booking goes, and what was noted waits until somebody has mended that. */
const takeBack = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  wrong: CalendarBooking,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const undone = await calendar.cancel(wrong.uid, placing, 'Booked with another length than asked.')
  if (undone.isErr()) return showToPeople(ports, scope, appointment)
  return doubt(ports, scope, appointment, { kind: 'misconfigured', detail: 'The event type has another length.' })
}

const answerOf = ({ status }: CalendarBooking): 'accepted' | 'pending' =>
  status === 'pending' ? 'pending' : 'accepted'

const confirm = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  { appointment: { id }, service }: Placing,
  booking: CalendarBooking,
): Promise<Settlement['state']> => {
  const provider = { kind: calendar.kind, uid: booking.uid }
  const now = await change(
    ports,
    scope,
    id,
    (one) => agreed(one, provider, answerOf(booking)),
    async (tx, after) => {
      await keepBooking(tx, booking, id, ports.clock.now())
      await hosted(tx, after, booking.staff, service, ports.clock.now())
    },
  )
  return now && calendarChange(now) !== 'none' ? 'again' : 'settled'
}

const giveUp = async (
  ports: Settling,
  scope: CompanyScope,
  { id }: Appointment,
  reason: string,
): Promise<Settlement['state']> => {
  const now = ports.clock.now()
  let isNews = false
  let isAwaited = true
  await change(
    ports,
    scope,
    id,
    (one) => {
      isNews = one.status === 'pending'
      return turnedDown(one, calendarActor, reason, now)
    },
    async (tx, after) => {
      if (!takesTime(after)) await tx.occupancy.release(id)
      isAwaited = ports.isAwaited()
      if (isNews && !isAwaited) await regretIn(tx, ports.ids, ports.profile, after, now)
    },
  )
  return isNews && isAwaited ? 'turned-down' : 'settled'
}

/** Moves the booking. Whatever the calendar answers, what it has in the end decides; it is never booked anew. */
const moveThere = async (
  ports: Settling,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const { moving, provider } = appointment
  if (!moving || provider.uid === undefined) return settleMove(ports, scope, placing, moveRefused)
  const staff = ports.profile.staff.find(({ id }) => id === moving.to.staff)
  const target: Placing = { ...placing, staff, appointment: { ...appointment, ...moving.to } }
  const there = await calendar.find(placing)
  if (there.isErr()) return doubt(ports, scope, appointment, there.error)
  // At the same time a booking goes to nobody else: the calendar says who does it, and no move changes that.
  const present = there.value && isLive(there.value) ? there.value : undefined
  const isThere = present?.startsAt === moving.to.startsAt
  const isOnlyForAnother = isThere && moving.to.startsAt === appointment.startsAt && moving.to.staff !== undefined
  if (isOnlyForAnother && present.staff?.id !== moving.to.staff) {
    return settleMove(ports, scope, placing, moveRefused)
  }
  const answer = present && isThere ? ok(present) : await calendar.move(provider.uid, target)
  if (answer.isErr() && answer.error.kind !== 'refused') return doubt(ports, scope, appointment, answer.error)
  const found = answer.isOk() ? ok(answer.value) : await calendar.find(placing)
  if (found.isErr()) return doubt(ports, scope, appointment, found.error)
  const booking = found.value
  if (booking && isLive(booking) && booking.startsAt === moving.to.startsAt) {
    const now = ports.clock.now()
    const reference = { kind: calendar.kind, uid: booking.uid }
    return settleMove(ports, scope, placing, (one) => moveAgreed(one, reference, now, answerOf(booking)), booking)
  }
  if (booking && isLive(booking) && booking.startsAt === appointment.startsAt) {
    return settleMove(ports, scope, placing, moveRefused)
  }
  return showToPeople(ports, scope, appointment)
}

/** Ends a move one way or the other, and leaves the appointment the time it has then and no other. */
const settleMove = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  { appointment: { id }, service }: Placing,
  step: (appointment: Appointment) => Appointment,
  booking?: CalendarBooking,
): Promise<Settlement['state']> => {
  const now = await change(ports, scope, id, step, async (tx, after) => {
    if (booking) await keepBooking(tx, booking, id, ports.clock.now())
    if (after.moving !== undefined || !takesTime(after)) return
    await tx.occupancy.release(moveOwner(id))
    const time = staffTimeOf(service, after.startsAt)
    const claimed = await tx.occupancy.claim(id, after.resource, time, undefined, ports.clock.now())
    if (claimed.isErr()) throw new Error('The time of a moved appointment was not kept for it')
    await hosted(tx, after, booking?.staff, service, ports.clock.now())
  })
  return now && calendarChange(now) !== 'none' ? 'again' : 'settled'
}

const callOff = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const there = appointment.provider.uid === undefined ? await calendar.find(placing) : ok(appointment.provider)
  if (there.isErr()) return doubt(ports, scope, appointment, there.error)
  const uid = there.value?.uid
  if (uid !== undefined) {
    const cancelled = await calendar.cancel(uid, placing, appointment.history.at(-1)?.reason)
    if (cancelled.isErr()) return doubt(ports, scope, appointment, cancelled.error)
  }
  const settle = (one: Appointment): Appointment => ({ ...one, sync: 'synced' })
  // Whatever both sides did not agree on is over with the appointment.
  await change(ports, scope, appointment.id, settle, (tx, now) => calmIn(tx, now, ports.clock.now()))
  return 'settled'
}
