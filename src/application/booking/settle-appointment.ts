import { ok, type Result } from 'neverthrow'
import { calendarChange, judgeBooking } from '../../domain/booking/agreement.ts'
import {
  type ActorName,
  type Appointment,
  agreed,
  moveAgreed,
  moveRefused,
  takesTime,
  turnedDown,
} from '../../domain/booking/appointment.ts'
import { moveOwner } from '../../domain/booking/resource.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { Calendar, CalendarBooking, CalendarFailure, Placing } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VendorCall } from '../ports/tool-calls.ts'
import type { CompanyScope } from '../scope.ts'
import { announce } from './book.ts'
import { tracedCalendar } from './traced-calendar.ts'

export type SettlingCalendars = Pick<Ports, 'store' | 'clock' | 'ids' | 'directory' | 'calendars' | 'realTime'>

export interface Settlement {
  /** `again`: the calendar did not answer, or more has to be told. `turned-down`: what was noted will never stand. */
  readonly state: 'settled' | 'again' | 'turned-down'
  readonly calls: readonly VendorCall[]
}

const calendarActor: ActorName = { kind: 'job', name: 'calendar' }

/**
 * Brings the calendar of a vendor to what we keep, and then says what became of it. Doing it twice does nothing twice:
 * unless the appointment was made a moment ago, the calendar is asked what it has before it is told anything.
 */
export const settleAppointment = (ports: SettlingCalendars) => {
  const { store, directory, calendars } = ports

  return async (scope: CompanyScope, id: AppointmentId, age: 'just-made' | 'older'): Promise<Settlement> => {
    const profile = await directory.profile(scope.company)
    const calendar = profile && calendars.of(profile)
    const known = await store.read(scope, async (tx) => {
      const appointment = await tx.appointments.find(id)
      const customer = appointment?.customer && (await tx.customers.find(appointment.customer))
      return appointment && { appointment, customer: customer || undefined }
    })
    if (!profile || !known) return { state: 'settled', calls: [] }
    const placing = placingOf(profile, known)
    if (!calendar) return settleAlone(ports, scope, known.appointment)
    if (!placing) return leaveToPeople(ports, scope, known.appointment)

    const traced = tracedCalendar(calendar, ports.realTime)
    switch (calendarChange(known.appointment)) {
      case 'none':
        return { state: 'settled', calls: [] }
      case 'place':
        return { state: await place(ports, scope, traced.calendar, placing, age), calls: traced.calls }
      case 'move':
        return { state: await moveThere(ports, scope, traced.calendar, placing, profile), calls: traced.calls }
      case 'cancel':
        return { state: await callOff(ports, scope, traced.calendar, placing), calls: traced.calls }
    }
  }
}

const placingOf = (
  profile: CompanyProfile,
  { appointment, customer }: Pick<Placing, 'appointment' | 'customer'>,
): Placing | undefined => {
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  const service = profile.services.find(({ id }) => id === appointment.service)
  const staff = profile.staff.find(({ id }) => id === appointment.staff)
  return branch && service && { appointment, branch, service, staff, customer }
}

/** No calendar of a vendor has to agree any more. */
const settleAlone = async (ports: SettlingCalendars, scope: CompanyScope, { id }: Appointment): Promise<Settlement> => {
  await change(ports, scope, id, (one) => agreed(one, { kind: 'embedded', uid: undefined }))
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
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  age: 'just-made' | 'older',
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const askedAt = age === 'just-made' ? ports.clock.now() : appointment.createdAt
  if (age === 'older') {
    const there = await calendar.find(placing)
    if (there.isErr()) return doubt(ports, scope, appointment, there.error)
    if (there.value && judgeBooking(there.value, appointment, askedAt) === 'ours') {
      return confirm(ports, scope, calendar, appointment, there.value)
    }
  }
  const placed = await calendar.place(placing)
  if (placed.isErr()) {
    return placed.error.kind === 'refused'
      ? lookAgain(ports, scope, calendar, placing)
      : doubt(ports, scope, appointment, placed.error)
  }
  switch (judgeBooking(placed.value, appointment, askedAt)) {
    case 'ours':
      return confirm(ports, scope, calendar, appointment, placed.value)
    case 'foreign':
      await raise(ports, scope, appointment, 'stale_booking')
      return lookAgain(ports, scope, calendar, placing)
    case 'other-time':
      return compensate(ports, scope, calendar, placing, placed.value)
  }
}

