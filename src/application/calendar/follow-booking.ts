import { ok } from 'neverthrow'
import {
  type ActorName,
  type Appointment,
  agreed,
  type ChangeRequest,
  isAhead,
  lastChangeAt,
  type Place,
  turnedDown,
} from '../../domain/booking/appointment.ts'
import { bookingParts } from '../../domain/booking/booking-parts.ts'
import {
  attendance,
  type BookingNews,
  type BookingReport,
  bookingNews,
  cancelledThere,
  movedThere,
} from '../../domain/booking/calendar-word.ts'
import { isLive, wasMoved, whereabouts } from '../../domain/booking/known-booking.ts'
import { moveOwner, ownersOf } from '../../domain/booking/resource.ts'
import { endOf, segmentsOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile, Service } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import { closeGaps } from '../booking/blocked-times.ts'
import { announce } from '../booking/book.ts'
import { lockAppointment } from '../booking/cancel-in.ts'
import { regretIn } from '../booking/regret.ts'
import { ringUpWithoutMail } from '../booking/ring-up.ts'
import { syncKey } from '../booking/sync-appointment.ts'
import type { Ids } from '../ports/ambient.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { CompanyTx } from '../ports/store.ts'
import { resolveIn } from '../raise-alert.ts'
import { calmIn } from './calendar-alerts.ts'
import { disputeIn } from './dispute.ts'
import { knownHost } from './known-host.ts'
import { lookLater, unhurried } from './look-later.ts'
import { takeTime } from './take-time.ts'

export const calendarActor: ActorName = { kind: 'calendar', name: 'Cal.com' }

interface Following {
  readonly ids: Ids
  readonly profile: CompanyProfile
  readonly now: Instant
  readonly askedAt: Instant | undefined
}

/**
 * Brings an appointment to what is known of its bookings in the calendar; `seen` is the one just heard of. Nothing
 * happens where both sides say the same. What we ourselves are about to tell the calendar goes first.
 */
export const followBooking = async (
  tx: CompanyTx,
  following: Following,
  id: AppointmentId,
  seen: KnownCalendarBooking,
): Promise<'nothing' | 'changed' | 'waiting'> => {
  const { ids, now, askedAt } = following
  const glance = await tx.appointments.find(id)
  if (!glance || glance.provider.kind === 'embedded') return 'nothing'
  if (isUnderWay(glance)) return waitForUs(tx, following, glance, seen)
  const heard = await reportOf(tx, following, glance)
  if (heard === 'unheard') return 'waiting'
  if (heard === undefined) return 'nothing'
  const isLeft = seen.leftBy !== undefined
  if (heard === 'split') {
    if (isLeft || !isAhead(glance) || glance.endsAt <= now || glance.sync === 'review') return 'nothing'
    await disputeIn(tx, ids, glance, 'only-some-parts', now)
    return 'changed'
  }
  if (heard === 'foreign') {
    if (isLeft || glance.sync === 'review') return 'nothing'
    await disputeIn(tx, ids, glance, 'taken-by-another', now)
    return 'changed'
  }
  const news = bookingNews(glance, heard.report, now, askedAt)
  if (news === 'nothing' || (news === 'stands-there' && isLeft)) {
    // What it tells by itself may be older than our cancellation.
    const isOdd = glance.status === 'cancelled' && isLive(heard.report) && askedAt === undefined
    if (isOdd) await lookLater(tx, ids, heard.report.uid, after(now, 5 * MINUTE), now)
    return 'nothing'
  }
  const present = await lockAppointment(tx, id)
  if (!present || isUnderWay(present)) return 'nothing'
  return (await carryOut(tx, following, present, heard)) ? 'changed' : 'nothing'
}

const isUnderWay = ({ sync, moving }: Appointment): boolean =>
  sync === 'pending' || sync === 'failed' || (moving !== undefined && sync !== 'review')

/** Nothing is guessed: the calendar is told what we want first, and then asked for the booking. */
const waitForUs = async (
  tx: CompanyTx,
  { ids, now }: Following,
  appointment: Appointment,
  seen: KnownCalendarBooking,
): Promise<'waiting'> => {
  await tx.jobs.enqueue({
    ...{ id: ids.next('job'), kind: 'calendar-sync', payload: { appointment: appointment.id } },
    ...{ key: syncKey(appointment.id), runAt: now, createdAt: now },
  })
  await lookLater(tx, ids, seen.uid, unhurried(lastChangeAt(appointment), now), now)
  return 'waiting'
}

interface Heard {
  readonly report: BookingReport
  readonly reason: string | undefined
}

/**
 * What the calendar has of an appointment by now. `split`: some parts of it are otherwise than others. `foreign`: its booking became one of
 * another appointment. `unheard`: it became one that has to be asked for. Undefined: nothing is known.
 */
