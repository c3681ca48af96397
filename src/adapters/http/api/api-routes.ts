import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyError, FastifyPluginAsync } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import type { Application } from '../../../application/application.ts'
import type { Ports } from '../../../application/ports/ports.ts'
import { openDoors } from '../authenticate.ts'
import { sendFailure } from '../problem.ts'
import { appointmentRoutes } from './appointments.ts'
import { callRoutes } from './calls.ts'
import { type CompanyFileReader, companyRoutes } from './companies.ts'
import { onceOnly } from './once-only.ts'
import { inputErrorsOf } from './problems.ts'
import type { Routing } from './route.ts'

export type ApiPorts = Pick<
  Ports,
  'directory' | 'clock' | 'events' | 'inbox' | 'unrouted' | 'alarm' | 'identities' | 'idempotency'
>

export interface ApiOptions {
  readonly tokensPerMinute: number
  /** Names what has to work for the service to be ready. */
  readonly ready: () => Promise<readonly { readonly name: string; readonly ok: boolean }[]>
  readonly readCompanyFile: CompanyFileReader
}

/** The REST API under `/api/v1`, its description at `/openapi.json` and `/docs`, and the health of the service. */
export const apiRoutes =
  (app: Application, ports: ApiPorts, options: ApiOptions): FastifyPluginAsync =>
  async (http) => {
    const { clock, directory } = ports
    http.setValidatorCompiler(validatorCompiler)
    http.setSerializerCompiler(serializerCompiler)

    http.setErrorHandler<FastifyError>((error, _request, reply) => {
      const errors = inputErrorsOf(error)
      if (errors) return sendFailure(reply, { kind: 'invalid-input', errors }, clock.now())
      if (error.code?.startsWith('FST_CSRF')) return sendFailure(reply, { kind: 'csrf-token-missing' }, clock.now())
      throw error
    })
    http.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    })

    await http.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'frontdesk',
          version: '1',
          description: 'Calls, appointments and customers of AI phone agents.',
        },
        components: {
          securitySchemes: {
            token: { type: 'http', scheme: 'bearer', description: 'A token that begins with fd_' },
            session: { type: 'apiKey', in: 'cookie', name: 'frontdesk_session', description: 'With X-CSRF-Token.' },
          },
        },
        security: [{ token: [] }, { session: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    })

    const doors = await openDoors(http, { app, directory, clock, tokensPerMinute: options.tokensPerMinute })
    const once = onceOnly(http, doors, ports)
    const parse = http.getDefaultJsonParser('error', 'error')
    http.removeContentTypeParser('application/json')
    http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      once.noteBody(request, String(body))
      if (body === '') done(null, undefined)
      else parse(request, String(body), done)
    })

    const routing: Routing = { http, clock, onceOnly: once.hook }
    callRoutes(routing, doors, app)
    appointmentRoutes(routing, doors, app)
    await companyRoutes(routing, doors, app, { ...ports, ...options }, once)

    await http.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: contentPolicy,
      uiConfig: { url: '/openapi.json', deepLinking: true },
    })
    http.get('/openapi.json', { schema: { hide: true } }, async () => http.swagger())
  }

const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
