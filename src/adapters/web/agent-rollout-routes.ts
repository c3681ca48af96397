import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { LiveDecision, Publication } from '../../application/ports/releases.ts'
import { type AtAgent, atAgent, numberOf, oncePerForm, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { notesOf } from './entries.ts'
import { agentPath, type Told } from './pages/agents/agent-frame.tsx'
import { type FormerlyLive, rollbackPage } from './pages/agents/rollback.tsx'
import { type Candidate, rolloutPage } from './pages/agents/rollout.tsx'

const patienceMs = 1_500
const newest = { limit: 100, cursor: undefined }

const reachedByAll = new Set<LiveDecision['kind']>(['publish', 'rollback', 'rollout-finished'])

/** What all callers reached once, the newest first but for what the publication of the live version replaced. */
const formerlyLive = (
  live: number | undefined,
  decisions: readonly LiveDecision[],
  publications: readonly Publication[],
): readonly FormerlyLive[] => {
  const made = publications.find(
    ({ state, isCandidate, kind, version }) =>
      state === 'published' && !isCandidate && kind === 'publish' && version === live,
  )
  const decided = decisions
    .filter(({ kind }) => reachedByAll.has(kind))
    .map(({ version, retellVersion, at }): FormerlyLive => ({ version, retellVersion, since: at }))
  const found = publications.flatMap(({ before: { liveVersion, liveAtRetell } }): readonly FormerlyLive[] =>
    liveVersion === undefined ? [] : [{ version: liveVersion, retellVersion: liveAtRetell, since: undefined }],
  )
  const all = [...decided, ...found].filter(({ version }) => version !== live)
  const first = all.filter(({ version }) => version === made?.before.liveVersion)
  const byVersion = new Map<number, FormerlyLive>()
  for (const one of [...first, ...all]) if (!byVersion.has(one.version)) byVersion.set(one.version, one)
  return [...byVersion.values()]
}

/** Going back to what callers reached before, and trying a version with some of them. */
export const agentRolloutRoutes =
  (dependencies: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent'
    const guarded = { preHandler: http.csrfProtection }
    const { application } = dependencies
    const one = atAgent(application)
    const once = oncePerForm(dependencies)

    const rollback = async (at: AtAgent, reason: string, told: Told): Promise<Answer> => {
      const { scope, profile, frame, agent } = at
      const [decisions, publications, rollout] = await Promise.all([
        application.listLiveDecisions(scope, agent.id, newest),
        application.listPublications(scope, agent.id, newest),
        application.rolloutDetail(scope, agent.id),
      ])
      const former = formerlyLive(agent.live, decisions.items, publications.items)
      const { live, liveAtRetell } = agent
      // While a rollout runs, going back means first of all that nobody reaches the candidate.
      const most =
        rollout?.rollout.state === 'running' && live !== undefined
          ? [{ version: live, retellVersion: liveAtRetell, since: undefined }]
          : []
      return rollbackPage({ frame, profile, agent, targets: [...most, ...former], reason, ...told })
    }

    http.get(
      `${base}/rollback`,
      atCompany(
        'agents.change',
        one((at) => rollback(at, '', {})),
      ),
    )

    const goBack = async (at: AtAgent, { body }: FastifyRequest): Promise<Answer> => {
      const { scope, profile, frame, agent } = at
      const message = notesOf(body, 'reason').slice(0, 500)
      const wanted = { to: numberOf(textOf(body, 'to')), message }
      const back = await application.rollbackAndWait(scope, agent.id, wanted, patienceMs)
      if (back.isOk()) return { redirect: agentPath(profile, agent, `/publications/${back.value.id}`) }
      if (back.error.kind === 'not-found') return 'not-found'
      const { words } = frame
      const told =
        back.error.kind === 'invalid-input'
          ? { status: 422, wrong: words.releases.wrong.to }
          : refusalOf(back.error, words)
      return rollback(at, message, told)
    }
    const stillRunning = (at: AtAgent, { body }: FastifyRequest) =>
      rollback(at, notesOf(body, 'reason'), { status: 409, wrong: at.frame.words.agents.wrong.running })

    http.post(`${base}/rollback`, guarded, atCompany('agents.change', one(once(goBack, stillRunning))))

    /** What was published for nobody yet, then whatever else Retell has published, newest first. */
    const candidatesOf = async ({ scope, agent }: AtAgent): Promise<readonly Candidate[]> => {
      const versions = await application.listAgentVersions(scope, agent.slug, newest)
      const { items } = await application.listPublications(scope, agent.id, newest)
      const ready = items
        .filter(({ state, isCandidate }) => state === 'published' && isCandidate)
        .map(({ version, retellVersion }) => ({ version, retellVersion }))
      const published = agent.seen?.published ?? -1
      const others = (versions.isOk() ? versions.value.items : [])
        .filter(({ origin }) => origin !== 'backup')
        .map(({ number: version, retellVersion }) => ({ version, retellVersion }))
        .filter(({ retellVersion }) => retellVersion !== undefined && retellVersion <= published)
      const all = [...ready, ...others].filter(({ retellVersion }) => retellVersion !== agent.liveAtRetell)
      return [...new Map(all.toReversed().map((each) => [each.retellVersion, each])).values()].toReversed()
    }

    const rollout = async (at: AtAgent, told: Told): Promise<Answer> => {
      const { scope, profile, frame, agent } = at
      const detail = await application.rolloutDetail(scope, agent.id)
      return rolloutPage({ frame, profile, agent, detail, candidates: await candidatesOf(at), ...told })
    }

    http.get(
      `${base}/rollout`,
      atCompany(
        'agents.read',
        one((at, { query }) => rollout(at, { said: textOf(query, 'said') })),
      ),
    )

    http.post(
      `${base}/rollout`,
      guarded,
      atCompany(
        'agents.change',
        one(async (at, { body, query }) => {
          const { scope, profile, frame, agent } = at
          const given = (name: string) => textOf(body, name) || textOf(query, name)
          const [version, percent] = [numberOf(given('version')), numberOf(given('percent'))]
          if (version === undefined || percent === undefined) {
            return rollout(at, { status: 422, wrong: frame.words.rollouts.wrong.percent })
          }
          const automatic = given('automatic')
          const isAutomatic = automatic === '' ? undefined : automatic === '1'
          const changed = await application.rollOut(scope, agent.id, { version, percent, isAutomatic })
          if (changed.isOk()) {
            const { publication } = changed.value
            const next = publication === undefined ? '/rollout?said=rollout-started' : `/publications/${publication.id}`
            return { redirect: agentPath(profile, agent, next) }
          }
          return changed.error.kind === 'not-found' ? 'not-found' : rollout(at, refusalOf(changed.error, frame.words))
        }),
      ),
    )

    http.post(
      `${base}/rollout/back`,
      guarded,
      atCompany(
        'agents.change',
        one(async (at) => {
          const back = await application.takeBackRollout(at.scope, at.agent.id)
          return back.isOk() ? { redirect: agentPath(at.profile, at.agent, '/rollout?said=rollout-back') } : 'not-found'
        }),
      ),
    )
  }
