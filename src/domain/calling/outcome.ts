import type { CallId } from '../ids.ts'

/** What came of a call. It follows from facts, never from what was said. */
export type CallOutcome = 'booked' | 'rescheduled' | 'cancelled' | 'callback' | 'information' | 'none'

/** What happened to an appointment, and the call it happened in. */
export interface ChangeEntry {
  /** Such as `booked`, `moved`, `cancelled`, `turned-down`; whatever else happened decides nothing. */
  readonly action: string
  readonly callId: CallId | undefined
}

export interface OutcomeFacts {
  /** What happened to each appointment that the call touched, oldest first, in other calls too. */
  readonly histories: readonly (readonly ChangeEntry[])[]
  /** Was a callback promised or a message taken? */
  readonly callback: boolean
  /** Was a question of the caller answered? */
  readonly informed: boolean
}

/**
 * The greatest thing that stands when the call is over: booked before rescheduled before cancelled before callback
 * before information. What the call booked and called off again is cancelled. What others do later changes nothing.
 */
export const outcomeOf = (call: CallId, { histories, callback, informed }: OutcomeFacts): CallOutcome => {
  const ends = histories.map((history) => changeBy(call, history))
  for (const outcome of ['booked', 'rescheduled', 'cancelled'] as const) if (ends.includes(outcome)) return outcome
  if (callback) return 'callback'
  return informed ? 'information' : 'none'
}

/** What a call came to for one appointment; undefined: it left it as it was, or it never stood. */
export const changeBy = (
  call: CallId,
  history: readonly ChangeEntry[],
): Extract<CallOutcome, 'booked' | 'rescheduled' | 'cancelled'> | undefined => {
  if (history.some(({ action }) => action === 'turned-down')) return undefined
  const own = history.filter(({ callId }) => callId === call)
  if (own.at(-1)?.action === 'cancelled') return 'cancelled'
  if (own.some(({ action }) => action === 'booked')) return 'booked'
  return own.length > 0 ? 'rescheduled' : undefined
}
