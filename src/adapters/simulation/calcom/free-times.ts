import { overlaps } from '../../../domain/booking/interval.ts'
import { addDays, after, DAY, type Instant, instantAt, localMoment, MINUTE, weekdayOf } from '../../../domain/time.ts'
import { type BookingEntry, type CalcomEventType, type CalcomStore, type CalcomUser, isLive } from './store.ts'

/** The stretches in which a user works, from a day before `from` to a day after `to`. */
const workOf = ({ hours, timeZone }: CalcomUser, from: Instant, to: Instant) => {
  const stretches: { readonly startsAt: Instant; readonly endsAt: Instant }[] = []
  const last = localMoment(after(to, DAY), timeZone).date
  for (let date = localMoment(after(from, -DAY), timeZone).date; date <= last; date = addDays(date, 1)) {
    for (const { opens, closes } of hours[weekdayOf(date)] ?? []) {
      stretches.push({ startsAt: instantAt(date, opens, timeZone), endsAt: instantAt(date, closes, timeZone) })
    }
  }
  return stretches
}

/** Is a host there and unbooked? A booking that waits for its host keeps no time, as at Cal.com. */
const isFree = (
  store: CalcomStore,
  eventType: CalcomEventType,
  host: number,
  [start, end]: readonly [Instant, Instant],
  but: string | undefined,
): boolean => {
  const user = store.users.get(host)
  if (!user) return false
  const works = workOf(user, start, end).some(({ startsAt, endsAt }) => startsAt <= start && end <= endsAt)
  const wanted = {
    startsAt: after(start, -eventType.bufferBefore * MINUTE),
    endsAt: after(end, eventType.bufferAfter * MINUTE),
  }
  return works && ![...store.bookings.values()].some((one) => one.uid !== but && keeps(one, host, wanted))
}

const keeps = (one: BookingEntry, host: number, wanted: { readonly startsAt: Instant; readonly endsAt: Instant }) =>
  one.status === 'accepted' &&
  one.hosts.includes(host) &&
  overlaps(wanted, {
    startsAt: after(one.start, -one.eventType.bufferBefore * MINUTE),
    endsAt: after(one.end, one.eventType.bufferAfter * MINUTE),
  })

/** Who would host it: all where all have to come, else the first who can with the fewest bookings; nobody if nobody can. */
export const hostsFor = (
  store: CalcomStore,
  eventType: CalcomEventType,
  times: readonly [Instant, Instant],
  but?: string,
): readonly number[] => {
  const free = eventType.hosts.filter((host) => isFree(store, eventType, host, times, but))
  if (eventType.team === 'collective') return free.length === eventType.hosts.length ? free : []
  const load = (host: number) =>
    [...store.bookings.values()].filter((one) => isLive(one) && one.hosts.includes(host)).length
  return free.toSorted((one, other) => load(one) - load(other)).slice(0, 1)
}

export const isReserved = (store: CalcomStore, eventType: number, start: Instant, end: Instant): boolean =>
  [...store.reservations.values()].some(
    (one) =>
      one.eventType === eventType &&
      one.until > store.now() &&
      overlaps(
        { startsAt: start, endsAt: end },
        { startsAt: one.start, endsAt: after(one.start, one.minutes * MINUTE) },
      ),
  )

export interface FreeTimesQuery {
  readonly from: Instant
  readonly to: Instant
  readonly minutes: number
  /** The booking to be moved, which is in nobody's way. */
  readonly but: string | undefined
  /** As an old cache would: whoever is booked is called free. */
  readonly outdated: boolean
}

/** The starts that are shown as free, earliest first. They lie on the steps counted from the beginning of a host's work. */
export const freeTimes = (
  store: CalcomStore,
  eventType: CalcomEventType,
  query: FreeTimesQuery,
): readonly Instant[] => {
  const { from, to, minutes, but, outdated } = query
  const step = (eventType.slotInterval ?? minutes) * MINUTE
  const earliest = Math.max(from, store.now() + eventType.noticeMinutes * MINUTE)
  const starts = new Set<Instant>()
  for (const host of eventType.hosts) {
    const user = store.users.get(host)
    if (!user) continue
    for (const { startsAt, endsAt } of workOf(user, from, to)) {
      for (let at = startsAt; at + minutes * MINUTE <= endsAt; at = after(at, step)) {
        if (at >= earliest && at <= to) starts.add(at)
      }
    }
  }
  return [...starts]
    .filter((start) => {
      const end = after(start, minutes * MINUTE)
      return (
        outdated ||
        (hostsFor(store, eventType, [start, end], but).length > 0 && !isReserved(store, eventType.id, start, end))
      )
    })
    .toSorted((one, other) => one - other)
}
