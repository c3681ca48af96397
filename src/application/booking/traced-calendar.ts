import { err, type Result } from 'neverthrow'
import type { RealTime } from '../ports/ambient.ts'
import type { Calendar, CalendarFailure } from '../ports/calendar.ts'
import type { VendorCall } from '../ports/tool-calls.ts'

/** The same calendar, with everything it is told and asked about an appointment written down. */
export const tracedCalendar = (
  calendar: Calendar,
  realTime: RealTime,
): { readonly calendar: Calendar; readonly calls: readonly VendorCall[] } => {
  const calls: VendorCall[] = []
  const noted = async <T>(operation: string, asking: Promise<Result<T, CalendarFailure>>) => {
    const spent = realTime.measure()
    const answer = await asking.catch((): Result<T, CalendarFailure> => unreachable)
    const status = answer.isOk() ? 'ok' : answer.error.kind
    calls.push({ vendor: calendar.kind, operation, ms: spent(), status })
    return answer
  }
  return {
    calls,
    calendar: {
      ...calendar,
      place: (placing) => noted('place', calendar.place(placing)),
      move: (uid, placing) => noted('move', calendar.move(uid, placing)),
      cancel: (uid, placing, reason) => noted('cancel', calendar.cancel(uid, placing, reason)),
      find: (placing) => noted('find', calendar.find(placing)),
    },
  }
}

const unreachable = err<never, CalendarFailure>({ kind: 'unreachable', detail: 'The calendar broke off.' })