const reportOf = async (
  tx: CompanyTx,
  { ids, profile, now }: Following,
  appointment: Appointment,
): Promise<Heard | 'split' | 'foreign' | 'unheard' | undefined> => {
  const known = await tx.calendarBookings.ofAppointment(appointment.id)
  const service = profile.services.find((one) => one.id === appointment.service)
  if (service && bookingParts(service) && known.some(({ part }) => part !== undefined)) {
    return wholeReport(appointment, service, known)
  }
  const uid = appointment.provider.uid ?? known.findLast((one) => isLive(one) && couldBe(one, appointment))?.uid
  if (uid === undefined) return undefined
  const adopted = [...known]
  for (;;) {
    const place = whereabouts(adopted, uid)
    if (place.kind === 'heard') return heardOf(profile, place.booking)
    const next = await tx.calendarBookings.find(place.uid)
    if (next?.appointment !== undefined) {
      if (!isAhead(appointment)) return undefined
      const absorbed = await absorb(tx, now, next.appointment, appointment.id)
      if (absorbed.length === 0) return 'foreign'
      adopted.push(...absorbed)
      continue
    }
    if (!next) {
      await lookLater(tx, ids, place.uid, now, now)
      return 'unheard'
    }
    const ours = { ...next, appointment: appointment.id }
    await tx.calendarBookings.save(ours)
    await resolveIn(tx, 'booking_changed_by_calendar', ours.uid, now)
    adopted.push(ours)
  }
}

/**
 * What was taken for a booking of its own turns out to have come from this appointment: it is this one, and the other never was.
 * Empty: people have to do with the other one, so it stays.
 */
const absorb = async (
  tx: CompanyTx,
  now: Instant,
  other: AppointmentId,
  into: AppointmentId,
): Promise<readonly KnownCalendarBooking[]> => {
  const found = await lockAppointment(tx, other)
  const isOnlyTheirs = found?.source === 'calendar' && found.history.every(({ actor }) => actor.kind === 'calendar')
  if (!found || !isOnlyTheirs || other === into) return []
  const bookings = (await tx.calendarBookings.ofAppointment(other)).map((one) => ({ ...one, appointment: into }))
  for (const one of bookings) await tx.calendarBookings.save(one)
  const by = { actor: calendarActor, reason: undefined, callId: undefined }
  const ended = await change(tx, found, (one) => cancelledThere(one, by, now))
  await free(tx, found, now)
  await calmIn(tx, ended, now)
  announce(tx, ended)
  return bookings
}

/** What we asked for and never got a name of; another time was not asked for. */
const couldBe = ({ startsAt }: KnownCalendarBooking, appointment: Appointment): boolean =>
  appointment.status === 'cancelled' || startsAt === appointment.startsAt

const heardOf = (profile: CompanyProfile, booking: KnownCalendarBooking): Heard => {
  const { uid, startsAt, endsAt, status, isNoShow, reason, host } = booking
  const staff = knownHost(profile, host)?.id
  return { report: { uid, startsAt, endsAt, status, isNoShow, staff }, reason }
}

/**
 * All parts say the same, or it is split. Of a part that nothing was heard of yet nothing follows, unless the whole is called off: then any
 * part that stands is too much.
 */
const wholeReport = (
  appointment: Appointment,
  service: Service,
  known: readonly KnownCalendarBooking[],
): Heard | 'split' | undefined => {
  const ends = known.filter((one) => !wasMoved(one))
  const parts = (bookingParts(service) ?? []).map(({ key, offsetMinutes }) => ({
    startsAt: after(appointment.startsAt, offsetMinutes * MINUTE),
    all: ends.filter(({ part }) => part === key),
  }))
  const isOver = appointment.status === 'cancelled'
  if (!isOver && parts.some(({ all }) => all.length === 0)) return undefined
  const live = parts.flatMap(({ all }) => all.filter(isLive))
  const uid = appointment.provider.uid ?? live[0]?.uid ?? ''
  const whole = { uid, startsAt: appointment.startsAt, endsAt: undefined, staff: undefined }
  if (live.length === 0) {
    const reason = ends.find((one) => one.reason !== undefined)?.reason
    return { report: { ...whole, status: 'cancelled', isNoShow: false }, reason }
  }
  const isComplete = parts.every(({ startsAt, all }) => all.some((one) => isLive(one) && one.startsAt === startsAt))
  if (!isComplete && !isOver) return 'split'
  const status = live.some((one) => one.status === 'pending') ? 'pending' : 'accepted'
  return { report: { ...whole, status, isNoShow: live.some((one) => one.isNoShow) }, reason: undefined }
}

/** Several things may be new at once, such as another time and that a host accepted it. */
const carryOut = async (tx: CompanyTx, following: Following, present: Appointment, heard: Heard): Promise<boolean> => {
  let appointment = present
  for (let step = 0; step < 4; step += 1) {
    const news = bookingNews(appointment, heard.report, following.now, following.askedAt)
    if (news === 'nothing') break
    const before = appointment
    if (before.sync === 'review' && news !== 'agrees') await calmIn(tx, before, following.now)
    appointment = await steps[news](tx, following, appointment, heard)
    if (news === 'agrees' && appointment.sync === 'review') return before !== present
  }
  announce(tx, appointment)
  return true
}

