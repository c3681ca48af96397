import { beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { type Api, type Item, openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
let api: Api
let viewer: string
let manager: string

const event = (name: string, more: JsonObject = {}, caller = {}): JsonObject => ({
  event: name,
  call: { ...api.desk.callOf(caller), agent_id: 'agent_mitte', agent_version: 3, ...more },
})

/** A call that books, one that a hidden number makes in vain, and one that nobody owns. */
beforeEach(async () => {
  api = await openApi()
  viewer = await api.token('viewer')
  manager = await api.token('manager')
  const start = api.desk.clock.now()
  await api.desk.send(event('call_started', { start_timestamp: start }))
  await api.desk.work()
  await api.desk.ask('book_appointment_v17', {
    service: 'Herrenhaarschnitt',
    date: '2026-11-24',
    time: '10:30',
    customer_name: 'Erika Beispiel',
  })
  api.desk.clock.advance(60_000)
  await api.desk.send(
    event('call_ended', {
      start_timestamp: start,
      end_timestamp: start + 60_000,
      duration_ms: 60_000,
      call_status: 'ended',
      disconnection_reason: 'user_hangup',
      recording_url: 'https://recordings.example/secret.wav',
      transcript: 'Agent: Guten Tag.\nUser: Einen Termin, bitte.',
      transcript_object: [
        { role: 'agent', content: 'Guten Tag.', words: [{ word: 'Guten', start: 0.5, end: 1 }] },
        { role: 'user', content: 'Einen Termin, <b>bitte</b>.', words: [{ word: 'Einen', start: 2, end: 3 }] },
      ],
      call_cost: { combined_cost: 12.345, product_costs: [] },
    }),
  )
  await api.desk.send(event('call_started', { start_timestamp: start + 30_000 }, { call: 'call_b', from: 'anonymous' }))
  await api.desk.send(event('call_started', {}, { call: 'call_c', to: '+493023125109' }))
  await api.desk.work()
})

const get = async (url: string, as = viewer): Promise<Item> => {
  const answer = await api.ask(as, 'GET', `${base}/${url}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const alarm = async () =>
  api.desk.ports.alarm.alert((await api.desk.scopeOf()).company, {
    id: api.desk.ports.ids.next('alert'),
    key: 'k',
    kind: 'looping_agent',
    severity: 'warning',
    message: 'The agent asks the same again and again.',
    callId: 'call_a',
    appointmentId: undefined,
    createdAt: api.desk.clock.now(),
  })
const callIds = async (query: string) => (await get(`calls${query}`)).items.map((one: Item) => one.call_id)

describe('calls over the API', () => {
  it('are listed newest first, with what is known of them and nothing that is secret', async () => {
    const { items, next } = await get('calls')
    expect(next).toBeNull()
    expect(items.map((one: Item) => one.call_id)).toEqual(['call_b', 'call_a'])
    expect(items[1]).toMatchObject({
      company: { slug: 'salon-sonne', name: 'Salon Sonne' },
      branch: { slug: 'mitte', name: 'Salon Sonne Mitte' },
      direction: 'inbound',
      from_number: '+4915550100001',
      to_number: '+493023125101',
      caller_name: 'Erika Beispiel',
      language: 'de',
      disconnection_reason: 'user_hangup',
      recording: { available: true, expires_at: null },
      status: 'ended',
      started_at: '2026-11-20T10:00:00+01:00',
      ended_at: '2026-11-20T10:01:00+01:00',
      duration_ms: 60_000,
      outcome: 'booked',
      cost: { amount: 12, amount_micros: 123_450, currency: 'USD' },
      agent: { id: 'agent_mitte', version: 3 },
      customer: { name: 'Erika Beispiel' },
      appointments: [{ starts_at: '2026-11-24T10:30:00+01:00', source: 'phone', call_id: 'call_a' }],
    })
    expect(JSON.stringify(items)).not.toContain('recordings.example')
  })

  it('are filtered by what their columns are', async () => {
    expect(await callIds('?status=ended')).toEqual(['call_a'])
    expect(await callIds('?status=ongoing')).toEqual(['call_b'])
    expect(await callIds('?outcome=booked')).toEqual(['call_a'])
    expect(await callIds('?branch=west')).toEqual([])
    expect(await callIds('?branch=nirgends')).toEqual([])
    expect(await callIds('?caller=%2B49%20155%2050100001')).toEqual(['call_a'])
    expect(await callIds('?caller=hello')).toEqual([])
    expect(await callIds('?from=2026-11-20&to=2026-11-20')).toEqual(['call_b', 'call_a'])
    expect(await callIds('?from=2026-11-20T10:00:30%2B01:00')).toEqual(['call_b'])
    expect(await callIds('?to=2026-11-19')).toEqual([])
    const { next } = await get('calls?limit=1')
    expect(await callIds(`?limit=1&cursor=${next}`)).toEqual(['call_a'])
  })

  it('tell one story: events, what was said, tools, in order', async () => {
    const call = await get('calls/call_a')
    expect(call.transcript).toContain('Einen Termin')
    expect(
      call.timeline.map(({ kind, event: name, role, name: tool }: Item) => `${kind} ${name ?? role ?? tool}`),
    ).toEqual(
      expect.arrayContaining([
        'event call_started',
        'said agent',
        'said user',
        'tool book_appointment',
        'event call_ended',
      ]),
    )
    const times = call.timeline.map(({ at }: Item) => Date.parse(at))
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b))
    expect(call.tools).toMatchObject([
      {
        name: 'book_appointment',
        name_as_sent: 'book_appointment_v17',
        input: { customer_name: 'Erika Beispiel' },
        output: { status: 'booked' },
        status: 'booked',
        vendor_calls: [],
      },
    ])
    expect(call.findings).toEqual([])
    const missing = await api.ask(viewer, 'GET', `${base}/calls/call_of_nobody`)
    expect(missing.statusCode).toBe(404)
    expect(missing.json()).toEqual({ type: '/problems/not-found', title: 'Not found', status: 404 })
  })

  it('add up to the numbers of the day', async () => {
    const day = await get('overview')
    expect(day).toMatchObject({ date: '2026-11-20', calls: 2, answered: 2, booked: 1, conversion: 0.5, alerts_open: 0 })
    expect(day.by_hour).toHaveLength(24)
    expect(day.by_hour[10]).toEqual({ hour: 10, calls: 2, booked: 1 })
    expect(await get('overview?date=2026-11-19')).toMatchObject({ calls: 0, conversion: null, tool_p95_ms: null })
  })
})

describe('customers over the API', () => {
  it('are found by number and e-mail in any spelling, with calls and appointments', async () => {
    const { items } = await get('customers?phone=%2B4915550100001')
    expect(items).toMatchObject([{ name: 'Erika Beispiel', phone: '+4915550100001', last_visit: null }])
    expect((await get('customers?email=MAX@salon-sonne.example')).items).toMatchObject([{ name: 'Max Muster' }])
    expect((await get('customers?email=nobody@salon.example')).items).toEqual([])
    expect((await get('customers?phone=x')).items).toEqual([])
    expect((await get('customers')).items).toHaveLength(2)
    api.desk.clock.advance(7 * 86_400_000)
    const detail = await get(`customers/${items[0].id}`)
    api.desk.clock.advance(-7 * 86_400_000)
    expect(detail).toMatchObject({
      last_visit: '2026-11-24T10:30:00+01:00',
      calls: [{ call_id: 'call_a' }],
      appointments: [{ call_id: 'call_a', attendee_name: 'Erika Beispiel' }],
    })
  })
})

describe('holds, alerts and deliveries over the API', () => {
  it('show what is kept for a call now', async () => {
    await api.desk.ask(
      'check_availability',
      { service: 'Damenhaarschnitt', date: '2026-11-25', time: '10:00' },
      { call: 'call_b' },
    )
    expect((await get('holds')).items).toMatchObject([
      {
        call_id: 'call_b',
        service: { slug: 'damenhaarschnitt' },
        starts_at: '2026-11-25T10:00:00+01:00',
        attendee_name: null,
      },
    ])
  })

  it('show alerts until somebody says that they were seen to', async () => {
    await alarm()
    const [alert] = (await get('alerts?open=true')).items
    expect(alert).toMatchObject({ kind: 'looping_agent', call_id: 'call_a', appointment_id: null, resolved_at: null })
    const url = `${base}/alerts/${alert.id}/resolve`
    expect((await api.ask(viewer, 'POST', url)).statusCode).toBe(403)
    const resolved = await api.ask(manager, 'POST', url)
    expect(resolved.json()).toMatchObject({ id: alert.id, resolved_at: '2026-11-20T10:01:00+01:00' })
    expect((await api.ask(manager, 'POST', url)).statusCode).toBe(404)
    expect((await get('alerts?open=true')).items).toEqual([])
    expect((await get('alerts')).items).toHaveLength(1)
  })

  it('trace what reached us, and process it again when asked to', async () => {
    const { items } = await get('deliveries', manager)
    expect(items.map(({ event: name, outcome }: Item) => `${name} ${outcome}`)).toContain('call_ended accepted')
    const ended = items.find((one: Item) => one.event === 'call_ended')
    expect(ended).toMatchObject({ source: 'retell', call_id: 'call_a', company: { slug: 'salon-sonne' } })
    expect(ended.stages.map(({ name }: Item) => name)).toEqual([
      'received',
      'signature',
      'routed',
      'stored',
      'processed',
    ])
    expect((await get('deliveries?call_id=call_b', manager)).items).toHaveLength(1)
    expect((await get('deliveries?outcome=dead', manager)).items).toEqual([])

    const before = await get('calls/call_a')
    const admin = await api.token('company_admin')
    const replayed = await api.ask(admin, 'POST', `${base}/deliveries/${ended.id}/replay`)
    expect(replayed.statusCode, replayed.body).toBe(200)
    expect(await api.desk.work()).toMatchObject({ processed: 1 })
    expect((await get('calls/call_a')).timeline).toEqual(before.timeline)
  })

  it('do not replay what was never trusted', async () => {
    const admin = await api.token('company_admin')
    const company = (await api.desk.scopeOf()).company
    const id = api.desk.ports.ids.next('delivery')
    await api.desk.ports.inbox.store({
      id,
      source: 'retell',
      event: 'unread',
      callId: undefined,
      company,
      account: undefined,
      receivedAt: api.desk.clock.now(),
      address: '192.0.2.9',
      outcome: 'refused',
      stages: [],
      dedupeKey: undefined,
      body: undefined,
      dueAt: undefined,
    })
    const answer = await api.ask(admin, 'POST', `${base}/deliveries/${id}/replay`)
    expect(answer.statusCode).toBe(409)
    expect((await api.ask(admin, 'POST', `${base}/deliveries/dlv_99999999/replay`)).statusCode).toBe(404)
  })
})

describe('the lists of the platform', () => {
  const all = async (what: string): Promise<Item[]> => {
    const answer = await api.ask(await api.token('platform_admin'), 'GET', `/api/v1/${what}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json().items
  }

  it('hold the rows of every company and of none, each with its company or null', async () => {
    await alarm()
    expect(await all('unrouted-calls')).toMatchObject([
      { call_id: 'call_c', to_number: '+493023125109', events: ['call_started'], company: null, assigned_to: null },
    ])
    const deliveries = await all('deliveries')
    expect(deliveries.find(({ call_id }) => call_id === 'call_c')).toMatchObject({ company: null })
    expect(deliveries.find(({ call_id }) => call_id === 'call_a')).toMatchObject({ company: { slug: 'salon-sonne' } })
    expect(await all('deliveries?company=praxis-mond')).toEqual([])
    expect((await all('alerts')).map(({ company }) => company?.slug ?? null)).toContain('salon-sonne')
    const tokens = await all('tokens')
    expect(tokens.map(({ company }) => company?.slug ?? null)).toEqual(expect.arrayContaining([null, 'salon-sonne']))
    expect(JSON.stringify(tokens)).not.toMatch(/digest|fd_/)
  })

  it('tell of forged requests and of users, without what proves who they are', async () => {
    const { praxisKey } = await import('../../application/desk.ts')
    await api.desk.send(event('call_started'), { key: praxisKey })
    expect(await all('security-events')).toMatchObject([{ kind: expect.stringMatching(/forgery|bad_signature/) }])
    const company = (await api.desk.scopeOf()).company
    await api.desk.app.createUser(api.desk.platform, { email: 'nina@salon.example', role: 'staff', company })
    const [user] = await all('users')
    expect(user).toEqual({
      id: expect.stringMatching(/^usr_/),
      email: 'nina@salon.example',
      role: 'staff',
      company: { slug: 'salon-sonne', name: 'Salon Sonne' },
      disabled: false,
      sees_vip: false,
      locked_until: null,
      created_at: '2026-11-20T10:01:00+01:00',
    })
  })
})
