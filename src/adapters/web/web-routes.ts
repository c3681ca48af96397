import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import type { FastifyError, FastifyPluginAsync } from 'fastify'
import { liveStreams } from '../http/live-streams.ts'
import { agentDraftRoutes } from './agent-draft-routes.ts'
import { agentDriftRoutes } from './agent-drift-routes.ts'
import { agentExchangeRoutes } from './agent-exchange-routes.ts'
import { agentHistoryRoutes } from './agent-history-routes.ts'
import { agentReleaseRoutes } from './agent-release-routes.ts'
import { agentRolloutRoutes } from './agent-rollout-routes.ts'
import { agentRoutes } from './agent-routes.ts'
import type { WebDependencies } from './application.ts'
import { appointmentRoutes } from './appointment-routes.ts'
import { assetRoutes, loadAssets } from './assets.ts'
import { auditRoutes } from './audit-routes.ts'
import { pages } from './authenticated.ts'
import { blockedTimeRoutes } from './blocked-time-routes.ts'
import { calendarConnectionRoutes } from './calendar-connection-routes.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { companyRoutes } from './company-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { doorRoutes } from './door-routes.ts'
import { flagRoutes } from './flag-routes.ts'
import { numberRoutes } from './number-routes.ts'
import { platformRoutes } from './platform-routes.ts'
import { receptionRoutes } from './reception-routes.ts'
import { rehearsalRoutes } from './rehearsal-routes.ts'
import { scriptRoutes } from './script-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { toolEditorRoutes } from './tool-editor-routes.ts'
import { toolRoutes } from './tool-routes.ts'
import { unroutedRoutes } from './unrouted-routes.ts'
import { watchedNumberRoutes } from './watched-number-routes.ts'

/** Paths of programs: what is missing there is not answered with a page. */
const forPrograms = /^\/(?:api|webhooks|functions|health|metrics|openapi\.json|docs|calendars)(?:[/?]|$)/

/**
 * The dashboard, everything under `/` that is made for people. Register it once, without a prefix; it keeps its headers,
 * cookies and error pages to itself.
 */
export const webRoutes =
  (dependencies: WebDependencies): FastifyPluginAsync =>
  async (http) => {
    const { secureCookies, application } = dependencies
    const assets = loadAssets()
    const live = liveStreams(application.events)

    if (!http.hasPlugin('@fastify/cookie')) await http.register(cookie)
    if (!http.hasContentTypeParser('application/x-www-form-urlencoded'))
      await http.register(formbody, { bodyLimit: 16_384 })
    await http.register(csrf, {
      cookieKey: 'frontdesk_csrf',
      cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies },
    })
    await http.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          scriptSrcAttr: ["'none'"],
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          ...(secureCookies ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: secureCookies ? { maxAge: 15_552_000 } : false,
      crossOriginOpenerPolicy: secureCookies ? { policy: 'same-origin' } : false,
      originAgentCluster: secureCookies,
    })

    const all = pages(dependencies, assets)

    /** Pages hold personal data: nobody keeps them. Assets say for themselves how long they last. */
    http.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })

    http.setErrorHandler<FastifyError>((error, request, reply) => {
      if (error.code?.startsWith('FST_CSRF')) return all.showProblem(request, reply, 'expired')
      if (error.statusCode === 429) return all.showProblem(request, reply, 'busy')
      if (error.statusCode !== undefined && error.statusCode < 500) return all.showProblem(request, reply, 'notFound')
      request.log.error({ err: error }, 'a page could not be shown')
      return all.showProblem(request, reply, 'broken', request.id)
    })

    http.addHook('preClose', async () => live.closeAll())

    await http.register(assetRoutes(assets))
    await http.register(doorRoutes(dependencies, all))
    await http.register(platformRoutes(dependencies, all))
    await http.register(unroutedRoutes(dependencies, all))
    await http.register(flagRoutes(dependencies, all))
    await http.register(companyRoutes(dependencies, all, live))
    await http.register(appointmentRoutes(dependencies, all))
    await http.register(calendarRoutes(dependencies, all))
    await http.register(blockedTimeRoutes(dependencies, all))
    await http.register(customerRoutes(dependencies, all))
    await http.register(numberRoutes(dependencies, all))
    await http.register(staffRoutes(dependencies, all))
    await http.register(auditRoutes(dependencies, all))
    await http.register(calendarConnectionRoutes(dependencies, all))
    await http.register(receptionRoutes(dependencies, all))
    await http.register(agentRoutes(dependencies, all))
    await http.register(agentReleaseRoutes(dependencies, all))
    await http.register(agentRolloutRoutes(dependencies, all))
    await http.register(agentDraftRoutes(dependencies, all))
    await http.register(agentHistoryRoutes(dependencies, all))
    await http.register(agentDriftRoutes(dependencies, all))
    await http.register(agentExchangeRoutes(dependencies, all))
    await http.register(toolRoutes(dependencies, all))
    await http.register(toolEditorRoutes(dependencies, all))
    await http.register(rehearsalRoutes(dependencies, all))
    await http.register(scriptRoutes(dependencies, all))
    await http.register(watchedNumberRoutes(dependencies, all))

    http.get('/*', async (request, reply) =>
      forPrograms.test(request.url) ? reply.callNotFound() : all.showProblem(request, reply, 'notFound'),
    )
  }
