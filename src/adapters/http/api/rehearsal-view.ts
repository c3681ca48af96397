import { z } from 'zod'
import { sayRehearsalFault } from '../../../application/agents/rehearsal-words.ts'
import type { PlayedScript, RehearsalFault, RehearsalLine } from '../../../application/agents/rehearse.ts'
import type { TimeZone } from '../../../domain/time.ts'
import { instantText, json, written } from './schemas.ts'

const fault = z.strictObject({
  kind: z.enum([
    'not_a_parameter',
    'required_missing',
    'not_allowed',
    'tool_missing',
    'tool_elsewhere',
    'failed',
    'unmet',
    'claim',
  ]),
  message: z.string(),
})

const line = z.strictObject({
  kind: z.enum(['agent', 'caller', 'tool']),
  text: z.string().optional(),
  tool: z.string().optional(),
  args: json.optional(),
  answer: json.nullable().optional().meta({ description: 'Null: the function was not asked.' }),
  faults: z.array(fault).optional(),
})

/** A script as it was played: what a caller would have heard, line by line, and what was wrong. */
export const playedScript = z
  .strictObject({
    name: z.string(),
    is_usual: z.boolean().meta({ description: 'Nobody wrote it: it is what every company’s callers want.' }),
    passed: z.boolean(),
    at: instantText,
    lines: z.array(line),
    faults: z.array(fault).meta({ description: 'Those of the call as a whole.' }),
    effects: z.strictObject({ booked: z.number(), rescheduled: z.number(), cancelled: z.number() }),
  })
  .meta({ id: 'PlayedScript' })

export const viewOfPlayed = (one: PlayedScript, zone: TimeZone): z.input<typeof playedScript> => ({
  name: one.name,
  is_usual: one.isUsual,
  passed: one.passed,
  at: written(one.at, zone),
  lines: one.lines.map(viewOfLine),
  faults: one.faults.map(viewOfFault),
  effects: { ...one.effects },
})

const viewOfLine = (one: RehearsalLine): z.input<typeof line> =>
  one.kind === 'tool'
    ? {
        ...{ kind: one.kind, tool: one.tool, args: { ...one.args } },
        answer: one.answer ? { ...one.answer } : null,
        faults: one.faults.map(viewOfFault),
      }
    : { kind: one.kind, text: one.text }

const kinds = {
  'not-a-parameter': 'not_a_parameter',
  'required-missing': 'required_missing',
  'not-allowed': 'not_allowed',
  'tool-missing': 'tool_missing',
  'tool-elsewhere': 'tool_elsewhere',
  failed: 'failed',
  unmet: 'unmet',
  claim: 'claim',
} as const

const viewOfFault = (one: RehearsalFault): z.input<typeof fault> => ({
  kind: kinds[one.kind],
  message: sayRehearsalFault(one, 'en'),
})