/** The calendar said no, or answered with another booking. It has been seen to say so of what it had just booked. */
const lookAgain = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const there = await calendar.find(placing)
  if (there.isErr()) return doubt(ports, scope, appointment, there.error)
  if (there.value && judgeBooking(there.value, appointment, appointment.createdAt) === 'ours') {
    return confirm(ports, scope, calendar, appointment, there.value)
  }
  return giveUp(ports, scope, appointment, 'The calendar does not have this time any more.')
}

/** It was booked for another time than asked: that booking goes, and the time that was asked is not booked. */
const compensate = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  wrong: CalendarBooking,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const undone = await calendar.cancel(wrong.uid, placing, 'Booked for another time than asked.')
  if (undone.isErr()) {
    await change(ports, scope, appointment.id, (one) => ({ ...one, sync: 'review' }))
    await raise(ports, scope, appointment, 'booking_changed_by_calendar')
    return 'settled'
  }
  return giveUp(ports, scope, appointment, 'The calendar booked another time than asked.')
}

const confirm = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  { id }: Appointment,
  { uid }: CalendarBooking,
): Promise<Settlement['state']> => {
  const now = await change(ports, scope, id, (one) => agreed(one, { kind: calendar.kind, uid }))
  return now && calendarChange(now) !== 'none' ? 'again' : 'settled'
}

const giveUp = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  { id }: Appointment,
  reason: string,
): Promise<Settlement['state']> => {
  const now = ports.clock.now()
  const ended = await change(
    ports,
    scope,
    id,
    (one) => turnedDown(one, calendarActor, reason, now),
    async (tx, after) => {
      if (!takesTime(after)) await tx.occupancy.release(id)
    },
  )
  return ended && takesTime(ended) ? 'settled' : 'turned-down'
}

/** Moves the booking. Whatever the calendar answers, what it has in the end decides; it is never booked anew. */
const moveThere = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  calendar: Calendar,
  placing: Placing,
  profile: CompanyProfile,
): Promise<Settlement['state']> => {
  const { appointment } = placing
  const { moving, provider } = appointment
  if (!moving || provider.uid === undefined) return settleMove(ports, scope, placing, moveRefused)
  const staff = profile.staff.find(({ id }) => id === moving.to.staff)
  const target: Placing = { ...placing, staff, appointment: { ...appointment, ...moving.to } }
  const there = await calendar.find(placing)
  if (there.isErr()) return doubt(ports, scope, appointment, there.error)
  const isThere = there.value?.status !== 'cancelled' && there.value?.startsAt === moving.to.startsAt
  const answer = isThere && there.value ? ok(there.value) : await calendar.move(provider.uid, target)
  if (answer.isErr() && answer.error.kind !== 'refused') return doubt(ports, scope, appointment, answer.error)
  const found = answer.isOk() ? ok(answer.value) : await calendar.find(placing)
  if (found.isErr()) return doubt(ports, scope, appointment, found.error)
  const booking = found.value
  if (booking && booking.status !== 'cancelled' && booking.startsAt === moving.to.startsAt) {
    const now = ports.clock.now()
    const reference = { kind: calendar.kind, uid: booking.uid }
    return settleMove(ports, scope, placing, (one) => moveAgreed(one, reference, now))
  }
  if (booking && booking.status !== 'cancelled' && booking.startsAt === appointment.startsAt) {
    return settleMove(ports, scope, placing, moveRefused)
  }
  await change(ports, scope, appointment.id, (one) => ({ ...one, sync: 'review' }))
  await raise(ports, scope, appointment, 'booking_changed_by_calendar')
  return 'settled'
}

