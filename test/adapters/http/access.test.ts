import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import fc from 'fast-check'
import fastify from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../../src/domain/access/role.ts'
import { type Api, type Item, openApi } from './api.ts'

interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
}

let api: Api
let operations: readonly Operation[]

beforeAll(async () => {
  api = await openApi()
  const document = (await api.ask(undefined, 'GET', '/openapi.json')).json() as Item
  operations = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Operation['method'], path })),
  )
})

/** Who is answered without a token; a feed's secret is its token. */
const open = (path: string) => ['/health/live', '/health/ready', '/calendars/{file}'].includes(path)
const ofCompanies = () => operations.filter(({ path }) => path.startsWith('/api/v1/companies/{company}'))
const ofPlatform = () =>
  operations.filter(({ path }) => path.startsWith('/api/v1/') && !path.startsWith('/api/v1/companies'))
const at = (path: string, company: string) =>
  path.replace('{company}', company).replace(/\{\w+\}/g, 'apt_00000000000000')

/** What needs more than the right to read calls, and who has it. */
const needs: { readonly [operation: string]: readonly Role[] } = {
  'POST appointments': ['staff', 'manager', 'company_admin'],
  'PATCH appointments/{id}': ['staff', 'manager', 'company_admin'],
  'DELETE appointments/{id}': ['staff', 'manager', 'company_admin'],
  'POST callbacks': ['staff', 'manager', 'company_admin'],
  'PATCH callbacks/{id}': ['staff', 'manager', 'company_admin'],
  'POST blocked-times': ['staff', 'manager', 'company_admin'],
  'DELETE blocked-times/{id}': ['staff', 'manager', 'company_admin'],
  'POST routing-overrides': ['manager', 'company_admin'],
  'DELETE routing-overrides/{id}': ['manager', 'company_admin'],
  'POST alerts/{id}/resolve': ['manager', 'company_admin'],
  'POST calendar/differences/settle': ['manager', 'company_admin'],
  'GET deliveries': ['manager', 'company_admin'],
  'GET deliveries/{id}': ['manager', 'company_admin'],
  'POST deliveries/{id}/replay': ['company_admin'],
  'GET unrouted-calls': ['manager', 'company_admin'],
  'POST unrouted-calls/{id}/assign': ['company_admin'],
  'GET audit-log': ['company_admin'],
  'GET security-events': ['company_admin'],
  'GET users': ['company_admin'],
  'GET tokens': ['company_admin'],
  'GET file': ['company_admin'],
  'PUT file': ['company_admin'],
  'PATCH services/{slug}': ['manager', 'company_admin'],
  'PATCH staff/{slug}': ['manager', 'company_admin'],
  'PATCH branches/{slug}': ['manager', 'company_admin'],
  'PATCH settings': ['manager', 'company_admin'],
  'PATCH phone-numbers/{slug}': ['manager', 'company_admin'],
  'GET staff/{slug}/feed': ['manager', 'company_admin'],
  'POST staff/{slug}/feed': ['manager', 'company_admin'],
  'DELETE staff/{slug}/feed': ['manager', 'company_admin'],
  'POST agents': ['manager', 'company_admin'],
  'POST agents/sync': ['manager', 'company_admin'],
  'POST agents/import': ['manager', 'company_admin'],
  'POST agents/{agent}/import': ['manager', 'company_admin'],
  'POST agents/{agent}/refresh': ['manager', 'company_admin'],
  'PUT agents/{agent}/draft': ['manager', 'company_admin'],
  'DELETE agents/{agent}/draft': ['manager', 'company_admin'],
  'POST agents/{agent}/versions/{n}/restore': ['manager', 'company_admin'],
  'POST agents/{agent}/lint': ['manager', 'company_admin'],
  'POST agents/{agent}/pull': ['manager', 'company_admin'],
  'POST agents/{agent}/merge': ['manager', 'company_admin'],
  'POST agents/{agent}/publish': ['manager', 'company_admin'],
  'POST agents/{agent}/rollback': ['manager', 'company_admin'],
  'POST agents/{agent}/publications/{id}/resume': ['manager', 'company_admin'],
  'POST agents/{agent}/publications/{id}/undo': ['manager', 'company_admin'],
  'POST agents/{agent}/rollout': ['manager', 'company_admin'],
  'PATCH agents/{agent}/tools': ['manager', 'company_admin'],
  'POST agents/{agent}/tools/try': ['manager', 'company_admin'],
  'POST agents/{agent}/rehearse': ['manager', 'company_admin'],
  'PUT rehearsal-scripts': ['manager', 'company_admin'],
  'DELETE rehearsal-scripts/{id}': ['manager', 'company_admin'],
  'POST retell-numbers/look': ['manager', 'company_admin'],
  'POST retell-numbers/register': ['manager', 'company_admin'],
}
const nameOf = ({ method, path }: Operation) => `${method} ${path.replace('/api/v1/companies/{company}/', '')}`
const bodyOf = ({ method }: Operation) => (method === 'GET' ? undefined : '{')

