import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { currentVersion } from '../../application/agents/current-version.ts'
import type { Gate } from '../../application/agents/gate.ts'
import { parseId } from '../../domain/ids.ts'
import { type AtAgent, atAgent, numberOf, oncePerForm, refusalOf, valuesOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { notesOf } from './entries.ts'
import { agentPath, type Told } from './pages/agents/agent-frame.tsx'
import { publicationPage } from './pages/agents/publication.tsx'
import { type PublishEntry, publishPage } from './pages/agents/publish.tsx'

/** So long a publication that is quick is waited for; a slower one is watched on its page. */
const patienceMs = 1_500
const mostWords = 500

const entryOf = (body: unknown): PublishEntry => ({
  reach: textOf(body, 'reach') === 'nobody' ? 'nobody' : 'numbers',
  numbers: valuesOf(body, 'number'),
  confirmed: valuesOf(body, 'confirmed'),
  message: notesOf(body, 'message').slice(0, mostWords),
})

/** How a version of an agent comes to its callers, step by step. */
export const agentReleaseRoutes =
  (dependencies: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent'
    const guarded = { preHandler: http.csrfProtection }
    const { application } = dependencies
    const one = atAgent(application)
    const once = oncePerForm(dependencies)

    interface Chosen {
      readonly version: number | undefined
      readonly asks: boolean
      readonly entry: PublishEntry | undefined
      /** What was found, where it was looked for already. */
      readonly gate?: Gate
    }

    const form = async (at: AtAgent, { version: named, asks, entry, gate: given }: Chosen, told: Told) => {
      const { scope, profile, frame, agent } = at
      const version = named ?? currentVersion(agent)
      const detail =
        version === undefined ? undefined : await application.agentVersionDetail(scope, agent.slug, version)
      if (version === undefined || detail?.isErr()) {
        return publishPage({
          ...{ frame, profile, agent, gate: undefined, asked: false, changes: undefined, numbers: [] },
          rung: new Map(),
          ...{ entry: entryOf({}), ...told },
        })
      }
      const confirmedRemovals = entry?.confirmed
      const gate = given ?? (await application.gate(scope, agent.id, { version, asks, confirmedRemovals }))
      const diff =
        agent.live === undefined
          ? undefined
          : await application.diffAgentVersions(scope, agent.slug, version, agent.live)
      const own = profile.branches.flatMap(({ phoneNumbers }) => phoneNumbers.filter(({ active }) => active))
      const numbers = [...new Set([...own.map(({ number }) => number), ...agent.numbers])].toSorted()
      const configured = detail?.isOk() ? detail.value.configuration.numbers : []
      const usual = configured.length > 0 ? configured : agent.numbers
      return publishPage({
        ...{ frame, profile, agent, gate, asked: asks, numbers, changes: diff?.unwrapOr(undefined)?.changes },
        rung: await application.rungAgents(scope),
        entry: entry ?? { ...entryOf({}), numbers: usual },
        ...told,
      })
    }

    http.get(
      `${base}/publish`,
      atCompany(
        'agents.read',
        one((at, { query }) => {
          const asks = textOf(query, 'asks') !== ''
          return form(at, { version: numberOf(textOf(query, 'version')), asks, entry: undefined }, {})
        }),
      ),
    )

    const publish = async (at: AtAgent, { body }: FastifyRequest): Promise<Answer> => {
      const { words } = at.frame
      const entry = entryOf(body)
      const version = numberOf(textOf(body, 'version'))
      const again = (told: Told, gate?: Gate) =>
        form(at, { version, asks: gate !== undefined, entry, ...(gate ? { gate } : {}) }, told)
      if (entry.reach === 'numbers' && entry.numbers.length === 0) {
        return again({ status: 422, wrong: words.releases.wrong.numbers })
      }
      const wanted = {
        ...{ version, numbers: entry.reach === 'nobody' ? [] : entry.numbers },
        ...{ confirmedRemovals: entry.confirmed, message: entry.message },
      }
      const published = await application.publishAndWait(at.scope, at.agent.id, wanted, patienceMs)
      if (published.isOk()) {
        return { redirect: agentPath(at.profile, at.agent, `/publications/${published.value.id}`) }
      }
      const failure = published.error
      if (failure.kind === 'not-found') return 'not-found'
      const shown = version ?? currentVersion(at.agent)
      const gate =
        failure.kind === 'gate-closed' && shown !== undefined
          ? { version: shown, findings: failure.findings, isClosed: true }
          : undefined
      return again(refusalOf(failure, words), gate)
    }
    const stillRunning = (at: AtAgent, { body }: FastifyRequest) =>
      form(
        at,
        { version: numberOf(textOf(body, 'version')), asks: false, entry: entryOf(body) },
        { status: 409, wrong: at.frame.words.agents.wrong.running },
      )

    http.post(`${base}/publish`, guarded, atCompany('agents.change', one(once(publish, stillRunning))))

    const publicationAt = async ({ scope, agent }: AtAgent, params: unknown) => {
      const id = parseId('publication', (params as { readonly id: string }).id)
      const found = id.isOk() ? await application.findPublication(scope, id.value) : undefined
      return found?.agent === agent.id ? found : undefined
    }

    http.get(
      `${base}/publications/:id`,
      atCompany(
        'agents.read',
        one(async (at, { params }) => {
          const publication = await publicationAt(at, params)
          const { frame, profile, agent } = at
          return publication ? publicationPage({ frame, profile, agent, publication }) : 'not-found'
        }),
      ),
    )

    for (const [deed, act] of [
      ['resume', application.resumePublication],
      ['undo', application.undoPublication],
    ] as const) {
      http.post(
        `${base}/publications/:id/${deed}`,
        guarded,
        atCompany(
          'agents.change',
          one(async (at, { params }): Promise<Answer> => {
            const publication = await publicationAt(at, params)
            if (!publication) return 'not-found'
            const { frame, profile, agent } = at
            const begun = await act(at.scope, publication.id)
            if (begun.isOk()) return { redirect: agentPath(profile, agent, `/publications/${publication.id}`) }
            if (begun.error.kind === 'not-found') return 'not-found'
            return publicationPage({ frame, profile, agent, publication, ...refusalOf(begun.error, frame.words) })
          }),
        ),
      )
    }
  }
