import { err, ok, type Result } from 'neverthrow'
import type {
  BookingQuery,
  Calendar,
  CalendarAccount,
  CalendarBooking,
  CalendarFailure,
} from '../../application/ports/calendar.ts'
import { after, DAY, isoUtc, parseTimeZone } from '../../domain/time.ts'
import type { CalcomAccess } from './access.ts'
import { changeBookings } from './change-bookings.ts'
import { askFor, type Connection } from './connection.ts'
import { bookingOfUid, findBooking } from './find-booking.ts'
import { listBookings } from './list-bookings.ts'
import { bookingOf } from './read-booking.ts'
import { schedulesOf } from './schedules.ts'
import { slotsOf, timeReservations } from './slots.ts'
import { registerWebhook, webhooksOf } from './webhooks.ts'
import { accountShape } from './wire.ts'

/** Cal.com, said in our words. Nothing outside this folder knows its JSON. */
export const calcomCalendar = (access: CalcomAccess): Calendar => {
  const { connection, eventTypes, webhookSecret } = access
  return {
    kind: 'calcom',
    ...changeBookings(access),
    ...timeReservations(access),
    slots: (query) => slotsOf(access, query),
    find: (placing) => findBooking(access, placing),
    booking: (uid, urgency) => bookingOfUid(access, uid, urgency),
    bookings: (query) => bookingsOf(access, query),
    eventTypes: (age) => eventTypes.list(age),
    account: () => accountOf(connection),
    schedules: () => schedulesOf(connection),
    webhooks: () => webhooksOf(connection, webhookSecret),
    registerWebhook: async (url) =>
      webhookSecret
        ? registerWebhook(connection, url, webhookSecret)
        : err({ kind: 'misconfigured', detail: 'The calendar has no webhook_secret. Choose one and put it there.' }),
  }
}

const bookingsOf = async (
  { connection, profile }: CalcomAccess,
  query: BookingQuery,
): Promise<Result<readonly CalendarBooking[], CalendarFailure>> => {
  const filters =
    query.kind === 'changed'
      ? { afterUpdatedAt: isoUtc(query.since) }
      : { afterStart: isoUtc(query.from), beforeEnd: isoUtc(after(query.to, DAY)) }
  const listed = await listBookings(connection, filters, 'background')
  return listed.map((all) => all.map((one) => bookingOf(one, profile)).filter((one) => isAskedFor(one, query)))
}

const isAskedFor = ({ startsAt, changedAt }: CalendarBooking, query: BookingQuery): boolean =>
  query.kind === 'changed' ? changedAt >= query.since : query.from <= startsAt && startsAt < query.to

export const accountOf = async (connection: Connection): Promise<Result<CalendarAccount, CalendarFailure>> => {
  const me = await askFor(connection, accountShape, { method: 'GET', path: '/me', repeatable: true })
  if (me.isErr()) return err(me.error)
  const { name, username, email, timeZone } = me.value
  const zone = parseTimeZone(timeZone ?? '')
  return ok({ name: name ?? username ?? '', email, timeZone: zone.isOk() ? zone.value : undefined })
}
