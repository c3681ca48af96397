import type { Deadline, RealTime } from '../../application/ports/ambient.ts'
import type { RateLimits } from '../../application/ports/cache.ts'

/** How often a vendor lets itself be asked with one credential. */
export interface VendorLimit {
  /** Of the credential, without being it. */
  readonly name: string
  readonly most: number
  readonly windowMs: number
  /** How much of it background work may take, the rest being left to whoever waits; half unless told otherwise. */
  readonly backgroundShare?: number
  /**
   * A turn lasts until its answer came, and the window after that. However long a request is on its way, no more than
   * `most` of this process arrive in one window.
   */
  readonly untilAnswered?: boolean
}

/** Real milliseconds without which nothing is begun that had to be waited for. */
export const leastToAsk = 500

/** Waits so many real milliseconds. */
export const pause = async (realTime: RealTime, milliseconds: number): Promise<void> => {
  await realTime.deadlineIn(milliseconds).within(new Promise<never>(() => {}))
}

/** Takes a turn, waiting for one if it comes well before the deadline. False: none in time, and nothing was asked. */
export const takeTurn = async (
  {
    limits,
    realTime,
    limit,
  }: { readonly limits: RateLimits; readonly realTime: RealTime; readonly limit: VendorLimit },
  urgency: 'caller' | 'background',
  deadline: Deadline,
): Promise<boolean> => {
  const { name, most, windowMs, backgroundShare = 0.5 } = limit
  const gates =
    urgency === 'background'
      ? ([
          [`${name}/background`, Math.max(1, Math.floor(most * backgroundShare))],
          [name, most],
        ] as const)
      : ([[name, most]] as const)
  for (const [gate, turns] of gates) {
    for (;;) {
      const turn = await limits.take(gate, turns, windowMs)
      if (turn.taken) break
      if (turn.retryInMs + leastToAsk > deadline.left()) return false
      await pause(realTime, Math.max(1, turn.retryInMs))
    }
  }
  return true
}

/** Ends a turn that was begun. */
type EndTurn = () => void

const lookAgainMs = 20

/** The turns of this process that are under way or were answered within the window. */
export const turnsUnderWay = ({ most, windowMs, untilAnswered = false }: VendorLimit, realTime: RealTime) => {
  const elapsed = realTime.measure()
  let underWay = 0
  let answered: readonly number[] = []
  /** Milliseconds until it is worth looking again; 0: there is a turn. */
  const waitMs = (): number => {
    answered = answered.filter((moment) => elapsed() - moment <= windowMs)
    if (underWay + answered.length < most) return 0
    const oldest = answered[0]
    return oldest === undefined ? lookAgainMs : Math.max(1, oldest + windowMs + 1 - elapsed())
  }
  return {
    /** Undefined: none came well before the deadline. */
    begin: async (deadline: Deadline): Promise<EndTurn | undefined> => {
      if (!untilAnswered) return () => undefined
      for (let wait = waitMs(); wait > 0; wait = waitMs()) {
        if (wait + leastToAsk > deadline.left()) return undefined
        await pause(realTime, wait)
      }
      underWay += 1
      return () => {
        underWay -= 1
        answered = [...answered, elapsed()]
      }
    },
  }
}

/** A whole day is the longest that anybody is believed. */
const longestMs = 24 * 3_600_000

const secondsOf = (text: string | undefined): number | undefined => {
  const seconds = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

/** What an answer says of further turns: for how long there are none. Undefined: there are some. */
export const noTurnsForMs = (
  status: number,
  header: (name: RegExp) => string | undefined,
  windowMs: number,
): number | undefined => {
  const reset = secondsOf(header(/^x-ratelimit-reset(-default)?$/))
  if (status === 429) {
    const milliseconds = secondsOf(header(/^retry-after-ms$/))
    const seconds = milliseconds === undefined ? (secondsOf(header(/^retry-after$/)) ?? reset) : milliseconds / 1_000
    return seconds === undefined ? windowMs : Math.min(longestMs, Math.max(1_000, seconds * 1_000))
  }
  const remaining = secondsOf(header(/^x-ratelimit-remaining(-default)?$/))
  if (remaining === undefined || remaining >= 1 || reset === undefined) return undefined
  return Math.min(windowMs, Math.max(1, reset * 1_000))
}
