import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import { overlaps } from '../../../domain/booking/interval.ts'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import { after, DAY, localMoment, MINUTE } from '../../../domain/time.ts'
import { type CalcomFailure, type CalcomRequest, malformed, no } from './answers.ts'
import { freeTimes, isReserved } from './free-times.ts'
import type { CalcomEventType, CalcomStore, ReservationEntry } from './store.ts'
import { isoIn, readTime, readZone } from './times.ts'

const managed = (type: CalcomEventType): CalcomFailure =>
  no(400, `Event type with id=${type.id} is a managed event type parent, it has no slots. Use the ids of its children.`)

/** The free starts by day of the zone asked for, or of UTC. Days without any are left out. */
export const slots = (
  store: CalcomStore,
  { query }: CalcomRequest,
  how: { readonly outdated?: boolean; readonly beyond?: boolean } = {},
): Result<JsonObject, CalcomFailure> => {
  const from = readTime(query.get('start'))
  const to = readTime(query.get('end'), 'end')
  if (from === undefined || to === undefined) {
    return err(
      malformed(
        ['start', 'start must be a valid ISO 8601 date string'],
        ['end', 'end must be a valid ISO 8601 date string'],
      ),
    )
  }
  if (to < from) return err(no(400, "Invalid time range given - check the 'start' and 'end' query parameters."))
  const zone = readZone(query.get('timeZone'))
  if (!zone) return err(malformed(['timeZone', 'timeZone must be a valid IANA time-zone']))
  const type = store.eventTypes.get(Number(query.get('eventTypeId')))
  if (!type) return err(no(404, `Event Type with ID=${query.get('eventTypeId')} not found`))
  if (type.team === 'managed') return err(managed(type))
  const duration = Number(query.get('duration') ?? type.minutes)
  if (query.has('duration') && !type.lengths.includes(duration)) {
    return err(no(400, `Event type with id=${type.id} does not have multiple possible lengths or not this one`))
  }
  const found = freeTimes(store, type, {
    from: how.beyond ? after(from, -DAY) : from,
    to: how.beyond ? after(to, DAY) : to,
    minutes: duration,
    but: query.get('bookingUidToReschedule') ?? undefined,
    outdated: how.outdated ?? false,
  })
  const data: { [day: string]: JsonObject[] } = {}
  for (const start of found) {
    const slot = { start: isoIn(start, zone) }
    const shown =
      query.get('format') === 'range' ? { ...slot, end: isoIn(after(start, duration * MINUTE), zone) } : slot
    const day = localMoment(start, zone).date
    data[day] = [...(data[day] ?? []), shown]
  }
  return ok({ status: 'success', data })
}

/** Hides a slot for a while. It keeps nobody from booking it. */
export const reserve = (
  store: CalcomStore,
  { body, account }: Pick<CalcomRequest, 'body' | 'account'>,
  uid: string = randomUUID(),
): Result<ReservationEntry, CalcomFailure> => {
  const start = readTime(body.slotStart)
  if (start === undefined) return err(malformed(['slotStart', 'slotStart must be a valid ISO 8601 date string']))
  const type = store.eventTypes.get(Number(body.eventTypeId))
  if (!type) return err(no(404, `Event Type with ID=${String(body.eventTypeId)} not found`))
  if (body.slotDuration !== undefined && type.lengths.length === 0) {
    return err(no(400, `Event Type with ID=${type.id} has a fixed length, slotDuration can't be given`))
  }
  if (body.reservationDuration !== undefined && account === undefined) {
    return err(no(401, 'reservationDuration can only be used for authenticated requests.'))
  }
  if (body.reservationDuration !== undefined && account !== type.account) {
    return err(
      no(403, 'reservationDuration can only be used by the owner, a host or a member of the team of the event type.'),
    )
  }
  const minutes = typeof body.slotDuration === 'number' ? body.slotDuration : type.minutes
  const end = after(start, minutes * MINUTE)
  const wanted = { startsAt: start, endsAt: end }
  const isBooked = [...store.bookings.values()].some(
    (one) =>
      one.status === 'accepted' &&
      one.eventType.id === type.id &&
      overlaps(wanted, { startsAt: one.start, endsAt: one.end }),
  )
  if (isBooked) return err(no(422, "Can't reserve a slot if the event is already booked."))
  if (isReserved(store, type.id, start, end)) {
    return err(no(422, 'This time slot is already reserved by another user. Please choose a different time.'))
  }
  const lasts = typeof body.reservationDuration === 'number' ? body.reservationDuration : 5
  const made = { uid, eventType: type.id, start, minutes, lasts, until: after(store.now(), lasts * MINUTE) }
  store.reservations.set(uid, made)
  return ok(made)
}
