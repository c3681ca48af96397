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
import { openDoors } from '../authenticate.ts'
import { sendFailure } from '../problem.ts'
import { agentExchangeRoutes } from './agent-exchange.ts'
import { agentReleaseRoutes } from './agent-releases.ts'
import { agentToolRoutes } from './agent-tools.ts'
import { agentWorkRoutes } from './agent-work.ts'
import { agentRoutes } from './agents.ts'
import { alertRoutes } from './alerts.ts'
import { appointmentRoutes } from './appointments.ts'
import { auditRoutes } from './audit.ts'
import { blockedTimeRoutes } from './blocked-times.ts'
import { calendarRoutes } from './calendar.ts'
import { callbackRoutes } from './callbacks.ts'
import { callRoutes } from './calls.ts'
import { catalogueRoutes } from './catalogue.ts'
import { catalogueChangeRoutes } from './catalogue-changes.ts'
import { companyRoutes } from './companies.ts'
import { customerRoutes } from './customers.ts'
import { deliveryRoutes } from './deliveries.ts'
import { eventRoutes } from './events.ts'
import { feedRoutes } from './feeds.ts'
import { flagRoutes } from './flags.ts'
import { healthRoutes } from './health.ts'
import { holdRoutes } from './holds.ts'
import { jobRoutes } from './jobs.ts'
import { onceOnly } from './once-only.ts'
import type { ApiOptions, ApiPorts } from './options.ts'
import { overviewRoutes } from './overview.ts'
import { platformRoutes } from './platform.ts'
import { inputErrorsOf } from './problems.ts'
import { recordingRoutes } from './recordings.ts'
import { rehearsalRoutes } from './rehearsals.ts'
import type { Routing } from './route.ts'
import { routingOverrideRoutes } from './routing-overrides.ts'
import { settingsRoutes } from './settings.ts'
import { toolRoutes } from './tools.ts'
import { unroutedRoutes } from './unrouted-calls.ts'
import { userRoutes } from './users.ts'
import { watchedNumberRoutes } from './watched-numbers.ts'
import { wishRoutes } from './wishes.ts'

export type { ApiOptions, ApiPorts } from './options.ts'

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
    healthRoutes(routing, doors, app, options)
    await companyRoutes(routing, doors, app, { directory, ...options }, once)
    overviewRoutes(routing, doors, app)
    callRoutes(routing, doors, app)
    recordingRoutes(routing, doors, app)
    unroutedRoutes(routing, doors, app, ports.unrouted)
    appointmentRoutes(routing, doors, app)
    blockedTimeRoutes(routing, doors, app)
    customerRoutes(routing, doors, app)
    callbackRoutes(routing, doors, app)
    wishRoutes(routing, doors, app)
    holdRoutes(routing, doors, app)
    catalogueRoutes(routing, doors, clock)
    catalogueChangeRoutes(routing, doors, app, options.patchCompanyFile, clock)
    settingsRoutes(routing, doors, app, options.patchCompanyFile, directory)
    routingOverrideRoutes(routing, doors, app)
    agentRoutes(routing, doors, app)
    agentWorkRoutes(routing, doors, app)
    agentExchangeRoutes(routing, doors, app)
    agentReleaseRoutes(routing, doors, app)
    agentToolRoutes(routing, doors, app)
    rehearsalRoutes(routing, doors, app)
    watchedNumberRoutes(routing, doors, app)
    alertRoutes(routing, doors, app)
    calendarRoutes(routing, doors, app)
    deliveryRoutes(routing, doors, app)
    jobRoutes(routing, doors, app)
    userRoutes(routing, doors, ports.identities)
    auditRoutes(routing, doors, app, ports.alarm)
    flagRoutes(routing, doors, app, ports.directory)
    feedRoutes(routing, doors, app, options.publicUrl)
    toolRoutes(routing, doors, options.toolsOf)
    eventRoutes(routing, doors, ports.events)
    platformRoutes(routing, doors, ports)

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
