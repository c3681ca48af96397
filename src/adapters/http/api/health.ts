import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { HealthCheck, Vitals } from '../../../application/operation/health.ts'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'

const seconds = z.int().meta({ description: 'Since the one that waits longest was due; 0 when none is.' })
const count = z.int()
const check = z.strictObject({
  name: z.string().meta({ description: 'database, queue, cache, versions, or a vendor such as calcom.' }),
  ok: z.boolean(),
  queue: z
    .strictObject({ jobs_waiting: count, oldest_job_seconds: seconds, oldest_delivery_seconds: seconds })
    .optional(),
  cache: z
    .strictObject({
      state: z.enum(['own', 'shared', 'away']),
      hits: count.optional(),
      misses: count.optional(),
      joined: count.optional(),
    })
    .optional(),
  accounts: z
    .array(
      z.strictObject({
        address: z.string(),
        companies: z.array(z.string()),
        breaker: z.enum(['open', 'closed', 'unknown']),
      }),
    )
    .optional(),
  versions: z.strictObject({ application: z.string(), schema: z.string().nullable() }).optional(),
})
const readiness = z.strictObject({ status: z.enum(['ready', 'not_ready']), not_ready: z.array(z.string()) })
const health = z.strictObject({ status: z.enum(['ok', 'degraded', 'down']), checks: z.array(check) })

/** Is the process there, can it work, and what exactly can it not? */
export const healthRoutes = (
  routing: Routing,
  doors: Doors,
  app: Pick<Application, 'health'>,
  { vitals }: { readonly vitals: Vitals },
): void => {
  const { http } = routing
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
      const isReady = (await vitals.schema()) !== undefined
      return reply
        .status(isReady ? 200 : 503)
        .send({ status: isReady ? 'ready' : 'not_ready', not_ready: isReady ? [] : ['database'] })
    },
  )

  routesBehind(routing)(doors.anyone)({
    method: 'GET',
    base: '',
    url: '/health',
    tag: 'Health',
    summary: 'Each check and the whole; of a company its own vendors, without the figures of everybody',
    answer: health,
    handle: async ({ principal }) => {
      const { status, checks } = await app.health(principal, vitals)
      return ok({ status, checks: checks.map(shown) })
    },
  })
}

const shown = ({ name, ok: isOk, queue, cache, accounts, versions }: HealthCheck): z.input<typeof check> => ({
  name,
  ok: isOk,
  ...(queue
    ? {
        queue: {
          jobs_waiting: queue.jobsWaiting,
          oldest_job_seconds: queue.oldestJob,
          oldest_delivery_seconds: queue.oldestDelivery,
        },
      }
    : {}),
  ...(cache ? { cache } : {}),
  ...(accounts
    ? {
        accounts: accounts.map((one) => ({ ...one, companies: [...one.companies], breaker: one.breaker ?? 'unknown' })),
      }
    : {}),
  ...(versions ? { versions: { application: versions.application, schema: versions.schema ?? null } } : {}),
})
