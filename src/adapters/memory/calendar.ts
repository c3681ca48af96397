import { err, ok, type Result } from 'neverthrow'
import type { Clock } from '../../application/ports/ambient.ts'
import type {
  Calendar,
  CalendarAccount,
  CalendarBooking,
  CalendarFailure,
  CalendarSlot,
  Calendars,
  CalendarWebhook,
  SlotQuery,
} from '../../application/ports/calendar.ts'
import { openingOn } from '../../domain/booking/availability.ts'
import type { EventType } from '../../domain/booking/event-type.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import type { Schedule } from '../../domain/booking/schedule.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import type { CompanyProfile, Staff } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'
import { addDays, after, type Instant, type LocalDate, MINUTE } from '../../domain/time.ts'

type Operation = Exclude<keyof Calendar, 'kind'>

const noKey = 'Cal.com does not accept the API key of the calendar for this (401). Put a valid one.'

/** What somebody set up there. */
export interface CalendarContent {
  readonly eventTypes: readonly EventType[]
  readonly account: CalendarAccount
  readonly schedules: readonly Schedule[]
  readonly webhooks: readonly CalendarWebhook[]
}

/**
 * How a calendar misbehaves: it never answers, knows our key no more, breaks off before or after doing what it was told, says no although it
 * did it, answers with somebody's old booking, books another time, or leaves it to a host to accept.
 */
export type Fault =
  | 'silent'
  | 'down'
  | 'wrong-key'
  | 'breaks-off-after'
  | 'says-no-although-done'
  | 'old-booking'
  | 'other-time'
  | 'awaits-host'

export interface UnrulyCalendar extends Calendars {
  /** From now on every `operation` ends like this; undefined: as it should. */
  readonly misbehave: (operation: Operation, fault: Fault | undefined) => void
  /** As if somebody had booked there without us. */
  readonly take: (startsAt: Instant) => void
  /** The same, as this very booking, in place of one of its uid. */
  readonly bookedThere: (booking: CalendarBooking) => void
  /** From now on it knows nothing of it. */
  readonly forget: (uid: string) => void
  /** From now on no list shows it. */
  readonly hide: (uid: string) => void
  /** Who does what is booked from now on. */
  readonly giveTo: (host: Staff | undefined) => void
  /** Everything it has, cancelled ones included, in the order in which it was booked. */
  readonly bookings: () => readonly CalendarBooking[]
  readonly asked: () => readonly Operation[]
  /** From now on it has this; what is left out stays. */
  readonly has: (content: Partial<CalendarContent>) => void
  /** From now on it opens with this key alone. */
  readonly opensWith: (key: string) => void
  readonly webhooks: () => readonly CalendarWebhook[]
}

