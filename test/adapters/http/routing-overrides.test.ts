import { describe, expect, it } from 'vitest'
import { type Api, openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const url = `${base}/routing-overrides`
const toWest = { number: '030 23125101', branch: 'west', ends_at: '2026-11-20T18:00:00+01:00' }

const open = async (): Promise<Api & { readonly manager: string }> => {
  const api = await openApi()
  return { ...api, manager: await api.token('manager') }
}

describe('routing overrides over the API', () => {
  it('are set, listed and ended', async () => {
    const { ask, manager, token, desk } = await open()
    const set = await ask(manager, 'POST', url, toWest, { 'idempotency-key': 'k' })
    expect(set.statusCode, set.body).toBe(201)
    expect(set.json()).toMatchObject({
      number: '+493023125101',
      branch: { slug: 'west', name: 'Salon Sonne West' },
      ...{ agent: null, transfer_to: null, created_at: '2026-11-20T10:00:00+01:00', ends_at: toWest.ends_at },
      created_by: { kind: 'token' },
    })
    expect((await ask(manager, 'POST', url, toWest, { 'idempotency-key': 'k' })).body).toBe(set.body)

    const viewer = await token('viewer')
    const standing = async (at: string) =>
      (
        await ask(viewer, 'GET', `${url}?at=${encodeURIComponent(at)}&number=${encodeURIComponent('030 23125101')}`)
      ).json()
    expect(await standing('2026-11-20T12:00:00+01:00')).toEqual({ items: [set.json()], next: null })
    expect(await standing('2026-11-20T18:00:00+01:00')).toEqual({ items: [], next: null })

    desk.clock.advance(60_000)
    const ended = await ask(manager, 'DELETE', `${url}/${set.json().id}`)
    expect(ended.json()).toEqual({ ...set.json(), ends_at: '2026-11-20T10:01:00+01:00' })
    expect((await ask(viewer, 'GET', url)).json().items).toEqual([ended.json()])
    expect((await ask(manager, 'DELETE', `${url}/ovr_00000000`)).statusCode).toBe(404)
    expect((await ask(manager, 'DELETE', `${url}/west`)).statusCode).toBe(404)
  })

  it('lead to an agent by Retell’s id, and on to a person', async () => {
    const { ask, manager } = await open()
    const { number, ends_at } = toWest
    const agent = await ask(manager, 'POST', url, { number, ends_at, agent: 'agent_west' })
    expect(agent.json()).toMatchObject({ branch: null, agent: { slug: null, retell_agent_id: 'agent_west' } })
    const transfer = await ask(manager, 'POST', url, { number, ends_at, transfer_to: '0171 3920001' })
    expect(transfer.json()).toMatchObject({ branch: null, agent: null, transfer_to: '+491713920001' })
  })

  it('are refused with a pointer to what is wrong', async () => {
    const { ask, manager } = await open()
    const { branch: _branch, ...plain } = toWest
    for (const [wrong, pointer] of [
      [{ ...toWest, number: '030 23125111' }, '/number'],
      [{ ...toWest, number: 'Mitte' }, '/number'],
      [{ ...toWest, branch: 'nord' }, '/branch'],
      [{ ...plain, agent: 'agent_mond' }, '/agent'],
      [{ ...plain, transfer_to: 'Nina' }, '/transfer_to'],
      [{ ...plain, transfer_to: '030 23125102' }, '/transfer_to'],
      [{ ...toWest, ends_at: '2026-11-20T10:00:00+01:00' }, '/ends_at'],
      [{ ...toWest, ends_at: '2027-11-30T10:00:00+01:00' }, '/ends_at'],
      [{ ...toWest, ends_at: 'heute abend' }, '/ends_at'],
      [plain, ''],
      [{ ...toWest, transfer_to: '0171 3920001' }, ''],
    ] as const) {
      const answer = await ask(manager, 'POST', url, wrong)
      expect(answer.statusCode, answer.body).toBe(422)
      expect(answer.json(), JSON.stringify(wrong)).toMatchObject({ errors: [{ pointer }] })
    }
    expect((await ask(manager, 'GET', url)).json().items).toEqual([])
  })

  it('are set by managers and above, seen by everybody of the company, and missing for others', async () => {
    const { ask, token, manager } = await open()
    const set = await ask(manager, 'POST', url, toWest)
    const staff = await token('staff')
    expect((await ask(staff, 'POST', url, toWest)).statusCode).toBe(403)
    expect((await ask(staff, 'DELETE', `${url}/${set.json().id}`)).statusCode).toBe(403)
    expect((await ask(staff, 'GET', url)).json().items).toHaveLength(1)
    const foreign = await token('company_admin', 'praxis-mond')
    expect((await ask(foreign, 'GET', url)).statusCode).toBe(404)
    expect((await ask(foreign, 'POST', url, toWest)).statusCode).toBe(404)
    const theirs = '/api/v1/companies/praxis-mond/routing-overrides'
    expect((await ask(foreign, 'DELETE', `${theirs}/${set.json().id}`)).statusCode).toBe(404)
    expect((await ask(foreign, 'GET', theirs)).json().items).toEqual([])
  })
})
