import { err, ok, type Result } from 'neverthrow'
import type { CalendarBooking, CalendarFailure, Placing } from '../../application/ports/calendar.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import { after, DAY, instant, isoUtc } from '../../domain/time.ts'
import type { CalcomAccess } from './access.ts'
import { dataOf } from './connection.ts'
import { calendarFailure, isUnknownThing } from './failures.ts'
import { listBookings } from './list-bookings.ts'
import { eventTypeFor } from './place.ts'
import { bookingOf } from './read-booking.ts'
import { oneOrManyBookings } from './wire.ts'

type Found = Promise<Result<CalendarBooking | undefined, CalendarFailure>>

export const bookingPath = (uid: string): string => `/bookings/${encodeURIComponent(uid)}`

/** The booking of a uid, whatever became of it. */
export const bookingOfUid = async (
  { connection, profile }: CalcomAccess,
  uid: string,
  urgency: 'caller' | 'background' = 'caller',
): Found => {
  // Without a uid the address would be that of the list.
  if (uid.trim() === '') return ok(undefined)
  const request = { method: 'GET', path: bookingPath(uid), group: 'bookings', repeatable: true, urgency } as const
  const answer = await connection.ask(request)
  if (answer.isErr()) {
    const { error } = answer
    return error.kind === 'answered' && isUnknownThing(error) ? ok(undefined) : err(calendarFailure(error))
  }
  const read = dataOf(oneOrManyBookings, answer.value, request)
  return read.map((all) => {
    const wire = all.find((one) => one.uid === uid) ?? all[0]
    return wire && bookingOf(wire, profile)
  })
}

/** Nothing is moved more often than this between two looks. */
const mostMoves = 10

/** What became of a booking that was moved, perhaps several times: the last of its chain. */
export const lastOfChain = async (access: CalcomAccess, uid: string): Found => {
  let last = await bookingOfUid(access, uid)
  const seen = new Set([uid])
  while (last.isOk() && last.value?.replacedBy !== undefined && seen.size <= mostMoves) {
    const { replacedBy } = last.value
    if (seen.has(replacedBy)) return last
    seen.add(replacedBy)
    const next = await bookingOfUid(access, replacedBy)
    if (next.isOk() && next.value === undefined) return last
    last = next
  }
  return last
}

/** One that stands before one that does not. Undefined: surely nothing. */
export const findBooking = async (access: CalcomAccess, placing: Placing): Found => {
  const { appointment, known, part } = placing
  const uid = known?.findLast((one) => one.part === part)?.uid ?? appointment.provider.uid
  const chained = uid === undefined ? ok(undefined) : await lastOfChain(access, uid)
  if (chained.isErr() || (chained.value && isLive(chained.value))) return chained
  const carrying = await bookingWithReference(access, placing)
  if (carrying.isErr()) return carrying
  return ok(carrying.value && isLive(carrying.value) ? carrying.value : (chained.value ?? carrying.value))
}

/** It may have been booked for another time than asked, or have gone to where the appointment is to go. */
const around = ({ appointment: { startsAt, endsAt, moving } }: Placing) => ({
  afterStart: isoUtc(after(instant(Math.min(startsAt, moving?.to.startsAt ?? startsAt)), -DAY)),
  beforeEnd: isoUtc(after(instant(Math.max(endsAt, moving?.to.endsAt ?? endsAt)), DAY)),
})

/** The booking that carries the id of the appointment, and the part. */
export const bookingWithReference = async (access: CalcomAccess, placing: Placing): Found => {
  const { appointment, service, staff, part } = placing
  const filters = { eventTypeId: eventTypeFor(service, staff), ...around(placing) }
  const listed = await listBookings(access.connection, filters, 'caller')
  if (listed.isErr()) return err(listed.error)
  const ours = listed.value
    .map((one) => bookingOf(one, access.profile))
    .filter((one) => one.reference === appointment.id && one.part === part)
  const distance = ({ startsAt }: CalendarBooking) => Math.abs(startsAt - appointment.startsAt)
  const [best] = ours.toSorted(
    (one, other) =>
      Number(isLive(other)) - Number(isLive(one)) || distance(one) - distance(other) || other.changedAt - one.changedAt,
  )
  return ok(best)
}
