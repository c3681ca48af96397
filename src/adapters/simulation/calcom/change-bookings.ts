import { err, ok, type Result } from 'neverthrow'
import { isObject, type JsonObject } from '../../../domain/canonical-json.ts'
import { type CalcomFailure, no } from './answers.ts'
import { hostsFor } from './free-times.ts'
import { type BookingEntry, type CalcomStore, changed } from './store.ts'
import { iso } from './times.ts'

const reasonIn = (body: JsonObject, name: string): string => {
  const reason = body[name]
  return typeof reason === 'string' ? reason : ''
}

export const cancelBooking = (
  store: CalcomStore,
  booking: BookingEntry,
  body: JsonObject,
): Result<BookingEntry, CalcomFailure> => {
  if (booking.status === 'cancelled') {
    return err(
      no(
        400,
        `Can't cancel booking with uid=${booking.uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
      ),
    )
  }
  const cancellationReason = reasonIn(body, 'cancellationReason')
  const next = changed(store, booking, { status: 'cancelled', cancellationReason })
  store.tell('BOOKING_CANCELLED', next, { cancellationReason })
  return ok(next)
}

const whileWaiting = (booking: BookingEntry, what: string): Result<BookingEntry, CalcomFailure> =>
  booking.status === 'pending' ? ok(booking) : err(no(400, `Booking ${what}: it is ${booking.status}, not pending`))

export const confirmBooking = (store: CalcomStore, booking: BookingEntry): Result<BookingEntry, CalcomFailure> =>
  whileWaiting(booking, 'cannot be confirmed').andThen((one) => {
    const free = hostsFor(store, one.eventType, [one.start, one.end], one.uid)
    if (free.length === 0) return err(no(400, 'User either already has booking at this time or is not available'))
    const next = changed(store, one, { status: 'accepted' })
    store.tell('BOOKING_CREATED', next)
    return ok(next)
  })

export const declineBooking = (
  store: CalcomStore,
  booking: BookingEntry,
  body: JsonObject,
): Result<BookingEntry, CalcomFailure> =>
  whileWaiting(booking, 'cannot be declined').map((one) => {
    const rejectionReason = reasonIn(body, 'reason')
    const next = changed(store, one, { status: 'rejected', cancellationReason: rejectionReason })
    store.tell('BOOKING_REJECTED', next, { rejectionReason })
    return next
  })

export const markAbsent = (
  store: CalcomStore,
  booking: BookingEntry,
  body: JsonObject,
): Result<BookingEntry, CalcomFailure> => {
  if (store.now() < booking.start) {
    return err(
      no(
        400,
        `Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0: ${iso(store.now())}, Booking start time in UTC+0: ${iso(booking.start)}`,
      ),
    )
  }
  const attendees = Array.isArray(body.attendees) ? body.attendees.filter(isObject) : []
  const named = attendees.find(({ email }) => email === booking.attendee.email)
  const next = changed(store, booking, {
    hostAbsent: body.host === true || booking.hostAbsent,
    attendeeAbsent: named ? named.absent === true : booking.attendeeAbsent,
  })
  store.tell('BOOKING_NO_SHOW_UPDATED', next)
  return ok(next)
}
