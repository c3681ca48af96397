/** What became of calls with one version. Each count is at most that of all calls. */
export interface OutcomeTally {
  readonly calls: number
  readonly booked: number
  /** Ended in an error. */
  readonly failed: number
  /** The caller was displeased. */
  readonly negative: number
  /** Ended early without a tool having been asked. None of them counts as failed. */
  readonly short: number
  /** The agent asked the same again and again. */
  readonly looping: number
  /**
   * A tool failed through us or a vendor, not because a wish could not be met. What failed once in a call fails again in it,
   * so that only whole calls are cases of which one says nothing about the next.
   */
  readonly withToolFailures: number
}

/** What is compared of two versions. */
export type OutcomeKind = 'booked' | 'failed' | 'negative' | 'short' | 'looping' | 'tool-failures'

/** Whether more of it is better. */
const isGood: { readonly [Kind in OutcomeKind]: boolean } = {
  booked: true,
  failed: false,
  negative: false,
  short: false,
  looping: false,
  'tool-failures': false,
}
const kinds = ['booked', 'failed', 'negative', 'short', 'looping', 'tool-failures'] as const

/** A share, and where the true one lies, with 95 of 100 certainty if nothing else is asked for. Without a case it may be anything. */
export interface RateInterval {
  readonly count: number
  readonly of: number
  /** Undefined: there was no case. */
  readonly rate: number | undefined
  readonly low: number
  readonly high: number
}

/** Standard deviations within which 95 of 100 lie. */
const usualCertainty = 1.959963984540054

/** Wilson's score interval. */
export const wilson = (count: number, of: number, z = usualCertainty): RateInterval => {
  if (of <= 0) return { count: 0, of: 0, rate: undefined, low: 0, high: 1 }
  const rate = count / of
  const middle = (rate + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((rate * (1 - rate)) / of + (z * z) / (4 * of * of))
  // Rounding may leave the rate a hair outside at none and at all.
  return {
    count,
    of,
    rate,
    low: Math.max(0, Math.min(rate, middle - half)),
    high: Math.min(1, Math.max(rate, middle + half)),
  }
}

/** How the candidate differs from what is live in one thing. */
export interface OutcomeDifference {
  readonly kind: OutcomeKind
  readonly live: RateInterval
  readonly candidate: RateInterval
  /** The candidate's rate less that of live. Undefined: one of them has no case. */
  readonly difference: number | undefined
  readonly low: number
  readonly high: number
  /** As certain as was asked for, or open. */
  readonly verdict: 'better' | 'worse' | 'open'
}

/** Newcombe's interval of the difference, out of both Wilson intervals. */
export const compareOutcomes = (
  { live, candidate }: { readonly live: OutcomeTally; readonly candidate: OutcomeTally },
  z = usualCertainty,
): readonly OutcomeDifference[] =>
  kinds.map((kind) => differenceOf(kind, rateOf(live, kind, z), rateOf(candidate, kind, z)))

const rateOf = (tally: OutcomeTally, kind: OutcomeKind, z: number): RateInterval =>
  wilson(kind === 'tool-failures' ? tally.withToolFailures : tally[kind], tally.calls, z)

const differenceOf = (kind: OutcomeKind, live: RateInterval, candidate: RateInterval): OutcomeDifference => {
  if (live.rate === undefined || candidate.rate === undefined) {
    return { kind, live, candidate, difference: undefined, low: -1, high: 1, verdict: 'open' }
  }
  const difference = candidate.rate - live.rate
  const low = difference - Math.hypot(candidate.rate - candidate.low, live.high - live.rate)
  const high = difference + Math.hypot(candidate.high - candidate.rate, live.rate - live.low)
  const verdict =
    low > 0 ? (isGood[kind] ? 'better' : 'worse') : high < 0 ? (isGood[kind] ? 'worse' : 'better') : 'open'
  return { kind, live, candidate, difference, low: Math.max(-1, low), high: Math.min(1, high), verdict }
}

/** When a candidate is taken back. */
export interface GuardSettings {
  /** Neither side is judged by rates before it has had so many calls. */
  readonly leastCalls: number
  /** By which it is judged. */
  readonly kinds: readonly OutcomeKind[]
  /**
   * How many standard deviations make it certain. A rollout is looked at again and again, in several ways: with the usual 1.96
   * nearly half of all candidates that are as good as what is live would be taken back within a thousand calls, with 3.29
   * about three in a hundred.
   */
  readonly certainty: number
  /** Rates that differ by no more than this are the same for whoever calls. */
  readonly leastDifference: number
  /** So many of the candidate's first calls that fail entirely are enough, if they are half of all. */
  readonly failedAtOnce: number
}

export const defaultGuard: GuardSettings = {
  leastCalls: 20,
  kinds,
  certainty: 3.29,
  leastDifference: 0.03,
  failedAtOnce: 5,
}

export type GuardDecision =
  | { readonly kind: 'keep'; readonly reason: 'too-few-calls' | 'no-worse' }
  | { readonly kind: 'roll-back'; readonly reason: 'fails-at-once'; readonly failed: number; readonly calls: number }
  | { readonly kind: 'roll-back'; readonly reason: 'worse'; readonly by: OutcomeDifference }

/** Whether callers go on reaching the candidate. It is never taken back for what is no worse than what is live. */
export const guardOf = (
  tallies: { readonly live: OutcomeTally; readonly candidate: OutcomeTally },
  settings: GuardSettings = defaultGuard,
): GuardDecision => {
  const { live, candidate } = tallies
  const failed = candidate.failed + candidate.short
  const isWorse = failed * live.calls > (live.failed + live.short) * candidate.calls || live.calls === 0
  if (candidate.calls < settings.leastCalls || live.calls < settings.leastCalls) {
    return failed >= settings.failedAtOnce && failed * 2 >= candidate.calls && isWorse
      ? { kind: 'roll-back', reason: 'fails-at-once', failed, calls: candidate.calls }
      : { kind: 'keep', reason: 'too-few-calls' }
  }
  const worse = compareOutcomes(tallies, settings.certainty)
    .filter(({ kind, verdict }) => verdict === 'worse' && settings.kinds.includes(kind))
    .find(({ difference }) => Math.abs(difference ?? 0) > settings.leastDifference)
  return worse ? { kind: 'roll-back', reason: 'worse', by: worse } : { kind: 'keep', reason: 'no-worse' }
}
