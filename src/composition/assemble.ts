import type { FastifyBaseLogger, FastifyInstance, FastifyPluginAsync } from 'fastify'
import { companyFileOf } from '../adapters/company-file/write-company-file.ts'
import { apiRoutes } from '../adapters/http/api/api-routes.ts'
import { calcomRoutes } from '../adapters/http/calcom-routes.ts'
import { retellRoutes } from '../adapters/http/retell-routes.ts'
import { server } from '../adapters/http/server.ts'
import { toolJson } from '../adapters/retell/tool-json.ts'
import { webRoutes } from '../adapters/web/web-routes.ts'
import { type Application, application } from '../application/application.ts'
import type { Vitals } from '../application/operation/health.ts'
import type { Ports } from '../application/ports/ports.ts'
import type { TimeZone } from '../domain/time.ts'
import { callLink } from './call-link.ts'
import { patchCompany, readCompany } from './read-company.ts'
import { type Work, wakeOnWork } from './wake-on-work.ts'
import { webApplication } from './web-application.ts'

export interface AssembleOptions {
  readonly publicUrl: string
  readonly logger: FastifyBaseLogger | undefined
  readonly trustProxy: boolean
  readonly toolDeadlineMs: number
  readonly platformZone: TimeZone
  readonly vitals: Vitals
}

export interface Assembled {
  readonly app: Application
  readonly http: FastifyInstance
  /** Told whenever there is something to do. */
  readonly onWork: (wake: (work: Work) => void) => void
}

/** Everything is made here, by hand, in the order in which it is needed. */
export const assemble = async (given: Ports, options: AssembleOptions): Promise<Assembled> => {
  let wake: (work: Work) => void = () => {}
  const ports: Ports = wakeOnWork(given, (work) => wake(work))
  const app = application(ports, {
    callLink: callLink(options.publicUrl),
    publicUrl: options.publicUrl,
    toolDeadlineMs: options.toolDeadlineMs,
    agentTools: (language, company) => toolJson(language, options.publicUrl, company),
  })
  const routes: FastifyPluginAsync[] = [
    retellRoutes(app, ports.clock, options),
    calcomRoutes(app, ports.clock, options),
    apiRoutes(app, ports, {
      tokensPerMinute: 600,
      publicUrl: options.publicUrl,
      vitals: options.vitals,
      // Whoever may send a file over the network would read the environment of the service through `${NAME}`.
      readCompanyFile: (source) => readCompany(source, {}),
      companyFileOf,
      patchCompanyFile: patchCompany,
      toolsOf: (language, company) => toolJson(language, options.publicUrl, company),
    }),
    webRoutes({
      application: webApplication(app, ports),
      secureCookies: options.publicUrl.startsWith('https:'),
      platformZone: options.platformZone,
      publicUrl: options.publicUrl,
      clock: ports.clock,
    }),
  ]
  const http = await server({ logger: options.logger, trustProxy: options.trustProxy, routes })
  return {
    app,
    http,
    onWork: (listener) => {
      wake = listener
    },
  }
}
