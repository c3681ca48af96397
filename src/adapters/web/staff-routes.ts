import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { feedAddress } from '../http/feed-address.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companyPath } from './frame.ts'
import { staffPage } from './pages/staff.tsx'

/** Where managers make and revoke the calendar feeds of their colleagues. */
export const staffRoutes =
  ({ application, publicUrl }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/staff'
    const guarded = { preHandler: http.csrfProtection }
    const staffIn = (request: FastifyRequest) => (request.params as { readonly staff: string }).staff

    http.get(
      base,
      atCompany('companies.configure', async ({ scope, profile, frame }, request) => {
        const feeds = await application.listFeeds(scope, profile)
        return staffPage({ frame, profile, feeds, said: textOf(request.query, 'said') })
      }),
    )

    http.post(
      `${base}/:staff/feed`,
      guarded,
      atCompany('companies.configure', async ({ scope, profile, frame }, request) => {
        const made = await application.createFeed(scope, profile, staffIn(request))
        if (made.isErr()) return 'not-found'
        const { staff, secret } = made.value
        const feeds = await application.listFeeds(scope, profile)
        const shown = { name: staff.name, address: feedAddress(publicUrl, secret) }
        return staffPage({ frame, profile, feeds, said: '', made: shown })
      }),
    )

    http.post(
      `${base}/:staff/revoke`,
      guarded,
      atCompany('companies.configure', async ({ scope, profile }, request) => {
        const revoked = await application.revokeFeed(scope, profile, staffIn(request))
        return revoked.isErr() ? 'not-found' : { redirect: `${companyPath(profile, '/staff')}?said=revoked` }
      }),
    )
  }
