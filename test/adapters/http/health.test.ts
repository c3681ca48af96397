import { describe, expect, it } from 'vitest'
import type { AccountHealth, Vitals } from '../../../src/application/operation/health.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { type Api, openApi } from './api.ts'

const checksAs = async (api: Api, role: 'platform_admin' | 'viewer') => {
  const answer = await api.ask(await api.token(role), 'GET', '/health')
  expect(answer.statusCode).toBe(200)
  const { status, checks } = answer.json()
  const named = new Map((checks as { readonly name: string }[]).map(({ name, ...rest }) => [name, rest]))
  return { status, text: answer.body, check: (name: string) => named.get(name), names: [...named.keys()] }
}

/** Two accounts: one of both companies, one of the practice alone. */
const twoAccounts = async (breakers: readonly AccountHealth['breaker'][], more: Partial<Vitals> = {}) => {
  const accounts: AccountHealth[] = []
  const api = await openApi({ vitals: { vendors: () => [{ vendor: 'calcom', accounts }], ...more } })
  const idOf = async (slug: string) => {
    const id = await api.desk.ports.directory.companyBySlug(slug)
    if (!id) throw new Error(`There is no ${slug}.`)
    return id
  }
  const [sonne, mond] = [await idOf('salon-sonne'), await idOf('praxis-mond')]
  accounts.push({ address: 'api.cal.com', companies: [sonne, mond], breaker: breakers[0] })
  accounts.push({ address: 'cal.praxis.example', companies: [mond], breaker: breakers[1] })
  return api
}

describe('GET /health', () => {
  it('names every part, with figures, for the platform', async () => {
    const api = await twoAccounts(['closed', undefined])
    const { status, names, check } = await checksAs(api, 'platform_admin')
    expect(status).toBe('ok')
    expect(names).toEqual(['database', 'queue', 'cache', 'calcom', 'versions'])
    expect(check('queue')).toEqual({
      ok: true,
      queue: { jobs_waiting: expect.any(Number), oldest_job_seconds: 0, oldest_delivery_seconds: 0 },
    })
    expect(check('cache')).toEqual({ ok: true, cache: { state: 'own', hits: 0, misses: 0, joined: 0 } })
    expect(check('calcom')).toEqual({
      ok: true,
      accounts: [
        { address: 'api.cal.com', companies: ['salon-sonne', 'praxis-mond'], breaker: 'closed' },
        { address: 'cal.praxis.example', companies: ['praxis-mond'], breaker: 'unknown' },
      ],
    })
    expect(check('versions')).toEqual({
      ok: true,
      versions: { application: '1.2.3', schema: '0005-housekeeping' },
    })
  })

  it('shows a company its own vendors alone, and no figures of others', async () => {
    const api = await twoAccounts(['closed', 'open'])
    const { status, text, check, names } = await checksAs(api, 'viewer')
    expect(status).toBe('ok')
    expect(names).toEqual(['database', 'queue', 'cache', 'calcom', 'versions'])
    expect(check('queue')).toEqual({ ok: true })
    expect(check('cache')).toEqual({ ok: true, cache: { state: 'own' } })
    expect(check('calcom')).toEqual({
      ok: true,
      accounts: [{ address: 'api.cal.com', companies: ['salon-sonne'], breaker: 'closed' }],
    })
    expect(text).not.toContain('praxis')
    expect((await checksAs(api, 'platform_admin')).status).toBe('degraded')
  })

  it.each<readonly [string, readonly AccountHealth['breaker'][], Partial<Vitals>, string, string]>([
    ['a breaker is open', ['open', 'closed'], {}, 'degraded', 'calcom'],
    ['the cache cannot be reached', [], { cache: async () => 'away' }, 'degraded', 'cache'],
    ['there is no database', [], { schema: async () => undefined }, 'down', 'database'],
  ])('says how bad it is that %s', async (_, breakers, vitals, expected, name) => {
    const { status, check } = await checksAs(await twoAccounts(breakers, vitals), 'platform_admin')
    expect({ status, check: check(name) }).toMatchObject({ status: expected, check: { ok: false } })
  })

  it('says that work waits for a worker, and for how long', async () => {
    const api = await openApi()
    await api.desk.app.workJobs(100)
    expect((await checksAs(api, 'viewer')).status).toBe('ok')
    await api.desk.send({ event: 'call_started', call: api.desk.callOf({}) })
    api.desk.clock.advance(5 * MINUTE)
    const { status, check } = await checksAs(api, 'platform_admin')
    expect(status).toBe('degraded')
    expect(check('queue')).toMatchObject({ ok: false, queue: { oldest_delivery_seconds: 300 } })
    expect((await checksAs(api, 'viewer')).check('queue')).toEqual({ ok: false })
  })

  it('asks for a token', async () => {
    expect((await (await openApi()).ask(undefined, 'GET', '/health')).statusCode).toBe(401)
  })
})

describe('GET /health/ready', () => {
  it('is asked without a token, and names the database that is not there', async () => {
    const away = await openApi({ vitals: { schema: async () => undefined } })
    const answer = await away.ask(undefined, 'GET', '/health/ready')
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'not_ready', not_ready: ['database'] }])
    const cacheless = await openApi({ vitals: { cache: async () => 'away' } })
    expect((await cacheless.ask(undefined, 'GET', '/health/ready')).statusCode).toBe(200)
  })
})