type Step = (tx: CompanyTx, following: Following, appointment: Appointment, heard: Heard) => Promise<Appointment>

const change = async (
  tx: CompanyTx,
  { id }: Appointment,
  step: (one: Appointment) => Appointment,
): Promise<Appointment> => {
  const changed = await tx.appointments.change<never>(id, (one) => ok(step(one)))
  if (changed.isErr()) throw new Error('An appointment that was locked is gone')
  return changed.value
}

const byCalendar = ({ reason }: Heard): ChangeRequest => ({ actor: calendarActor, reason, callId: undefined })

const referenceTo = ({ report }: Heard) => ({ kind: 'calcom', uid: report.uid }) as const

const free = async (tx: CompanyTx, appointment: Appointment, now: Instant): Promise<void> => {
  for (const owner of ownersOf(appointment.id)) await tx.occupancy.release(owner)
  await closeGaps(tx, appointment, [appointment.resource], now)
}

const serviceOf = ({ services }: CompanyProfile, { service }: Appointment): Service | undefined =>
  services.find(({ id }) => id === service)

/** Takes the time that an appointment has now. Undefined: its service is gone, and nobody knows how long it is. */
const takeItsTime = async (tx: CompanyTx, { profile, now }: Following, one: Appointment) => {
  const service = serviceOf(profile, one)
  return service && takeTime(tx, one.id, one.resource, staffTimeOf(service, one.startsAt), now)
}

/** Whoever booked there is told by the calendar itself. */
const tellWhoBookedHere = async (
  tx: CompanyTx,
  { ids, profile, now }: Following,
  appointment: Appointment,
  what: 'cancelled' | 'moved',
): Promise<void> => {
  if (appointment.source !== 'calendar') await ringUpWithoutMail(tx, ids, profile, appointment, what, now)
}

const steps: { readonly [News in Exclude<BookingNews, 'nothing'>]: Step } = {
  agrees: async (tx, following, appointment) => {
    if (appointment.status !== 'cancelled' && appointment.endsAt > following.now) {
      const taken = await takeItsTime(tx, following, appointment)
      if (taken === 'shared' && appointment.staff !== undefined) return appointment
    }
    await tx.occupancy.release(moveOwner(appointment.id))
    await calmIn(tx, appointment, following.now)
    return change(tx, appointment, (one) => ({ ...one, moving: undefined, sync: 'synced' }))
  },
  accepted: (tx, _following, appointment, heard) => change(tx, appointment, (one) => agreed(one, referenceTo(heard))),
  'turned-down': async (tx, { ids, profile, now }, appointment, { reason }) => {
    const why = reason ?? 'The calendar did not take it.'
    const ended = await change(tx, appointment, (one) => turnedDown(one, calendarActor, why, now))
    await free(tx, appointment, now)
    // Whoever booked there is told by the calendar itself.
    if (ended.source !== 'calendar') await regretIn(tx, ids, profile, ended, now)
    return ended
  },
  cancelled: async (tx, following, appointment, heard) => {
    const { now } = following
    const ended = await change(tx, appointment, (one) => cancelledThere(one, byCalendar(heard), now))
    await free(tx, appointment, now)
    await tellWhoBookedHere(tx, following, ended, 'cancelled')
    return ended
  },
  moved: async (tx, following, appointment, heard) => {
    const { ids, profile, now } = following
    const { report } = heard
    const service = serviceOf(profile, appointment)
    const staff = report.staff ?? appointment.staff
    const place: Place = {
      startsAt: report.startsAt,
      endsAt: service
        ? endOf(service, report.startsAt)
        : after(report.startsAt, appointment.endsAt - appointment.startsAt),
      segments: service ? segmentsOf(service, report.startsAt) : shifted(appointment, report.startsAt),
      staff,
      resource: staff ?? appointment.resource,
    }
    const moved = await change(tx, appointment, (one) =>
      movedThere({ ...one, moving: undefined }, place, report, byCalendar(heard), now),
    )
    await tx.occupancy.release(moveOwner(appointment.id))
    const taken = await takeItsTime(tx, following, moved)
    await closeGaps(tx, appointment, [appointment.resource], now)
    if (moved.startsAt !== appointment.startsAt) await tellWhoBookedHere(tx, following, moved, 'moved')
    return taken === 'shared' && staff !== undefined ? disputeIn(tx, ids, moved, 'two-at-once', now) : moved
  },
  'no-show': (tx, { now }, appointment, heard) =>
    change(tx, appointment, (one) => attendance(one, true, byCalendar(heard), now)),
  attended: (tx, { now }, appointment, heard) =>
    change(tx, appointment, (one) => attendance(one, false, byCalendar(heard), now)),
  'stands-there': (tx, { ids, now }, appointment) => disputeIn(tx, ids, appointment, 'stands-there', now),
}

const shifted = ({ segments, startsAt }: Appointment, to: Instant): Appointment['segments'] =>
  segments.map((one) => ({
    ...one,
    startsAt: after(one.startsAt, to - startsAt),
    endsAt: after(one.endsAt, to - startsAt),
  }))
