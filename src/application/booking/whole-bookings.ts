import { err, ok, type Result } from 'neverthrow'
import { type BookingPart, bookingParts } from '../../domain/booking/booking-parts.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import type { Service } from '../../domain/company.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type {
  Calendar,
  CalendarBooking,
  CalendarFailure,
  CalendarSlot,
  Calendars,
  Placing,
  SlotQuery,
} from '../ports/calendar.ts'

/**
 * The same calendars, in which an appointment is one booking even where it is several there: all of them or none. A
 * composite service is free where each of its parts is, and is placed, moved and cancelled as one.
 */
export const wholeBookings = ({ of, trying }: Calendars): Calendars => {
  const whole = new WeakMap<Calendar, Calendar>()
  return {
    trying,
    of: (company) => {
      const calendar = of(company)
      if (!calendar) return undefined
      const known = whole.get(calendar) ?? wholeCalendar(calendar)
      whole.set(calendar, known)
      return known
    },
  }
}

const wholeCalendar = (calendar: Calendar): Calendar => ({
  ...calendar,
  slots: (query) => {
    const parts = bookingParts(query.service)
    return parts ? slotsOfAll(calendar, query, parts) : calendar.slots(query)
  },
  place: (placing) => {
    const parts = partsOf(placing)
    return parts ? placeAll(calendar, parts) : calendar.place(placing)
  },
  move: (uid, placing) => {
    const parts = partsOf(placing)
    return parts ? moveAll(calendar, parts) : calendar.move(uid, placing)
  },
  cancel: (uid, placing, reason) => {
    const parts = partsOf(placing)
    return parts ? cancelAll(calendar, parts, reason) : calendar.cancel(uid, placing, reason)
  },
  find: (placing) => {
    const parts = partsOf(placing)
    return parts ? findAll(calendar, parts) : calendar.find(placing)
  },
  reserve: (query, startsAt, minutes) => {
    const parts = bookingParts(query.service)
    return parts ? reserveAll(calendar, query, parts, startsAt, minutes) : calendar.reserve(query, startsAt, minutes)
  },
  letGo: (reservation) => letGoOfAll(calendar, reservation.split(between)),
})

/** Stands between the names of several reservations; no name has one. */
const between = '\n'

/** Those of all parts, or none. */
const reserveAll = async (
  calendar: Calendar,
  query: Parameters<Calendar['reserve']>[0],
  parts: readonly BookingPart[],
  startsAt: Instant,
  minutes: number,
): Promise<Result<string, CalendarFailure>> => {
  const reserved: string[] = []
  for (const part of parts) {
    const own = { ...query, service: serviceOf(query.service, part) }
    const name = await calendar.reserve(own, after(startsAt, part.offsetMinutes * MINUTE), minutes)
    if (name.isErr()) {
      await letGoOfAll(calendar, reserved)
      return err(name.error)
    }
    reserved.push(name.value)
  }
  return ok(reserved.join(between))
}

/** One that stays does not keep the others. */
const letGoOfAll = async (
  calendar: Calendar,
  reservations: readonly string[],
): Promise<Result<void, CalendarFailure>> => {
  let outcome: Result<void, CalendarFailure> = ok(undefined)
  for (const reservation of reservations) {
    const gone = await calendar.letGo(reservation)
    if (gone.isErr()) outcome = gone
  }
  return outcome
}

/** The part as a service of its own, so that whoever books it needs to know nothing of the whole. */
const serviceOf = (service: Service, part: BookingPart): Service => ({
  ...service,
  slug: `${service.slug}/${part.key}`,
  durationMinutes: part.minutes,
  segments: [],
  calcomEventTypeId: part.eventType,
})

const partsOf = (placing: Placing): readonly Placing[] | undefined => {
  const { appointment, service, known } = placing
  const shifted = (startsAt: Instant, part: BookingPart) => {
    const at = after(startsAt, part.offsetMinutes * MINUTE)
    return { startsAt: at, endsAt: after(at, part.minutes * MINUTE) }
  }
  return bookingParts(service)?.map((part) => {
    const { moving, provider } = appointment
    const uid = known?.findLast((one) => one.part === part.key)?.uid
    return {
      ...placing,
      part: part.key,
      service: serviceOf(service, part),
      appointment: {
        ...appointment,
        ...shifted(appointment.startsAt, part),
        provider: { ...provider, uid },
        moving: moving && { ...moving, to: { ...moving.to, ...shifted(moving.to.startsAt, part) } },
      },
    }
  })
}

