import { err, ok, type Result } from 'neverthrow'
import type { Calendar, CalendarBooking, CalendarFailure, Placing } from '../../application/ports/calendar.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import { isoUtc, MINUTE } from '../../domain/time.ts'
import type { VendorFailure } from '../vendor/json-client.ts'
import type { CalcomAccess } from './access.ts'
import { dataOf } from './connection.ts'
import { calendarFailure, complaintOf, isCancelledAlready, isUnknownThing } from './failures.ts'
import { bookingOfUid, bookingPath, bookingWithReference, lastOfChain } from './find-booking.ts'
import { bookingBody, eventTypeFor, minutesOf, noEventType, unfitFor, wrongLength } from './place.ts'
import { bookingOf } from './read-booking.ts'
import { oneOrManyBookings } from './wire.ts'

type Changes = Pick<Calendar, 'place' | 'move' | 'cancel'>

/** Everything that changes a booking. Nothing of it is said twice where nobody knows whether it was heard, except to cancel. */
export const changeBookings = (access: CalcomAccess): Changes => ({
  place: (placing) => place(access, placing),
  move: (uid, placing) => move(access, uid, placing),
  cancel: (uid, placing, reason) => cancel(access, uid, placing, reason),
})

const place = async (access: CalcomAccess, placing: Placing): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const { eventTypes, profile } = access
  const { appointment, service, staff } = placing
  const id = eventTypeFor(service, staff)
  if (id === undefined) return err(noEventType(service))
  const minutes = minutesOf(placing)
  const found = await eventTypes.find(id, (one) => unfitFor(one, minutes, profile) === undefined)
  if (found.isErr()) return err(found.error)
  const fault = found.value && unfitFor(found.value, minutes, profile)
  if (fault) return err(fault)
  const seen = found.value ? undefined : await eventTypes.minutesSeen(id)
  if (seen !== undefined && seen !== minutes) return err(wrongLength(id, minutes, [seen]))

  const body = bookingBody(placing, id, found.value, profile)
  const placed = await told(access, '/bookings', body, appointment.startsAt, calendarFailure)
  if (placed.isErr()) return placed
  const booking = placed.value
  const isOurs = booking.reference === appointment.id && booking.startsAt === appointment.startsAt
  if (!isOurs || booking.endsAt === undefined || booking.endsAt === appointment.endsAt) return placed

  // Its length was changed there since we last looked, or is not shown to this key. Whoever is tried again makes no further booking.
  const taken = (booking.endsAt - booking.startsAt) / MINUTE
  await eventTypes.keepMinutes(id, taken)
  await eventTypes.list('fresh')
  const undone = await cancel(access, booking.uid, placing, 'Booked with another length than asked.')
  return undone.isErr() ? err(undone.error) : err(wrongLength(id, minutes, [taken]))
}

/** Says it once. Of several bookings that come back, it is the one of that time. */
const told = async (
  { connection, profile }: CalcomAccess,
  path: string,
  body: unknown,
  startsAt: number,
  meaning: (failure: VendorFailure) => CalendarFailure,
): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const request = { method: 'POST', path, group: 'bookings', body, repeatable: false } as const
  const answer = await connection.ask(request)
  if (answer.isErr()) return err(meaning(answer.error))
  const read = dataOf(oneOrManyBookings, answer.value, request)
  if (read.isErr()) return err(read.error)
  const wire = read.value.find(({ start }) => start === startsAt) ?? read.value[0]
  return wire
    ? ok(bookingOf(wire, profile))
    : err({ kind: 'unreachable', detail: 'Cal.com said yes and named no booking.' })
}

/**
 * A move makes a booking with another uid; what there was is cancelled by it. Where Cal.com does not find the booking
 * or will not move it, that is a no: whoever asked looks what there is, and nothing is booked anew.
 */
const move = async (
  access: CalcomAccess,
  uid: string,
  placing: Placing,
): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const { appointment } = placing
  const change = await otherEventType(access, uid, placing)
  if (change) return err(change)
  const reason = appointment.moving?.by.reason
  const body = { start: isoUtc(appointment.startsAt), ...(reason ? { reschedulingReason: reason } : {}) }
  return told(access, `${bookingPath(uid)}/reschedule`, body, appointment.startsAt, moveFailure)
}

