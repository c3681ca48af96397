import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import { isObject, type JsonObject } from '../../../domain/canonical-json.ts'
import { after, type Instant, MINUTE } from '../../../domain/time.ts'
import { type CalcomFailure, malformed, no } from './answers.ts'
import { hostsFor } from './free-times.ts'
import { attendeeOf, lengthOf, metadataOf, placeOf, text } from './read-placing.ts'
import { type BookingEntry, type CalcomEventType, type CalcomStore, changed } from './store.ts'
import { readTime } from './times.ts'

const tooSoon =
  'The event type can\'t be booked at the "start" time provided. This could be because it\'s too soon (violating the minimum booking notice) or too far in the future (outside the event\'s scheduling window). Try fetching available slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the available slots: https://cal.com/docs/api-reference/v2/slots'

const takenText = ({ team }: CalcomEventType): string =>
  team === 'none'
    ? 'User either already has booking at this time or is not available'
    : 'One of the hosts either already has booking at this time or is not available'

/** Whether and with whom a time can be had. */
const hostsAt = (
  store: CalcomStore,
  type: CalcomEventType,
  [start, end]: readonly [Instant, Instant],
  but?: string,
): Result<readonly number[], CalcomFailure> => {
  if (start < store.now()) return err(no(400, 'Attempting to book a meeting in the past.'))
  if (start < store.now() + type.noticeMinutes * MINUTE) return err(no(400, tooSoon))
  const hosts = hostsFor(store, type, [start, end], but)
  return hosts.length > 0 ? ok(hosts) : err(no(400, takenText(type)))
}

const newUid = () => randomBytes(16).toString('base64url')

/** What is not named here is stripped without a word: an `end`, a time zone at the top, an `attendee.phone`. */
export const placeBooking = (
  store: CalcomStore,
  body: JsonObject,
  account: number | undefined,
  later = 0,
): Result<BookingEntry, CalcomFailure> => {
  const start = readTime(body.start)
  if (start === undefined) return err(malformed(['start', 'start must be a valid ISO 8601 date string']))
  const type = typeof body.eventTypeId === 'number' ? store.eventTypes.get(body.eventTypeId) : undefined
  if (!type) return err(no(404, `Event type with id ${String(body.eventTypeId)} not found.`))
  if (type.team === 'managed') {
    return err(
      no(
        400,
        `Event type with id=${type.id} is the parent managed event type that can't be booked. You have to provide the child event type id aka id of event type that has been assigned to one of the users.`,
      ),
    )
  }
  if (type.hosts.length === 0) return err(no(422, `Event type with id=${type.id} has no hosts.`))
  if (type.needsLogin && account !== type.account) {
    return account === undefined
      ? err(no(401, 'This event type requires authentication. Please provide valid credentials.'))
      : err(
          no(
            403,
            'You are not authorized to book this event type. You must be the event type owner, a host, or an admin.',
          ),
        )
  }
  const missing = type.questions.find((slug) => {
    const responses = isObject(body.bookingFieldsResponses) ? body.bookingFieldsResponses : {}
    return responses[slug] === undefined || responses[slug] === ''
  })
  if (type.needsVerifiedEmail && body.emailVerificationCode === undefined) {
    return err(no(400, 'Email verification code is required for this event type'))
  }
  const metadata = metadataOf(body.metadata)
  if (metadata.isErr()) return err(metadata.error)
  const attendee = attendeeOf(type, body)
  if (attendee.isErr()) return err(attendee.error)
  if (missing !== undefined) {
    return err(
      no(
        400,
        `Missing required booking field response: ${missing} - it is required by the event type booking fields, but missing in the bookingFieldsResponses.`,
      ),
    )
  }
  const place = placeOf(type, body.location)
  if (place.isErr()) return err(place.error)
  const asked = lengthOf(type, body.lengthInMinutes)
  if (asked.isErr()) return err(asked.error)
  const begins = after(start, later)
  const ends = after(begins, asked.value * MINUTE)
  return hostsAt(store, type, [begins, ends]).map((hosts) => {
    const responses = isObject(body.bookingFieldsResponses) ? body.bookingFieldsResponses : {}
    const { attendeePhoneNumber: _overwritten, ...kept } = responses
    const booking = newBooking(store, type, [begins, ends], hosts, {
      metadata: metadata.value,
      attendee: attendee.value,
      guests: Array.isArray(body.guests)
        ? body.guests.filter((guest): guest is string => typeof guest === 'string')
        : [],
      location: place.value,
      responses: kept,
    })
    store.tell(booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', booking)
    return booking
  })
}

type Given = Pick<BookingEntry, 'metadata' | 'attendee' | 'guests' | 'location' | 'responses'> & Partial<BookingEntry>

export const newBooking = (
  store: CalcomStore,
  eventType: CalcomEventType,
  [start, end]: readonly [Instant, Instant],
  hosts: readonly number[],
  given: Given,
): BookingEntry => {
  const now = store.now()
  const booking: BookingEntry = {
    status: eventType.needsConfirmation ? 'pending' : 'accepted',
    createdAt: now,
    updatedAt: now,
    cancellationReason: '',
    reschedulingReason: undefined,
    rescheduledFrom: undefined,
    rescheduledTo: undefined,
    hostAbsent: false,
    attendeeAbsent: false,
    ...given,
    id: store.nextId(),
    uid: newUid(),
    eventType,
    hosts,
    start,
    end,
  }
  store.bookings.set(booking.uid, booking)
  return booking
}

const whyNotMoved = ({ uid, status, rescheduledTo }: BookingEntry): string | undefined => {
  if (status === 'cancelled' && rescheduledTo !== undefined) {
    return `Can't reschedule booking with uid=${uid} because it has been cancelled and rescheduled already to booking with uid=${rescheduledTo}. You probably want to reschedule ${rescheduledTo} instead by passing it within the request URL.`
  }
  if (status === 'cancelled')
    return `Can't reschedule booking with uid=${uid} because it has been cancelled. Please provide uid of a booking that is not cancelled.`
  return status === 'rejected' ? `Can't reschedule booking with uid=${uid} because it has been rejected.` : undefined
}

/** Makes another booking with another uid and cancels this one; length, attendee and metadata go with it. */
export const moveBooking = (
  store: CalcomStore,
  old: BookingEntry,
  body: JsonObject,
  later = 0,
): Result<BookingEntry, CalcomFailure> => {
  const start = readTime(body.start)
  if (start === undefined) return err(malformed(['start', 'start must be a valid ISO 8601 date string']))
  const refused = whyNotMoved(old)
  if (refused !== undefined) return err(no(400, refused))
  const begins = after(start, later)
  const ends = after(begins, old.end - old.start)
  const reason = text(body.reschedulingReason)
  return hostsAt(store, old.eventType, [begins, ends], old.uid).map((hosts) => {
    const { metadata, attendee, guests, location, responses } = old
    const next = newBooking(store, old.eventType, [begins, ends], hosts, {
      metadata,
      attendee,
      guests,
      location,
      responses,
      rescheduledFrom: old.uid,
      reschedulingReason: reason,
    })
    changed(store, old, { status: 'cancelled', rescheduledTo: next.uid, reschedulingReason: reason })
    store.tell('BOOKING_RESCHEDULED', next, {
      rescheduleUid: old.uid,
      rescheduleStartTime: new Date(old.start).toISOString(),
      rescheduleEndTime: new Date(old.end).toISOString(),
    })
    return next
  })
}
