import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { CallId } from '../../../domain/ids.ts'
import type { Doors } from '../authenticate.ts'
import { sendFailure } from '../problem.ts'
import { problemAnswers } from './problems.ts'
import type { Routing } from './route.ts'

const heard = (description: string) => ({ description, content: { 'audio/wav': { schema: z.string() } } })

/** Players jump within a recording by one range at a time; of anything else they get all of it. */
const rangeOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/.test(text) ? text : undefined

/** Recordings of calls, as they come from Retell. */
export const recordingRoutes = (
  { http, clock }: Routing,
  doors: Doors,
  app: Pick<Application, 'playRecording'>,
): void => {
  const door = doors.company('calls.read')

  http.get(
    '/api/v1/companies/:company/calls/:call_id/recording',
    {
      onRequest: [...door.hooks],
      exposeHeadRoute: false,
      schema: {
        tags: ['Calls'],
        summary:
          'What was said in a call, to be heard: streamed from Retell, no copy is kept, and each time is written down',
        params: z.object({ company: z.string(), call_id: z.string() }),
        headers: z.looseObject({ range: z.string().max(100).optional() }),
        querystring: z.strictObject({}),
        response: {
          200: heard('All of it.'),
          206: heard('The part that `Range` named.'),
          ...problemAnswers([401, 403, 404, 409, 422, 429, 502, 503]),
        },
      },
    },
    async (request, reply) => {
      const { scope, profile } = door.at(request)
      const { call_id: id } = request.params as { readonly call_id: CallId }
      const opened = /\p{Cc}/u.test(id)
        ? undefined
        : await app.playRecording(scope, profile, id, rangeOf(request.headers.range))
      if (!opened) return sendFailure(reply, { kind: 'not-found' }, clock.now())
      if (opened.isErr()) return sendFailure(reply, opened.error, clock.now())
      const { contentType, length, range, sound } = opened.value
      reply
        .status(range === undefined ? 200 : 206)
        .type(contentType)
        .header('accept-ranges', 'bytes')
        .header(
          'content-disposition',
          `inline; filename="${id.replace(/[^\w-]/g, '_').slice(0, 100)}.${endingOf(contentType)}"`,
        )
      if (length !== undefined) reply.header('content-length', length)
      if (range !== undefined) reply.header('content-range', range)
      return reply.send(Readable.from(sound))
    },
  )
}

const endingOf = (contentType: string): string =>
  contentType === 'audio/mpeg' ? 'mp3' : contentType.replace(/^audio\/(?:x-)?/, '')
