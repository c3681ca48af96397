import { expect, it } from 'vitest'
import { openApi } from './api.ts'

it('shows a company who may come in, and nobody of another one or of the platform', async () => {
  const api = await openApi()
  const { app, platform, ports } = api.desk
  const people = [
    ['nina@salon-sonne.example', 'company_admin', 'salon-sonne'],
    ['udo@salon-sonne.example', 'staff', 'salon-sonne'],
    ['erika@praxis-mond.example', 'staff', 'praxis-mond'],
    ['chefin@frontdesk.example', 'platform_admin', undefined],
  ] as const
  for (const [email, role, slug] of people) {
    const company = slug && (await ports.directory.companyBySlug(slug))
    expect((await app.createUser(platform, { email, role, company })).isOk()).toBe(true)
  }
  const admin = await api.token('company_admin')
  await api.token('platform_admin')
  await api.token('viewer', 'praxis-mond')
  const list = async (what: string) => (await api.ask(admin, 'GET', `/api/v1/companies/salon-sonne/${what}`)).json()
  const users = await list('users?limit=1')
  expect(users.items).toMatchObject([
    { email: people[0][0], role: 'company_admin', disabled: false, locked_until: null },
  ])
  const rest = await list(`users?limit=1&cursor=${users.next}`)
  expect([rest.items.map(({ email }) => email), rest.next]).toEqual([[people[1][0]], null])
  const tokens = await list('tokens')
  expect(tokens.items).toMatchObject([
    {
      role: 'company_admin',
      company: { slug: 'salon-sonne' },
      created_at: '2026-11-20T10:00:00+01:00',
      expires_at: null,
    },
  ])
  expect(JSON.stringify([users, tokens])).not.toMatch(/digest|fd_|hash/)
})
