import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { signatureHeader } from '../../src/adapters/retell/signature.ts'
import { startRetell } from '../../src/adapters/simulation/retell/start-retell.ts'
import { createFrontdesk } from '../../src/composition/frontdesk.ts'
import { secret } from '../../src/domain/secret.ts'
import type { Item } from '../adapters/http/api.ts'

const key = 'key_platform_journey'
const sound = Buffer.from(Array.from({ length: 5_000 }, (_, at) => at % 251))
const salon = `
company: { slug: salon-sonne, name: Salon Sonne, time_zone: Europe/Berlin, country: DE, language: de, currency: EUR, booking: true }
branches:
  - slug: mitte
    name: Salon Sonne Mitte
    phone_numbers: ["030 23125101"]
    hours: { mon: ["09:00-18:00"] }
`

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Where recordings lie: each under a link of its own, which ends. */
const soundStore = async () => {
  const asked: { readonly path: string; readonly range: string | undefined; readonly authorization: unknown }[] = []
  const valid = new Set<string>()
  const url = await listening(
    createServer((request, response) => {
      const { range, authorization } = request.headers
      asked.push({ path: request.url ?? '', range, authorization })
      if (!valid.has(request.url ?? ''))
        return response.writeHead(403, { 'content-type': 'application/xml' }).end('<no/>')
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
      if (from === undefined) {
        return response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': sound.length }).end(sound)
      }
      if (Number(from) >= sound.length) return response.writeHead(416).end()
      const last = to === '' || to === undefined ? sound.length - 1 : Number(to)
      return response
        .writeHead(206, { 'content-type': 'audio/wav', 'content-range': `bytes ${from}-${last}/${sound.length}` })
        .end(sound.subarray(Number(from), last + 1))
    }),
  )
  return { url, asked, valid }
}

const open = async () => {
  const store = await soundStore()
  const retell = await startRetell({ now: Date.now, key })
  closing.push(() => retell.close())
  const desk = await createFrontdesk({
    database: 'sqlite::memory:',
    retell: { apiKey: key, webhookKeys: [key], baseUrl: retell.url },
    allowPrivateAddresses: true,
    logLevel: 'silent',
  })
  closing.push(() => desk.close())
  await desk.apply(salon)
  /** Retell tells of a call that is over, and keeps it under this link. */
  const call = async (id: string, told: string | undefined, kept: string | undefined) => {
    const start = Date.now() - 60_000
    const document = {
      ...{ call_id: id, call_type: 'phone_call', direction: 'inbound', call_status: 'ended', agent_id: 'agent_mitte' },
      ...{ agent_version: 0, from_number: '+4915550100001', to_number: '+493023125101' },
      ...{ start_timestamp: start, end_timestamp: start + 50_000, duration_ms: 50_000 },
    }
    const linked = (link: string | undefined) => ({
      ...document,
      ...(link === undefined ? {} : { recording_url: link }),
    })
    retell.account.calls.set(id, linked(kept))
    const payload = JSON.stringify({ event: 'call_ended', call: linked(told) })
    const signature = signatureHeader(payload, Date.now(), secret(key))
    const headers = { 'content-type': 'application/json', 'x-retell-signature': signature }
    expect((await desk.http.inject({ method: 'POST', url: '/webhooks/retell', headers, payload })).statusCode).toBe(204)
    await desk.runDueJobs()
  }
  const token = await desk.createToken({ role: 'company_admin', company: 'salon-sonne' })
  const get = (path: string, headers = {}) =>
    desk.http.inject({
      url: `/api/v1/companies/salon-sonne/${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
  const played = async () => {
    const { items } = (await get('audit-log?kind=recording.played')).json() as Item
    return items.map(({ subject, actor }: Item) => [subject.kind, subject.id, actor.slice(0, 4)])
  }
  return { store, retell, desk, call, get, played }
}

describe('the recording of a call', () => {
  it('is streamed over a link that Retell is asked for anew, in parts as well, and each time is written down', async () => {
    const { store, call, get, played } = await open()
    store.valid.add('/fresh')
    await call('call_1', `${store.url}/old`, `${store.url}/fresh`)
    expect((await get('calls/call_1')).json()).toMatchObject({ recording: { available: true } })

    const whole = await get('calls/call_1/recording')
    expect([whole.statusCode, whole.headers['content-type'], whole.headers['content-length']]).toEqual([
      ...[200, 'audio/x-wav', String(sound.length)],
    ])
    expect(whole.rawPayload.equals(sound)).toBe(true)
    expect(whole.headers['cache-control']).toBe('no-store')
    const part = await get('calls/call_1/recording', { range: 'bytes=100-199' })
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes 100-199/${sound.length}`])
    expect(part.rawPayload.equals(sound.subarray(100, 200))).toBe(true)
    expect((await get('calls/call_1/recording', { range: 'bytes=9999-' })).statusCode).toBe(200)
    expect((await get('calls/call_1/recording', { range: 'lines=1-2' })).statusCode).toBe(200)

    expect(new Set(store.asked.map(({ path }) => path))).toEqual(new Set(['/fresh']))
    expect(store.asked.every(({ authorization }) => authorization === undefined)).toBe(true)
    expect(await played()).toEqual(Array.from({ length: 4 }, () => ['call', 'call_1', 'tok_']))
  })

  it('is not found where there is none, any more, or not for this company, and nothing is written down', async () => {
    const { store, call, get, played, desk } = await open()
    await call('call_none', undefined, undefined)
    await call('call_ended', `${store.url}/old`, `${store.url}/ended`)
    await call('call_deleted', `${store.url}/old`, undefined)
    for (const id of ['call_none', 'call_ended', 'call_deleted']) {
      const answer = await get(`calls/${id}/recording`)
      expect([answer.statusCode, answer.json().type]).toEqual([404, '/problems/no-recording'])
    }
    expect((await get('calls/call_unknown/recording')).json()).toMatchObject({ type: '/problems/not-found' })
    await desk.apply(salon.replaceAll('sonne', 'mond').replace('101"', '102"'))
    const stranger = await desk.createToken({ role: 'company_admin', company: 'salon-mond' })
    const url = '/api/v1/companies/salon-mond/calls/call_ended/recording'
    const foreign = await desk.http.inject({ url, headers: { authorization: `Bearer ${stranger}` } })
    expect([foreign.statusCode, foreign.json().type]).toEqual([404, '/problems/not-found'])
    expect(await played()).toEqual([])
  })

  it('is a page of nobody’s: what is no sound is not passed on, and Retell’s outage is said', async () => {
    const { retell, call, get } = await open()
    const page = await listening(
      createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>1</script>')),
    )
    await call('call_page', `${page}/x`, `${page}/x`)
    expect((await get('calls/call_page/recording')).json()).toMatchObject({ status: 503 })
    await call('call_down', 'http://127.0.0.1:9/x', 'http://127.0.0.1:9/x')
    expect((await get('calls/call_down/recording')).json()).toMatchObject({ type: '/problems/retell-unreachable' })
    retell.misbehave('get-call', 'no-right')
    expect((await get('calls/call_down/recording')).json()).toMatchObject({ status: 502 })
  })
})
