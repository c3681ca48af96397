import { createHmac } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { describe, expect, it } from 'vitest'
import { calcomRoutes } from '../../../src/adapters/http/calcom-routes.ts'
import { server } from '../../../src/adapters/http/server.ts'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { plainCalendarMessage } from '../../../src/adapters/memory/calendar-messages.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import type { CalendarMessage } from '../../../src/application/ports/calendar-messages.ts'
import { instant } from '../../../src/domain/time.ts'
import { told } from '../../application/calendar/hearing.ts'
import { openDesk, praxis, salon } from '../../application/desk.ts'

const withCalcom = (file: string, secret: string) =>
  file.concat(
    `calendar: { kind: calcom, api_key: cal_live_key${secret}${secret ? `, webhook_secret: ${secret}` : ''} }\n`,
  )

const open = async (files = [withCalcom(salon, 'whsec_sonne'), withCalcom(praxis, 'whsec_mond')]) => {
  const desk = await openDesk(files, (clock) => memoryPorts({ clock, ids: countingIds() }))
  const http = await server({
    logger: undefined,
    trustProxy: false,
    routes: [calcomRoutes(desk.app, desk.clock, { trustProxy: false })],
  })
  const all = { limit: 200, cursor: undefined }
  const post = (
    body: string,
    signature: string | undefined,
    {
      company = 'salon-sonne',
      headers = {},
      ...more
    }: { company?: string } & Omit<InjectOptions, 'method' | 'url'> = {},
  ) =>
    http.inject({
      method: 'POST',
      url: `/webhooks/calcom/${company}`,
      payload: body,
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'x-cal-signature-256': signature }),
        ...headers,
      },
      ...more,
    })
  return {
    ...desk,
    post,
    signed: (body: string, secret = 'whsec_sonne', more: Parameters<typeof post>[2] = {}) =>
      post(body, signatureOf(body, secret), more),
    deliveries: async () => (await desk.ports.inbox.listAll(desk.platform, all)).items,
    securityEvents: async () => (await desk.ports.alarm.securityEvents(desk.platform, all)).items,
    alerts: async () => (await desk.ports.alarm.alerts(desk.platform, all)).items,
  }
}

const signatureOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')

const message = (more: Partial<CalendarMessage> = {}): string =>
  plainCalendarMessage({
    event: 'BOOKING_NO_SHOW_UPDATED',
    at: instant(Date.parse('2026-11-20T09:00:00Z')),
    sameAs: 'uid_1/1',
    news: { kind: 'attendance', uid: 'uid_1', isNoShow: true },
    ...more,
  })

describe('what Cal.com tells', () => {
  it('is kept durably, with its stages, before it is acknowledged, and worked off afterwards', async () => {
    const desk = await open()
    const answer = await desk.signed(message())
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    const [kept] = await desk.deliveries()
    expect(kept).toMatchObject({ source: 'calcom', event: 'BOOKING_NO_SHOW_UPDATED', outcome: 'accepted' })
    expect(kept?.company).toBe((await desk.scopeOf()).company)
    expect(kept?.stages.map(({ name, ok }) => [name, ok])).toEqual([
      ['received', true],
      ['signature', true],
      ['routed', true],
      ['stored', true],
    ])
    expect(await desk.work()).toMatchObject({ processed: 1 })
    const [done] = await desk.deliveries()
    expect(done?.stages.at(-1)).toMatchObject({ name: 'processed', ok: true })
  })

  it('is one thing however often it comes, but not for another company', async () => {
    const desk = await open()
    expect((await desk.signed(message())).statusCode).toBe(204)
    expect((await desk.signed(message())).statusCode).toBe(204)
    expect((await desk.signed(message(), 'whsec_mond', { company: 'praxis-mond' })).statusCode).toBe(204)
    const outcomes = (await desk.deliveries()).map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual(['accepted', 'accepted', 'duplicate'])
    expect(await desk.work()).toMatchObject({ processed: 2 })
  })

  it('is learnt by the company that it is of, also where several wait at once', async () => {
    const desk = await open()
    const of = (uid: string) =>
      message({ event: 'BOOKING', sameAs: uid, news: { kind: 'booking', booking: told(uid, '11:00') } })
    await desk.signed(of('uid_sonne'))
    await desk.signed(of('uid_mond'), 'whsec_mond', { company: 'praxis-mond' })
    expect(await desk.work()).toMatchObject({ processed: 2 })
    for (const [slug, own, foreign] of [
      ['salon-sonne', 'uid_sonne', 'uid_mond'],
      ['praxis-mond', 'uid_mond', 'uid_sonne'],
    ] as const) {
      await desk.ports.store.read(await desk.scopeOf(slug), async ({ calendarBookings }) => {
        expect(await calendarBookings.find(own)).toMatchObject({ uid: own })
        expect(await calendarBookings.find(foreign)).toBeUndefined()
      })
    }
  })

  it('is kept as ignored where it does not concern appointments, with one alert for each name that nobody documents', async () => {
    const desk = await open()
    const odd = message({ event: 'BOOKING_TELEPORTED', sameAs: undefined, news: { kind: 'unknown' } })
    const ping = message({ event: 'PING', sameAs: undefined, news: { kind: 'ignored' } })
    for (const body of [odd, odd, ping]) expect((await desk.signed(body)).statusCode).toBe(204)
    expect((await desk.deliveries()).map(({ outcome }) => outcome)).toEqual(['ignored', 'ignored', 'ignored'])
    expect(await desk.work()).toEqual({ processed: 0, postponed: 0, dead: 0 })
    const alerts = (await desk.alerts()).filter(({ kind }) => kind === 'unknown_event')
    expect(alerts).toHaveLength(1)
    expect(alerts[0]?.message).toContain('BOOKING_TELEPORTED')
  })

  it('names the field of what cannot be read', async () => {
    const desk = await open()
    const answer = await desk.signed('{"event": "BOOKING_CREATED"}')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ type: '/problems/malformed-payload', errors: [{ pointer: 'event' }] })
    expect((await desk.signed('{')).statusCode).toBe(400)
    expect((await desk.deliveries()).map(({ outcome, event }) => [outcome, event])).toEqual([
      ['refused', 'unreadable'],
      ['refused', 'unreadable'],
    ])
  })

  it('is believed whatever its content type says, and not when it is too large', async () => {
    const desk = await open()
    const plain = await desk.signed(message(), 'whsec_sonne', { headers: { 'content-type': 'text/plain' } })
    expect(plain.statusCode).toBe(204)
    const large = message({ sameAs: 'x'.repeat(1024 * 1024) })
    expect((await desk.signed(large)).statusCode).toBe(413)
  })
})

