import type { FastifyPluginAsync } from 'fastify'
import { type AtAgent, atAgent, numberOf, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { notesOf } from './entries.ts'
import { decisionsOf, mergeEntryIn, mergeFaults, noEntry } from './merge-entry.ts'
import { agentPath } from './pages/agents/agent-frame.tsx'
import { type DriftProps, driftPage } from './pages/agents/drift.tsx'

const seenIn = (body: unknown) => {
  const ifVersion = numberOf(textOf(body, 'if_version'))
  return { theirs: numberOf(textOf(body, 'theirs')), ...(ifVersion === undefined ? {} : { ifVersion }) }
}

/** A decision about what is no longer in dispute. */
const isGone = ({ pointer }: { readonly pointer: string }): boolean => pointer.startsWith('/decisions')

/** How an agent differs from what Retell has, and bringing both together. */
export const agentDriftRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent'
    const guarded = { preHandler: http.csrfProtection }
    const one = atAgent(application)

    const shown = async (
      { scope, profile, frame, agent }: AtAgent,
      more: Partial<Omit<DriftProps, 'frame' | 'profile' | 'agent' | 'detail'>>,
    ): Promise<Answer> => {
      const found = await application.driftDetail(scope, agent.slug)
      if (found.isErr()) return 'not-found'
      const detail = found.value
      return driftPage({ frame, profile, agent: detail.agent, detail, entry: noEntry, message: '', ...more })
    }

    http.get(
      `${base}/drift`,
      atCompany(
        'agents.read',
        one((at, { query }) => shown(at, { said: textOf(query, 'said') })),
      ),
    )

    http.post(
      `${base}/pull`,
      guarded,
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const overwrite = textOf(body, 'overwrite') !== ''
          const pulled = await application.pullAgent(at.scope, at.agent.slug, { ...seenIn(body), overwrite })
          if (pulled.isOk()) {
            const said = pulled.value.backup === undefined ? 'pulled-nothing' : 'pulled'
            return { redirect: agentPath(at.profile, at.agent, `?said=${said}`) }
          }
          return pulled.error.kind === 'not-found' ? 'not-found' : shown(at, refusalOf(pulled.error, at.frame.words))
        }),
      ),
    )

    http.post(
      `${base}/merge`,
      { ...guarded, bodyLimit: 1024 * 1024 },
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const { scope, profile, frame, agent } = at
          const { drift } = frame.words
          const entry = mergeEntryIn(body)
          const message = notesOf(body, 'message').slice(0, 500)
          const typed = { entry, message }
          const faults = mergeFaults(entry)
          if (faults.size > 0) return shown(at, { ...typed, faults, status: 422, wrong: drift.wrongJson })
          const decisions = decisionsOf(entry)
          const moved = { ...typed, status: 409, wrong: drift.gone }
          if (textOf(body, 'deed') === 'preview') {
            const preview = await application.previewMerge(scope, agent.slug, decisions)
            if (preview.isOk()) return shown(at, { ...typed, preview: preview.value })
            return preview.error.kind === 'not-found' ? 'not-found' : shown(at, moved)
          }
          const merged = await application.mergeAgent(scope, agent.slug, { decisions, message, ...seenIn(body) })
          if (merged.isErr()) {
            if (merged.error.kind === 'not-found') return 'not-found'
            if (merged.error.kind === 'invalid-input' && merged.error.errors.some(isGone)) return shown(at, moved)
            return shown(at, { ...typed, ...refusalOf(merged.error, frame.words) })
          }
          if (merged.value.kind === 'merged') return { redirect: agentPath(profile, agent, '/draft?said=merged') }
          const left = merged.value.conflicts.length
          return shown(at, { ...typed, status: 422, wrong: drift.undecided(left) })
        }),
      ),
    )
  }
