import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../src/domain/time.ts'
import { openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const asked = { customer_name: 'Erika Beispiel', phone_number: '0171 3920009', reason: 'Färbung', priority: 'high' }

describe('callbacks over the API', () => {
  it('are promised, listed, taken over, done and opened again', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const body = { ...asked, branch: 'mitte', service: 'damenhaarschnitt', preferred_time_window: 'mittags' }
    const created = await api.ask(staff, 'POST', `${base}/callbacks`, body, { 'idempotency-key': 'k' })
    expect(created.statusCode, created.body).toBe(201)
    expect(created.json()).toEqual({
      ...{ id: created.json().id, kind: 'callback', state: 'open', priority: 'high', overdue: false },
      ...{ customer_name: 'Erika Beispiel', phone_number: '+491713920009', reason: 'Färbung', message: null },
      ...{ preferred_time_window: 'mittags', branch: { slug: 'mitte', name: 'Salon Sonne Mitte' } },
      service: { slug: 'damenhaarschnitt', name: 'Damenhaarschnitt' },
      ...{ due_by: '2026-11-20T14:00:00+01:00', escalated_at: null, assigned_to: null, call_id: null },
      created_at: '2026-11-20T10:00:00+01:00',
    })
    const again = await api.ask(staff, 'POST', `${base}/callbacks`, body, { 'idempotency-key': 'k' })
    expect(again.body).toBe(created.body)

    const viewer = await api.token('viewer')
    const list = await api.ask(viewer, 'GET', `${base}/callbacks`)
    expect(list.json()).toEqual({ items: [created.json()], next: null })
    const one = `${base}/callbacks/${created.json().id}`
    expect((await api.ask(viewer, 'GET', one)).json()).toEqual(created.json())

    const email = 'tresen@salon-sonne.example'
    const company = await api.desk.ports.directory.companyBySlug('salon-sonne')
    await api.desk.app.createUser(api.desk.platform, { email, role: 'staff', company })
    const taken = await api.ask(staff, 'PATCH', one, { state: 'assigned', assigned_to: email })
    expect(taken.json(), taken.body).toMatchObject({ state: 'assigned', assigned_to: email })
    const pressing = await api.ask(staff, 'PATCH', one, { priority: 'urgent' })
    expect(pressing.json()).toMatchObject({ priority: 'urgent', due_by: '2026-11-20T12:00:00+01:00' })
    expect((await api.ask(staff, 'PATCH', one, { state: 'done' })).json()).toMatchObject({ state: 'done' })
    const reopened = await api.ask(staff, 'PATCH', one, { state: 'open', due_by: '2026-11-23T09:30:00+01:00' })
    expect(reopened.json()).toMatchObject({
      ...{ state: 'open', assigned_to: null, due_by: '2026-11-23T09:30:00+01:00' },
    })
  })

  it('are found by state, kind, branch, priority and whether they are overdue, in the order that was asked for', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const post = async (body: object) => (await api.ask(staff, 'POST', `${base}/callbacks`, body)).json().id
    const normal = await post({ ...asked, priority: 'normal', branch: 'mitte' })
    const urgent = await post({ ...asked, priority: 'urgent', branch: 'mitte' })
    const message = await post({ kind: 'message', message: 'Ich komme später.', branch: 'west' })
    api.desk.clock.advance(3 * HOUR)
    const found = async (query: string) => {
      const answer = await api.ask(staff, 'GET', `${base}/callbacks?${query}`)
      return answer.json().items.map(({ id }) => id)
    }
    expect(await found('sort=due&branch=mitte')).toEqual([urgent, normal])
    expect(await found('kind=message')).toEqual([message])
    expect(await found('branch=west')).toEqual([message])
    expect(await found('branch=nirgends')).toEqual([])
    expect(await found('priority=urgent')).toEqual([urgent])
    expect(await found('overdue=true')).toEqual([urgent])
    expect((await found('overdue=false')).toSorted()).toEqual([normal, message].toSorted())
    expect(await found('state=done')).toEqual([])
    const first = (await api.ask(staff, 'GET', `${base}/callbacks?limit=2&sort=due`)).json()
    const second = (await api.ask(staff, 'GET', `${base}/callbacks?limit=2&sort=due&cursor=${first.next}`)).json()
    expect([...first.items, ...second.items]).toHaveLength(3)
    expect(second.next).toBeNull()
    const overview = await api.ask(staff, 'GET', `${base}/overview`)
    expect(overview.json()).toMatchObject({ callbacks_open: 3 })
  })

  it.each([
    [{ ...asked, phone_number: undefined }, '/phone_number'],
    [{ ...asked, phone_number: 'anonymous_17636' }, '/phone_number'],
    [{ kind: 'message' }, '/message'],
    [{ ...asked, branch: 'nirgends' }, '/branch'],
    [{ ...asked, service: 'nichts' }, '/service'],
    [{ ...asked, priority: 'sofort' }, '/priority'],
  ])('are refused with a pointer when something is wrong: %o', async (body, pointer) => {
    const api = await openApi()
    const answer = await api.ask(await api.token('staff'), 'POST', `${base}/callbacks`, body)
    expect(answer.statusCode, answer.body).toBe(422)
    expect(answer.json()).toMatchObject({ errors: [{ pointer }] })
  })

  it('are changed by staff and above, seen by everybody of the company, and missing for others', async () => {
    const api = await openApi()
    const created = await api.ask(await api.token('staff'), 'POST', `${base}/callbacks`, asked)
    const one = `${base}/callbacks/${created.json().id}`
    const viewer = await api.token('viewer')
    expect((await api.ask(viewer, 'POST', `${base}/callbacks`, asked)).statusCode).toBe(403)
    expect((await api.ask(viewer, 'PATCH', one, { state: 'done' })).statusCode).toBe(403)
    const foreign = await api.token('company_admin', 'praxis-mond')
    expect((await api.ask(foreign, 'GET', one)).statusCode).toBe(404)
    const theirs = one.replace('salon-sonne', 'praxis-mond')
    expect((await api.ask(foreign, 'PATCH', theirs, { state: 'done' })).statusCode).toBe(404)
    expect((await api.ask(foreign, 'GET', `${base}/callbacks/cbk_x`)).statusCode).toBe(404)
  })

  it('say who is meant when a token takes one over, and refuse a moment that has passed', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const created = await api.ask(staff, 'POST', `${base}/callbacks`, asked)
    const one = `${base}/callbacks/${created.json().id}`
    for (const [body, pointer] of [
      [{ state: 'assigned' }, '/assigned_to'],
      [{ assigned_to: 'niemand@salon-sonne.example' }, '/assigned_to'],
      [{ due_by: '2026-11-20T09:00:00+01:00' }, '/due_by'],
      [{ state: 'expired' }, '/state'],
    ] as const) {
      const answer = await api.ask(staff, 'PATCH', one, body)
      expect(answer.statusCode, answer.body).toBe(422)
      expect(answer.json()).toMatchObject({ errors: [{ pointer }] })
    }
  })
})

