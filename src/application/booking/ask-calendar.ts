import { err, type Result } from 'neverthrow'
import type { ProviderReference } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { addDays, type LocalDate, weekdayOf } from '../../domain/time.ts'
import type { CalendarUnreachable } from '../failure.ts'
import type { Deadline, RealTime } from '../ports/ambient.ts'
import type { Calendar, CalendarSlot, Calendars, SlotQuery } from '../ports/calendar.ts'
import type { VendorCall } from '../ports/tool-calls.ts'

/**
 * What the vendor's calendar calls free in the week of a day. While it is unknown, the work ends there and is done
 * again once the calendar has answered, for a calendar is never asked inside a transaction.
 */
export type FreeInCalendar = (
  asked: Omit<SlotQuery, 'from' | 'to'>,
  date: LocalDate,
  /** What an unreachable calendar means: the whole work ends, or what we know ourselves decides (undefined). */
  whenDown: 'stop' | 'trust-ourselves',
) => readonly CalendarSlot[] | undefined

/** Which calendar has the last word on what is booked now. */
export const calendarKind = (free: FreeInCalendar | undefined): ProviderReference['kind'] =>
  free === undefined ? 'embedded' : 'calcom'

/** Where a silent calendar would have to say what is free, nothing is called free. */
export const nothingIsFree: FreeInCalendar = () => []

/** Carries a question out of the transaction in which it came up. */
type CalendarUnasked = Error & { readonly query: SlotQuery }
const calendarUnasked = (query: SlotQuery): CalendarUnasked =>
  Object.assign(new Error('The calendar has to be asked first'), { name: 'CalendarUnasked', query })
const isUnasked = (fault: unknown): fault is CalendarUnasked =>
  fault instanceof Error && fault.name === 'CalendarUnasked'

/** The calendar did not answer, and the work cannot be done without it. */
export type CalendarDown = Error & { readonly asked: readonly VendorCall[] }
const calendarDown = (asked: readonly VendorCall[]): CalendarDown =>
  Object.assign(new Error('The calendar of the company does not answer'), { name: 'CalendarDown', asked })
export const isCalendarDown = (fault: unknown): fault is CalendarDown =>
  fault instanceof Error && fault.name === 'CalendarDown'

/** What is needed to ask calendars. */
export interface AskingCalendars {
  readonly calendars: Calendars
  readonly realTime: RealTime
}

/** How long a person at a desk or a program waits for a calendar. Callers have the deadline of their tool. */
export const patienceMs = 10_000

/** As `withCalendar`, with a silent calendar as a failure like any other. */
export const askingCalendar = async <T, E>(
  needs: AskingCalendars,
  profile: CompanyProfile,
  work: (free: FreeInCalendar | undefined) => Promise<Result<T, E>>,
): Promise<Result<T, E | CalendarUnreachable>> => {
  try {
    return await withCalendar(needs)(profile, needs.realTime.deadlineIn(patienceMs), work)
  } catch (fault) {
    if (isCalendarDown(fault)) return err({ kind: 'calendar-unreachable' })
    throw fault
  }
}

type Known = ReadonlyMap<string, readonly CalendarSlot[] | 'down'>

const mostQuestions = 60

/**
 * Does `work` with what the company's calendar says, asking it between attempts and never during one. `work` may run
 * several times, so it has no effect outside a transaction. Rejects with `CalendarDown` when the calendar is needed
 * and silent until the deadline.
 */
export const withCalendar =
  ({ calendars, realTime }: AskingCalendars) =>
  async <T>(
    profile: CompanyProfile,
    deadline: Deadline,
    work: (free: FreeInCalendar | undefined, asked: readonly VendorCall[]) => Promise<T>,
  ): Promise<T> => {
    const calendar = calendars.of(profile)
    if (!calendar) return work(undefined, [])
    const known = new Map<string, readonly CalendarSlot[] | 'down'>()
    const asked: VendorCall[] = []
    for (;;) {
      try {
        return await work(knownTo(known, asked), asked)
      } catch (fault) {
        if (!isUnasked(fault) || asked.length === mostQuestions) throw fault
        const { answer, call } = await ask(calendar, fault.query, deadline, realTime)
        asked.push(call)
        known.set(keyOf(fault.query), answer)
      }
    }
  }

const knownTo =
  (known: Known, calls: readonly VendorCall[]): FreeInCalendar =>
  (asked, date, whenDown) => {
    const query = { ...asked, ...weekOf(date) }
    const answer = known.get(keyOf({ ...query, purpose: 'promise' })) ?? known.get(keyOf(query))
    if (answer === undefined) throw calendarUnasked(query)
    if (answer !== 'down') return answer
    if (whenDown === 'stop') throw calendarDown(calls)
    return undefined
  }

/** The week of a day, from Monday to Sunday: one question instead of seven. */
export const weekOf = (date: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } => {
  const from = addDays(date, 1 - weekdayOf(date))
  return { from, to: addDays(from, 6) }
}

const keyOf = ({ purpose, branch, service, staff, moving, from }: SlotQuery): string =>
  `${purpose}/${branch.id}/${service.id}/${staff?.id ?? ''}/${moving ?? ''}/${from}`

const ask = async (
  calendar: Calendar,
  query: SlotQuery,
  deadline: Deadline,
  realTime: RealTime,
): Promise<{ readonly answer: readonly CalendarSlot[] | 'down'; readonly call: VendorCall }> => {
  const spent = realTime.measure()
  const answer = await deadline.within(calendar.slots(query).catch(() => 'broken' as const))
  const status = answer === 'too-late' || answer === 'broken' ? answer : answer.isErr() ? answer.error.kind : 'ok'
  return {
    answer: typeof answer === 'string' || answer.isErr() ? 'down' : answer.value,
    call: { vendor: calendar.kind, operation: 'slots', ms: spent(), status },
  }
}
