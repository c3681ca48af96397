import { err, ok, type Result } from 'neverthrow'
import type { Calendar, CalendarFailure, CalendarSlot, SlotQuery } from '../../application/ports/calendar.ts'
import { instantAt, isoUtc } from '../../domain/time.ts'
import type { CalcomAccess } from './access.ts'
import { askFor, dataOf } from './connection.ts'
import type { KnownEventType } from './event-types.ts'
import { calendarFailure, isUnknownThing } from './failures.ts'
import { eventTypeFor, lengthFor, noEventType, unfitFor } from './place.ts'
import { hostOf } from './read-booking.ts'
import { reservationShape, slotsShape } from './wire.ts'

/** What is asked for: an event type that is as long as the service, as far as anything is known of it. */
const bookable = async (
  { eventTypes, profile }: CalcomAccess,
  { service, staff }: Pick<SlotQuery, 'service' | 'staff'>,
): Promise<Result<{ readonly id: number; readonly eventType: KnownEventType | undefined }, CalendarFailure>> => {
  const id = eventTypeFor(service, staff)
  if (id === undefined) return err(noEventType(service))
  const wrong = (one: KnownEventType) => unfitFor(one, service.durationMinutes, profile)
  const found = await eventTypes.find(id, (one) => wrong(one) === undefined)
  if (found.isErr()) return err(found.error)
  const fault = found.value && wrong(found.value)
  return fault ? err(fault) : ok({ id, eventType: found.value })
}

/** Free starts on the days of the branch. Cal.com has been seen to name some outside of what was asked. */
export const slotsOf = async (
  access: CalcomAccess,
  query: SlotQuery,
): Promise<Result<readonly CalendarSlot[], CalendarFailure>> => {
  const { branch, service, staff, moving } = query
  const asked = await bookable(access, query)
  if (asked.isErr()) return err(asked.error)
  const { id, eventType } = asked.value
  const from = instantAt(query.from, 0, branch.timeZone)
  const to = instantAt(query.to, 1440, branch.timeZone)
  const answer = await askFor(access.connection, slotsShape, {
    method: 'GET',
    path: '/slots',
    group: 'slots',
    query: {
      eventTypeId: id,
      start: isoUtc(from),
      end: isoUtc(to),
      timeZone: branch.timeZone,
      duration: lengthFor(eventType, service.durationMinutes),
      bookingUidToReschedule: moving,
    },
    repeatable: true,
    urgency: query.urgency ?? 'caller',
  })
  if (answer.isErr()) return err(answer.error)
  const isTheirs = staff !== undefined && isOwn(query, id, eventType)
  const slots = new Map<number, CalendarSlot>()
  for (const { start, users } of answer.value) {
    if (start < from || start >= to) continue
    const host = users.length === 1 ? hostOf(users, undefined, access.profile) : undefined
    // Nobody is promised a colleague whom the calendar may replace by another.
    if (staff && !isTheirs && host?.id !== staff.id) continue
    slots.set(start, { startsAt: start, staff: isTheirs ? staff : host })
  }
  return ok([...slots.values()].toSorted((one, other) => one.startsAt - other.startsAt))
}

/** Is whoever books this event type surely with the colleague who was asked for? */
const isOwn = ({ service, staff }: SlotQuery, id: number, eventType: KnownEventType | undefined): boolean =>
  staff?.calcomEventTypes[service.slug] === id ||
  (staff?.calcomUserId !== undefined && eventType?.hosts.length === 1 && eventType.hosts[0] === staff.calcomUserId)

/** Hiding a free time for a while, and showing it again. It is a hint: Cal.com books what somebody else has reserved. */
export const timeReservations = (access: CalcomAccess): Pick<Calendar, 'reserve' | 'letGo'> => ({
  reserve: async (query, startsAt, minutes) => {
    const asked = await bookable(access, query)
    if (asked.isErr()) return err(asked.error)
    const { id, eventType } = asked.value
    const slotDuration = lengthFor(eventType, query.service.durationMinutes)
    const body = {
      eventTypeId: id,
      slotStart: isoUtc(startsAt),
      ...(slotDuration === undefined ? {} : { slotDuration }),
    }
    const address = { method: 'POST', path: '/slots/reservations', group: 'slots' } as const
    const request = { ...address, urgency: 'background', repeatable: false } as const
    const tell = (more: object) => access.connection.ask({ ...request, body: { ...body, ...more } })
    const chosen = await tell({ reservationDuration: minutes })
    // Only somebody who belongs to the event type may choose for how long.
    const isTheirsAlone = chosen.isErr() && chosen.error.kind === 'answered' && chosen.error.status === 403
    const answer = isTheirsAlone ? await tell({}) : chosen
    if (answer.isOk()) {
      return dataOf(reservationShape, answer.value, request).map(({ reservationUid }) => reservationUid)
    }
    const { error } = answer
    return error.kind === 'answered' && error.status === 422
      ? err({ kind: 'refused', detail: 'Cal.com has given this time to somebody else (422).' })
      : err(calendarFailure(error))
  },
  letGo: async (reservation) => {
    const path = `/slots/reservations/${encodeURIComponent(reservation)}`
    const request = { method: 'DELETE', path, group: 'slots', urgency: 'background', repeatable: true } as const
    const gone = await access.connection.ask(request)
    if (gone.isOk() || (gone.error.kind === 'answered' && isUnknownThing(gone.error))) return ok(undefined)
    return err(calendarFailure(gone.error))
  },
})
