import type { FastifyPluginAsync } from 'fastify'
import { parseId } from '../../domain/ids.ts'
import { after, DAY } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companyPath } from './frame.ts'
import { type CallbackView, callbacksPage, callbackViews, WaitingCount } from './pages/callbacks.tsx'
import { withQuery } from './pages/parts.tsx'
import { wishesPage } from './pages/wishes.tsx'

const PAGE_SIZE = 50
const DEMAND_DAYS = 30

const viewOf = (text: string): CallbackView => callbackViews.find((one) => one === text) ?? 'open'

const wanted: {
  readonly [View in CallbackView]: Pick<
    Parameters<WebDependencies['application']['listCallbacks']>[1],
    'states' | 'kind' | 'order'
  >
} = {
  open: { states: ['open', 'assigned'], order: 'due' },
  messages: { states: ['open', 'assigned'], kind: 'message', order: 'newest' },
  done: { states: ['done', 'expired'], order: 'newest' },
}

type Change = Parameters<WebDependencies['application']['changeCallback']>[3]

/** What the buttons do; undefined: there is no such button. */
const deedOf = (name: string, { session }: AtCompany): Change | undefined => {
  if (name === 'take') return { state: 'assigned', assignedTo: session.user.email }
  if (name === 'done') return { state: 'done' }
  return name === 'give-back' || name === 'reopen' ? { state: 'open' } : undefined
}

/** The work list of callbacks and messages, and what callers could not get. */
export const receptionRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/callbacks'

    http.get(
      base,
      atCompany('calls.read', async ({ scope, profile, frame }, { query }) => {
        const view = viewOf(textOf(query, 'show'))
        const cursor = textOf(query, 'cursor')
        const [page, tally] = await Promise.all([
          application.listCallbacks(scope, {
            ...wanted[view],
            limit: PAGE_SIZE,
            cursor: cursor === '' ? undefined : cursor,
          }),
          application.tallyCallbacks(scope),
        ])
        return callbacksPage({ frame, profile, view, said: textOf(query, 'said'), cursor, page, tally })
      }),
    )

    http.get(
      `${base}/waiting`,
      atCompany('calls.read', async ({ scope, frame }, _request, reply) => {
        const tally = await application.tallyCallbacks(scope)
        reply.type('text/html; charset=utf-8').send(await WaitingCount({ frame, tally }))
        return 'sent'
      }),
    )

    http.post(
      `${base}/:id/:deed`,
      { preHandler: http.csrfProtection },
      atCompany('callbacks.change', async (at, request) => {
        const { id: named, deed } = request.params as { readonly id: string; readonly deed: string }
        const id = parseId('callback', named)
        const change = deedOf(deed, at)
        if (id.isErr() || !change) return 'not-found'
        const changed = await application.changeCallback(at.scope, at.profile, id.value, change)
        if (changed.isErr() && changed.error.kind === 'not-found') return 'not-found'
        const view = viewOf(textOf(request.body, 'show'))
        const said = changed.isOk() ? deed : 'gone'
        return {
          redirect: withQuery(companyPath(at.profile, '/callbacks'), { show: view === 'open' ? '' : view, said }),
        }
      }),
    )

    http.get(
      '/companies/:slug/wishes',
      atCompany('calls.read', async ({ scope, profile, frame }, { query }) => {
        const branch = profile.branches.find(({ slug }) => slug === textOf(query, 'branch'))
        const service = profile.services.find(({ slug }) => slug === textOf(query, 'service'))
        const cursor = textOf(query, 'cursor')
        const [page, demand] = await Promise.all([
          application.listWishes(scope, {
            ...{ limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor },
            ...(branch ? { branch: branch.id } : {}),
            ...(service ? { service: service.id } : {}),
          }),
          application.tallyWishes(scope, after(frame.now, -DEMAND_DAYS * DAY)),
        ])
        const filter = { branch: branch?.slug ?? '', service: service?.slug ?? '' }
        return wishesPage({ frame, profile, filter, cursor, page, demand })
      }),
    )
  }
