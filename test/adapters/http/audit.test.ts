import { beforeEach, describe, expect, it } from 'vitest'
import { type Api, type Item, openApi } from './api.ts'

let api: Api
const base = '/api/v1/companies/salon-sonne'
beforeEach(async () => {
  api = await openApi()
})

const vipToken = async (role: 'viewer' | 'staff'): Promise<string> => {
  const company = await api.desk.ports.directory.companyBySlug('salon-sonne')
  const wanted = { role, company, expiresAt: undefined, seesVip: true }
  return (await api.desk.app.createToken(api.desk.platform, wanted))._unsafeUnwrap().token
}
const max = async (): Promise<Item> =>
  (await api.ask(await api.token('company_admin'), 'GET', `${base}/customers?phone=01713920001`)).json().items[0]
/** Newest first, without the tokens that these tests make. */
const entries = async (): Promise<readonly Item[]> =>
  (await api.ask(await api.token('company_admin'), 'GET', `${base}/audit-log?limit=200`))
    .json()
    .items.filter(({ kind }) => kind !== 'token.created')
const newest = async (): Promise<Item> => {
  const [first] = await entries()
  if (!first) throw new Error('The log has no entry.')
  return first
}

describe('the VIP mark over the API', () => {
  it('is seen and set by those alone who may', async () => {
    const { id } = await max()
    const url = `${base}/customers/${id}`
    const [admin, staff, dear] = [await api.token('company_admin'), await api.token('staff'), await vipToken('viewer')]
    expect((await api.ask(admin, 'PATCH', url, { vip: true })).json()).toMatchObject({ id, vip: true })
    expect((await api.ask(dear, 'GET', url)).json()).toMatchObject({ vip: true })
    expect((await api.ask(staff, 'GET', url)).json()).not.toHaveProperty('vip')
    for (const { items } of [(await api.ask(staff, 'GET', `${base}/customers`)).json()])
      for (const one of items) expect(one).not.toHaveProperty('vip')
    const refused = await api.ask(staff, 'PATCH', url, { vip: false })
    expect([refused.statusCode, refused.json().detail]).toEqual([403, 'This needs the right "customers.vip".'])
    expect((await api.ask(dear, 'PATCH', url, { vip: false })).json()).toMatchObject({ vip: false })
  })

  it('leaves notes to those who may change appointments, and changes neither alone', async () => {
    const { id } = await max()
    const url = `${base}/customers/${id}`
    const dear = await vipToken('viewer')
    const refused = await api.ask(dear, 'PATCH', url, { vip: true, notes: 'Mag Tee' })
    expect(refused.statusCode).toBe(403)
    expect((await api.ask(dear, 'GET', url)).json()).toMatchObject({ vip: false, notes: null })
    const staff = await api.token('staff')
    expect((await api.ask(staff, 'PATCH', url, { notes: ' Mag Tee ' })).json()).toMatchObject({ notes: 'Mag Tee' })
    expect((await api.ask(staff, 'PATCH', url, {})).json()).toMatchObject({ notes: 'Mag Tee' })
    expect((await api.ask(staff, 'PATCH', url, { notes: null })).json()).toMatchObject({ notes: null })
    expect((await api.ask(staff, 'PATCH', url, { notes: 'x'.repeat(4001) })).statusCode).toBe(422)
  })
})

