import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { behindProxy } from '../../../src/application/calling/refusals.ts'
import { callState } from '../../../src/domain/calling/call.ts'
import { secret } from '../../../src/domain/secret.ts'
import { openDesk, praxis, praxisKey, salon } from '../desk.ts'

const all = { limit: 100, cursor: undefined }
const kindOf = (result: Awaited<ReturnType<Awaited<ReturnType<typeof openDesk>>['send']>>) =>
  result.isOk() ? result.value.kind : result.error.kind

describe('who may send', () => {
  it('accepts the key of the account that owns the number', async () => {
    const desk = await openDesk([salon, praxis])
    expect(kindOf(await desk.send({ event: 'call_started', call: desk.callOf({}) }))).toBe('kept')
    expect(
      kindOf(
        await desk.send({ event: 'call_started', call: desk.callOf({ to: '+493023125111' }) }, { key: praxisKey }),
      ),
    ).toBe('kept')
  })

  it('refuses a valid signature of another account as a forgery, and keeps why', async () => {
    const desk = await openDesk([salon, praxis])
    const forged = await desk.send(
      { event: 'call_started', call: desk.callOf({ to: '+493023125101' }) },
      { key: praxisKey },
    )
    expect(forged._unsafeUnwrapErr()).toEqual({ kind: 'not-authentic', reason: 'forgery' })
    const { items } = await desk.ports.alarm.securityEvents(desk.platform, all)
    expect(items).toMatchObject([{ kind: 'forgery', severity: 'critical', address: '192.0.2.1' }])
    const [delivery] = (await desk.ports.inbox.of(await desk.scopeOf()).list(all)).items
    expect(delivery).toMatchObject({ outcome: 'refused', event: 'call_started' })
    expect(delivery?.stages.at(-1)).toMatchObject({ name: 'signature', ok: false })
    await desk.work()
    expect(await desk.look((tx) => tx.calls.find('call_a'))).toBeUndefined()
  })

  it('lets nobody write into a call of another company by naming its id', async () => {
    const desk = await openDesk([salon, praxis])
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    await desk.work()
    const sent = await desk.send({ event: 'transfer_started', call: { call_id: 'call_a' } }, { key: praxisKey })
    expect(kindOf(sent)).toBe('kept')
    await desk.work()
    expect((await desk.look((tx) => tx.calls.events('call_a'))).map(({ event }) => event)).toEqual(['call_started'])
  })

  it('adds an event that lacks our number to the call known under its id in the account that signed', async () => {
    const desk = await openDesk([salon, praxis])
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    await desk.work()
    await desk.send(
      readFileSync(new URL('../../samples/retell/webhook_transfer_started.json', import.meta.url), 'utf8').replace(
        'Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6',
        'call_a',
      ),
    )
    await desk.work()
    expect((await desk.look((tx) => tx.calls.events('call_a'))).map(({ event }) => event)).toEqual([
      'call_started',
      'transfer_started',
    ])
  })

  it.each([
    ['no header', undefined, 'missing'],
    ['another scheme', 't=1,v1=aa', 'wrong-shape'],
    ['a short digest', 'v=1764147600000,d=abcd', 'wrong-shape'],
    ['an old stamp', `v=1764147600000,d=${'a'.repeat(64)}`, 'stale'],
    ['a wrong digest', undefined, 'wrong-key'],
  ])('refuses %s', async (name, header, reason) => {
    const desk = await openDesk()
    const body = Buffer.from(JSON.stringify({ event: 'call_started', call: desk.callOf({}) }))
    const signature = name === 'a wrong digest' ? `v=${desk.clock.now()},d=${'a'.repeat(64)}` : header
    const refused = await desk.app.acceptWebhook({ body, signature, address: '192.0.2.9' })
    expect(refused._unsafeUnwrapErr()).toEqual({ kind: 'not-authentic', reason })
    expect((await desk.ports.inbox.listAll(desk.platform, all)).items).toMatchObject([{ outcome: 'refused' }])
  })

  it('accepts five minutes off in either direction, and not a millisecond more', async () => {
    const desk = await openDesk()
    const body = JSON.stringify({ event: 'call_started', call: desk.callOf({}) })
    for (const [off, kind] of [
      [300_000, 'kept'],
      [-300_000, 'kept'],
      [300_001, 'not-authentic'],
      [-300_001, 'not-authentic'],
    ] as const) {
      const raw = desk.raw(body, secret('key_of_platform'))
      desk.clock.advance(off)
      const result = await desk.app.acceptWebhook(raw)
      desk.clock.advance(-off)
      expect(kindOf(result)).toBe(kind)
    }
  })

  it('counts refusals through an untrusted proxy against nobody, and names the proxy once', async () => {
    const desk = await openDesk()
    const bad = () =>
      desk.send({ event: 'call_started', call: desk.callOf({}) }, { key: praxisKey, address: behindProxy })
    for (let count = 0; count < 30; count += 1) expect((await bad())._unsafeUnwrapErr().kind).toBe('not-authentic')
    const { items } = await desk.ports.alarm.alerts(desk.platform, { limit: 50, cursor: undefined })
    expect(items.filter(({ message }) => message.includes('TRUST_PROXY'))).toHaveLength(1)
    const checks = await desk.app.doctor(desk.platform, undefined)
    expect(checks.filter(({ found }) => found.includes('TRUST_PROXY'))).toMatchObject([{ state: 'warning' }])
  })

  it('blocks an address after twenty refusals in a minute, but never what is correctly signed', async () => {
    const desk = await openDesk()
    const bad = () => desk.send({ event: 'call_started', call: desk.callOf({}) }, { key: secret('wrong') })
    for (let time = 1; time <= 21; time += 1) expect(kindOf(await bad())).toBe('not-authentic')
    expect(kindOf(await bad())).toBe('address-blocked')
    expect(kindOf(await desk.send({ event: 'call_started', call: desk.callOf({}) }))).toBe('kept')
    desk.clock.advance(15 * 60_000)
    expect(kindOf(await bad())).toBe('not-authentic')
  })
})