describe('every route of the API', () => {
  it('is described, and they are many', () => {
    expect(operations.length).toBeGreaterThan(30)
    for (const name of Object.keys(needs)) expect(ofCompanies().map(nameOf)).toContain(name)
  })

  it('answers nobody without a token, a wrong token or a token of another kind', async () => {
    for (const operation of operations.filter(({ path }) => !open(path))) {
      const url = at(operation.path, 'salon-sonne')
      for (const authorization of [undefined, 'Bearer fd_wrong', 'Bearer x', 'Basic eDp5', 'fd_wrong']) {
        const headers = authorization === undefined ? {} : { authorization }
        const answer = await api.ask(undefined, operation.method, url, bodyOf(operation), headers)
        expect(answer.statusCode, `${operation.method} ${url} ${authorization}`).toBe(401)
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
        expect(answer.json()).toMatchObject({ type: '/problems/not-signed-in' })
      }
    }
  })

  it('I-142 answers a foreign company exactly like a missing one, whoever asks and whatever the body holds', async () => {
    const tokens = await Promise.all(
      (['viewer', 'staff', 'manager', 'company_admin'] as const).map((role) => api.token(role, 'praxis-mond')),
    )
    for (const operation of ofCompanies()) {
      for (const token of tokens) {
        const [foreign, missing] = await Promise.all(
          ['salon-sonne', 'nirgends'].map((company) =>
            api.ask(token, operation.method, at(operation.path, company), bodyOf(operation)),
          ),
        )
        expect(foreign?.statusCode, nameOf(operation)).toBe(404)
        expect(foreign?.body).toBe(missing?.body)
        expect(foreign?.headers['content-type']).toBe(missing?.headers['content-type'])
      }
    }
  })

  it.each<Role>(['viewer', 'staff', 'manager', 'company_admin'])('lets %s do what the role allows', async (role) => {
    const token = await api.token(role)
    for (const operation of ofCompanies().filter(({ path }) => !path.endsWith('/events'))) {
      const answer = await api.ask(token, operation.method, at(operation.path, 'salon-sonne'), bodyOf(operation))
      const allowed = needs[nameOf(operation)]?.includes(role) ?? true
      expect(answer.statusCode === 403, `${role}: ${nameOf(operation)} ${answer.body}`).toBe(!allowed)
      expect(answer.statusCode).toBeLessThan(500)
    }
    for (const operation of ofPlatform()) {
      expect((await api.ask(token, operation.method, operation.path)).statusCode, operation.path).toBe(403)
    }
    expect((await api.ask(token, 'POST', '/api/v1/companies', '{')).statusCode).toBe(403)
  })

  it('lets a platform administrator in everywhere', async () => {
    const token = await api.token('platform_admin')
    for (const operation of [...ofCompanies(), ...ofPlatform()].filter(({ path }) => !path.endsWith('/events'))) {
      const answer = await api.ask(token, operation.method, at(operation.path, 'salon-sonne'), bodyOf(operation))
      expect([200, 400, 404, 422], `${nameOf(operation)} ${answer.body}`).toContain(answer.statusCode)
      const nobody = await api.ask(token, operation.method, at(operation.path, 'nirgends'), bodyOf(operation))
      if (operation.path.includes('{company}')) expect(nobody.statusCode).toBe(404)
    }
  })

  it('finds things of its own company only: another one’s are missing, before a body is looked at', async () => {
    const appointments = '/api/v1/companies/salon-sonne/appointments'
    const created = await api.ask(await api.token('staff'), 'POST', appointments, {
      branch: 'mitte',
      service: 'damenhaarschnitt',
      starts_at: '2026-11-26T10:00:00+01:00',
      attendee_name: 'Erika Beispiel',
    })
    expect(created.statusCode, created.body).toBe(201)
    const { id, customer } = created.json() as Item
    const stranger = await api.token('company_admin', 'praxis-mond')
    const there = '/api/v1/companies/praxis-mond'
    for (const [method, path, missing] of [
      ['GET', `appointments/${id}`, 'appointments/apt_99999999'],
      ['PATCH', `appointments/${id}`, 'appointments/apt_99999999'],
      ['DELETE', `appointments/${id}`, 'appointments/apt_99999999'],
      ['PATCH', `appointments/${id}`, 'appointments/nonsense'],
      ['GET', `customers/${customer.id}`, 'customers/cus_99999999'],
    ] as const) {
      const body = method === 'GET' ? undefined : '{"wrong": '
      const foreign = await api.ask(stranger, method, `${there}/${path}`, body)
      expect(foreign.statusCode, path).toBe(404)
      expect(foreign.body).toBe((await api.ask(stranger, method, `${there}/${missing}`, body)).body)
    }
    expect((await api.ask(await api.token('viewer'), 'GET', `${appointments}/${id}`)).json()).toEqual(created.json())
  })

  it('finds nothing under a name that nothing can have', async () => {
    const token = await api.token('company_admin')
    const base = '/api/v1/companies/salon-sonne'
    const missing = await api.ask(token, 'GET', `${base}/calls/nobody`)
    for (const name of ['%00', '%0A', '%E0%A4%A', 'x'.repeat(400)]) {
      for (const url of [`${base}/calls/${name}`, `/api/v1/companies/${name}/calls`, `${base}/appointments/${name}`]) {
        const answer = await api.ask(token, 'GET', url)
        expect([answer.statusCode, answer.body], url).toEqual([404, missing.body])
      }
    }
  })

  it('tells nothing of another company, whatever is asked for', async () => {
    const secrets: string[] = []
    for (const [company, name] of [
      ['salon-sonne', 'Geheimnis Sonne'],
      ['praxis-mond', 'Geheimnis Mond'],
    ] as const) {
      const booked = await api.ask(
        await api.token('staff', company),
        'POST',
        `/api/v1/companies/${company}/appointments`,
        { branch: 'mitte', service: 'damenhaarschnitt', starts_at: '2026-11-27T10:00:00+01:00', attendee_name: name },
      )
      const { id, customer } = booked.json() as Item
      if (company === 'salon-sonne') secrets.push(id, customer.id, name)
    }
    await api.desk.ask('check_availability', { service: 'Herrenhaarschnitt', date: '2026-11-28', time: '10:00' })
    secrets.push('call_a')
    const stranger = await api.token('company_admin', 'praxis-mond')
    const reads = ofCompanies().filter(({ method, path }) => method === 'GET' && !path.endsWith('/events'))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reads),
        fc.constantFrom('praxis-mond', 'salon-sonne', 'PRAXIS-MOND', 'praxis-mond%2F..%2Fsalon-sonne', '..', '%00'),
        fc.constantFrom(...secrets.map(encodeURIComponent)),
        fc.constantFrom('', '?limit=200', '?company=salon-sonne', '?caller=%2B4915550100001', '?customer=cus_00000001'),
        async ({ path }, company, secret, query) => {
          const url = `${path.replace('{company}', company).replace(/\{\w+\}/g, secret)}${query}`
          const answer = await api.ask(stranger, 'GET', url)
          expect(answer.statusCode, url).toBeLessThan(500)
          for (const one of secrets) expect(answer.body, url).not.toContain(one)
          expect(answer.body).not.toContain('Salon Sonne GmbH')
        },
      ),
      { numRuns: 300 },
    )
    const owner = await api.token('company_admin')
    const own = await api.ask(owner, 'GET', '/api/v1/companies/salon-sonne/appointments?limit=200')
    expect(own.body).toContain('Geheimnis Sonne')
    expect((await api.ask(owner, 'GET', '/api/v1/companies/salon-sonne/calls')).body).toContain('call_a')
  })
})