describe('the audit log over the API', () => {
  it('has one entry of each look and each change, with who, from where and without what was written', async () => {
    const { id } = await max()
    const staff = await api.token('staff')
    await api.ask(staff, 'GET', `${base}/customers/${id}`)
    const look = await newest()
    expect(look).toMatchObject({
      ...{ kind: 'customer.viewed', severity: 'info', actor_kind: 'token', address: '127.0.0.1' },
      ...{ company: { slug: 'salon-sonne' }, subject: { kind: 'customer', id }, detail: 'Customer opened.' },
    })
    expect(look.actor).toMatch(/^tok_/)
    expect(look.actor_id).toBe(look.actor)
    await api.ask(staff, 'GET', `${base}/customers/${id}`, undefined, { 'x-forwarded-for': '203.0.113.9' })
    expect((await newest()).address).toBeNull()
    await api.ask(staff, 'PATCH', `${base}/customers/${id}`, { notes: 'Nur ohne Parfum' })
    const change = await newest()
    expect(change).toMatchObject({ kind: 'customer.changed', detail: 'Customer changed: notes written.' })
    expect((await entries()).findIndex(({ id }) => id === look.id)).toBe(2)
    await api.ask(staff, 'PATCH', `${base}/customers/${id}`, { notes: 'Nur ohne Parfum' })
    expect((await newest()).id).toBe(change.id)
    await api.ask(await api.token('company_admin'), 'PATCH', `${base}/customers/${id}`, { vip: true })
    expect(await newest()).toMatchObject({ kind: 'customer.vip_changed', detail: 'VIP mark changed: vip true.' })
  })

  it('is filtered by kind, actor and time, and is the company’s alone', async () => {
    const admin = await api.token('company_admin')
    const { id } = await max()
    for (const vip of [true, false]) await api.ask(admin, 'PATCH', `${base}/customers/${id}`, { vip })
    const { items } = (await api.ask(admin, 'GET', `${base}/audit-log?kind=customer.vip_changed&limit=200`)).json()
    expect(items).toHaveLength(2)
    for (const one of items) expect(one.kind).toBe('customer.vip_changed')
    const [{ actor }] = items as [Item]
    const mine = (await api.ask(admin, 'GET', `${base}/audit-log?actor=${actor}&limit=200`)).json()
    for (const one of mine.items) expect(one.actor).toBe(actor)
    expect((await api.ask(admin, 'GET', `${base}/audit-log?from=2026-11-21`)).json().items).toEqual([])
    expect((await api.ask(admin, 'GET', `${base}/audit-log?kind=nothing`)).statusCode).toBe(422)
    const other = await api.token('company_admin', 'praxis-mond')
    const foreign = await api.ask(other, 'GET', '/api/v1/companies/praxis-mond/audit-log')
    const ofPraxis = foreign.json().items
    expect(ofPraxis.map(({ kind, company }) => [kind, company.slug])).toEqual([['token.created', 'praxis-mond']])
    const everywhere = await api.ask(await api.token('platform_admin'), 'GET', '/api/v1/audit-log?limit=200')
    const slugs = everywhere.json().items.map(({ company }) => company?.slug)
    expect(new Set(slugs)).toEqual(new Set(['salon-sonne', 'praxis-mond', undefined]))
  })

  it('shows a company what happened at its own doors', async () => {
    const admin = await api.token('company_admin')
    expect((await api.ask(admin, 'GET', `${base}/security-events`)).json()).toEqual({ items: [], next: null })
  })
})

describe('flags over the API', () => {
  it('are on for everybody until somebody says otherwise, which is written down', async () => {
    const [root, viewer] = [await api.token('platform_admin'), await api.token('viewer')]
    const enabled = async () =>
      Object.fromEntries(
        (await api.ask(viewer, 'GET', `${base}/flags`)).json().items.map((one) => [one.name, one.enabled]),
      )
    expect(await enabled()).toEqual({ 'automatic-rollouts': true, 'outside-trials': true })
    const rules = { companies: ['praxis-mond'], roles: ['manager'] }
    const set = await api.ask(root, 'PUT', '/api/v1/flags', { name: 'outside-trials', rules })
    expect(set.json()).toMatchObject({ rules: { everybody: false, ...rules, users: [], percent: 0 } })
    expect(await enabled()).toEqual({ 'automatic-rollouts': true, 'outside-trials': false })
    const listed = (await api.ask(root, 'GET', '/api/v1/flags')).json().items
    expect(listed[1]).toEqual(set.json())
    const [entry] = (await api.ask(root, 'GET', '/api/v1/audit-log?kind=flag.changed')).json().items
    expect(entry).toMatchObject({ company: null, subject: { kind: 'flag', id: 'outside-trials' }, severity: 'warning' })
  })

  it('are refused where they are none, or name what is not there', async () => {
    const root = await api.token('platform_admin')
    for (const [body, pointer] of [
      [{ name: 'anything', rules: {} }, '/name'],
      [{ name: 'outside-trials', rules: { companies: ['nirgends'] } }, '/rules/companies/0'],
      [{ name: 'outside-trials', rules: { percent: 101 } }, '/rules/percent'],
    ] as const) {
      const answer = await api.ask(root, 'PUT', '/api/v1/flags', body)
      expect(answer.statusCode).toBe(422)
      expect(answer.json().errors).toMatchObject([{ pointer }])
    }
  })
})
