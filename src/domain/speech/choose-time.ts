import type { DayInterval } from '../opening-hours.ts'
import { addDays, existsAt, type Instant, instantAt, type LocalDate, type MinuteOfDay, type TimeZone } from '../time.ts'
import type { Clock, DayWindow, TimeClaim } from './claims.ts'
import type { DayPart } from './clock-words.ts'

/** What the claims about the time come to. */
export type TimeChoice =
  | { readonly kind: 'none' }
  /** Several when they contradict each other ("zehn oder elf"). */
  | { readonly kind: 'clocks'; readonly clocks: readonly Clock[] }
  | {
      readonly kind: 'windows'
      readonly windows: readonly DayWindow[]
      readonly anchor: 'from' | 'to'
      readonly said: string
    }
  | { readonly kind: 'contradiction' }

type Claim<Kind extends TimeClaim['kind']> = Extract<TimeClaim, { kind: Kind }>

export const chooseTime = (claims: readonly TimeClaim[]): TimeChoice => {
  const windows = claims.filter((claim) => claim.kind === 'window')
  const said = claims.filter((claim) => claim.kind === 'clock')
  const others = said.filter(({ part }) => part === undefined)
  const named = others.length > 0 ? said.flatMap(({ part }) => part ?? []) : []
  const parts = [...claims.filter((claim) => claim.kind === 'part'), ...named.map(partClaim)]
  const clocks = joinClocks(others.length > 0 ? others : said)
  if (clocks.length > 0) return windows.length > 0 ? clockAmong(clocks, windows) : narrowed(clocks, parts)
  if (windows.length > 0) return joinWindows(windows, parts)
  return parts.length > 0 ? hull(parts) : { kind: 'none' }
}

const partClaim = (part: DayPart): Claim<'part'> => ({ kind: 'part', part, said: '' })

/** Clock times that can mean the same become one; an ISO date's midnight gives way to a time said elsewhere. */
const joinClocks = (clocks: readonly Clock[]): readonly Clock[] => {
  const joined: Clock[] = []
  const meant = clocks.length > 1 ? clocks.filter(({ readings }) => readings.join() !== '0') : clocks
  for (const clock of meant) {
    const index = joined.findIndex((other) => other.readings.some((minute) => clock.readings.includes(minute)))
    const other = joined[index]
    if (!other) joined.push(clock)
    else {
      const readings = other.readings.filter((minute) => clock.readings.includes(minute))
      joined[index] = { kind: 'clock', readings, asSaid: other.asSaid ?? clock.asSaid }
    }
  }
  return joined
}

const narrowed = (clocks: readonly Clock[], parts: readonly Claim<'part'>[]): TimeChoice => {
  if (parts.length === 0) return { kind: 'clocks', clocks }
  const covered = clocks.map((clock) => ({
    ...clock,
    readings: clock.readings.filter((minute) => parts.some(({ part }) => part.covers(minute))),
  }))
  return covered.some(({ readings }) => readings.length === 0)
    ? { kind: 'contradiction' }
    : { kind: 'clocks', clocks: covered }
}

/** "between 10 and 12, say at 11": the time, if it lies inside. */
const clockAmong = (clocks: readonly Clock[], windows: readonly Claim<'window'>[]): TimeChoice => {
  const inside = clocks.map((clock) => ({
    ...clock,
    readings: clock.readings.filter((minute) =>
      windows.every((claim) => claim.windows.some(({ from, to }) => from <= minute && minute <= to)),
    ),
  }))
  return inside.some(({ readings }) => readings.length === 0)
    ? { kind: 'contradiction' }
    : { kind: 'clocks', clocks: inside }
}

const overlap = (one: DayWindow, other: DayWindow): readonly DayWindow[] => {
  const window = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
  return window.from < window.to ? [window] : []
}

/** Several ranges ("ab 10, bis 12") and parts of the day are what they have in common. */
const joinWindows = (claims: readonly Claim<'window'>[], parts: readonly Claim<'part'>[]): TimeChoice => {
  const [first, ...rest] = claims
  if (!first) return { kind: 'none' }
  const common = rest.reduce(
    (windows: readonly DayWindow[], claim) =>
      windows.flatMap((window) => claim.windows.flatMap((other) => overlap(window, other))),
    first.windows,
  )
  const meant = parts.length === 0 ? common : common.flatMap((window) => insideParts(window, first.anchor, parts))
  const said = claims.map((claim) => claim.said).join(' ')
  return meant.length === 0
    ? { kind: 'contradiction' }
    : { kind: 'windows', windows: meant, anchor: first.anchor, said }
}

const insideParts = (window: DayWindow, anchor: 'from' | 'to', parts: readonly Claim<'part'>[]): readonly DayWindow[] =>
  parts.flatMap(({ part }) => {
    const end = anchor === 'from' ? window.from : window.to - 1
    if (!part.covers(end)) return []
    const common = overlap(window, part)
    return common.length > 0 ? common : [window]
  })

