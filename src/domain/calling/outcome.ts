import type { CallId } from '../ids.ts'

/** What came of a call. It follows from facts, never from what was said. */
export type CallOutcome = 'booked' | 'rescheduled' | 'cancelled' | 'callback' | 'information' | 'none'

export interface OutcomeFacts {
  /** What happened to each appointment that the call touched, oldest first, in other calls too. */
  readonly histories: readonly (readonly {
    readonly action: 'booked' | 'moved' | 'cancelled' | 'turned-down'
    readonly callId: CallId | undefined
  }[])[]
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
  const stood = histories.filter((history) => !history.some(({ action }) => action === 'turned-down'))
  const ends = stood.map((history) => endOf(history.filter(({ callId }) => callId === call)))
  for (const outcome of ['booked', 'rescheduled', 'cancelled'] as const) if (ends.includes(outcome)) return outcome
  if (callback) return 'callback'
  return informed ? 'information' : 'none'
}

const endOf = (own: OutcomeFacts['histories'][number]): 'booked' | 'rescheduled' | 'cancelled' | undefined => {
  if (own.at(-1)?.action === 'cancelled') return 'cancelled'
  if (own.some(({ action }) => action === 'booked')) return 'booked'
  return own.length > 0 ? 'rescheduled' : undefined
}