describe('a request at the door of Cal.com that proves nothing', () => {
  it('is answered in one way, whatever is wrong, and remembered with the cure', async () => {
    const desk = await open([withCalcom(salon, 'whsec_sonne'), praxis])
    const body = message()
    const good = signatureOf(body, 'whsec_sonne')
    const answers = [
      await desk.post(body, undefined),
      await desk.post(body, ''),
      await desk.post(body, 'no-secret-provided'),
      await desk.post(body, `sha256=${good}`),
      await desk.post(body, good.toUpperCase()),
      await desk.post(body, signatureOf(body, 'whsec_other')),
      await desk.post(`${body} `, good),
      await desk.post(body, good, { company: 'praxis-mond' }),
      await desk.post(body, good, { company: 'nobody' }),
      await desk.post(body, good, { company: '%00' }),
    ]
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401)
      expect(answer.body).toBe(answers[0]?.body)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    }
    expect(answers[0]?.body).not.toMatch(/Retell|company|secret/i)
    const kept = await desk.deliveries()
    expect(kept).toHaveLength(answers.length)
    expect(new Set(kept.map(({ outcome, source }) => `${outcome} ${source}`))).toEqual(new Set(['refused calcom']))
    const said = kept.map(({ stages }) => stages.at(-1)?.detail ?? '')
    for (const cure of [/header is missing/, /has no secret/, /not made with/, /no company of this name/]) {
      expect(said.some((one) => cure.test(one))).toBe(true)
    }
    const { company } = await desk.scopeOf()
    expect(kept.filter((one) => one.company === company)).toHaveLength(7)
    // A company that has no calendar there is told of nothing.
    expect(kept.filter((one) => one.company === undefined)).toHaveLength(3)
    expect(said.filter((one) => /no company of this name/.test(one))).toHaveLength(3)
    expect(await desk.securityEvents()).toHaveLength(answers.length)
    expect(await desk.work()).toEqual({ processed: 0, postponed: 0, dead: 0 })
  })

  it('is refused as well where the company has no secret, whatever it is signed with', async () => {
    const desk = await open([withCalcom(salon, '')])
    const body = message()
    for (const secret of ['whsec_sonne', 'there is no such secret', 'undefined']) {
      expect((await desk.signed(body, secret)).statusCode).toBe(401)
    }
    expect((await desk.deliveries())[0]?.stages.at(-1)?.detail).toMatch(/no webhook_secret/)
  })

  it('has its address blocked after twenty, while what is signed well still passes', async () => {
    const desk = await open()
    const statuses: number[] = []
    for (let time = 0; time < 23; time += 1) statuses.push((await desk.post(message(), undefined)).statusCode)
    expect(statuses).toEqual([...Array.from({ length: 21 }, () => 401), 429, 429])
    expect((await desk.signed(message())).statusCode).toBe(204)
    expect((await desk.securityEvents()).map(({ kind }) => kind)).toContain('address_blocked')
  })
})