describe('what is kept', () => {
  it('counts an event once, whether its bytes are the same or not, and lets the fuller payload win', async () => {
    const desk = await openDesk()
    const started = { event: 'call_started', call: desk.callOf({}) }
    await desk.send(started)
    await desk.send(started)
    await desk.send({ event: 'call_started', call: { ...desk.callOf({}), agent_name: 'Empfang' } })
    await desk.work()
    expect(await desk.look((tx) => tx.calls.events('call_a'))).toHaveLength(1)
    const { items } = await desk.ports.inbox.of(await desk.scopeOf()).list(all)
    expect(items.map(({ outcome }) => outcome).toSorted()).toEqual(['accepted', 'duplicate', 'duplicate'])
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    expect(call && callState(call.record).agentName).toBe('Empfang')
  })

  it('comes to the same call in whatever order its events arrive', async () => {
    const events = (desk: Awaited<ReturnType<typeof openDesk>>) => [
      { event: 'call_started', call: { ...desk.callOf({}), start_timestamp: 1_795_164_000_000 } },
      {
        event: 'call_ended',
        call: {
          ...desk.callOf({}),
          call_status: 'ended',
          start_timestamp: 1_795_164_000_000,
          end_timestamp: 1_795_164_060_000,
          transcript: 'Agent: Guten Tag\n',
        },
      },
      {
        event: 'call_analyzed',
        call: {
          ...desk.callOf({}),
          call_status: 'ended',
          call_analysis: { call_summary: 'Termin', user_sentiment: 'Positive' },
          call_cost: { combined_cost: 12.5 },
        },
      },
    ]
    const states = []
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
    ]) {
      const desk = await openDesk()
      for (const index of order) {
        await desk.send(events(desk)[index] ?? {})
        await desk.work()
      }
      const call = await desk.look((tx) => tx.calls.find('call_a'))
      states.push(call && callState(call.record))
    }
    expect(states[0]).toMatchObject({
      status: 'ended',
      durationMs: 60_000,
      summary: 'Termin',
      sentiment: 'positive',
      cost: { amountMicros: 125_000, currency: 'USD' },
    })
    for (const state of states) expect(state).toEqual(states[0])
  })

  it('keeps a call to a number nobody owns, says so, and raises one alert', async () => {
    const desk = await openDesk([salon, praxis])
    const call = desk.callOf({ to: '+493023125999' })
    expect(kindOf(await desk.send({ event: 'call_started', call }))).toBe('kept')
    expect(kindOf(await desk.send({ event: 'call_ended', call }))).toBe('kept')
    const inbound = {
      event: 'call_inbound',
      call_inbound: { from_number: '+4915550100001', to_number: '+493023125999' },
    }
    expect(kindOf(await desk.send(inbound))).toBe('unknown-number')
    await desk.work()
    const { items } = await desk.ports.unrouted.listAll(desk.platform, all)
    expect(items.find(({ callId }) => callId === 'call_a')).toMatchObject({
      events: ['call_started', 'call_ended'],
      account: undefined,
    })
  })

  it.each([
    ['{"event":"call_started"}', 'malformed-payload', '/call'],
    ['{"event":"call_started","call":{}}', 'malformed-payload', '/call/call_id'],
    [
      '{"event":"call_inbound","call_inbound":{"from_number":"+4915550100001"}}',
      'malformed-payload',
      '/call_inbound/to_number',
    ],
    ['{"call":{}}', 'malformed-payload', '/event'],
    ['not json', 'malformed-payload', ''],
    ['[]', 'malformed-payload', ''],
    [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'malformed-payload', ''],
    [`{"event":"call_started","call":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`, 'malformed-payload', ''],
    ['{"event":"call_teleported","call":{}}', 'unknown-event', undefined],
  ])('names what is wrong with %.40s', async (body, kind, field) => {
    const desk = await openDesk()
    const result = await desk.send(body)
    expect(result._unsafeUnwrapErr()).toMatchObject({ kind, ...(field === undefined ? {} : { field }) })
  })

  it.each(['chat_started', 'chat_analyzed', 'alert_triggered'])('keeps %s as ignored', async (event) => {
    const desk = await openDesk()
    expect(kindOf(await desk.send({ event, chat: { chat_id: 'x' } }))).toBe('kept')
    expect((await desk.ports.inbox.listAll(desk.platform, all)).items).toMatchObject([{ outcome: 'ignored' }])
  })

  it('answers a ringing call at once, with text alone', async () => {
    const desk = await openDesk()
    const rang = await desk.send({
      event: 'call_inbound',
      call_inbound: { from_number: '0171 3920001', to_number: '+493023125101' },
    })
    const answer = rang._unsafeUnwrap()
    if (answer.kind !== 'inbound') throw new Error(answer.kind)
    expect(answer.answer.variables).toMatchObject({
      company_name: 'Salon Sonne',
      current_date: '20.11.2026',
      tomorrow: '21.11.2026',
      next_monday: '23.11.2026',
      is_open: 'true',
      customer_known: 'true',
      customer_name: 'Max Muster',
    })
    for (const value of Object.values(answer.answer.variables)) expect(typeof value).toBe('string')
    await desk.work()
    expect(await desk.look((tx) => tx.rings.open(desk.clock.now()))).toHaveLength(1)
    await desk.send({ event: 'call_started', call: desk.callOf({ from: '0171 3920001' }) })
    await desk.work()
    expect(await desk.look((tx) => tx.rings.open(desk.clock.now()))).toEqual([])
  })
})