/** Parts of the day that lie side by side are one stretch; "mornings or evenings" is none. */
const hull = (parts: readonly Claim<'part'>[]): TimeChoice => {
  const sorted = parts.map(({ part }) => part).sort((one, other) => one.from - other.from)
  const gap = sorted.some((part, at) => part.from - (sorted[at - 1]?.to ?? part.from) > 60)
  if (gap) return { kind: 'contradiction' }
  const window = {
    from: Math.min(...sorted.map(({ from }) => from)),
    to: Math.max(...sorted.map(({ to }) => to)),
  }
  return { kind: 'windows', windows: [window], anchor: 'from', said: parts.map(({ said }) => said).join(' ') }
}

/** The branch and the moment for which a reading is chosen. */
export interface Place {
  readonly now: Instant
  readonly today: LocalDate
  readonly zone: TimeZone
  readonly hoursOn: (date: LocalDate) => readonly DayInterval[]
}

/** A minute of a day that is over; `now` itself is not. */
export const isOver = ({ now, today, zone }: Place, date: LocalDate, minute: MinuteOfDay): boolean =>
  date < today || (date === today && instantAt(date, minute, zone) < now)

/** The hours by which readings are told apart: the day's own, or for a closed day those of the week after it. */
const judgingHours = ({ hoursOn }: Place, date: LocalDate): readonly DayInterval[] => {
  const own = hoursOn(date)
  return own.length > 0 ? own : weekHours(hoursOn, date)
}
const weekHours = (hoursOn: Place['hoursOn'], date: LocalDate): readonly DayInterval[] =>
  [0, 1, 2, 3, 4, 5, 6].flatMap((days) => hoursOn(addDays(date, days)))

const isOpen = (hours: readonly DayInterval[], minute: MinuteOfDay): boolean =>
  hours.some(({ opens, closes }) => opens <= minute && minute < closes)

export type MinuteChoice =
  | { readonly kind: 'minute'; readonly minute: MinuteOfDay }
  | { readonly kind: 'over'; readonly minute: MinuteOfDay }
  /** Several are left; `isOutside`: there are hours, and none of these minutes lies in them. */
  | { readonly kind: 'open'; readonly minutes: readonly MinuteOfDay[]; readonly isOutside: boolean }
  | { readonly kind: 'skipped' }

/** The reading of a clock time on a day: the one inside opening hours, the one still ahead, or both for a question. */
export const chooseMinute = ({ readings, asSaid }: Clock, date: LocalDate, place: Place): MinuteChoice => {
  const real = readings.filter((minute) => existsAt(date, minute, place.zone))
  const last = real.at(-1)
  if (last === undefined) return { kind: 'skipped' }
  const inside = real.length > 1 ? real.filter((minute) => isOpen(judgingHours(place, date), minute)) : real
  const likely = inside.length > 0 ? inside : real
  const ahead = likely.filter((minute) => !isOver(place, date, minute))
  const [only, second] = ahead
  if (only === undefined) return { kind: 'over', minute: likely.at(-1) ?? last }
  if (second === undefined) return { kind: 'minute', minute: only }
  return asSaid !== undefined && ahead.includes(asSaid)
    ? { kind: 'minute', minute: asSaid }
    : { kind: 'open', minutes: ahead, isOutside: inside.length === 0 && judgingHours(place, date).length > 0 }
}

/** The reading of a clock time whose day is not known yet, by the hours of the coming week. */
export const chooseDaylessMinute = (
  { readings, asSaid }: Clock,
  place: Place,
): { readonly minutes: readonly MinuteOfDay[]; readonly isOutside: boolean } => {
  const hours = weekHours(place.hoursOn, place.today)
  const inside = readings.length > 1 ? readings.filter((minute) => isOpen(hours, minute)) : readings
  if (inside.length === 1) return { minutes: inside, isOutside: false }
  return asSaid === undefined
    ? { minutes: readings, isOutside: inside.length === 0 && hours.length > 0 }
    : { minutes: [asSaid], isOutside: false }
}

/** The windows that can be meant on a day (of the coming week, if none is known): one, or several for a question. */
export const chooseWindows = (
  { windows, anchor }: Extract<TimeChoice, { kind: 'windows' }>,
  date: LocalDate | undefined,
  place: Place,
): readonly DayWindow[] => {
  if (windows.length === 1) return windows
  const hours = date === undefined ? weekHours(place.hoursOn, place.today) : judgingHours(place, date)
  const anchored = windows.filter((window) =>
    anchor === 'from'
      ? isOpen(hours, window.from)
      : hours.some(({ opens, closes }) => opens <= window.to && window.to <= closes),
  )
  if (anchored.length === 1) return anchored
  const touching = windows.filter((window) =>
    hours.some(({ opens, closes }) => overlap(window, { from: opens, to: closes }).length > 0),
  )
  return anchor === 'from' && anchored.length === 0 && touching.length === 1 ? touching : windows
}