const slotsOfAll = async (
  calendar: Calendar,
  query: SlotQuery,
  parts: readonly BookingPart[],
): Promise<Result<readonly CalendarSlot[], CalendarFailure>> => {
  let starts: ReadonlyMap<Instant, CalendarSlot> | undefined
  for (const part of parts) {
    // The name of the booking that is moved is that of its first part.
    const moving = part === parts[0] ? query.moving : undefined
    const slots = await calendar.slots({ ...query, moving, service: serviceOf(query.service, part) })
    if (slots.isErr()) return err(slots.error)
    const begins = new Map(
      slots.value.map((slot) => {
        const startsAt = after(slot.startsAt, -part.offsetMinutes * MINUTE)
        return [startsAt, { ...slot, startsAt }] as const
      }),
    )
    starts = starts ? new Map([...starts].filter(([at]) => begins.has(at))) : begins
  }
  return ok([...(starts?.values() ?? [])])
}

/** What there is of the parts, in their order. */
const lookUp = async (
  calendar: Calendar,
  parts: readonly Placing[],
): Promise<Result<readonly (CalendarBooking | undefined)[], CalendarFailure>> => {
  const found: (CalendarBooking | undefined)[] = []
  for (const part of parts) {
    const there = await calendar.find(part)
    if (there.isErr()) return err(there.error)
    found.push(there.value)
  }
  return ok(found)
}

/** The first one stands for all; where a host has yet to accept one of them, none of them stands. */
const together = (parts: readonly CalendarBooking[]): CalendarBooking | undefined => {
  const [first] = parts
  const status = parts.some((one) => one.status === 'pending') ? 'pending' : first?.status
  return first && status && { ...first, status, endsAt: parts.at(-1)?.endsAt, part: undefined, parts }
}

const findAll = async (
  calendar: Calendar,
  parts: readonly Placing[],
): Promise<Result<CalendarBooking | undefined, CalendarFailure>> => {
  const found = await lookUp(calendar, parts)
  if (found.isErr()) return err(found.error)
  const live = found.value.filter((one) => one !== undefined).filter(isLive)
  const isWhole = live.length === parts.length && keepTheirDistance(live, parts)
  // Of what was called off, every part that stands has to go, though they never came to a whole.
  const isOver = parts[0]?.appointment.status === 'cancelled'
  return ok(isWhole || isOver ? together(live) : undefined)
}

/** Parts of which only some were moved are no whole. */
const keepTheirDistance = (bookings: readonly CalendarBooking[], parts: readonly Placing[]): boolean => {
  const shifts = bookings.map(({ startsAt }, n) => startsAt - (parts[n]?.appointment.startsAt ?? startsAt))
  return shifts.every((shift) => shift === shifts[0])
}

/** A part that is there at another time than asked: the whole as it would be by that part. */
const strayed = (
  found: readonly (CalendarBooking | undefined)[],
  parts: readonly Placing[],
): CalendarBooking | undefined => {
  for (const [n, { appointment }] of parts.entries()) {
    const there = found[n]
    const begins = parts[0]?.appointment.startsAt
    if (!there || begins === undefined || !isLive(there) || there.startsAt === appointment.startsAt) continue
    return { ...there, startsAt: after(begins, there.startsAt - appointment.startsAt), part: undefined, parts: [there] }
  }
  return undefined
}

/** Those that are there already stay; if one is refused, none stays. Beside one that went elsewhere nothing is booked. */
const placeAll = async (
  calendar: Calendar,
  parts: readonly Placing[],
): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const found = await lookUp(calendar, parts)
  if (found.isErr()) return err(found.error)
  const elsewhere = strayed(found.value, parts)
  if (elsewhere) return ok(elsewhere)
  const placed: CalendarBooking[] = []
  for (const [n, part] of parts.entries()) {
    const there = found.value[n]
    if (there && isLive(there) && there.startsAt === part.appointment.startsAt) {
      placed.push(there)
      continue
    }
    const booking = await calendar.place(part)
    const isRight =
      booking.isOk() && booking.value.startsAt === part.appointment.startsAt && isOurs(booking.value, part)
    if (isRight) {
      placed.push(booking.value)
      continue
    }
    if (booking.isErr() && booking.error.kind === 'unreachable') return err(booking.error)
    const undone = await cancelAll(calendar, parts, 'Another part of the appointment could not be booked.')
    if (undone.isErr()) return err(undone.error)
    return err(booking.isErr() ? booking.error : { kind: 'refused', detail: 'A part was booked for another time.' })
  }
  const whole = together(placed)
  return whole ? ok(whole) : err({ kind: 'misconfigured', detail: 'The service has no parts.' })
}