describe('a ring', () => {
  const inbound = { event: 'call_inbound', call_inbound: { from_number: '+4915550100001', to_number: '+493023125101' } }
  const rings = (desk: Awaited<ReturnType<typeof openDesk>>) => desk.look((tx) => tx.rings.open(desk.clock.now()))

  it('is its call as soon as that begins, whichever is worked off first and whatever clock Retell has', async () => {
    for (const skew of [-20_000, 0, 1500]) {
      const desk = await openDesk()
      await desk.send({ event: 'call_started', call: { ...desk.callOf({}), start_timestamp: desk.clock.now() + skew } })
      await desk.send(inbound)
      await desk.work()
      expect(await rings(desk), String(skew)).toEqual([])
    }
  })

  it('of another number, or of a minute before, is no call of these two', async () => {
    const desk = await openDesk()
    await desk.send({ ...inbound, call_inbound: { ...inbound.call_inbound, from_number: '+4915550100002' } })
    await desk.work()
    await desk.send({ event: 'call_started', call: { ...desk.callOf({}), start_timestamp: desk.clock.now() } })
    await desk.work()
    expect(await rings(desk)).toHaveLength(1)
  })

  it('is joined to no call when there are two of them', async () => {
    const desk = await openDesk()
    await desk.send(inbound)
    await desk.send(inbound)
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    await desk.work()
    expect(await rings(desk)).toHaveLength(2)
  })
})

