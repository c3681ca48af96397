import { err, ok, type Result } from 'neverthrow'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import type { Schedule } from '../../domain/booking/schedule.ts'
import type { DayInterval, WeeklyHours } from '../../domain/opening-hours.ts'
import { parseTimeZone, type Weekday } from '../../domain/time.ts'
import { askFor, type Connection } from './connection.ts'
import { teamIds } from './teams.ts'
import { schedulesShape, type WireSchedule } from './wire.ts'

/** Those of the account first. A team whose schedules the key may not see, or that an older server does not show, has none. */
export const schedulesOf = async (connection: Connection): Promise<Result<readonly Schedule[], CalendarFailure>> => {
  const from = (path: string) =>
    askFor(connection, schedulesShape, { method: 'GET', path, group: 'schedules', repeatable: true })
  const own = await from('/schedules')
  if (own.isErr()) return err(own.error)
  const found = [...own.value]
  const teams = await teamIds(connection)
  if (teams.isErr()) return err(teams.error)
  for (const id of teams.value) {
    const ofTeam = await from(`/teams/${id}/schedules`)
    if (ofTeam.isErr() && ofTeam.error.kind === 'unreachable') return err(ofTeam.error)
    if (ofTeam.isOk()) found.push(...ofTeam.value)
  }
  return ok([...new Map(found.map((one) => [one.id, scheduleOf(one)])).values()])
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

const scheduleOf = ({ id, ownerId, name, timeZone, isDefault, availability }: WireSchedule): Schedule => {
  const zone = parseTimeZone(timeZone ?? '')
  return {
    id,
    name: name ?? '',
    owner: ownerId,
    timeZone: zone.isOk() ? zone.value : undefined,
    isDefault: isDefault === true,
    hours: availability && hoursOf(availability),
  }
}

/** Undefined: a part of it is told in a way that is not understood. */
const hoursOf = (rules: NonNullable<WireSchedule['availability']>): WeeklyHours | undefined => {
  const days = new Map<Weekday, DayInterval[]>()
  for (const rule of rules) {
    if (!rule) return undefined
    for (const name of rule.days) {
      const index = weekdays.indexOf(name.toLowerCase())
      if (index < 0) return undefined
      const day = (index + 1) as Weekday
      days.set(day, [...(days.get(day) ?? []), { opens: rule.startTime, closes: rule.endTime || 1440 }])
    }
  }
  return Object.fromEntries([...days].map(([day, intervals]) => [day, joined(intervals)]))
}

const joined = (intervals: readonly DayInterval[]): readonly DayInterval[] => {
  const all: DayInterval[] = []
  for (const next of intervals.filter((one) => one.opens < one.closes).toSorted((a, b) => a.opens - b.opens)) {
    const last = all.at(-1)
    if (last && next.opens <= last.closes) {
      all[all.length - 1] = { opens: last.opens, closes: Math.max(last.closes, next.closes) }
    } else all.push(next)
  }
  return all
}
