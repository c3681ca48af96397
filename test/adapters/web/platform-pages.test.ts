import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../../application/desk.ts'

const password = 'ein Satz mit fünf Wörtern'
const said = (body: string) =>
  body
    .slice(body.indexOf('<main'), body.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the pages of the platform', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })

  const open = async () => {
    const desk = await openDesk([salon, praxis])
    const http = fastify({ forceCloseConnections: true })
    closings.push(() => http.close())
    await http.register(
      webRoutes({
        application: webApplication(desk.app, desk.ports),
        secureCookies: false,
        platformZone: 'Europe/Berlin' as TimeZone,
        publicUrl: 'https://desk.example',
        clock: desk.clock,
      }),
    )
    const as = async (role: Role) => {
      const email = `${role.replace('_', '-')}@frontdesk.example`
      const company = role === 'platform_admin' ? undefined : (await desk.scopeOf()).company
      const link = await desk.app.createUser(desk.platform, { email, role, company })
      await desk.app.setPassword(link._unsafeUnwrap().token, password)
      const cookies: Record<string, string> = {
        frontdesk_session: (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie,
      }
      const get = async (url: string) => {
        const answer = await http.inject({ url, cookies, headers: { 'accept-language': 'de' } })
        for (const { name, value } of answer.cookies) cookies[name] = value
        return answer
      }
      const send = async (url: string, fields: readonly (readonly [string, string])[]) => {
        const token = /name="_csrf" value="([^"]+)"/.exec((await get('/flags')).body)?.[1] ?? ''
        return http.inject({
          ...{ method: 'POST', url, cookies },
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
          payload: new URLSearchParams([
            ['_csrf', token],
            ...fields.map(([name, one]): [string, string] => [name, one]),
          ]).toString(),
        })
      }
      return { get, send }
    }
    const rules = async () => (await desk.app.listFlags(desk.platform)).find(({ name }) => name === 'outside-trials')
    return { desk, as, rules }
  }

  it('say for whom a feature is on, and are sent back with what was typed where it makes no sense', async () => {
    const { desk, as, rules } = await open()
    const { get, send } = await as('platform_admin')
    const { company } = await desk.scopeOf()
    expect(said((await get('/flags')).body)).toMatch(/Anfragen an fremde Funktionen ✓ für alle/)
    const some = [
      ['seen', ''],
      ['reach', 'some'],
    ] as const
    const path = '/flags/outside-trials'
    const empty = await send(path, some)
    expect([empty.statusCode, said(empty.body).includes('nennen Sie, für wen')]).toEqual([422, true])
    const wrong = await send(path, [...some, ['users', '<nobody>@frontdesk.example'], ['percent', '101']])
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('Das kennt hier niemand: &lt;nobody>@frontdesk.example.')
    expect(wrong.body).toContain('ganze Zahl von 0 bis 100')
    expect(wrong.body).toContain('value="101"')
    const saved = await send(path, [
      ...some,
      ['role', 'manager'],
      ['role', 'viewer'],
      ['company', company],
      ['percent', '10'],
      ['users', 'platform-admin@frontdesk.example'],
    ])
    expect(saved.headers.location).toBe('/flags?said=outside-trials')
    const now = await rules()
    expect(now?.rules).toMatchObject({
      everybody: false,
      roles: ['manager', 'viewer'],
      companies: [company],
      percent: 10,
    })
    const page = (await get('/flags?said=outside-trials')).body
    expect(said(page)).toContain('Gespeichert: Anfragen an fremde Funktionen.')
    expect(page).toContain('platform-admin@frontdesk.example</textarea>')
    expect(page).toContain(`value="${company}" checked`)
    const late = await send(path, [
      ['seen', ''],
      ['reach', 'everybody'],
    ])
    expect([late.statusCode, said(late.body).includes('inzwischen geändert')]).toEqual([409, true])
    await send(path, [
      ['seen', String(now?.changedAt)],
      ['reach', 'nobody'],
      ['role', 'manager'],
    ])
    expect((await rules())?.rules).toEqual({ everybody: false, roles: [], users: [], companies: [], percent: 0 })
    expect((await send('/flags/unknown', some)).statusCode).toBe(404)
  })

  it('show the log of every company and of the platform to operators alone', async () => {
    const { desk, as, rules } = await open()
    const { get, send } = await as('platform_admin')
    const [customer] = (await desk.look((tx) => tx.customers.list({ limit: 1, cursor: undefined }))).items
    await get(`/companies/salon-sonne/customers/${customer?.id}`)
    await send('/flags/outside-trials', [
      ['seen', ''],
      ['reach', 'nobody'],
    ])
    const { changedAt } = (await rules()) ?? {}
    await send('/flags/outside-trials', [
      ['seen', String(changedAt)],
      ['reach', 'some'],
      ['role', 'manager'],
      ['role', 'company_admin'],
    ])
    const page = (await get('/audit-log')).body
    expect(said(page)).toContain('Rollen: Leitung · Verwaltung der Firma')
    expect(said(page)).toMatch(/Plattform platform-admin@frontdesk.example .* Freischaltung geändert/)
    expect(said(page)).toContain('Freischaltung Anfragen an fremde Funktionen für alle: nein')
    expect(page).toContain('<a href="/companies/salon-sonne/audit-log">Salon Sonne</a>')
    expect(page).toContain(`href="/companies/salon-sonne/customers/${customer?.id}"`)
    const only = (await get('/audit-log?kind=flag.changed')).body
    expect(only.match(/row audit-row with-company"/g)).toHaveLength(2)
    expect((await get('/')).body).toContain('href="/audit-log"')
    const admin = await as('company_admin')
    for (const path of ['/audit-log', '/flags']) expect((await admin.get(path)).statusCode).toBe(403)
    expect((await admin.send('/flags/outside-trials', [['reach', 'everybody']])).statusCode).toBe(403)
  })
})
