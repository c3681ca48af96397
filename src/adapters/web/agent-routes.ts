import type { FastifyPluginAsync } from 'fastify'
import { type AtAgent, atAgent, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { fieldsOf } from './entries.ts'
import { sentOnce } from './once.ts'
import { agentPage, shownDecisions } from './pages/agents/agent.tsx'
import { type AgentsFilter, syncStatuses } from './pages/agents/agent-filters.tsx'
import { agentPath, agentsPath, type Told } from './pages/agents/agent-frame.tsx'
import { agentListPage } from './pages/agents/agent-list.tsx'
import { decisionsPage } from './pages/agents/decisions.tsx'
import { type NewAgentEntry, type NewAgentMistakes, newAgentPage } from './pages/agents/new-agent.tsx'
import { publicationsPage } from './pages/agents/publications.tsx'

const pageSize = 50
const shownPublications = 5

const typed = (text: string): string | undefined => (text === '' ? undefined : text)

const filterOf = (query: unknown): AgentsFilter => ({
  status: syncStatuses.find((one) => one === textOf(query, 'status')) ?? '',
  search: textOf(query, 'search').trim().slice(0, 200),
  gone: textOf(query, 'gone') !== '',
  cursor: textOf(query, 'cursor'),
})

const entryOf = (body: unknown): NewAgentEntry => ({
  name: textOf(body, 'name').trim(),
  slug: textOf(body, 'slug').trim(),
  language: textOf(body, 'language').trim(),
  voice: textOf(body, 'voice').trim(),
})

/** The voice agents of a company, and what is live of each. */
export const agentRoutes =
  ({ application, clock }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents'
    const guarded = { preHandler: http.csrfProtection }
    const one = atAgent(application)

    const list = async ({ scope, profile, frame }: AtCompany, query: unknown, told: Told): Promise<Answer> => {
      const filter = filterOf(query)
      const { status, search, gone, cursor } = filter
      const [found, sync, hasAccount] = await Promise.all([
        application.listAgents(scope, {
          ...{ limit: pageSize, cursor: typed(cursor), withGone: gone },
          ...(status === '' ? {} : { status }),
          ...(search === '' ? {} : { search }),
        }),
        application.newestAgentSync(scope),
        application.hasVoiceAccount(profile),
      ])
      return agentListPage({ frame, profile, filter, found, sync, hasAccount, ...told })
    }

    http.get(
      base,
      atCompany('agents.read', (at, { query }) => list(at, query, {})),
    )

    http.post(
      `${base}/sync`,
      guarded,
      atCompany('agents.change', async (at) => {
        if (!(await application.hasVoiceAccount(at.profile))) {
          return list(at, {}, refusalOf({ kind: 'retell-not-connected' }, at.frame.words))
        }
        await application.startAgentSync(at.scope)
        return { redirect: agentsPath(at.profile) }
      }),
    )

    const form = ({ frame, profile }: AtCompany, entry: NewAgentEntry, wrong: NewAgentMistakes, status: number) =>
      newAgentPage({ frame, profile, entry, wrong, status })

    http.get(
      `${base}/new`,
      atCompany('agents.change', async (at) => form(at, entryOf({}), {}, 200)),
    )

    const make = async (at: AtCompany, entry: NewAgentEntry): Promise<Answer> => {
      const made = await application.createAgent(at.scope, at.profile, {
        name: entry.name,
        ...{ slug: typed(entry.slug), language: typed(entry.language), voice: typed(entry.voice) },
      })
      if (made.isOk()) return { redirect: agentPath(at.profile, made.value, '/draft?said=created') }
      const { wrong } = at.frame.words.agents
      return form(at, entry, fieldsOf<'name' | 'slug' | 'language'>(made.error, wrong), 422)
    }

    http.post(
      `${base}/new`,
      guarded,
      atCompany('agents.change', async (at, { body, routeOptions }) => {
        const entry = entryOf(body)
        const sent = { user: at.session.user.id, company: at.profile.id, path: String(routeOptions.url), fields: body }
        const answer = await sentOnce(application.idempotency, sent, clock.now(), () => make(at, entry))
        return answer ?? form(at, entry, { all: at.frame.words.wrong.stillRunning }, 409)
      }),
    )

    const shown = async ({ scope, profile, frame, agent }: AtAgent, told: Told): Promise<Answer> => {
      const first = { cursor: undefined }
      const [publications, decisions, rollout] = await Promise.all([
        application.listPublications(scope, agent.id, { limit: shownPublications, ...first }),
        application.listLiveDecisions(scope, agent.id, { limit: shownDecisions, ...first }),
        application.rolloutDetail(scope, agent.id),
      ])
      const items = { publications: publications.items, decisions: decisions.items, rollout }
      return agentPage({ frame, profile, agent, ...items, ...told })
    }

    http.get(
      `${base}/:agent`,
      atCompany(
        'agents.read',
        one((at, { query }) => shown(at, { said: textOf(query, 'said') })),
      ),
    )

    http.post(
      `${base}/:agent/refresh`,
      guarded,
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const read = await application.refreshAgent(at.scope, at.agent.slug, { fresh: true })
          const next = textOf(body, 'next') === 'drift' ? '/drift' : ''
          if (read.isOk()) return { redirect: agentPath(at.profile, read.value, `${next}?said=refreshed`) }
          return read.error.kind === 'not-found' ? 'not-found' : shown(at, refusalOf(read.error, at.frame.words))
        }),
      ),
    )

    http.get(
      `${base}/:agent/decisions`,
      atCompany(
        'agents.read',
        one(async ({ scope, profile, frame, agent }, { query }) => {
          const cursor = textOf(query, 'cursor')
          const page = await application.listLiveDecisions(scope, agent.id, { limit: pageSize, cursor: typed(cursor) })
          return decisionsPage({ frame, profile, agent, page, cursor })
        }),
      ),
    )

    http.get(
      `${base}/:agent/publications`,
      atCompany(
        'agents.read',
        one(async ({ scope, profile, frame, agent }, { query }) => {
          const cursor = textOf(query, 'cursor')
          const page = await application.listPublications(scope, agent.id, { limit: pageSize, cursor: typed(cursor) })
          return publicationsPage({ frame, profile, agent, page, cursor })
        }),
      ),
    )
  }
