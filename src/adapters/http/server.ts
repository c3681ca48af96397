import { randomBytes } from 'node:crypto'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify'
import { problemOf, sendProblem } from './problem.ts'

export interface ServerOptions {
  readonly logger: FastifyBaseLogger | undefined
  readonly trustProxy: boolean
  readonly routes: readonly FastifyPluginAsync[]
}

/** The bare server: request ids, one way to tell a failure, nothing leaked. What it serves are its `routes`. */
export const server = async ({ logger, trustProxy, routes }: ServerOptions): Promise<FastifyInstance> => {
  const http = fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    trustProxy,
    bodyLimit: 1024 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: requestIds(),
    routerOptions: { maxParamLength: 300 },
    // An address that cannot be read names nothing.
    frameworkErrors: (_error, _request, reply) => sendProblem(reply, problemOf({ kind: 'not-found' })),
    forceCloseConnections: true,
  })
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  http.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return sendProblem(reply, problemOf({ kind: 'body-too-large' }))
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      return sendProblem(reply, problemOf({ kind: 'unsupported-media-type' }))
    if (error.statusCode !== undefined && error.statusCode < 500) {
      const errors = [{ pointer: '', detail: error.message }]
      return sendProblem(reply, { ...problemOf({ kind: 'invalid-input', errors }), status: error.statusCode })
    }
    http.log.error(
      { reqId: request.id, err: { name: error.name, code: error.code, stack: error.stack } },
      'request failed',
    )
    return sendProblem(reply, { type: '/problems/internal', title: 'Internal error', status: 500 })
  })
  http.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOf({ kind: 'not-found' })))
  for (const routesOf of routes) await http.register(routesOf)
  return http
}

/** One of a kind among all processes; it names a request in the log and is no secret. */
const requestIds = (): (() => string) => {
  const process = randomBytes(9).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return `${process}-${count.toString(36)}`
  }
}
