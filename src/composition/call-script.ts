import { readFileSync } from 'node:fs'
import { err, ok, type Result } from 'neverthrow'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Step } from '../adapters/simulation/simulated-call.ts'
import type { Json } from '../domain/canonical-json.ts'

const json: z.ZodType<Json> = z.json()
const stepSchema = z.union([
  z.strictObject({ agent: z.string() }).transform(({ agent }): Step => ({ says: 'agent', text: agent })),
  z.strictObject({ user: z.string() }).transform(({ user }): Step => ({ says: 'user', text: user })),
  z.strictObject({ say: z.literal('answer') }).transform((): Step => ({ says: 'answer' })),
  z
    .strictObject({ pause_ms: z.number().int().min(0).max(60_000) })
    .transform(({ pause_ms }): Step => ({ pause: pause_ms })),
  z
    .strictObject({ tool: z.string().min(1), args: z.record(z.string(), json).default({}) })
    .transform(({ tool, args }): Step => ({ tool, args })),
])

export type UnusableScript = { readonly kind: 'unusable-script'; readonly problems: readonly string[] }

/** A conversation as YAML: a list of `agent:`, `user:`, `tool:` with `args:`, `say: answer`, `pause_ms:`. */
export const readCallScript = (file: string): Result<readonly Step[], UnusableScript> => {
  let document: unknown
  try {
    document = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 })
  } catch (fault) {
    return err({ kind: 'unusable-script', problems: [fault instanceof Error ? fault.message : 'cannot be read'] })
  }
  const parsed = z.array(stepSchema).min(1).safeParse(document)
  if (parsed.success) return ok(parsed.data)
  return err({
    kind: 'unusable-script',
    problems: parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`),
  })
}
