import type { FastifyPluginAsync } from 'fastify'
import type { RegisteredNumber } from '../../application/agents/watch-numbers.ts'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import { refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { atRetellPath } from './pages/number-tabs.tsx'
import { watchedNumbersPage } from './pages/watched-numbers.tsx'

/** How Retell has the numbers: looked at, and told to ask us about ringing calls. */
export const watchedNumberRoutes =
  ({ application, publicUrl }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/numbers/at-retell'
    const guarded = { preHandler: http.csrfProtection }

    const shown = async (
      { scope, profile, frame }: AtCompany,
      more: {
        readonly said?: string
        readonly status?: number
        readonly wrong?: string
        readonly registered?: readonly RegisteredNumber[]
      },
    ): Promise<Answer> =>
      watchedNumbersPage({
        ...{ frame, profile, numbers: await application.watchedNumbers(scope), said: '' },
        rung: await application.rungAgents(scope),
        ...{ address: eventsAddress(publicUrl), ...more },
      })

    http.get(
      base,
      atCompany('agents.read', (at, request) => shown(at, { said: textOf(request.query, 'said') })),
    )

    http.post(
      `${base}/look`,
      guarded,
      atCompany('agents.change', async (at) => {
        const looked = await application.watchNumbers(at.scope)
        return looked.isOk()
          ? { redirect: `${atRetellPath(at.profile)}?said=looked` }
          : shown(at, refusalOf(looked.error, at.frame.words))
      }),
    )

    http.post(
      `${base}/register`,
      guarded,
      atCompany('agents.change', async (at) => {
        const registered = await application.registerNumbers(at.scope)
        if (registered.isErr()) return shown(at, refusalOf(registered.error, at.frame.words))
        return registered.value.every(({ outcome }) => outcome !== 'failed')
          ? { redirect: `${atRetellPath(at.profile)}?said=registered` }
          : shown(at, { status: 502, wrong: at.frame.words.watched.someFailed, registered: registered.value })
      }),
    )
  }
