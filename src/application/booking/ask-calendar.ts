import { err, type Result } from 'neverthrow'
import type { ProviderReference } from '../../domain/booking/appointment.ts'
import type { EventType } from '../../domain/booking/event-type.ts'
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
export interface FreeInCalendar {
  (
    asked: Omit<SlotQuery, 'from' | 'to'>,
    date: LocalDate,
    /** What an unreachable calendar means: the whole work ends, or what we know ourselves decides (undefined). */
    whenDown: 'stop' | 'trust-ourselves',
  ): readonly CalendarSlot[] | undefined
  /** What can be booked there, by the same way. Undefined: it does not say. */
  readonly eventTypes: () => readonly EventType[] | undefined
}

/** Which calendar has the last word on what is booked now. */
export const calendarKind = (free: FreeInCalendar | undefined): ProviderReference['kind'] =>
  free === undefined ? 'embedded' : 'calcom'

/** Where a silent calendar would have to say what is free, nothing is called free. */
export const nothingIsFree: FreeInCalendar = Object.assign(() => [], { eventTypes: () => undefined })

/** Carries a question out of the transaction in which it came up. */
type Question = SlotQuery | 'event-types'
type CalendarUnasked = Error & { readonly query: Question }
const calendarUnasked = (query: Question): CalendarUnasked =>
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

interface Known {
  readonly slots: Map<string, readonly CalendarSlot[] | 'down'>
  eventTypes: readonly EventType[] | 'down' | undefined
}

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
    const known: Known = { slots: new Map(), eventTypes: undefined }
    const asked: VendorCall[] = []
    for (;;) {
      try {
        return await work(knownTo(known, asked), asked)
      } catch (fault) {
        if (!isUnasked(fault) || known.slots.size === mostQuestions) throw fault
        const { query } = fault
        if (query === 'event-types') known.eventTypes = await askForTypes(calendar, deadline)
        else known.slots.set(keyOf(query), await askForSlots(calendar, query, deadline, realTime, asked))
      }
    }
  }

const knownTo = ({ slots, eventTypes }: Known, calls: readonly VendorCall[]): FreeInCalendar => {
  const free = (...[asked, date, whenDown]: Parameters<FreeInCalendar>): ReturnType<FreeInCalendar> => {
    const query = { ...asked, ...weekOf(date) }
    const answer = slots.get(keyOf({ ...query, purpose: 'promise' })) ?? slots.get(keyOf(query))
    if (answer === undefined) throw calendarUnasked(query)
    if (answer !== 'down') return answer
    if (whenDown === 'stop') throw calendarDown(calls)
    return undefined
  }
  return Object.assign(free, {
    eventTypes: () => {
      if (eventTypes === undefined) throw calendarUnasked('event-types')
      return eventTypes === 'down' ? undefined : eventTypes
    },
  })
}

/** The week of a day, from Monday to Sunday: one question instead of seven. */
export const weekOf = (date: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } => {
  const from = addDays(date, 1 - weekdayOf(date))
  return { from, to: addDays(from, 6) }
}

const keyOf = ({ purpose, branch, service, staff, moving, from }: SlotQuery): string =>
  `${purpose}/${branch.id}/${service.id}/${staff?.id ?? ''}/${moving ?? ''}/${from}`

/** Writes down that the vendor was asked, unless the answer was remembered. */
const askForSlots = async (
  calendar: Calendar,
  query: SlotQuery,
  deadline: Deadline,
  realTime: RealTime,
  asked: VendorCall[],
): Promise<readonly CalendarSlot[] | 'down'> => {
  const spent = realTime.measure()
  let isRemembered = true
  const onAsking = () => {
    isRemembered = false
  }
  const answer = await deadline.within(calendar.slots({ ...query, onAsking }).catch(() => 'broken' as const))
  const status = answer === 'too-late' || answer === 'broken' ? answer : answer.isErr() ? answer.error.kind : 'ok'
  if (!isRemembered || status !== 'ok') asked.push({ vendor: calendar.kind, operation: 'slots', ms: spent(), status })
  return typeof answer === 'string' || answer.isErr() ? 'down' : answer.value
}

const askForTypes = async (calendar: Calendar, deadline: Deadline): Promise<readonly EventType[] | 'down'> => {
  const answer = await deadline.within(calendar.eventTypes().catch(() => 'broken' as const))
  return typeof answer === 'string' || answer.isErr() ? 'down' : answer.value
}