/** A vendor's calendar that can be slow, down and untrue. It keeps one booking per time. */
export const unrulyCalendar = (
  clock: Clock,
  isTheirs: (company: CompanyProfile) => boolean = () => true,
): UnrulyCalendar => {
  const bookings: CalendarBooking[] = []
  const faults = new Map<Operation, Fault>()
  const asked: Operation[] = []
  const lengths = new Map<string, number>()
  const hidden = new Set<string>()
  let content: CalendarContent = {
    eventTypes: [],
    account: { name: 'Unruly', email: undefined, timeZone: undefined },
    schedules: [{ id: 1, name: 'Unruly', owner: undefined, timeZone: undefined, isDefault: true, hours: undefined }],
    webhooks: [],
  }
  let rightKey: string | undefined
  let host: Staff | undefined

  const live = () => bookings.filter(({ status }) => status !== 'cancelled')
  const isTaken = (startsAt: Instant, minutes: number, but?: string) =>
    live().some(
      (one) =>
        one.uid !== but &&
        overlaps(
          { startsAt, endsAt: after(startsAt, minutes * MINUTE) },
          { startsAt: one.startsAt, endsAt: after(one.startsAt, (lengths.get(one.uid) ?? 30) * MINUTE) },
        ),
    )
  const put = (booking: CalendarBooking, minutes: number): CalendarBooking => {
    bookings.push(booking)
    lengths.set(booking.uid, minutes)
    return booking
  }
  const replace = (uid: string, change: Partial<CalendarBooking>): CalendarBooking | undefined => {
    const index = bookings.findIndex((one) => one.uid === uid)
    const before = bookings[index]
    if (!before) return undefined
    bookings[index] = { ...before, ...change }
    return bookings[index]
  }

  /** Does what it is told, or what its fault makes of it. */
  const attempt = async <T>(
    operation: Operation,
    act: (fault: Fault | undefined) => Result<T, CalendarFailure>,
  ): Promise<Result<T, CalendarFailure>> => {
    asked.push(operation)
    const fault = faults.get(operation)
    if (fault === 'silent') return new Promise(() => {})
    if (fault === 'down') return err({ kind: 'unreachable', detail: '503' })
    if (fault === 'wrong-key') return err({ kind: 'misconfigured', detail: noKey })
    const done = act(fault)
    if (fault === 'breaks-off-after') return err({ kind: 'unreachable', detail: 'The connection broke off.' })
    if (fault === 'says-no-although-done') return err({ kind: 'refused', detail: '400' })
    return done
  }

  const calendar: Calendar = {
    kind: 'calcom',
    slots: (query) => attempt('slots', () => ok(freeIn(query, clock.now(), isTaken))),
    place: ({ appointment, service, part }) =>
      attempt('place', (fault) => {
        const { calcomEventTypeId: eventType } = service
        const old = live()[0]
        if (fault === 'old-booking' && old) return ok(old)
        if (isTaken(appointment.startsAt, service.durationMinutes)) return err({ kind: 'refused', detail: '409' })
        const startsAt = fault === 'other-time' ? after(appointment.startsAt, 30 * MINUTE) : appointment.startsAt
        const uid = `uid_${bookings.length + 1}`
        const reference = appointment.id
        const createdAt = clock.now()
        const status = fault === 'awaits-host' ? 'pending' : 'accepted'
        const told = { uid, startsAt, createdAt, changedAt: createdAt, status, reference, part, eventType } as const
        return ok(put({ ...nothingKnown, ...told, staff: host }, service.durationMinutes))
      }),
    move: (uid, { appointment, service }) =>
      attempt('move', (fault) => {
        if (isTaken(appointment.startsAt, service.durationMinutes, uid)) return err({ kind: 'refused', detail: '409' })
        const startsAt = fault === 'other-time' ? after(appointment.startsAt, 30 * MINUTE) : appointment.startsAt
        const next = `uid_${bookings.length + 1}`
        const stands = live().some((one) => one.uid === uid)
        const before = stands && replace(uid, { status: 'cancelled', changedAt: clock.now(), replacedBy: next })
        if (!before) return err({ kind: 'refused', detail: '404' })
        const moved = {
          ...before,
          uid: next,
          startsAt,
          status: 'accepted',
          replaces: uid,
          replacedBy: undefined,
          staff: host ?? before.staff,
        } as const
        return ok(put(moved, service.durationMinutes))
      }),
    cancel: (uid) =>
      attempt('cancel', () => {
        replace(uid, { status: 'cancelled', changedAt: clock.now() })
        return ok(undefined)
      }),
    find: ({ appointment, part }) =>
      attempt('find', () =>
        ok(
          live().find(({ uid }) => uid === appointment.provider.uid) ??
            live().find((one) => one.reference === appointment.id && one.part === part),
        ),
      ),
    booking: (uid) => attempt('booking', () => ok(bookings.find((one) => one.uid === uid))),
    bookings: (query) =>
      attempt('bookings', () =>
        ok(
          bookings.filter(
            (one) =>
              !hidden.has(one.uid) &&
              (query.kind === 'changed'
                ? one.changedAt >= query.since
                : query.from <= one.startsAt && one.startsAt < query.to),
          ),
        ),
      ),
    eventTypes: () => attempt('eventTypes', () => ok(content.eventTypes)),
    account: () => attempt('account', () => ok(content.account)),
    schedules: () => attempt('schedules', () => ok(content.schedules)),
    webhooks: () => attempt('webhooks', () => ok(content.webhooks)),
    registerWebhook: (url) =>
      attempt('registerWebhook', () => {
        const others = content.webhooks.filter((one) => one.url !== url)
        content = { ...content, webhooks: [...others, { url, isActive: true, isRight: true }] }
        return ok(undefined)
      }),
    reserve: (_query, startsAt) => attempt('reserve', () => ok(`res_${startsAt}`)),
    letGo: () => attempt('letGo', () => ok(undefined)),
  }

  /** With a key that it does not know, it knows nobody. */
  const opened = (key: Secret): Pick<Calendar, 'account' | 'eventTypes'> => {
    const isRight = rightKey === undefined || key.use((plain) => plain === rightKey)
    const refused = async () => err({ kind: 'misconfigured', detail: noKey } as const)
    return isRight ? calendar : { account: refused, eventTypes: refused }
  }

  return {
    of: (company) => (isTheirs(company) ? calendar : undefined),
    trying: (_settings, key) => opened(key),
    has: (more) => {
      content = { ...content, ...more }
    },
    opensWith: (key) => {
      rightKey = key
    },
    webhooks: () => content.webhooks,
    misbehave: (operation, fault) => {
      if (fault === undefined) faults.delete(operation)
      else faults.set(operation, fault)
    },
    giveTo: (staff) => {
      host = staff
    },
    bookedThere: (booking) => {
      if (!replace(booking.uid, booking)) put(booking, 30)
    },
    forget: (uid) => {
      const index = bookings.findIndex((one) => one.uid === uid)
      if (index >= 0) bookings.splice(index, 1)
    },
    hide: (uid) => {
      hidden.add(uid)
    },
    take: (startsAt) => {
      const createdAt = after(clock.now(), -60 * MINUTE)
      put({ ...nothingKnown, uid: `uid_${bookings.length + 1}`, startsAt, createdAt, changedAt: createdAt }, 30)
    },
    bookings: () => [...bookings],
    asked: () => [...asked],
  }
}

const nothingKnown = {
  endsAt: undefined,
  status: 'accepted',
  reference: undefined,
  part: undefined,
  eventType: undefined,
  staff: undefined,
  attendee: undefined,
  replaces: undefined,
  replacedBy: undefined,
  reason: undefined,
  isNoShow: false,
} as const

const freeIn = (
  { branch, service, moving, from, to }: SlotQuery,
  now: Instant,
  isTaken: (startsAt: Instant, minutes: number, but?: string) => boolean,
): readonly CalendarSlot[] => {
  const slots: CalendarSlot[] = []
  for (let date: LocalDate = from; date <= to; date = addDays(date, 1)) {
    for (const hours of openingOn(branch, date)) {
      for (let at = hours.startsAt; endOf(service, at) <= hours.endsAt; at = after(at, 30 * MINUTE)) {
        if (at > now && !isTaken(at, service.durationMinutes, moving)) slots.push({ startsAt: at, staff: undefined })
      }
    }
  }
  return slots
}
