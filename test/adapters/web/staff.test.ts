import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../../application/desk.ts'

const path = '/companies/salon-sonne/staff'

describe('the page of the team', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })

  const open = async (role: Role) => {
    const desk = await openDesk([salon.replace('Nina Probe', 'Nina <b>Probe</b>')])
    const http = fastify({ forceCloseConnections: true })
    closings.push(() => http.close())
    const application = webApplication(desk.app, desk.ports)
    await http.register(
      webRoutes({
        application,
        secureCookies: false,
        platformZone: 'Europe/Berlin' as TimeZone,
        publicUrl: 'https://desk.example',
        clock: desk.clock,
      }),
    )
    const { company } = await desk.scopeOf()
    const email = `${role.replace('_', '-')}@salon-sonne.example`
    const link = await desk.app.createUser(desk.platform, { email, role, company })
    const password = 'ein Satz mit fünf Wörtern'
    await desk.app.setPassword(link._unsafeUnwrap().token, password)
    const cookies: Record<string, string> = {
      frontdesk_session: (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie,
    }
    const get = async (url = path) => {
      const answer = await http.inject({ url, cookies, headers: { 'accept-language': 'de' } })
      for (const { name, value } of answer.cookies) cookies[name] = value
      return answer
    }
    const press = async (deed: string, forged = false) => {
      const page = await get()
      const token = forged ? 'forged' : (/name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '')
      return http.inject({
        method: 'POST',
        url: `${path}/${deed}`,
        cookies,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
        payload: new URLSearchParams({ _csrf: token }).toString(),
      })
    }
    return { desk, get, press }
  }

  it('lets a manager make, renew and revoke the feed of a colleague, and shows its address once', async () => {
    const { desk, get, press } = await open('manager')
    const before = (await get()).body
    expect(before).toContain('Nina &lt;b>Probe&lt;/b>')
    expect(before.match(/Abo anlegen/g)).toHaveLength(2)
    const made = await press('nina/feed')
    const address = /value="https:\/\/desk\.example\/calendars\/([\w-]+)\.ics"/.exec(made.body)?.[1] ?? ''
    expect(address).not.toBe('')
    expect(await desk.app.readFeed(address, 'desk.example')).toMatchObject({ entries: [] })
    const after = (await get()).body
    expect(after).not.toContain(address)
    expect(after).toContain('Neue Adresse')
    const revoked = await press('nina/revoke')
    expect(revoked.headers.location).toBe(`${path}?said=revoked`)
    expect((await get(`${path}?said=revoked`)).body).toContain('Das Kalender-Abo ist beendet')
    expect(await desk.app.readFeed(address, 'desk.example')).toBeUndefined()
    expect((await press('nobody/feed')).statusCode).toBe(404)
  })

  it('is nobody’s who may not configure the company, and takes no form that another page sent', async () => {
    const { get } = await open('staff')
    expect((await get()).statusCode).toBe(403)
    expect((await get('/companies/salon-sonne')).body).not.toContain(path)
    const { desk, press } = await open('manager')
    expect((await press('nina/feed', true)).statusCode).toBe(403)
    expect(await desk.look((tx) => tx.feeds.list())).toEqual([])
  })
})
