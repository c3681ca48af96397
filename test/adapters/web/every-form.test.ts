import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import { accounts, type Fixture, fixture } from '../../browser/fixture.ts'

const company = '/companies/:slug'

/** Who may send which form of a company. */
const least: { readonly [path: string]: Role } = {
  [`${company}/appointments/new`]: 'staff',
  [`${company}/appointments/:id/move`]: 'staff',
  [`${company}/appointments/:id/cancel`]: 'staff',
  [`${company}/blocked-times/new`]: 'staff',
  [`${company}/blocked-times/:id/lift`]: 'staff',
  [`${company}/callbacks/:id/:deed`]: 'staff',
  [`${company}/customers/:id/notes`]: 'staff',
  [`${company}/customers/:id/vip`]: 'company_admin',
  [`${company}/numbers/:number/redirect`]: 'manager',
  [`${company}/numbers/:number/end`]: 'manager',
  [`${company}/staff/:staff/feed`]: 'manager',
  [`${company}/staff/:staff/revoke`]: 'manager',
  [`${company}/calendar-connection/connect`]: 'manager',
  [`${company}/calendar-connection/match`]: 'manager',
  [`${company}/calendar-connection/webhook`]: 'manager',
  [`${company}/calendar-connection/settle`]: 'manager',
  [`${company}/agents/sync`]: 'manager',
  [`${company}/agents/new`]: 'manager',
  [`${company}/agents/import`]: 'manager',
  [`${company}/agents/:agent/refresh`]: 'manager',
  [`${company}/agents/:agent/draft`]: 'manager',
  [`${company}/agents/:agent/draft/documents`]: 'manager',
  [`${company}/agents/:agent/draft/discard`]: 'manager',
  [`${company}/agents/:agent/versions/:n/restore`]: 'manager',
  [`${company}/agents/:agent/pull`]: 'manager',
  [`${company}/agents/:agent/merge`]: 'manager',
  [`${company}/agents/:agent/publish`]: 'manager',
  [`${company}/agents/:agent/publications/:id/resume`]: 'manager',
  [`${company}/agents/:agent/publications/:id/undo`]: 'manager',
  [`${company}/agents/:agent/rollback`]: 'manager',
  [`${company}/agents/:agent/rollout`]: 'manager',
  [`${company}/agents/:agent/rollout/back`]: 'manager',
  [`${company}/agents/:agent/functions/new`]: 'manager',
  [`${company}/agents/:agent/functions/copy`]: 'manager',
  [`${company}/agents/:agent/functions/remove`]: 'manager',
  [`${company}/agents/:agent/functions/edit`]: 'manager',
  [`${company}/agents/:agent/functions/check`]: 'manager',
  [`${company}/agents/:agent/functions/try`]: 'manager',
  [`${company}/agents/:agent/rehearsals/play`]: 'manager',
  [`${company}/rehearsal-scripts/save`]: 'manager',
  [`${company}/numbers/at-retell/look`]: 'manager',
  [`${company}/numbers/at-retell/register`]: 'manager',
  [`${company}/rehearsal-scripts/:id/remove`]: 'manager',
}

describe('every form of the dashboard', () => {
  let world: Fixture
  let http: FastifyInstance
  let forms: string[]
  beforeEach(async () => {
    world = fixture()
    http = fastify({ forceCloseConnections: true })
    forms = []
    http.addHook('onRoute', ({ method, url }) => {
      if ([method].flat().some((one) => one !== 'GET' && one !== 'HEAD')) forms.push(url)
    })
    await http.register(webRoutes(world.dependencies))
  })
  afterEach(() => http.close())

  const at = (path: string, slug = 'salon-sonne') => path.replace(':slug', slug).replace(/:\w+/g, 'take')
  const send = async (url: string, role: Role, forged = false) => {
    const page = await http.inject('/login')
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const secret = page.cookies.find(({ name }) => name === 'frontdesk_csrf')?.value ?? ''
    return http.inject({
      ...{ method: 'POST', url },
      cookies: { frontdesk_session: world.signIn({ ...accounts.admin, role }), frontdesk_csrf: secret },
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
      payload: new URLSearchParams({ _csrf: forged ? `${token}x` : token }).toString(),
    })
  }
  const shown = (text: string) => text.replaceAll(/value="[^"]*"/g, '')

  it('is known here', () => {
    expect(forms.filter((url) => url.startsWith(company)).toSorted()).toEqual(Object.keys(least).toSorted())
  })

  it('does nothing without the token of a page', async () => {
    for (const url of forms) {
      const answer = await send(at(url), 'company_admin', true)
      expect([url, answer.statusCode]).toEqual([url, 403])
      expect(answer.body).toContain('Das Formular ist abgelaufen')
    }
  })

  it('is for those whose role allows it', async () => {
    for (const [url, role] of Object.entries(least)) {
      for (const [who, allowed] of [
        ['viewer', false],
        ['staff', role === 'staff'],
        ['manager', role !== 'company_admin'],
        ['company_admin', true],
      ] as const) {
        const { statusCode } = await send(at(url), who)
        expect([url, who, statusCode === 403]).toEqual([url, who, !allowed])
      }
    }
  })

  it('finds a foreign company exactly as little as a missing one', async () => {
    for (const url of Object.keys(least)) {
      const [foreign, missing] = [
        await send(at(url, 'praxis-nord'), 'company_admin'),
        await send(at(url, 'nowhere'), 'company_admin'),
      ]
      expect([url, foreign.statusCode, shown(foreign.body)]).toEqual([url, 404, shown(missing.body)])
    }
  })
})
