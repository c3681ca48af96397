import { expect, it } from 'vitest'
import { openApi } from './api.ts'

const at = (company: string, id: string) => `/api/v1/companies/${company}/unrouted-calls/${id}/assign`

it('shows whom an unrouted call may have been meant for, and gives it to the branch that a person names', async () => {
  const api = await openApi()
  await api.desk.send({ event: 'call_started', call: api.desk.callOf({ call: 'call_lost', to: '+493023125103' }) })
  await api.desk.work()
  const platform = await api.token('platform_admin')
  const list = async (query = '') => (await api.ask(platform, 'GET', `/api/v1/unrouted-calls${query}`)).json().items
  const [lost] = await list()
  expect(lost).toMatchObject({ call_id: 'call_lost', assigned_to: null, assigned_branch: null, company: null })
  expect(lost.suggestions).toMatchObject([
    { company: { slug: 'salon-sonne' }, branch: { slug: 'mitte' }, number: '+493023125101', distance: 1 },
    { company: { slug: 'salon-sonne' }, branch: { slug: 'west' }, number: '+493023125102', distance: 1 },
    { company: { slug: 'praxis-mond' }, distance: 2 },
  ])

  const admin = await api.token('company_admin')
  expect((await api.ask(admin, 'POST', at('salon-sonne', lost.id), { branch: 'west' })).statusCode).toBe(404)
  for (const id of ['unr_00000000', 'nonsense']) {
    expect((await api.ask(platform, 'POST', at('salon-sonne', id), '{"wrong":')).statusCode).toBe(404)
  }
  const wrong = await api.ask(platform, 'POST', at('salon-sonne', lost.id), { branch: 'nord' })
  expect([wrong.statusCode, wrong.json()]).toMatchObject([422, { errors: [{ pointer: '/branch' }] }])

  const given = await api.ask(platform, 'POST', at('salon-sonne', lost.id), { branch: 'west' })
  expect(given.statusCode, given.body).toBe(200)
  expect(given.json()).toMatchObject({
    ...{ id: lost.id, assigned_to: { slug: 'salon-sonne', name: 'Salon Sonne' }, assigned_branch: { slug: 'west' } },
  })
  const elsewhere = await api.ask(platform, 'POST', at('praxis-mond', lost.id), { branch: 'mitte' })
  expect([elsewhere.statusCode, elsewhere.json().type]).toEqual([409, '/problems/already-assigned'])
  await api.desk.work()
  const call = await api.ask(admin, 'GET', '/api/v1/companies/salon-sonne/calls/call_lost')
  expect(call.json()).toMatchObject({ call_id: 'call_lost', branch: { slug: 'west' } })
  expect(await list('?assigned=false')).toEqual([])
  expect(await list('?assigned=true')).toMatchObject([{ id: lost.id, assigned_to: { slug: 'salon-sonne' } }])
})