describe('a session of the dashboard', () => {
  const logIn = async () => {
    const company = await api.desk.ports.directory.companyBySlug('salon-sonne')
    const email = `nina${Math.floor(api.desk.clock.now() / 7)}@salon.example`
    const link = await api.desk.app.createUser(api.desk.platform, { email, role: 'staff', company })
    if (link.isOk()) await api.desk.app.setPassword(link.value.token, 'a long enough password')
    const session = await api.desk.app.logIn(email, 'a long enough password', '192.0.2.1')
    return session._unsafeUnwrap().cookie
  }

  /** What a page of the dashboard carries. */
  const aPageOfOurs = async () => {
    const http = fastify()
    await http.register(cookie)
    await http.register(csrf, { cookieKey: 'frontdesk_csrf' })
    http.get('/', async (_request, reply) => ({ token: reply.generateCsrf() }))
    const page = await http.inject('/')
    return { token: page.json<{ token: string }>().token, secret: page.cookies[0]?.value ?? '' }
  }

  it('reads with the cookie, and writes only with the token of a page', async () => {
    const session = `frontdesk_session=${await logIn()}`
    const base = '/api/v1/companies/salon-sonne'
    expect((await api.ask(undefined, 'GET', `${base}/calls`, undefined, { cookie: session })).statusCode).toBe(200)
    expect(
      (await api.ask(undefined, 'GET', `${base}/calls`, undefined, { cookie: 'frontdesk_session=x' })).statusCode,
    ).toBe(401)
    const wish = {
      branch: 'mitte',
      service: 'damenhaarschnitt',
      starts_at: '2026-11-24T15:00:00+01:00',
      attendee_name: 'Am Tresen',
    }
    const refused = await api.ask(undefined, 'POST', `${base}/appointments`, wish, { cookie: session })
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toMatchObject({ type: '/problems/csrf-token-missing' })
    const wrong = await api.ask(undefined, 'POST', `${base}/appointments`, wish, {
      cookie: `${session}; frontdesk_csrf=secret`,
      'x-csrf-token': 'made-up',
    })
    expect(wrong.statusCode).toBe(403)
    const page = await aPageOfOurs()
    const booked = await api.ask(undefined, 'POST', `${base}/appointments`, wish, {
      cookie: `${session}; frontdesk_csrf=${page.secret}`,
      'x-csrf-token': page.token,
    })
    expect(booked.statusCode, booked.body).toBe(201)
    expect(booked.json()).toMatchObject({ source: 'dashboard', history: [{ actor: { kind: 'user' } }] })
  })
})

describe('the limit of a token', () => {
  it('is counted over all routes, is its own, and says when to come back', async () => {
    const small = await openApi({ tokensPerMinute: 3 })
    const token = await small.token('viewer')
    const urls = ['calls', 'appointments', 'customers'].map((what) => `/api/v1/companies/salon-sonne/${what}`)
    for (const url of urls) expect((await small.ask(token, 'GET', url)).statusCode).toBe(200)
    const refused = await small.ask(token, 'GET', '/api/v1/companies')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toMatchObject({ type: '/problems/too-many-requests' })
    expect((await small.ask(await small.token('viewer'), 'GET', '/api/v1/companies')).statusCode).toBe(200)
    expect((await small.ask(undefined, 'GET', '/health/live')).statusCode).toBe(200)
  })
})
