import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { type AtAgent, atAgent, numberOf, oncePerForm, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { notesOf } from './entries.ts'
import { agentPath, type Told } from './pages/agents/agent-frame.tsx'
import { diffPage, versionPage } from './pages/agents/version.tsx'
import { versionsPage } from './pages/agents/versions.tsx'

const pageSize = 50
/** So many of the newest versions are offered to be compared. */
const comparable = 200

/** The versions of an agent, what changed between any two, and going on from an old one. */
export const agentHistoryRoutes =
  (dependencies: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent'
    const guarded = { preHandler: http.csrfProtection }
    const { application } = dependencies
    const one = atAgent(application)
    const once = oncePerForm(dependencies)

    http.get(
      `${base}/versions`,
      atCompany(
        'agents.read',
        one(async ({ scope, profile, frame, agent }, { query }) => {
          const cursor = textOf(query, 'cursor')
          const request = { limit: pageSize, cursor: cursor === '' ? undefined : cursor }
          const page = await application.listAgentVersions(scope, agent.slug, request)
          if (page.isErr()) return 'not-found'
          return versionsPage({ frame, profile, agent, page: page.value, cursor })
        }),
      ),
    )

    http.get(
      `${base}/diff`,
      atCompany(
        'agents.read',
        one(async ({ scope, profile, frame, agent }, { query }) => {
          const [from, to] = [numberOf(textOf(query, 'from')), numberOf(textOf(query, 'to'))]
          if (from === undefined || to === undefined) return { redirect: agentPath(profile, agent, '/versions') }
          const diff = await application.diffAgentVersions(scope, agent.slug, to, from)
          const request = { limit: comparable, cursor: undefined }
          const versions = await application.listAgentVersions(scope, agent.slug, request)
          if (diff.isErr() || versions.isErr()) return 'not-found'
          return diffPage({ frame, profile, agent, diff: diff.value, versions: versions.value.items })
        }),
      ),
    )

    const shown = async (at: AtAgent, params: unknown, told: Told): Promise<Answer> => {
      const { scope, profile, frame, agent } = at
      const number = numberOf((params as { readonly n: string }).n)
      if (number === undefined) return 'not-found'
      const detail = await application.agentVersionDetail(scope, agent.slug, number)
      if (detail.isErr()) return 'not-found'
      const isFirst = detail.value.version.parents.length === 0
      const diff = isFirst ? undefined : await application.diffAgentVersions(scope, agent.slug, number)
      return versionPage({
        ...{ frame, profile, agent, detail: detail.value, diff: diff?.unwrapOr(undefined) },
        ...told,
      })
    }

    http.get(
      `${base}/versions/:n`,
      atCompany(
        'agents.read',
        one((at, { params }) => shown(at, params, {})),
      ),
    )

    const restore = async (at: AtAgent, { params, body }: FastifyRequest): Promise<Answer> => {
      const { words } = at.frame
      const number = numberOf((params as { readonly n: string }).n)
      if (number === undefined) return 'not-found'
      const ifVersion = numberOf(textOf(body, 'if_version'))
      if (ifVersion === undefined) return shown(at, params, { status: 422, wrong: words.drafts.wrong.version })
      const message = notesOf(body, 'message').slice(0, 500)
      const restored = await application.restoreAgentVersion(at.scope, at.agent.slug, number, { message, ifVersion })
      if (restored.isOk()) return { redirect: agentPath(at.profile, at.agent, '/draft?said=restored') }
      return restored.error.kind === 'not-found' ? 'not-found' : shown(at, params, refusalOf(restored.error, words))
    }
    const stillRunning = (at: AtAgent, { params }: FastifyRequest) =>
      shown(at, params, { status: 409, wrong: at.frame.words.agents.wrong.running })

    http.post(`${base}/versions/:n/restore`, guarded, atCompany('agents.change', one(once(restore, stillRunning))))
  }
