import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { patchCompanyFile } from '../../../src/adapters/company-file/patch-company-file.ts'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { companyFileOf } from '../../../src/adapters/company-file/write-company-file.ts'
import { apiRoutes } from '../../../src/adapters/http/api/api-routes.ts'
import { server } from '../../../src/adapters/http/server.ts'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import type { Vitals } from '../../../src/application/operation/health.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import { type Desk, openDesk, praxis, salon } from '../../application/desk.ts'
import { standInVitals } from '../../application/vitals.ts'

export type Answer = Omit<LightMyRequestResponse, 'json'> & { json: () => Record<string, unknown> & { items: Item[] } }
/** What a client of the wire has in hands. */
export type Item = ReturnType<typeof JSON.parse>

export interface Api {
  readonly desk: Desk
  readonly http: FastifyInstance
  /** A token of a role; without a company the platform's. */
  readonly token: (role: Role, company?: string) => Promise<string>
  readonly ask: (
    as: string | undefined,
    method: NonNullable<InjectOptions['method']>,
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
}

/** The API over a desk in memory with two companies, salon-sonne and praxis-mond. */
export const openApi = async (
  options: {
    readonly tokensPerMinute?: number
    readonly vitals?: Partial<Vitals>
    /** In place of the usual company. */
    readonly salon?: string
    /** In place of a desk in memory. */
    readonly open?: Parameters<typeof openDesk>[1]
  } = {},
) => {
  const desk = await openDesk([options.salon ?? salon, praxis], options.open, { calendarPatienceMs: 30 })
  const http = await server({
    logger: undefined,
    trustProxy: false,
    routes: [
      apiRoutes(desk.app, desk.ports, {
        tokensPerMinute: options.tokensPerMinute ?? 100_000,
        publicUrl: 'https://desk.example',
        vitals: standInVitals(options.vitals),
        readCompanyFile: (source) => readCompanyFile(source, {}),
        companyFileOf,
        patchCompanyFile,
        toolsOf: (language, company) => toolJson(language, 'https://desk.example', company),
      }),
    ],
  })
  await http.ready()

  const token = async (role: Role, company = 'salon-sonne'): Promise<string> => {
    const id = role === 'platform_admin' ? undefined : await desk.ports.directory.companyBySlug(company)
    const created = await desk.app.createToken(desk.platform, { role, company: id, expiresAt: undefined })
    return created._unsafeUnwrap().token
  }

  const ask: Api['ask'] = async (as, method, url, body, headers = {}) => {
    const answer = await http.inject({
      method,
      url,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return answer as unknown as Answer
  }

  const api: Api = { desk, http, token, ask }
  return api
}