const isOurs = ({ reference }: CalendarBooking, { appointment }: Placing): boolean =>
  reference === undefined || reference === appointment.id

/** Where one part cannot go, those that went come back. */
const moveAll = async (
  calendar: Calendar,
  targets: readonly Placing[],
): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const found = await lookUp(calendar, targets)
  if (found.isErr()) return err(found.error)
  const moved = new Map<string | undefined, CalendarBooking>()
  const back: (readonly [CalendarBooking, Placing])[] = []
  for (const { target, there } of inOrderOfGoing(targets, found.value)) {
    if (there && isLive(there) && there.startsAt === target.appointment.startsAt) {
      moved.set(target.part, there)
      continue
    }
    const answer: Result<CalendarBooking, CalendarFailure> =
      there && isLive(there)
        ? await movePart(calendar, there.uid, target)
        : err({ kind: 'refused', detail: 'A part of the appointment is not there.' })
    if (answer.isErr() && answer.error.kind === 'unreachable') return err(answer.error)
    if (answer.isErr()) {
      for (const [booking, from] of back.toReversed()) {
        const returned = await calendar.move(booking.uid, from)
        if (returned.isErr()) return err({ kind: 'unreachable', detail: 'Only some parts were moved.' })
      }
      return err(answer.error)
    }
    moved.set(target.part, answer.value)
    if (there) back.push([answer.value, at(target, there.startsAt)])
  }
  const whole = together(targets.flatMap(({ part }) => moved.get(part) ?? []))
  return whole ? ok(whole) : err({ kind: 'misconfigured', detail: 'The service has no parts.' })
}

/**
 * A no may be said of what was done, so the part is looked up before it is believed. A part that went elsewhere is as one whose whereabouts
 * nobody knows: the whole is looked at again, and then left to people.
 */
const movePart = async (
  calendar: Calendar,
  uid: string,
  target: Placing,
): Promise<Result<CalendarBooking, CalendarFailure>> => {
  const { startsAt } = target.appointment
  const isThere = (booking: CalendarBooking) => isLive(booking) && booking.startsAt === startsAt
  const answer = await calendar.move(uid, target)
  if (answer.isErr() && answer.error.kind === 'refused') {
    const found = await calendar.find(target)
    if (found.isErr()) return err(found.error)
    return found.value && isThere(found.value) ? ok(found.value) : err(answer.error)
  }
  return answer.andThen((booking) =>
    isThere(booking)
      ? ok(booking)
      : err({ kind: 'unreachable', detail: 'A part went to another time than asked.' } as const),
  )
}

/** The last part goes first where all go to a later time, so that none is in the way of another. */
const inOrderOfGoing = (targets: readonly Placing[], found: readonly (CalendarBooking | undefined)[]) => {
  const pairs = targets.map((target, n) => ({ target, there: found[n] }))
  const isLater = pairs.some(({ target, there }) => there && there.startsAt < target.appointment.startsAt)
  return isLater ? pairs.toReversed() : pairs
}

const at = (placing: Placing, startsAt: Instant): Placing => ({
  ...placing,
  appointment: {
    ...placing.appointment,
    startsAt,
    endsAt: after(startsAt, placing.service.durationMinutes * MINUTE),
  },
})

const cancelAll = async (
  calendar: Calendar,
  parts: readonly Placing[],
  reason: string | undefined,
): Promise<Result<void, CalendarFailure>> => {
  for (const part of parts) {
    const there = await calendar.find(part)
    if (there.isErr()) return err(there.error)
    if (!there.value || !isLive(there.value)) continue
    const cancelled = await calendar.cancel(there.value.uid, part, reason)
    if (cancelled.isErr()) return err(cancelled.error)
  }
  return ok(undefined)
}
