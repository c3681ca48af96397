import type { FastifyPluginAsync } from 'fastify'
import { parseId } from '../../domain/ids.ts'
import type { WebDependencies } from './application.ts'
import type { AtPlatform, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companiesPage } from './pages/companies.tsx'
import { deliveriesPage, deliveryPage, isDeliveryOutcome } from './pages/deliveries.tsx'

const PAGE_SIZE = 50

/** The start page and what concerns every company and none. */
export const platformRoutes =
  ({ application }: WebDependencies, { signedIn, atPlatform }: Pages): FastifyPluginAsync =>
  async (http) => {
    const everywhere = async (scope: AtPlatform['scope']) => ({
      path: '/deliveries',
      companies: new Map<string, string>((await application.companies(scope)).map((one) => [one.id, one.name])),
    })

    http.get(
      '/',
      signedIn(async ({ session, frame }, request) => {
        if (session.company !== undefined) {
          const profile = await application.profile(session.company)
          return profile ? { redirect: `/companies/${encodeURIComponent(profile.company.slug)}` } : 'not-found'
        }
        if (!session.platform) return 'not-found'
        const all = await application.companies(session.platform)
        const [only] = all
        if (only && all.length === 1) return { redirect: `/companies/${encodeURIComponent(only.slug)}` }
        const search = textOf(request.query, 'q').trim()
        const wanted = search.toLocaleLowerCase()
        const companies = all.filter(({ name, slug }) => `${name} ${slug}`.toLocaleLowerCase().includes(wanted))
        return companiesPage({ frame, companies, total: all.length, search })
      }),
    )

    http.get(
      '/deliveries',
      atPlatform(async ({ scope, frame }, request) => {
        const outcome = textOf(request.query, 'outcome')
        const cursor = textOf(request.query, 'cursor')
        const page = await application.allDeliveries(scope, {
          limit: PAGE_SIZE,
          cursor: cursor === '' ? undefined : cursor,
          ...(isDeliveryOutcome(outcome) ? { outcome } : {}),
        })
        const at = await everywhere(scope)
        return deliveriesPage({ frame, at, outcome: isDeliveryOutcome(outcome) ? outcome : '', cursor, page })
      }),
    )

    http.get(
      '/deliveries/:id',
      atPlatform(async ({ scope, frame }, request) => {
        const id = parseId('delivery', (request.params as { readonly id: string }).id)
        const one = id.isOk() ? await application.anyDelivery(scope, id.value) : undefined
        return one ? deliveryPage({ frame, at: await everywhere(scope), one }) : 'not-found'
      }),
    )
  }
