import { err, ok, type Result } from 'neverthrow'
import { type CalcomFailure, done, malformed, no } from './answers.ts'
import { cancelBooking, confirmBooking, declineBooking, markAbsent } from './change-bookings.ts'
import type { EndpointAnswer, EndpointEntry, EndpointRequest } from './endpoint.ts'
import type { CalcomFault, EndpointName } from './faults.ts'
import { listBookings } from './list-bookings.ts'
import { moveBooking, placeBooking } from './place-bookings.ts'
import { showBooking, showOldBooking, showReservation } from './show.ts'
import { reserve, slots } from './slots.ts'
import { type BookingEntry, isLive } from './store.ts'

const bookings = ['2024-08-13', '2026-02-25']
const later = (fault: CalcomFault | undefined) =>
  fault === 'other-time' || fault === 'other-time-and-breaks-off' ? 30 * 60_000 : 0

const theBooking = ({ store, caught: [uid = ''] }: EndpointRequest): Result<BookingEntry, CalcomFailure> => {
  const found = store.bookings.get(uid)
  return found ? ok(found) : err(no(404, `Booking with uid=${uid} was not found in the database`))
}

/** Of the key's own account, as confirming and the like want it. */
const ownBooking = (asked: EndpointRequest): Result<BookingEntry, CalcomFailure> =>
  theBooking(asked).andThen((one) =>
    one.eventType.account === asked.account ? ok(one) : err(no(403, 'User is not allowed to change this booking')),
  )

const shown = ({ store }: EndpointRequest, result: Result<BookingEntry, CalcomFailure>, status = 200): EndpointAnswer =>
  result.map((booking) => done(showBooking(store, booking), status))

/** A living booking that was there before, if there is one. */
const oldOne = ({ store, fault, account }: EndpointRequest): BookingEntry | undefined =>
  fault === 'old-booking'
    ? [...store.bookings.values()].find((one) => isLive(one) && one.eventType.account === account)
    : undefined

const change = (
  name: EndpointName,
  path: string,
  act: (asked: EndpointRequest, booking: BookingEntry) => Result<BookingEntry, CalcomFailure>,
): EndpointEntry => ({
  name,
  method: 'POST',
  path: new RegExp(`^/v2/bookings/([\\w-]+)/${path}$`),
  versions: bookings,
  needsKey: true,
  act: (asked) =>
    shown(
      asked,
      ownBooking(asked).andThen((booking) => act(asked, booking)),
    ),
})

/** Slots, their reservations, and bookings. */
export const bookingEndpoints: readonly EndpointEntry[] = [
  {
    name: 'slots',
    method: 'GET',
    path: /^\/v2\/slots$/,
    versions: ['2024-09-04'],
    needsKey: false,
    act: (asked) =>
      slots(asked.store, asked, { outdated: asked.fault === 'outdated', beyond: asked.fault === 'beyond' }).map(
        (body) => ({ status: 200, body }),
      ),
  },
  {
    name: 'reserve',
    method: 'POST',
    path: /^\/v2\/slots\/reservations$/,
    versions: ['2024-09-04'],
    needsKey: false,
    act: (asked) => reserve(asked.store, asked).map((one) => done(showReservation(one), 201)),
  },
  {
    name: 'reserve',
    method: 'GET',
    path: /^\/v2\/slots\/reservations\/([\w-]+)$/,
    versions: ['2024-09-04'],
    needsKey: false,
    act: ({ store, caught: [uid = ''] }) => {
      const found = store.reservations.get(uid)
      return ok(done(found && found.until > store.now() ? showReservation(found) : null))
    },
  },
  {
    name: 'reserve',
    method: 'PATCH',
    path: /^\/v2\/slots\/reservations\/([\w-]+)$/,
    versions: ['2024-09-04'],
    needsKey: false,
    act: (asked) => reserve(asked.store, asked, asked.caught[0]).map((one) => done(showReservation(one))),
  },
  {
    name: 'unreserve',
    method: 'DELETE',
    path: /^\/v2\/slots\/reservations\/([\w-]+)$/,
    versions: ['2024-09-04'],
    needsKey: false,
    act: ({ store, caught: [uid = ''] }) => {
      store.reservations.delete(uid)
      return ok({ status: 200, body: { status: 'success' } })
    },
  },
  {
    name: 'book',
    method: 'POST',
    path: /^\/v2\/bookings$/,
    versions: bookings,
    needsKey: false,
    act: (asked) => {
      const old = oldOne(asked)
      return shown(asked, old ? ok(old) : placeBooking(asked.store, asked.body, asked.account, later(asked.fault)), 201)
    },
    old: ({ body }) => {
      const missing = ['timeZone', 'language', 'metadata', 'responses'].filter((name) => body[name] === undefined)
      return err(malformed(...missing.map((name) => [name, `${name} should not be empty`] as const)))
    },
  },
  {
    name: 'bookings',
    method: 'GET',
    path: /^\/v2\/bookings$/,
    versions: [...bookings, '2026-05-01'],
    needsKey: true,
    act: (asked) => {
      const query = new URLSearchParams(asked.query)
      if (asked.fault === 'unfiltered') {
        for (const name of [...query.keys()].filter((key) => /^(after|before)/.test(key))) query.delete(name)
      }
      return listBookings(asked.store, { ...asked, query }).map((body) => ({ status: 200, body }))
    },
    old: ({ store, account }) => {
      const mine = [...store.bookings.values()].filter(({ eventType }) => eventType.account === account)
      const data = { bookings: mine.map((one) => showOldBooking(store, one)), recurringInfo: [], nextCursor: null }
      return ok(done(data))
    },
  },
  {
    name: 'booking',
    method: 'GET',
    path: /^\/v2\/bookings\/([\w-]+)$/,
    versions: bookings,
    needsKey: false,
    act: (asked) => shown(asked, theBooking(asked)),
    old: (asked) => theBooking(asked).map((booking) => done(showOldBooking(asked.store, booking))),
  },
  {
    name: 'reschedule',
    method: 'POST',
    path: /^\/v2\/bookings\/([\w-]+)\/reschedule$/,
    versions: bookings,
    needsKey: false,
    act: (asked) => {
      const old = oldOne(asked)
      const moved = theBooking(asked).andThen((one) =>
        old ? ok(old) : moveBooking(asked.store, one, asked.body, later(asked.fault)),
      )
      return shown(asked, moved, 201)
    },
  },
  {
    name: 'cancel',
    method: 'POST',
    path: /^\/v2\/bookings\/([\w-]+)\/cancel$/,
    versions: bookings,
    needsKey: false,
    act: (asked) =>
      shown(
        asked,
        theBooking(asked).andThen((one) => cancelBooking(asked.store, one, asked.body)),
      ),
  },
  change('confirm', 'confirm', ({ store }, booking) => confirmBooking(store, booking)),
  change('decline', 'decline', ({ store, body }, booking) => declineBooking(store, booking, body)),
  change('mark-absent', 'mark-absent', ({ store, body }, booking) => markAbsent(store, booking, body)),
]
