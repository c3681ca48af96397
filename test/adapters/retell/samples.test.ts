import { readFileSync } from 'node:fs'
import { Retell } from 'retell-sdk'
import { describe, expect, it } from 'vitest'
import { retellRoutes } from '../../../src/adapters/http/retell-routes.ts'
import { server } from '../../../src/adapters/http/server.ts'
import { signatureHeader, signatureMatches } from '../../../src/adapters/retell/signature.ts'
import { application } from '../../../src/application/application.ts'
import { callState } from '../../../src/domain/calling/call.ts'
import { parseSignature } from '../../../src/domain/calling/signature.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'
import { openDesk, platformKey, salon } from '../../application/desk.ts'

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/retell/${name}.json`, import.meta.url), 'utf8')

/** The samples' own numbers and agent, as a company that owns them. */
const owner = salon
  .replace('country: DE', 'country: US')
  .replace('phone_numbers: ["030 23125101"]', 'phone_numbers: ["+1 213 777 1235"]')
  .replace('agent_mitte', 'oBeDLoLOeuAbiuaMFXRtDOLriTJ5tSxD')
  .replace('    phone_numbers: ["030 23125102"]\n', '')
  .replace('"0171 3920001"', '"+49 171 3920001"')

const open = async () => {
  const desk = await openDesk([owner])
  const http = await server({
    logger: undefined,
    trustProxy: false,
    routes: [retellRoutes(desk.app, desk.clock, { trustProxy: false })],
  })
  return {
    desk,
    send: (path: string, body: string) =>
      http.inject({
        method: 'POST',
        url: path,
        headers: {
          'content-type': 'application/json',
          'x-retell-signature': signatureHeader(body, desk.clock.now(), platformKey),
        },
        body,
      }),
  }
}

describe("what Retell's own samples are answered", () => {
  it('an event of a call is kept with 204, and its call is known', async () => {
    const { desk, send } = await open()
    const answer = await send('/webhooks/retell', sample('webhook_call_ended'))
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    await desk.work()
    const call = await desk.look((tx) => tx.calls.find('Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6'))
    // The status inside says "registered"; the event knows better.
    expect(call && callState(call.record)).toMatchObject({
      status: 'ended',
      durationMs: 15_791,
      disconnectionReason: 'user_hangup',
    })
  })

  it('a transfer without numbers joins the call that is known under its id', async () => {
    const { desk, send } = await open()
    await send('/webhooks/retell', sample('webhook_call_ended'))
    await desk.work()
    expect((await send('/webhooks/retell', sample('webhook_transfer_started'))).statusCode).toBe(204)
    await desk.work()
    const events = await desk.look((tx) => tx.calls.events('Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6'))
    expect(events.map(({ event }) => event).toSorted()).toEqual(['call_ended', 'transfer_started'])
  })

  it('a ringing call gets its variables under call_inbound, all of them text', async () => {
    const { send } = await open()
    const answer = await send('/webhooks/retell', sample('inbound_call_request'))
    expect(answer.statusCode).toBe(200)
    const { call_inbound } = answer.json()
    expect(call_inbound.dynamic_variables).toMatchObject({ company_name: 'Salon Sonne', time_zone: 'Europe/Berlin' })
    const named = [
      'company_name',
      'branch_name',
      'language',
      'time_zone',
      'current_date',
      'current_date_iso',
      'current_time',
      'current_weekday',
      'tomorrow',
      'day_after_tomorrow',
      'next_monday',
      'is_open',
      'opening_hours_today',
      'customer_known',
      'customer_name',
      'services',
      'greeting',
    ]
    expect(Object.keys(call_inbound.dynamic_variables)).toEqual(expect.arrayContaining(named))
    for (const value of Object.values(call_inbound.dynamic_variables)) expect(typeof value).toBe('string')
  })

  it('a custom function of a web call is answered by the company of its agent, with 200 and a sentence', async () => {
    const { desk, send } = await open()
    const answer = await send('/functions/retell', sample('custom_function_request'))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      success: false,
      status: 'unknown_tool',
      message: expect.stringMatching(/\.$/),
    })
    const call = await desk.look((tx) => tx.calls.find('Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6'))
    expect(call && callState(call.record)).toMatchObject({ status: 'ongoing', callType: 'web_call' })
    expect(call && callState(call.record).turns).toHaveLength(2)
  })

  it('is refused with 401 and nothing else when one byte of it changes', async () => {
    const { desk } = await open()
    const http = await server({
      logger: undefined,
      trustProxy: false,
      routes: [retellRoutes(desk.app, desk.clock, { trustProxy: false })],
    })
    const body = sample('webhook_call_ended')
    const signature = signatureHeader(body, desk.clock.now(), platformKey)
    const answer = await http.inject({
      method: 'POST',
      url: '/webhooks/retell',
      headers: { 'x-retell-signature': signature },
      body: body.replace('user_hangup', 'agent_hangup'),
    })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 401, type: expect.stringContaining('not-authentic') })
  })

  it.each([
    [{}, 429],
    [{ 'x-forwarded-for': '192.0.2.77' }, 401],
    [{ forwarded: 'for=192.0.2.77' }, 401],
  ])('refused too often with %j is answered %i, for a proxy in between is nobody’s address', async (headers, last) => {
    const { desk } = await open()
    const routes = [retellRoutes(desk.app, desk.clock, { trustProxy: false })]
    const http = await server({ logger: undefined, trustProxy: false, routes })
    const refused = async () =>
      (await http.inject({ method: 'POST', url: '/webhooks/retell', headers, body: '{}' })).statusCode
    for (let count = 0; count < 21; count += 1) expect(await refused()).toBe(401)
    expect(await refused()).toBe(last)
  })

  it('is too large above five megabytes', async () => {
    const { send } = await open()
    expect(
      (
        await send(
          '/webhooks/retell',
          JSON.stringify({ event: 'call_started', call: {}, more: 'x'.repeat(5 * 1024 * 1024) }),
        )
      ).statusCode,
    ).toBe(413)
  })
})

describe('a database that does not answer', () => {
  it('is an honest sentence to a caller with 200, and no acknowledgement of an event', async () => {
    const desk = await openDesk([owner])
    const down = () => Promise.reject(new Error('the database is down'))
    const app = application({
      ...desk.ports,
      store: { transact: down, read: down },
      inbox: { ...desk.ports.inbox, store: down },
    })
    const http = await server({
      logger: undefined,
      trustProxy: false,
      routes: [retellRoutes(app, desk.clock, { trustProxy: false })],
    })
    const send = (path: string, body: string) =>
      http.inject({
        method: 'POST',
        url: path,
        headers: { 'x-retell-signature': signatureHeader(body, desk.clock.now(), platformKey) },
        body,
      })
    const tool = await send(
      '/functions/retell',
      sample('custom_function_request').replace('analyze_transcript', 'book_appointment'),
    )
    expect(tool.statusCode).toBe(200)
    expect(tool.json()).toEqual({
      success: false,
      status: 'technical_problem',
      message: expect.stringContaining('nichts Falsches'),
    })
    const event = await send('/webhooks/retell', sample('webhook_call_ended'))
    expect(event.statusCode).toBe(500)
    expect(event.body).not.toContain('the database is down')
  })
})

describe('signatures', () => {
  it.each(['{}', '{"ä":"ß"}', '', '{"event":"call_ended","call":{"transcript":"Grüße 👋"}}'])(
    'agree with Retell on %j, in both directions',
    async (body) => {
      const key = 'key_0123456789'
      const ours = signatureHeader(body, Date.now(), secret(key))
      expect(await Retell.verify(body, key, ours)).toBe(true)
      expect(await Retell.verify(body, 'another', ours)).toBe(false)
      const theirs = await Retell.sign(body, key)
      const parsed = parseSignature(theirs, instant(Date.now()))._unsafeUnwrap()
      expect(signatureMatches(Buffer.from(body), parsed, secret(key))).toBe(true)
      expect(signatureMatches(Buffer.from(body), parsed, secret('another'))).toBe(false)
    },
  )
})