describe('the worker', () => {
  it('lets a delivery that fails take none of those along that share its transaction', async () => {
    const desk = await openDesk()
    const { workInbox } = await import('../../../src/application/calling/work-inbox.ts')
    const { store } = desk.ports
    const transact: typeof store.transact = (scope, work) =>
      store.transact(scope, (tx) => {
        const save: typeof tx.calls.save = (call) =>
          call.id === 'call_bad' ? Promise.reject(new Error('down')) : tx.calls.save(call)
        return work({ ...tx, calls: { ...tx.calls, save } })
      })
    for (const id of ['call_good', 'call_bad', 'call_also_good']) {
      await desk.send({ event: 'call_started', call: desk.callOf({ call: id }) })
    }
    const ports = { ...desk.ports, store: { ...store, transact } }
    expect(await workInbox(ports)(10)).toEqual({ processed: 2, postponed: 1, dead: 0 })
    expect(await desk.look((tx) => tx.calls.find('call_good'))).toBeDefined()
    expect(await desk.look((tx) => tx.calls.find('call_also_good'))).toBeDefined()
    expect(await desk.look((tx) => tx.calls.find('call_bad'))).toBeUndefined()
    const { items } = await desk.ports.inbox.of(await desk.scopeOf()).list(all)
    expect(items.map(({ callId, outcome }) => `${callId} ${outcome}`).toSorted()).toEqual([
      'call_also_good accepted',
      'call_bad failed',
      'call_good accepted',
    ])
  })

  it('tries again after 10, 30 and 60 s, then gives up with an alert, and nothing is lost', async () => {
    const desk = await openDesk()
    let broken = true
    const app = {
      ...desk.ports,
      store: {
        ...desk.ports.store,
        transact: (...args: Parameters<typeof desk.ports.store.transact>) =>
          broken ? Promise.reject(new Error('down')) : desk.ports.store.transact(...args),
      },
    } as typeof desk.ports
    const { workInbox } = await import('../../../src/application/calling/work-inbox.ts')
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    for (const seconds of [10, 30, 60]) {
      expect(await workInbox(app)(10)).toMatchObject({ postponed: 1 })
      desk.clock.advance(seconds * 1000 - 1)
      expect(await workInbox(app)(10)).toMatchObject({ postponed: 0, dead: 0 })
      desk.clock.advance(1)
    }
    expect(await workInbox(app)(10)).toMatchObject({ dead: 1 })
    const [delivery] = (await desk.ports.inbox.of(await desk.scopeOf()).list(all)).items
    expect(delivery?.outcome).toBe('dead')
    const alerts = await desk.look((tx) => tx.alerts.list(all))
    expect(alerts.items).toMatchObject([{ kind: 'dead_letter', severity: 'critical' }])
    broken = false
  })
})
