import type { Appointment } from '../../domain/booking/appointment.ts'
import { attended, isLive, learnt, replacedOne, wasMoved } from '../../domain/booking/known-booking.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CalendarBooking } from '../ports/calendar.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { CompanyTx } from '../ports/store.ts'
import { raiseIn, resolveIn } from '../raise-alert.ts'
import { calendarActor, followBooking } from './follow-booking.ts'
import { knownHost } from './known-host.ts'
import { lookLater } from './look-later.ts'
import { type Meaning, meaningOf } from './meaning-of.ts'
import type { IsOthers } from './shared-account.ts'
import { takeOverIn } from './take-over.ts'

/** For whom something is learnt, and when. */
export interface Learning {
  readonly ids: Ids
  readonly profile: CompanyProfile
  readonly now: Instant
  /** When the calendar was asked for it. Undefined: it told by itself, perhaps long ago. */
  readonly askedAt: Instant | undefined
  readonly isOthers: IsOthers
}

/**
 * What came of hearing of a booking. `waiting`: what we ourselves are about to change there has to be settled first.
 * `unmatched`: it is no appointment of ours. `others`: another company's, of which nothing is kept.
 */
export type Lesson = 'nothing' | 'changed' | 'waiting' | 'unmatched' | 'others'

/**
 * The one place where something seen in the calendar changes our side, within a transaction. Whatever is seen may come
 * in any order, late and again: what is known of the booking is brought up to date first, and what follows from that for
 * its appointment is done once.
 */
export const learnBooking = async (tx: CompanyTx, learning: Learning, seen: CalendarBooking): Promise<Lesson> => {
  const { staff, parts: _itself, ...told } = seen
  const known = await tx.calendarBookings.find(seen.uid)
  const fresh: KnownCalendarBooking = {
    ...told,
    host: staff?.slug,
    appointment: undefined,
    seenAt: learning.now,
  }
  return consider(tx, learning, known, known ? learnt(known, fresh) : fresh)
}

/** Somebody did not come, or came after all. Of a booking that nothing is known of, that says nothing. */
export const learnAttendance = async (
  tx: CompanyTx,
  learning: Learning,
  uid: string,
  isNoShow: boolean,
  at: Instant,
): Promise<Lesson> => {
  const known = await tx.calendarBookings.find(uid)
  if (!known) {
    await lookLater(tx, learning.ids, uid, learning.now, learning.now)
    return 'waiting'
  }
  return consider(tx, learning, known, attended(known, isNoShow, at))
}

const consider = async (
  tx: CompanyTx,
  learning: Learning,
  known: KnownCalendarBooking | undefined,
  now: KnownCalendarBooking,
): Promise<Lesson> => {
  const owner = now.appointment ?? (await ownerOf(tx, now))
  if (owner === undefined && known === undefined && learning.isOthers(now.eventType)) return 'others'
  const booking = { ...now, appointment: owner, seenAt: learning.now }
  if (!known || !isSame(known, booking)) await tx.calendarBookings.save(booking)
  if (owner === undefined && learning.askedAt === undefined && (await cameFromCancelled(tx, booking))) {
    // A message says when it was made, and not when the booking was: perhaps before what it came from was called off.
    await lookLater(tx, learning.ids, booking.uid, learning.now, learning.now)
    return 'waiting'
  }
  const before = await closeChain(tx, booking)
  if (before !== undefined && before !== owner) {
    const lesson = await followBooking(tx, learning, before, booking)
    if (lesson !== 'nothing') return lesson
  }
  if (owner !== undefined) {
    if (known && known.appointment === undefined) {
      await resolveIn(tx, 'booking_changed_by_calendar', booking.uid, learning.now)
    }
    return followBooking(tx, learning, owner, booking)
  }
  return isAheadThere(booking, learning.now) ? stranger(tx, learning, booking, known === undefined) : 'nothing'
}

const isSame = (one: KnownCalendarBooking, other: KnownCalendarBooking): boolean =>
  JSON.stringify({ ...one, seenAt: 0 }, sorted) === JSON.stringify({ ...other, seenAt: 0 }, sorted)

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** The one that it came from is over, whatever is heard of that one later. Gives its appointment, if it had one. */
const closeChain = async (tx: CompanyTx, booking: KnownCalendarBooking): Promise<AppointmentId | undefined> => {
  const origin = replacedOne(booking)
  if (!origin) return undefined
  const known = await tx.calendarBookings.find(origin.uid)
  const appointment = known?.appointment ?? booking.appointment
  if (known && wasMoved(known) && known.appointment === appointment) return known.appointment
  await tx.calendarBookings.save({ ...(known ? learnt(known, origin) : origin), appointment })
  return known?.appointment
}

