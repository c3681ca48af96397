import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'

const check = z.strictObject({ name: z.string(), ok: z.boolean() })
const readiness = z.strictObject({ status: z.enum(['ready', 'not_ready']), not_ready: z.array(z.string()) })
const health = z.strictObject({ status: z.enum(['ok', 'degraded', 'down']), checks: z.array(check) })

export interface HealthCheck {
  readonly name: string
  readonly ok: boolean
  /** Everything can be done without it, only less well. */
  readonly isOptional?: true
}

/** Is the process there, can it work, and what exactly can it not? */
export const healthRoutes = (
  routing: Routing,
  doors: Doors,
  { ready }: { readonly ready: () => Promise<readonly HealthCheck[]> },
): void => {
  const { http } = routing
  const checks = async (): Promise<readonly HealthCheck[]> => {
    try {
      return await ready()
    } catch {
      return [{ name: 'checks', ok: false }]
    }
  }
  const tags = ['Health']

  http.get(
    '/health/live',
    {
      schema: {
        tags,
        summary: 'The process answers',
        security: [],
        response: { 200: z.strictObject({ status: z.literal('live') }) },
      },
    },
    async (_request, reply) => reply.send({ status: 'live' }),
  )

  http.get(
    '/health/ready',
    {
      schema: { tags, summary: 'Names what is not ready', security: [], response: { 200: readiness, 503: readiness } },
    },
    async (_request, reply) => {
      const missing = (await checks()).filter((one) => !one.ok && !one.isOptional).map(({ name }) => name)
      return reply
        .status(missing.length === 0 ? 200 : 503)
        .send({ status: missing.length === 0 ? 'ready' : 'not_ready', not_ready: missing })
    },
  )

  routesBehind(routing)(doors.anyone)({
    method: 'GET',
    base: '',
    url: '/health',
    tag: 'Health',
    summary: 'Each check and the whole',
    answer: health,
    handle: async () => {
      const all = await checks()
      const missing = all.filter((one) => !one.ok)
      return ok({ status: statusWithout(missing), checks: all.map(({ name, ok: isOk }) => ({ name, ok: isOk })) })
    },
  })
}

const statusWithout = (missing: readonly HealthCheck[]): 'ok' | 'degraded' | 'down' => {
  if (missing.length === 0) return 'ok'
  return missing.every((one) => one.isOptional) ? 'degraded' : 'down'
}
