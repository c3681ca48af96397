import type { CalendarBookings } from '../../application/ports/calendar-bookings.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

export const calendarBookingsIn = (draft: Draft): CalendarBookings => ({
  find: async (uid) => draft.row('calendarBookings', uid),
  ofAppointment: async (id) =>
    draft
      .rows('calendarBookings')
      .filter(({ appointment }) => appointment === id)
      .toSorted((one, other) => one.startsAt - other.startsAt || (one.uid < other.uid ? -1 : 1)),
  save: async (booking) => draft.put('calendarBookings', booking.uid, booking),
  unmatched: async ({ from, ...request }) =>
    pageOf(
      draft
        .rows('calendarBookings')
        .filter(
          ({ appointment, status, startsAt, endsAt }) =>
            appointment === undefined && (status === 'accepted' || status === 'pending') && (endsAt ?? startsAt) > from,
        ),
      request,
      'oldest-first',
      ({ startsAt, uid }) => [startsAt, uid],
    ),
})