/**
 * That of the booking it came from, or that became it; else the one it names itself, if that has no other booking. Anybody who
 * books there can write our names into a booking.
 */
const ownerOf = async (tx: CompanyTx, booking: KnownCalendarBooking): Promise<AppointmentId | undefined> => {
  const { uid, replaces, reference, part } = booking
  const origin = replaces === undefined ? undefined : await tx.calendarBookings.find(replaces)
  if (origin?.appointment !== undefined) {
    const before = await tx.appointments.find(origin.appointment)
    if (before && !isBookedAgain(booking, before)) return before.id
    if (before) return undefined
  }
  const named = reference && (await tx.appointments.find(reference))
  if (!named || named.provider.kind === 'embedded') return undefined
  if (named.provider.uid === undefined || named.provider.uid === uid || part !== undefined) return named.id
  const others = await tx.calendarBookings.ofAppointment(named.id)
  return others.some((one) => one.replacedBy === uid) ? named.id : undefined
}

/** Called off for good, and booked anew from its cancellation: that is another appointment. */
const isBookedAgain = ({ createdAt }: KnownCalendarBooking, before: Appointment): boolean =>
  before.status === 'cancelled' && createdAt > before.cancelledAt

const cameFromCancelled = async (tx: CompanyTx, { replaces, reference }: KnownCalendarBooking): Promise<boolean> => {
  const origin = replaces === undefined ? undefined : await tx.calendarBookings.find(replaces)
  const id = origin?.appointment ?? (replaces === undefined ? undefined : reference)
  return id !== undefined && (await tx.appointments.find(id))?.status === 'cancelled'
}

const isAheadThere = (booking: KnownCalendarBooking, now: Instant): boolean =>
  isLive(booking) && (booking.endsAt ?? booking.startsAt) > now

/** Nobody here knows of it. It becomes an appointment if it is clear which, and otherwise waits for a person. */
const stranger = async (
  tx: CompanyTx,
  learning: Learning,
  booking: KnownCalendarBooking,
  isNew: boolean,
): Promise<Lesson> => {
  const { ids, profile, now } = learning
  if (booking.leftBy !== undefined) return 'unmatched'
  const named = booking.reference && (await tx.appointments.find(booking.reference))
  if (named && !(booking.replaces !== undefined && isBookedAgain(booking, named))) {
    // It may be a request of ours that was taken for lost.
    if (isNew) await lookLater(tx, ids, booking.uid, after(now, MINUTE), now)
    return secondOf(tx, learning, booking, named)
  }
  const host = knownHost(profile, booking.host)
  const meaning = meaningOf(profile, { eventType: booking.eventType, host })
  if (meaning.kind === 'one') {
    await takeOverIn(tx, { ids, profile }, booking, { ...meaning, actor: calendarActor }, now)
    return 'changed'
  }
  const message = unclear[meaning.kind](booking.eventType)
  await raiseIn(tx, ids, { kind: 'foreign_event_type', about: `booked-${booking.eventType ?? 'none'}`, message }, now)
  return 'unmatched'
}

const cure = 'Take it over on the page of the calendar connection, or with: frontdesk calendar differences'

const unclear: { readonly [Kind in Exclude<Meaning['kind'], 'one'>]: (eventType: number | undefined) => string } = {
  'no-service': (eventType) =>
    eventType === undefined
      ? `Something was booked in the calendar whose event type is gone there. ${cure}`
      : `Something was booked in the calendar for the event type ${eventType}, which no service names. Name it as calcom_event_type_id of a service. ${cure}`,
  'several-services': (eventType) =>
    `Something was booked in the calendar for the event type ${eventType}, which several services name. Give each service one of its own. ${cure}`,
  'only-a-part': (eventType) =>
    `Something was booked in the calendar for the event type ${eventType}, which is only a part of a service. Let nobody book it by itself there. ${cure}`,
  where: (eventType) =>
    `Something was booked in the calendar for the event type ${eventType}, and it does not follow in which branch. Name one branch under branches of its service, or its host's calcom_user_id. ${cure}`,
}

/** It carries the name of an appointment that has a booking already. Perhaps that one became it, so it is asked for. */
const secondOf = async (
  tx: CompanyTx,
  { ids, now }: Learning,
  booking: KnownCalendarBooking,
  named: Appointment,
): Promise<Lesson> => {
  if (named.provider.uid !== undefined) await lookLater(tx, ids, named.provider.uid, now, now)
  const message = `A booking in the calendar carries the name of an appointment that has another booking there. ${cure}`
  const kind = 'booking_changed_by_calendar'
  await raiseIn(tx, ids, { kind, about: booking.uid, message, appointment: named }, now)
  return 'unmatched'
}