/** Ends a move one way or the other, and leaves the appointment the time it has then and no other. */
const settleMove = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  { appointment: { id }, service }: Placing,
  step: (appointment: Appointment) => Appointment,
): Promise<Settlement['state']> => {
  const now = await change(ports, scope, id, step, async (tx, after) => {
    if (after.moving !== undefined || !takesTime(after)) return
    await tx.occupancy.release(moveOwner(id))
    const time = staffTimeOf(service, after.startsAt)
    const claimed = await tx.occupancy.claim(id, after.resource, time, undefined, ports.clock.now())
    if (claimed.isErr()) throw new Error('The time of a moved appointment was not kept for it')
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
  await change(ports, scope, appointment.id, (one) => ({ ...one, sync: 'synced' }))
  return 'settled'
}

/** A calendar may be away for a while before it is worth a person's time. */
const unsyncedFor = 20 * MINUTE

/** Nobody knows what the calendar did. It stays as it is, is shown to staff, and is looked up before anything else. */
const doubt = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  appointment: Appointment,
  failure: CalendarFailure,
): Promise<Settlement['state']> => {
  // Whoever was faster may know by now.
  const unsure = (one: Appointment): Appointment => (calendarChange(one) === 'none' ? one : { ...one, sync: 'failed' })
  const now = await change(ports, scope, appointment.id, unsure)
  if (!now || calendarChange(now) === 'none') return 'settled'
  const lastChange = appointment.history.at(-1)?.at ?? appointment.createdAt
  if (failure.kind === 'misconfigured') await raise(ports, scope, appointment, 'calendar_down')
  else if (ports.clock.now() >= after(lastChange, unsyncedFor)) {
    await raise(ports, scope, appointment, 'appointment_unsynced')
  }
  return 'again'
}

/** `also` happens in the same transaction, and only if there is such an appointment. */
const change = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  id: AppointmentId,
  step: (appointment: Appointment) => Appointment,
  also: (tx: CompanyTx, after: Appointment) => Promise<void> = async () => {},
): Promise<Appointment | undefined> => {
  const changed = await ports.store.transact(scope, async (tx): Promise<Result<Appointment | undefined, never>> => {
    const now = await tx.appointments.change<never>(id, (one) => ok(step(one)))
    if (now.isErr()) return ok(undefined)
    await also(tx, now.value)
    if (now.value.sync === 'synced') await calm(tx, id, ports.clock.now())
    announce(tx, now.value)
    return ok(now.value)
  })
  return changed.isOk() ? changed.value : undefined
}

const cures: { readonly [Kind in AlertKind]?: string } = {
  stale_booking:
    'The calendar answered a new booking with an old one. Nothing was promised; look whether the time in the calendar is taken by somebody else.',
  booking_changed_by_calendar:
    'The calendar booked another time than asked, and that booking could not be undone. Remove it in the calendar by hand.',
  calendar_down: 'The calendar does not accept what we tell it. Check its key and the event type of the service.',
  appointment_unsynced:
    'An appointment has not reached the calendar yet. It is tried again; if this stays, look whether the calendar can be reached.',
}

const raise = async (
  ports: SettlingCalendars,
  scope: CompanyScope,
  { id, callId }: Appointment,
  kind: AlertKind,
): Promise<void> => {
  await ports.store.transact(scope, async (tx) => {
    const alert = ports.ids.next('alert')
    const isNew = await tx.alerts.raise({
      id: alert,
      key: alertKey(kind, id),
      kind,
      severity: 'warning',
      message: cures[kind] ?? '',
      callId,
      appointmentId: id,
      createdAt: ports.clock.now(),
    })
    if (isNew) tx.publish({ kind: 'alert', data: { alert_id: alert } })
    return ok(undefined)
  })
}

const alertKey = (kind: AlertKind, id: AppointmentId): string => `${kind}:${id}`

/** The calendar knows all: nobody has to look any more. */
const calm = async (tx: CompanyTx, id: AppointmentId, now: Instant): Promise<void> => {
  for (const kind of ['calendar_down', 'appointment_unsynced'] as const) {
    const resolved = await tx.alerts.resolveKey(alertKey(kind, id), now)
    if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
  }
}
