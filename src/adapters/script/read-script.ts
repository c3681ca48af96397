import { err, ok, type Result } from 'neverthrow'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ScriptProblem } from '../../application/ports/rehearsals.ts'
import type { CallScript, ScriptStep } from '../../domain/agents/script.ts'
import type { Json } from '../../domain/canonical-json.ts'

const json: z.ZodType<Json> = z.json()
const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]).default([])
const count = z.number().int().min(0).max(20).optional()

const expectation = z
  .strictObject({ status: texts, says: texts, never_says: texts, fields: z.record(z.string(), json).default({}) })
  .transform(({ never_says, ...rest }) => ({ ...rest, neverSays: never_says }))

const step = z.union([
  z.strictObject({ agent: z.string() }).transform(({ agent }): ScriptStep => ({ says: 'agent', text: agent })),
  z.strictObject({ user: z.string() }).transform(({ user }): ScriptStep => ({ says: 'user', text: user })),
  z.strictObject({ say: z.literal('answer') }).transform((): ScriptStep => ({ says: 'answer' })),
  z
    .strictObject({ pause_ms: z.number().int().min(0).max(60_000) })
    .transform(({ pause_ms }): ScriptStep => ({ pause: pause_ms })),
  z
    .strictObject({
      tool: z.string().min(1),
      args: z.record(z.string(), json).default({}),
      expect: expectation.optional(),
    })
    .transform(({ tool, args, expect }): ScriptStep => ({ tool, args, expect })),
])

const steps = z.array(step).min(1).max(200)
const script = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    caller: z.string().trim().max(40).optional(),
    branch: z.string().optional(),
    at: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'is a local time such as 2026-12-01T09:00')
      .optional(),
    steps,
    expect: z.strictObject({ booked: count, rescheduled: count, cancelled: count }).optional(),
  })
  .transform(
    ({ name, caller, branch, at, steps: read, expect }): CallScript => ({
      name,
      caller: caller === undefined || caller === 'hidden' ? undefined : caller,
      branch,
      at,
      steps: read,
      appointments: expect,
    }),
  )

const bare = (read: readonly ScriptStep[]): CallScript => ({
  name: undefined,
  caller: undefined,
  branch: undefined,
  at: undefined,
  steps: read,
  appointments: undefined,
})

/** Longer than any conversation. */
const largest = 200_000

/**
 * A scripted call as YAML: a list of `agent:`, `user:`, `tool:` with `args:` and `expect:`, `say: answer`, `pause_ms:`; or
 * a mapping of `name`, `caller`, `branch`, `at`, `steps` and `expect` around such a list.
 */
export const readScript = (source: string): Result<CallScript, readonly ScriptProblem[]> => {
  if (source.length > largest) return err([{ path: '', message: 'is longer than 200,000 characters.' }])
  let document: unknown
  try {
    document = parse(source, { maxAliasCount: 0 })
  } catch (fault) {
    return err([
      { path: '', message: fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : 'cannot be read.' },
    ])
  }
  const read = Array.isArray(document) ? steps.transform(bare).safeParse(document) : script.safeParse(document)
  if (read.success) return ok(read.data)
  return err(read.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message })))
}
