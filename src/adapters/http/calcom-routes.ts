import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Application } from '../../application/application.ts'
import type { Clock } from '../../application/ports/ambient.ts'
import { addressOf } from './address-of.ts'
import { sendFailure } from './problem.ts'

const largestBody = 1024 * 1024

type Needs = Pick<Application, 'judgeCalendarHeader' | 'acceptCalendar'>
interface OfCompany {
  readonly Params: { readonly company: string }
}

/**
 * The door for Cal.com. Bodies are kept as the bytes that were signed; what cannot be a signature is refused before a
 * body is read.
 */
export const calcomRoutes =
  (app: Needs, clock: Clock, { trustProxy }: { readonly trustProxy: boolean }): FastifyPluginAsync =>
  async (http: FastifyInstance) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
      done(null, body),
    )

    http.post<OfCompany>(
      '/webhooks/calcom/:company',
      {
        bodyLimit: largestBody,
        onRequest: async (request, reply) => {
          const header = { signature: signatureOf(request), address: addressOf(request, trustProxy) }
          const judged = await app.judgeCalendarHeader(request.params.company, header)
          if (judged.isErr()) return sendFailure(reply, judged.error, clock.now())
        },
      },
      async (request, reply) => {
        const accepted = await app.acceptCalendar(request.params.company, {
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          signature: signatureOf(request),
          address: addressOf(request, trustProxy),
        })
        return accepted.isErr() ? sendFailure(reply, accepted.error, clock.now()) : reply.status(204).send()
      },
    )
  }

const signatureOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined => {
  const signature = headers['x-cal-signature-256']
  return typeof signature === 'string' ? signature : undefined
}
