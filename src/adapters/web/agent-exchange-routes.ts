import type { FastifyPluginAsync } from 'fastify'
import { longTextOf, numberOf, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { jsonFault } from './json-fault.ts'
import { sentOnce } from './once.ts'
import { agentPath } from './pages/agents/agent-frame.tsx'
import { type ImportEntry, importAgentPage } from './pages/agents/import-agent.tsx'

/** The documents of the largest agents are some megabytes. */
const largestForm = 8 * 1024 * 1024

/** Agents as files, between companies and accounts. */
export const agentExchangeRoutes =
  ({ application, clock }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents'

    http.get(
      `${base}/:agent/versions/:n/file`,
      atCompany('agents.read', async ({ scope }, { params }, reply) => {
        const { agent, n } = params as { readonly agent: string; readonly n: string }
        const version = numberOf(n)
        const exported = version === undefined ? undefined : await application.exportAgent(scope, agent, version)
        if (!exported?.isOk()) return 'not-found'
        const name = `${agent.replace(/[^\w-]/g, '')}-${version}.json`
        await reply
          .type('application/json; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(JSON.stringify(exported.value, null, 2))
        return 'sent'
      }),
    )

    const form = (
      { frame, profile }: AtCompany,
      entry: ImportEntry,
      told: { readonly fault?: string; readonly wrong?: string; readonly status?: number } = {},
    ): Answer => importAgentPage({ frame, profile, entry, ...told })

    http.get(
      `${base}/import`,
      atCompany('agents.change', async (at) => form(at, { document: '', name: '' })),
    )

    const take = async (at: AtCompany, entry: ImportEntry): Promise<Answer> => {
      const { scope, profile, frame } = at
      const { exchange, tools } = frame.words
      if (entry.document.trim() === '') return form(at, entry, { status: 422, fault: exchange.wrong.empty })
      const fault = jsonFault(entry.document)
      if (fault) {
        return form(at, entry, { status: 422, fault: tools.lineOf(fault.line, tools.jsonFaults[fault.kind]) })
      }
      const taken = await application.importAgent(scope, profile, {
        document: JSON.parse(entry.document),
        message: '',
        ...(entry.name === '' ? {} : { name: entry.name }),
      })
      if (taken.isErr()) {
        return taken.error.kind === 'not-found' ? 'not-found' : form(at, entry, refusalOf(taken.error, frame.words))
      }
      const { agent, secretsMissing, leftover, numbersDropped, accountIds } = taken.value
      const left = new URLSearchParams({
        said: 'imported',
        secrets: String(secretsMissing.length),
        leftover: String(leftover.length),
        numbers: String(numbersDropped.length),
        ids: String(accountIds.length),
      })
      return { redirect: agentPath(profile, agent, `/draft?${left}`) }
    }

    http.post(
      `${base}/import`,
      { preHandler: http.csrfProtection, bodyLimit: largestForm },
      atCompany('agents.change', async (at, { body, routeOptions }) => {
        const entry = { document: longTextOf(body, 'document') ?? '', name: textOf(body, 'name').trim().slice(0, 100) }
        const sent = { user: at.session.user.id, company: at.profile.id, path: String(routeOptions.url), fields: body }
        const answer = await sentOnce(application.idempotency, sent, clock.now(), () => take(at, entry))
        return answer ?? form(at, entry, { status: 409, wrong: at.frame.words.wrong.stillRunning })
      }),
    )
  }
