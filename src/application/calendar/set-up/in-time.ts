import { err, type Result } from 'neverthrow'
import type { RealTime } from '../../ports/ambient.ts'
import type { CalendarFailure } from '../../ports/calendar.ts'

/** What a calendar answers, or that it did not while somebody waited. A person who sets it up waits this long. */
export const inTime = async <T>(
  { realTime, patienceMs }: { readonly realTime: RealTime; readonly patienceMs: number },
  question: Promise<Result<T, CalendarFailure>>,
): Promise<Result<T, CalendarFailure>> => {
  const answer = await realTime.deadlineIn(patienceMs).within(question)
  return answer === 'too-late' ? err({ kind: 'unreachable', detail: 'The calendar does not answer.' }) : answer
}
