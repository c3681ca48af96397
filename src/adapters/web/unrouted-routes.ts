import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { CompanyProfile } from '../../domain/company.ts'
import { parseId } from '../../domain/ids.ts'
import type { WebDependencies, WebSession } from './application.ts'
import type { AtPlatform, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { unroutedPage } from './pages/unrouted.tsx'

const PAGE_SIZE = 50
const path = '/unrouted-calls'

/** Where the platform sees calls whose number nobody owns, and gives them to whom they were meant for. */
export const unroutedRoutes =
  ({ application }: WebDependencies, { atPlatform }: Pages): FastifyPluginAsync =>
  async (http) => {
    const profilesOf = async (scope: AtPlatform['scope']): Promise<readonly CompanyProfile[]> => {
      const all = await application.companies(scope)
      const profiles = await Promise.all(all.map(({ id }) => application.profile(id)))
      return profiles.flatMap((profile) => profile ?? [])
    }
    const pageOf = async ({ scope, frame }: AtPlatform, request: FastifyRequest, said: string) => {
      const cursor = textOf(request.query, 'cursor')
      const query = { limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor, assigned: false }
      const [page, companies] = await Promise.all([application.unroutedCalls(scope, query), profilesOf(scope)])
      return unroutedPage({ frame, page, companies, said })
    }

    /** `salon-sonne/mitte`, chosen from the suggestions or written. What is written counts. */
    const lineOf = async (session: WebSession, body: unknown) => {
      const written = textOf(body, 'other').trim()
      const [company = '', branch = ''] = (written === '' ? textOf(body, 'to') : written).split('/')
      const id = await application.companyBySlug(company.trim())
      const scope = id && session.scope(id)
      const profile = id && scope && (await application.profile(id))
      const found = profile?.branches.find(({ slug }) => slug === branch.trim())
      return scope && found ? { scope, branch: found.id } : undefined
    }

    http.get(
      path,
      atPlatform((at, request) => pageOf(at, request, textOf(request.query, 'said'))),
    )

    http.post(
      `${path}/:id/assign`,
      { preHandler: http.csrfProtection },
      atPlatform(async (at, request) => {
        const id = parseId('unroutedCall', (request.params as { readonly id: string }).id)
        if (id.isErr()) return 'not-found'
        const line = await lineOf(at.session, request.body)
        if (!line) return { ...(await pageOf(at, request, 'unknown')), status: 422 }
        const given = await application.assignUnrouted(line.scope, at.scope, id.value, line.branch)
        return { redirect: `${path}?said=${given.isOk() ? 'assigned' : 'refused'}` }
      }),
    )
  }
