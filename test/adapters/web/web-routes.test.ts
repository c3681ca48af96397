import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { accounts, type Fixture, fixture, fixturePassword } from '../../browser/fixture.ts'

describe('the dashboard over HTTP', () => {
  let world: Fixture
  let http: FastifyInstance
  beforeEach(async () => {
    world = fixture()
    http = fastify({ forceCloseConnections: true })
    await http.register(webRoutes(world.dependencies))
  })
  afterEach(() => http.close())

  const company = '/companies/salon-sonne'
  const get = (url: string, who?: keyof typeof accounts, headers: Record<string, string> = {}) =>
    http.inject({
      url,
      headers: { 'accept-language': 'de', ...headers },
      ...(who ? { cookies: { frontdesk_session: world.signIn(accounts[who]) } } : {}),
    })

  /** The page's own token and the cookie it goes with. */
  const tokenOf = async (url: string) => {
    const page = await get(url)
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const cookie = page.cookies.find((one) => one.name === 'frontdesk_csrf')?.value ?? ''
    return { csrf, cookie }
  }
  const post = (url: string, cookies: Record<string, string>, fields: Record<string, string>) =>
    http.inject({
      method: 'POST',
      url,
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
      payload: new URLSearchParams(fields).toString(),
    })

  describe('who may see what', () => {
    it.each(['/', company, `${company}/calls`, `${company}/deliveries`, '/companies/no-such', '/unrouted-calls'])(
      'asks strangers at %s to log in and remembers where they wanted to go',
      async (url) => {
        const answer = await get(url)
        expect(answer.statusCode).toBe(302)
        expect(answer.headers.location).toBe(url === '/' ? '/login' : `/login?next=${encodeURIComponent(url)}`)
      },
    )

    it.each(['', '/calls', '/calls/call_booked', '/appointments', '/deliveries', '/pulse?since=0', '/live'])(
      'answers a foreign company exactly like a missing one at %s',
      async (rest) => {
        const foreign = await get(`/companies/praxis-nord${rest}`, 'admin')
        const missing = await get(`/companies/no-such${rest}`, 'admin')
        const shown = (text: string) => text.replaceAll(/value="[^"]*"/g, '')
        expect(foreign.statusCode).toBe(404)
        expect(missing.statusCode).toBe(404)
        expect(shown(foreign.body)).toBe(shown(missing.body))
        expect(Object.keys(foreign.headers)).toEqual(Object.keys(missing.headers))
      },
    )

    it('keeps deliveries from those whose role does not read them, and shows them no way there', async () => {
      expect((await get(`${company}/deliveries`, 'viewer')).statusCode).toBe(403)
      expect((await get(`${company}/deliveries/dlv_00000006`, 'viewer')).statusCode).toBe(403)
      expect((await get(company, 'viewer')).body).not.toContain(`${company}/deliveries`)
      expect((await get(`${company}/calls/call_booked`, 'viewer')).body).not.toContain('dlv_')
      expect((await get(company, 'admin')).body).toContain(`${company}/deliveries`)
    })

    it('keeps the pages of the platform for the platform', async () => {
      for (const url of ['/deliveries', '/deliveries/dlv_00000001', '/unrouted-calls']) {
        expect((await get(url, 'admin')).statusCode).toBe(403)
        expect((await get(url, 'platform')).statusCode).toBe(200)
      }
    })

    it('sends people with one company straight to it and shows platform administrators the list', async () => {
      expect((await get('/', 'admin')).headers.location).toBe(company)
      const list = await get('/?q=nord', 'platform')
      expect(list.body).toContain('Praxis Nord')
      expect(list.body).not.toContain('/companies/salon-sonne')
    })

    it('sends a page whose session ended to the log-in, back to where it was', async () => {
      const answer = await get(`${company}/calls`, undefined, {
        'hx-request': 'true',
        'hx-current-url': 'https://desk.example/companies/salon-sonne/calls?day=2025-12-03',
      })
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['hx-redirect']).toBe(
        `/login?next=${encodeURIComponent('/companies/salon-sonne/calls?day=2025-12-03')}`,
      )
    })
  })

  describe('forms', () => {
    it('logs in, keeps the cookie from scripts and from other sites, and goes where one wanted', async () => {
      const { csrf, cookie } = await tokenOf('/login')
      const fields = { _csrf: csrf, email: accounts.admin.email, password: fixturePassword, next: `${company}/calls` }
      const answer = await post('/login', { frontdesk_csrf: cookie }, fields)
      expect(answer.statusCode).toBe(303)
      expect(answer.headers.location).toBe(`${company}/calls`)
      const session = answer.cookies.find((one) => one.name === 'frontdesk_session')
      expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    })

    it('marks its cookies as secure where it is served over HTTPS', async () => {
      const secure = fastify()
      await secure.register(webRoutes({ ...world.dependencies, secureCookies: true }))
      const page = await secure.inject('/login')
      expect(page.cookies.every((one) => one.secure === true && one.httpOnly === true)).toBe(true)
      expect(page.headers['strict-transport-security']).toBeDefined()
      await secure.close()
    })

    it.each([
      ['/login', { email: accounts.admin.email, password: fixturePassword }],
      ['/logout', {}],
      ['/set-password/good', { password: fixturePassword, repeat: fixturePassword }],
      ['/preferences', { theme: 'dark' }],
    ] as const)('refuses %s without the token of the page', async (url, fields) => {
      const { csrf, cookie } = await tokenOf('/login')
      for (const wrong of [{ ...fields }, { ...fields, _csrf: `${csrf}x` }]) {
        const answer = await post(url, { frontdesk_csrf: cookie }, wrong)
        expect(answer.statusCode).toBe(403)
        expect(answer.body).toContain('Das Formular ist abgelaufen')
        expect(answer.cookies.some((one) => one.name === 'frontdesk_session')).toBe(false)
      }
      expect((await post(url, {}, { ...fields, _csrf: csrf })).statusCode).toBe(403)
    })

    it.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])(
      'never leads to %s after the log-in',
      async (next) => {
        const { csrf, cookie } = await tokenOf('/login')
        const fields = { _csrf: csrf, email: accounts.admin.email, password: fixturePassword, next }
        expect((await post('/login', { frontdesk_csrf: cookie }, fields)).headers.location).toBe('/')
      },
    )

    it('says the same of a wrong password and of an unknown address, and how long too many attempts have to wait', async () => {
      const { csrf, cookie } = await tokenOf('/login')
      const tried = async (email: string) => {
        const answer = await post('/login', { frontdesk_csrf: cookie }, { _csrf: csrf, email, password: 'falsch' })
        return { status: answer.statusCode, said: /role="alert"[^>]*>([^<]+)/.exec(answer.body)?.[1], answer }
      }
      const { answer: _, ...known } = await tried(accounts.admin.email)
      const { answer: __, ...unknown } = await tried('niemand@salon-sonne.example')
      expect(known).toEqual({ status: 401, said: expect.stringMatching(/^E-Mail oder Passwort stimmt nicht\./) })
      expect(unknown).toEqual(known)
      await tried(accounts.admin.email)
      await tried(accounts.admin.email)
      const locked = await tried(accounts.admin.email)
      expect(locked.status).toBe(429)
      expect(locked.answer.headers['retry-after']).toBe('900')
    })

    it('ends the session at log-out', async () => {
      const session = world.signIn(accounts.admin)
      const { csrf, cookie } = await tokenOf('/login')
      await post('/logout', { frontdesk_csrf: cookie, frontdesk_session: session }, { _csrf: csrf })
      const after = await http.inject({ url: company, cookies: { frontdesk_session: session } })
      expect(after.statusCode).toBe(302)
    })

    it('sets a password once it is long enough, the same twice, and the link is good', async () => {
      const { csrf, cookie } = await tokenOf('/set-password/good')
      const set = (token: string, password: string, repeat = password) =>
        post(`/set-password/${token}`, { frontdesk_csrf: cookie }, { _csrf: csrf, password, repeat })
      expect((await set('good', 'kurz')).body).toContain('mindestens 12 Zeichen')
      expect((await set('good', fixturePassword, 'anders')).body).toContain('verschieden')
      expect((await set('old', fixturePassword)).body).toContain('abgelaufen')
      expect((await set('good', fixturePassword)).headers.location).toBe('/login?said=password-set')
    })
  })

  describe('what every answer carries', () => {
    it('has a strict policy without inline code, and is kept by nobody', async () => {
      for (const page of [await get('/login'), await get(`${company}/calls`, 'admin'), await get('/nowhere')]) {
        const policy = String(page.headers['content-security-policy'])
        expect(policy).toContain("default-src 'none'")
        expect(policy).toContain("script-src 'self'")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toContain('unsafe')
        expect(page.headers['x-content-type-options']).toBe('nosniff')
        expect(page.headers['x-frame-options']).toBe('DENY')
        expect(page.headers['cache-control']).toBe('no-store')
      }
    })

    it('has neither inline style nor inline script on any page', async () => {
      const urls = [company, `${company}/calls`, `${company}/calls/call_booked`, `${company}/appointments`]
      for (const url of [...urls, `${company}/deliveries`, `${company}/deliveries/dlv_00000006`]) {
        const { body } = await get(url, 'admin')
        const tags = (body.match(/<[a-z](?:"[^"]*"|[^">])*>/gi) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '='))
        expect(tags.length).toBeGreaterThan(50)
        expect(tags.filter((tag) => /\s(?:style|on[a-z]+)=|^<style|^<script(?! src=)/i.test(tag))).toEqual([])
      }
    })

    it('shows what people wrote as text, wherever they wrote it', async () => {
      for (const url of [company, `${company}/calls`, `${company}/calls/${encodeURIComponent('call_"><script>')}`]) {
        const page = await get(url, 'admin')
        expect(page.statusCode).toBe(200)
        expect(page.body).toMatch(/&lt;img src=x onerror=alert\(1\)(?:>|&gt;)/)
        const outsideOfValues = page.body.replaceAll(/="[^"]*"/g, '=')
        expect(outsideOfValues).not.toContain('<img')
        expect(outsideOfValues).not.toContain('<script>')
      }
      const search = await get('/?q=%22%3E%3Cscript%3E', 'platform')
      expect(search.body).not.toContain('"><script>')
    })

    it('serves assets under names that change with their content, to be kept for ever', async () => {
      const page = await get('/login')
      const assets = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url ?? '')
      expect(assets.length).toBeGreaterThanOrEqual(7)
      for (const url of assets) {
        expect(url).toMatch(/\.[0-9a-f]{12}\.(css|js|svg|woff2)$/)
        const asset = await get(url)
        expect(asset.statusCode).toBe(200)
        expect(asset.headers['cache-control']).toContain('immutable')
      }
      expect((await get('/assets/app.000000000000.js')).statusCode).toBe(404)
      expect((await get('/assets/..%2Fassets.ts')).statusCode).toBe(404)
    })

    it('leaves paths of programs to the programs', async () => {
      const answer = await get('/api/v1/nothing')
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toContain('application/json')
    })

    it('says what to do when something breaks, and not what broke', async () => {
      const broken = fastify()
      const application = {
        ...world.dependencies.application,
        overview: () => Promise.reject(new Error('secret table missing')),
      }
      await broken.register(webRoutes({ ...world.dependencies, application }))
      const cookies = { frontdesk_session: world.signIn(accounts.admin) }
      const page = await broken.inject({ url: company, cookies, headers: { 'accept-language': 'de' } })
      expect(page.statusCode).toBe(500)
      expect(page.body).toContain('Anrufe werden weiter angenommen')
      expect(page.body).not.toContain('secret table')
      await broken.close()
    })
  })

  describe('words and times', () => {
    it('speaks what one chose, else what the browser asks for, else what the company speaks', async () => {
      const heading = (body: string) => /<h1>([^<]+)/.exec(body)?.[1]
      const cookies = { frontdesk_session: world.signIn(accounts.admin) }
      const shown = async (headers: Record<string, string>, more: Record<string, string> = {}) =>
        heading((await http.inject({ url: company, cookies: { ...cookies, ...more }, headers })).body)
      expect(await shown({})).toBe('Übersicht')
      expect(await shown({ 'accept-language': 'fr, en;q=0.8, de;q=0.5' })).toBe('Overview')
      expect(await shown({ 'accept-language': 'en' }, { frontdesk_language: 'de' })).toBe('Übersicht')
    })

    it("shows times in the branch's zone, sums and lengths as people write them", async () => {
      const { body } = await get(`${company}/calls/call_booked`, 'admin')
      for (const text of ['14:26:02', 'Fr 5.12. 10:30', '1:58', '0,26\u00a0$', '0171 3920011', 'gebucht · 468 ms'])
        expect(body).toContain(text)
      const english = await get(`${company}/calls/call_booked`, 'admin', { 'accept-language': 'en' })
      expect(english.body).toContain('Fri 5 Dec 10:30')
    })

    it('tells of a tool in words, and leaves ids to its details', async () => {
      const { body } = await get(`${company}/calls/call_booked`, 'admin')
      const lines = [...body.matchAll(/class="tool-line"[^>]*>([^<]*)</g)].map(([, line]) => line)
      expect(lines.some((line) => line?.includes('Erika Beispiel'))).toBe(true)
      expect(lines.join()).not.toContain('off_')
      expect(body).toContain('off_00000007')
    })

    it('reads times of no company as in Berlin', async () => {
      const { body } = await get('/unrouted-calls', 'platform')
      expect(body).toContain('>14:21</time>')
    })

    it('filters by what the address says and leaves out what makes no sense', async () => {
      const rows = (body: string) => body.match(/id="call-/g)?.length ?? 0
      expect(rows((await get(`${company}/calls?status=ongoing`, 'admin')).body)).toBe(1)
      expect(rows((await get(`${company}/calls?outcome=callback&branch=west`, 'admin')).body)).toBeGreaterThan(0)
      expect(rows((await get(`${company}/calls?day=2025-12-02`, 'admin')).body)).toBe(0)
      expect(rows((await get(`${company}/calls?status=nonsense&day=2025-02-31`, 'admin')).body)).toBe(30)
      expect((await get(`${company}/calls?cursor=30`, 'admin')).body).toContain('Zurück zu den neuesten')
    })
  })
})
