import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { readReport } from '../../application/agents/rehearsal-report.ts'
import { parseId } from '../../domain/ids.ts'
import { type AtAgent, atAgent, numberOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { agentPath } from './pages/agents/agent-frame.tsx'
import { rehearsalPage } from './pages/rehearsals/rehearsal.tsx'
import { rehearsalListPage } from './pages/rehearsals/rehearsal-list.tsx'

const PAGE_SIZE = 25
const VERSIONS = 30

/** Rehearsals of an agent: played, listed, and read line by line. */
export const rehearsalRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent/rehearsals'
    const forAgent = atAgent(application)

    const list = async (
      { scope, profile, frame, agent }: AtAgent,
      request: FastifyRequest,
      more: { readonly status?: number; readonly wrong?: string } = {},
    ): Promise<Answer> => {
      const cursor = textOf(request.query, 'cursor')
      const [page, scripts, versions] = await Promise.all([
        application.listRehearsals(scope, agent.id, { limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor }),
        application.listScripts(scope),
        application.listAgentVersions(scope, agent.slug, { limit: VERSIONS, cursor: undefined }),
      ])
      const newest = versions.isOk() ? versions.value.items.map(({ number }) => number) : []
      return rehearsalListPage({ frame, profile, agent, page, cursor, scripts, versions: newest, ...more })
    }

    http.get(base, atCompany('agents.read', forAgent(list)))

    http.post(
      `${base}/play`,
      { preHandler: http.csrfProtection },
      atCompany(
        'agents.change',
        forAgent(async (at, request) => {
          const { wrong } = at.frame.words.rehearsals
          const played = await application.rehearse(at.scope, at.agent.id, {
            version: numberOf(textOf(request.body, 'version')),
          })
          if (played.isOk())
            return { redirect: agentPath(at.profile, at.agent, `/rehearsals/${encodeURIComponent(played.value.id)}`) }
          return list(at, request, {
            status: 422,
            wrong: played.error.kind === 'not-found' ? wrong.version : wrong.unusable(played.error.name),
          })
        }),
      ),
    )

    http.get(
      `${base}/:id`,
      atCompany(
        'agents.read',
        forAgent(async ({ scope, profile, frame, agent }, request) => {
          const id = parseId('rehearsal', (request.params as { readonly id: string }).id)
          const rehearsal = id.isOk() ? await application.findRehearsal(scope, id.value) : undefined
          if (rehearsal?.agent !== agent.id) return 'not-found'
          return rehearsalPage({ frame, profile, agent, rehearsal, scripts: readReport(rehearsal) })
        }),
      ),
    )
  }
