import { z } from 'zod'
import type { RolloutOutcomes } from '../../../application/agents/rollout-guard.ts'
import type { GuardDecision, OutcomeDifference, RateInterval } from '../../../domain/agents/outcome-guard.ts'

const tally = z.strictObject({
  retell_version: z.number().int().nullable(),
  calls: z.number(),
  booked: z.number(),
  failed: z.number().meta({ description: 'Ended in an error.' }),
  negative: z.number().meta({ description: 'The caller was displeased.' }),
  short: z.number().meta({ description: 'Ended early, before a function was asked.' }),
  looping: z.number().meta({ description: 'The agent asked the same again and again.' }),
  with_tool_failures: z.number().meta({ description: 'A function failed in it through us or a vendor.' }),
  tool_calls: z.number().meta({ description: 'How often a function was asked in these calls.' }),
  tool_failures: z.number().meta({ description: 'How many of them failed through us or a vendor.' }),
})
const rate = z.strictObject({
  count: z.number(),
  of: z.number(),
  rate: z.number().nullable().meta({ description: 'Null: there was no case.' }),
  low: z.number(),
  high: z.number(),
})
const difference = z.strictObject({
  kind: z.enum(['booked', 'failed', 'negative', 'short', 'looping', 'tool_failures']),
  live: rate,
  candidate: rate,
  difference: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  verdict: z.enum(['better', 'worse', 'open']),
})

/** What came of the calls of both versions of a rollout. */
export const rolloutOutcomes = z
  .strictObject({
    live: tally,
    candidate: tally,
    differences: z.array(difference),
    guard: z
      .strictObject({
        kind: z.enum(['keep', 'roll_back']),
        reason: z.enum(['too_few_calls', 'no_worse', 'fails_at_once', 'worse']),
        by: difference.nullable(),
      })
      .meta({ description: 'What follows from that.' }),
  })
  .meta({ id: 'RolloutOutcomes' })

export const viewOfOutcomes = (one: RolloutOutcomes): z.input<typeof rolloutOutcomes> => ({
  live: viewOfTally(one.live),
  candidate: viewOfTally(one.candidate),
  differences: one.differences.map(viewOfDifference),
  guard: viewOfGuard(one.guard),
})

const viewOfTally = (one: RolloutOutcomes['live']): z.input<typeof tally> => ({
  retell_version: one.retellVersion ?? null,
  calls: one.calls,
  booked: one.booked,
  failed: one.failed,
  negative: one.negative,
  short: one.short,
  looping: one.looping,
  with_tool_failures: one.withToolFailures,
  tool_calls: one.toolCalls,
  tool_failures: one.toolFailures,
})

const viewOfDifference = (one: OutcomeDifference): z.input<typeof difference> => ({
  kind: one.kind === 'tool-failures' ? 'tool_failures' : one.kind,
  live: viewOfRate(one.live),
  candidate: viewOfRate(one.candidate),
  difference: one.difference ?? null,
  low: one.low,
  high: one.high,
  verdict: one.verdict,
})

const viewOfRate = ({ count, of, rate: share, low, high }: RateInterval): z.input<typeof rate> => ({
  ...{ count, of, rate: share ?? null, low, high },
})

const reasons = {
  'too-few-calls': 'too_few_calls',
  'no-worse': 'no_worse',
  'fails-at-once': 'fails_at_once',
  worse: 'worse',
} as const

const viewOfGuard = (one: GuardDecision) => ({
  kind: one.kind === 'keep' ? ('keep' as const) : ('roll_back' as const),
  reason: reasons[one.reason],
  by: one.reason === 'worse' ? viewOfDifference(one.by) : null,
})
