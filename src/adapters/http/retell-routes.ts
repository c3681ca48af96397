import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Application } from '../../application/application.ts'
import type { ProvenToolRequest, RawRequest } from '../../application/calling/accept-webhook.ts'
import type { InboundAnswer } from '../../application/calling/answer-inbound.ts'
import type { Clock } from '../../application/ports/ambient.ts'
import type { Signature } from '../../domain/calling/signature.ts'
import { addressOf } from './address-of.ts'
import { sendFailure } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a request of Retell whose header is good in shape and clock. */
    signature?: Signature | undefined
  }
}

const largestBody = 5 * 1024 * 1024

type Needs = Pick<
  Application,
  'plausibleSignature' | 'judgeHeader' | 'acceptWebhook' | 'acceptToolRequest' | 'answerTool' | 'apologise'
>

/**
 * The doors for Retell. Bodies are kept as the bytes that were signed; the header's shape and clock are judged before
 * a body is read.
 */
export const retellRoutes =
  (app: Needs, clock: Clock, { trustProxy }: { readonly trustProxy: boolean }): FastifyPluginAsync =>
  async (http: FastifyInstance) => {
    http.decorateRequest('signature')
    // A logger for each request costs more than routing it; what is written here names the request itself.
    http.setChildLoggerFactory((logger) => logger)
    http.removeAllContentTypeParsers()
    // JSON is named as well, for a parser of its own is remembered, and one for all is looked for each time.
    http.addContentTypeParser(
      ['application/json', '*'],
      { parseAs: 'buffer', bodyLimit: largestBody },
      (_request, body, done) => done(null, body),
    )

    /** An agent that is answered an error falls silent, so even a fault of ours is a sentence. */
    const toolReply = async (request: FastifyRequest, proven: ProvenToolRequest) => {
      try {
        return await app.answerTool(proven)
      } catch (fault) {
        request.log.error(
          { reqId: request.id, err: { name: fault instanceof Error ? fault.name : 'unknown' } },
          'a tool could not be answered',
        )
        return app.apologise(proven)
      }
    }

    // A good header costs no turn of the event loop, for most are good.
    http.addHook('onRequest', (request, reply, done) => {
      const signature = signatureOf(request)
      request.signature = app.plausibleSignature({ signature })
      if (request.signature) return done()
      app.judgeHeader({ signature, address: addressOf(request, trustProxy) }).then((judged) => {
        if (judged.isErr()) sendFailure(reply, judged.error, clock.now())
        else done()
      }, done)
    })

    http.post('/webhooks/retell', { bodyLimit: largestBody }, async (request, reply) => {
      const accepted = await app.acceptWebhook(rawOf(request, addressOf(request, trustProxy)))
      if (accepted.isErr()) return sendFailure(reply, accepted.error, clock.now())
      const answer = accepted.value
      if (answer.kind === 'inbound') return reply.status(200).send({ call_inbound: inboundView(answer.answer) })
      if (answer.kind === 'tool') return reply.status(200).send(await toolReply(request, answer.proven))
      return reply.status(204).send()
    })

    const answer = async (request: FastifyRequest, reply: FastifyReply, toolInPath: string | undefined) => {
      const accepted = await app.acceptToolRequest(rawOf(request, addressOf(request, trustProxy)), toolInPath)
      if (accepted.isErr()) return sendFailure(reply, accepted.error, clock.now())
      return reply.status(200).send(await toolReply(request, accepted.value))
    }
    http.post('/functions/retell', { bodyLimit: largestBody }, (request, reply) => answer(request, reply, undefined))
    http.post<{ Params: { tool: string } }>('/functions/retell/:tool', { bodyLimit: largestBody }, (request, reply) =>
      answer(request, reply, request.params.tool),
    )
  }

const signatureOf = ({ headers }: FastifyRequest): string | undefined => {
  const signature = headers['x-retell-signature']
  return typeof signature === 'string' ? signature : undefined
}

const rawOf = (request: FastifyRequest, address: string): RawRequest => ({
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  signature: signatureOf(request),
  address,
  judged: request.signature,
})

const inboundView = ({ override, variables, metadata }: InboundAnswer) => ({
  ...(override ? { override_agent_id: override.agentId, override_agent_version: override.version } : {}),
  dynamic_variables: variables,
  metadata,
})