describe('wishes over the API', () => {
  it('say what was wanted, why it was refused and what was told instead', async () => {
    const api = await openApi()
    const args = { service: 'Damenhaarschnitt', date: 'Sonntag', time: '10 Uhr' }
    const told = await api.desk.ask('check_availability', args)
    await api.desk.ask('check_availability', { service: 'Bartpflege', date: 'Dienstag', time: 'vormittags' })
    const viewer = await api.token('viewer')
    const { items } = (await api.ask(viewer, 'GET', `${base}/wishes?service=damenhaarschnitt&branch=mitte`)).json()
    expect(items).toMatchObject([
      {
        ...{ call_id: 'call_a', branch: { slug: 'mitte' }, service: { slug: 'damenhaarschnitt' }, reason: 'closed' },
        wanted: { date: '2026-11-22', time: '10:00', window: null },
        created_at: '2026-11-20T10:00:00+01:00',
      },
    ])
    const [first] = told.alternatives as readonly { readonly starts_at: string; readonly staff_slug: string }[]
    expect(items[0].alternatives[0]).toMatchObject({ starts_at: first?.starts_at, staff: { slug: first?.staff_slug } })
    const other = (
      await api.ask(viewer, 'GET', `${base}/wishes?service=bartpflege&from=2026-11-20&to=2026-11-20`)
    ).json()
    expect(other.items).toMatchObject([{ wanted: { date: '2026-11-24', time: null, window: '09:00-12:00' } }])
    expect((await api.ask(viewer, 'GET', `${base}/wishes?from=2026-11-21`)).json().items).toEqual([])
    expect((await api.ask(viewer, 'GET', `${base}/wishes?service=nichts`)).json().items).toEqual([])
    const page = (await api.ask(viewer, 'GET', `${base}/wishes?limit=1`)).json()
    expect((await api.ask(viewer, 'GET', `${base}/wishes?limit=1&cursor=${page.next}`)).json().items).toHaveLength(1)
  })
})
