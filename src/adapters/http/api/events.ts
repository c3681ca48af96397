import { z } from 'zod'
import type { EventStream } from '../../../application/ports/events.ts'
import type { Doors } from '../authenticate.ts'
import { liveStreams, startOf } from '../live-streams.ts'
import { problemAnswers } from './problems.ts'
import type { Routing } from './route.ts'

/** What changes, as it changes: ids only, to be read under one's own rights. */
export const eventRoutes = ({ http }: Routing, doors: Doors, events: EventStream): void => {
  const live = liveStreams(events)
  const door = doors.company('calls.read')
  http.addHook('preClose', async () => live.closeAll())

  http.get(
    '/api/v1/companies/:company/events',
    {
      onRequest: [...door.hooks],
      exposeHeadRoute: false,
      schema: {
        tags: ['Events'],
        summary: 'Server-sent events; Last-Event-ID resumes',
        params: z.object({ company: z.string() }),
        headers: z.looseObject({ 'last-event-id': z.string().max(20).optional() }),
        querystring: z.strictObject({
          since: z
            .string()
            .regex(/^\d{1,15}$/)
            .optional()
            .meta({ description: 'Begin after this event.' }),
        }),
        response: {
          200: {
            description: 'Events until one side ends it.',
            content: { 'text/event-stream': { schema: z.string() } },
          },
          ...problemAnswers([401, 403, 404, 422, 429]),
        },
      },
    },
    async (request, reply) => {
      const { 'last-event-id': last } = request.headers
      const { since } = request.query as { readonly since?: string }
      const start = startOf(typeof last === 'string' ? last : undefined, since)
      const { scope } = door.at(request)
      await live.open(request, reply, scope.company, start, () => door.stillOpen(request))
    },
  )
}