const moveFailure = (failure: VendorFailure): CalendarFailure => {
  if (failure.kind !== 'answered') return calendarFailure(failure)
  const isOver = failure.status === 400 && /cancell?ed|rejected|awaiting/i.test(complaintOf(failure))
  return isOver || isUnknownThing(failure)
    ? { kind: 'refused', detail: `Cal.com has no such booking that could be moved (${failure.status}).` }
    : calendarFailure(failure)
}

/** A booking keeps its event type when it is moved, so it cannot go to a colleague who has one of their own. */
const otherEventType = async (
  access: CalcomAccess,
  uid: string,
  { service, staff }: Placing,
): Promise<CalendarFailure | undefined> => {
  const isOneForAll = access.profile.staff.every(({ calcomEventTypes }) => calcomEventTypes[service.slug] === undefined)
  if (isOneForAll) return undefined
  const there = await bookingOfUid(access, uid)
  if (there.isErr()) return there.error
  const wanted = eventTypeFor(service, staff)
  const has = there.value?.eventType
  // Whoever was given a booking of all can keep it there, whichever event type of their own they have.
  const staysWithThem = staff !== undefined && there.value?.staff?.id === staff.id
  return has === undefined || wanted === undefined || has === wanted || staysWithThem
    ? undefined
    : { kind: 'refused', detail: `Cal.com cannot move a booking from event type ${has} to ${wanted}.` }
}

const unsaid: { readonly [language: string]: string } = { de: 'Abgesagt.', en: 'Cancelled.' }

/** What is cancelled or gone is no failure, unless it was moved by somebody else: then what it became is cancelled. */
const cancel = async (
  access: CalcomAccess,
  uid: string,
  placing: Placing,
  reason: string | undefined,
): Promise<Result<void, CalendarFailure>> => {
  const cancellationReason = reason?.trim() || unsaid[access.profile.company.language] || 'Cancelled.'
  const first = await cancelOne(access, uid, cancellationReason)
  if (first !== 'over' && first !== 'unknown') return first
  const there = await whatIsThere(access, uid, placing)
  if (there.isErr()) return err(there.error)
  if (!there.value || !isLive(there.value)) return ok(undefined)
  const second = await cancelOne(access, there.value.uid, cancellationReason)
  if (second !== 'over' && second !== 'unknown') return second
  return err({ kind: 'unreachable', detail: 'Cal.com says that a booking is gone and shows it all the same.' })
}

/** By what it became, or by our reference; the latter only if the appointment knows of no other booking than this. */
const whatIsThere = async (access: CalcomAccess, uid: string, placing: Placing) => {
  const last = await lastOfChain(access, uid)
  const known = placing.appointment.provider.uid
  return last.isErr() || last.value || (known !== undefined && known !== uid)
    ? last
    : bookingWithReference(access, placing)
}

const cancelOne = async (
  { connection }: CalcomAccess,
  uid: string,
  cancellationReason: string,
): Promise<Result<void, CalendarFailure> | 'over' | 'unknown'> => {
  const address = { method: 'POST', path: `${bookingPath(uid)}/cancel`, group: 'bookings' } as const
  const request = { ...address, body: { cancellationReason }, repeatable: true } as const
  const answer = await connection.ask(request)
  if (answer.isErr()) {
    const { error } = answer
    if (error.kind === 'answered' && isCancelledAlready(error)) return 'over'
    if (error.kind === 'answered' && isUnknownThing(error)) return 'unknown'
    return err(calendarFailure(error))
  }
  const read = dataOf(oneOrManyBookings, answer.value, request)
  if (read.isErr()) return err(read.error)
  return read.value.every(({ status }) => status === 'cancelled' || status === 'rejected')
    ? ok(undefined)
    : err({ kind: 'unreachable', detail: 'Cal.com said yes to cancelling and has not cancelled.' })
}
