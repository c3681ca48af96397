import { describe, expect, it } from 'vitest'
import { type Api, openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const cut = {
  branch: 'mitte',
  service: 'damenhaarschnitt',
  starts_at: '2026-11-24T10:00:00+01:00',
  attendee_name: 'Erika Beispiel',
  phone: '0171 3920044',
}

const booked = async (api: Api, as: string, more: object = {}) => {
  const answer = await api.ask(as, 'POST', `${base}/appointments`, { ...cut, ...more })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

describe('appointments over the API', () => {
  it('are booked, refused with what is free instead, moved and cancelled by the rules of the phone', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const first = await booked(api, staff)
    expect(first).toMatchObject({
      branch: { slug: 'mitte', name: 'Salon Sonne Mitte' },
      service: { slug: 'damenhaarschnitt', name: 'Damenhaarschnitt' },
      staff: { slug: 'nina', name: 'Nina Probe' },
      customer: { name: 'Erika Beispiel', phone: '+491713920044' },
      starts_at: '2026-11-24T10:00:00+01:00',
      ends_at: '2026-11-24T11:00:00+01:00',
      status: 'confirmed',
      source: 'api',
      provider: { kind: 'embedded', uid: null },
      sync: 'synced',
    })

    const refused = await api.ask(staff, 'POST', `${base}/appointments`, { ...cut, attendee_name: 'Max Muster' })
    expect(refused.statusCode).toBe(409)
    expect(refused.headers['content-type']).toContain('application/problem+json')
    const { alternatives } = refused.json() as { alternatives?: { starts_at: string }[] }
    expect(refused.json()).toMatchObject({ type: '/problems/slot-taken', status: 409 })
    expect(alternatives).toHaveLength(3)
    expect(alternatives?.map(({ starts_at }) => starts_at)).not.toContain(cut.starts_at)

    const second = await booked(api, staff, { starts_at: alternatives?.[0]?.starts_at, attendee_name: 'Max Muster' })
    const onto = await api.ask(staff, 'PATCH', `${base}/appointments/${first.id}`, { starts_at: second.starts_at })
    expect(onto.statusCode).toBe(409)
    const unchanged = await api.ask(staff, 'GET', `${base}/appointments/${first.id}`)
    expect(unchanged.json()).toEqual(first)

    const moved = await api.ask(staff, 'PATCH', `${base}/appointments/${first.id}`, {
      starts_at: '2026-11-25T10:00:00+01:00',
    })
    expect(moved.statusCode, moved.body).toBe(200)
    expect(moved.json()).toMatchObject({
      id: first.id,
      starts_at: '2026-11-25T10:00:00+01:00',
      ends_at: '2026-11-25T11:00:00+01:00',
      history: [
        { action: 'booked', actor: { kind: 'token' } },
        { action: 'moved', from: cut.starts_at, to: '2026-11-25T10:00:00+01:00' },
      ],
    })
    const backAgain = await booked(api, staff, { attendee_name: 'Wer Anders' })
    expect(backAgain.starts_at).toBe(cut.starts_at)

    const cancelled = await api.ask(staff, 'DELETE', `${base}/appointments/${first.id}`, { reason: 'krank' })
    expect(cancelled.json()).toMatchObject({ status: 'cancelled' })
    expect(cancelled.json()).toHaveProperty('history.2.reason', 'krank')
    expect((await api.ask(staff, 'DELETE', `${base}/appointments/${first.id}`)).json()).toEqual(cancelled.json())
    await booked(api, staff, { starts_at: '2026-11-25T10:00:00+01:00' })
    const late = await api.ask(staff, 'PATCH', `${base}/appointments/${first.id}`, { starts_at: cut.starts_at })
    expect(late.statusCode).toBe(409)
    expect(late.json()).toMatchObject({ type: '/problems/already-over' })
  })

  it('change hands without changing their time, also when notice would be too short by now', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { id } = await booked(api, staff, { service: 'herrenhaarschnitt', staff: 'nina' })
    api.desk.clock.set(Date.parse('2026-11-24T08:59:00Z') as never)
    const given = await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, { staff: 'udo' })
    expect(given.json()).toMatchObject({ staff: { slug: 'udo' }, starts_at: cut.starts_at })
    const cannot = await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, { staff: 'niemand' })
    expect(cannot.statusCode).toBe(422)
    expect(cannot.json()).toMatchObject({ errors: [{ pointer: '/staff' }] })
  })

  it('are moved and cancelled for people whatever callers may still do, with both colleagues and the policies written down', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { id } = await booked(api, staff, { service: 'herrenhaarschnitt', staff: 'nina' })
    const url = `${base}/appointments/${id}`
    api.desk.clock.set(Date.parse('2026-11-23T10:00:00Z') as never)
    const moved = await api.ask(staff, 'PATCH', url, { staff: 'udo', reason: 'Nina ist krank' })
    expect(moved.statusCode, moved.body).toBe(200)
    const cancelled = await api.ask(staff, 'DELETE', url, { reason: 'rief an' })
    expect(cancelled.json()).toMatchObject({
      status: 'cancelled',
      history: [
        { action: 'booked', from_staff: null, to_staff: null, within_policy: null, fee: null },
        {
          action: 'moved',
          from: cut.starts_at,
          to: cut.starts_at,
          from_staff: { slug: 'nina', name: 'Nina Probe' },
          to_staff: { slug: 'udo', name: 'Udo Beispiel' },
          reason: 'Nina ist krank',
          within_policy: false,
          fee: 0,
        },
        { action: 'cancelled', reason: 'rief an', within_policy: false, fee: 1500 },
      ],
    })
  })

  it('may move onto a part of their own time', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { id } = await booked(api, staff)
    const moved = await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, {
      starts_at: '2026-11-24T10:15:00+01:00',
    })
    expect(moved.json()).toMatchObject({ starts_at: '2026-11-24T10:15:00+01:00', ends_at: '2026-11-24T11:15:00+01:00' })
    const nothing = await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, {})
    expect(nothing.statusCode).toBe(422)
  })

  it('are let in by exactly one of twenty who want the same time', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.ask(staff, 'POST', `${base}/appointments`, cut)),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, ...Array(19).fill(409)])
  })

  it.each([
    ['a closed day', { starts_at: '2026-11-22T10:00:00+01:00' }, 'closed'],
    ['off the grid', { starts_at: '2026-11-24T10:07:00+01:00' }, 'Nothing begins'],
    ['the past', { starts_at: '2026-11-01T10:00:00+01:00' }, 'over'],
    ['too soon', { starts_at: '2026-11-20T10:05:00+01:00' }, 'soon'],
    ['too far', { starts_at: '2027-11-24T10:00:00+01:00' }, 'further'],
  ])('are refused with the reason: %s', async (_what, more, reason) => {
    const api = await openApi()
    const answer = await api.ask(await api.token('staff'), 'POST', `${base}/appointments`, { ...cut, ...more })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      type: '/problems/time-not-bookable',
      errors: [{ pointer: '/starts_at', detail: expect.stringContaining(reason) }],
    })
  })

  it.each([
    [{ branch: 'nirgends' }, '/branch'],
    [{ service: 'nichts' }, '/service'],
    [{ service: 'bartpflege' }, '/service'],
    [{ staff: 'udo' }, '/staff'],
    [{ starts_at: 'morgen' }, '/starts_at'],
    [{ starts_at: '2026-11-24T10:00:00' }, '/starts_at'],
    [{ attendee_name: ' ' }, '/attendee_name'],
    [{ attendee_name: 'Max\u0000' }, '/attendee_name'],
    [{ phone: '12' }, '/phone'],
    [{ email: 'max(at)salon' }, '/email'],
    [{ colour: 'red' }, '/colour'],
  ])('point at what is wrong in %j', async (more, pointer) => {
    const api = await openApi()
    const answer = await api.ask(await api.token('staff'), 'POST', `${base}/appointments`, { ...cut, ...more })
    expect(answer.statusCode, answer.body).toBe(422)
    expect(answer.json()).toMatchObject({ errors: [{ pointer }] })
  })

  it('tell broken JSON from wrong input, and other formats from both', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    expect((await api.ask(staff, 'POST', `${base}/appointments`, '{"branch":')).statusCode).toBe(400)
    expect((await api.ask(staff, 'POST', `${base}/appointments`, '[]')).statusCode).toBe(422)
    expect((await api.ask(staff, 'POST', `${base}/appointments`)).statusCode).toBe(422)
    const xml = await api.ask(staff, 'POST', `${base}/appointments`, '<a/>', { 'content-type': 'application/xml' })
    expect(xml.statusCode).toBe(415)
  })

  it('are listed by day, branch, colleague, status and customer, page by page', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const times = ['2026-11-24T10:00:00+01:00', '2026-11-24T12:00:00+01:00', '2026-11-25T10:00:00+01:00']
    const all = []
    for (const starts_at of times) all.push(await booked(api, staff, { starts_at }))
    const listed = async (query: string) =>
      (await api.ask(staff, 'GET', `${base}/appointments?${query}`)).json().items.map(({ id }) => id)
    expect(await listed('')).toEqual(all.map(({ id }) => id))
    expect(await listed('from=2026-11-24&to=2026-11-24')).toEqual([all[0]?.id, all[1]?.id])
    expect(await listed('from=2026-11-24T11:30:00%2B01:00&branch=mitte&staff=nina&status=confirmed')).toEqual([
      all[1]?.id,
      all[2]?.id,
    ])
    expect(await listed('branch=west')).toEqual([])
    expect(await listed('branch=nirgends')).toEqual([])
    expect(await listed('status=pending')).toEqual([])
    const customer = (all[0] as { customer?: { id: string } } | undefined)?.customer?.id
    expect(await listed(`customer=${customer}`)).toHaveLength(3)
    const page = await api.ask(staff, 'GET', `${base}/appointments?limit=2`)
    const rest = await api.ask(staff, 'GET', `${base}/appointments?limit=2&cursor=${page.json().next}`)
    expect([...page.json().items, ...rest.json().items].map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect(rest.json().next).toBeNull()
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'status=gone', 'from=gestern', 'statsu=confirmed']) {
      expect((await api.ask(staff, 'GET', `${base}/appointments?${query}`)).statusCode, query).toBe(422)
    }
  })

  it('fit into what availability says, and nothing of it is held', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const free = () =>
      api.ask(staff, 'GET', `${base}/availability?service=damenhaarschnitt&branch=mitte&date=2026-11-24`)
    const before = (await free()).json().items.map(({ starts_at }) => starts_at)
    expect(before[0]).toBe('2026-11-24T09:00:00+01:00')
    expect(before).toContain(cut.starts_at)
    expect((await free()).json().items).toHaveLength(before.length)
    await booked(api, staff)
    const after = (await free()).json().items.map(({ starts_at }) => starts_at)
    expect(after).not.toContain(cut.starts_at)
    for (const starts_at of after.slice(0, 3)) expect(before).toContain(starts_at)
  })
})
