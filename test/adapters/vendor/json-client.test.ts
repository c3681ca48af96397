import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { inProcessLimits } from '../../../src/adapters/cache/in-process.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import {
  type BreakerState,
  type JsonClientOptions,
  type JsonRequest,
  jsonClient,
} from '../../../src/adapters/vendor/json-client.ts'
import type { RateLimits } from '../../../src/application/ports/cache.ts'
import { secret } from '../../../src/domain/secret.ts'
import { closing, localServer, noLimits, type Said, type Script } from './local-server.ts'

const key = 'key_that_nobody_may_see'
const limit = { name: 'vendor/1', most: 120, windowMs: 60_000 }
const fine: Said = { body: { fine: true }, headers: { 'x-request-id': 'req_7' } }
const down: Said = { status: 503, body: { error: 'down' } }

const open = async (script: Script, more: Partial<JsonClientOptions> = {}) => {
  const server = await localServer(script)
  const states: BreakerState[] = []
  const client = jsonClient({
    ...{ baseUrl: `${server.url}/v2/`, credential: secret(key), limit, limits: noLimits, realTime, allowPrivate: true },
    onBreaker: (state) => states.push(state),
    ...more,
  })
  closing(client.close)
  return { client, states, ...server }
}

const get = (more: Partial<JsonRequest> = {}): JsonRequest => ({
  method: 'GET',
  path: '/things',
  repeatable: true,
  ...more,
})
const post = (more: Partial<JsonRequest> = {}): JsonRequest => ({
  method: 'POST',
  path: '/things',
  repeatable: false,
  ...more,
})

describe('asking a vendor', () => {
  it('sends the key, the question and the body, and reads the answer', async () => {
    const { client, asked } = await open({ 'POST /v2/things': { ...fine, status: 201 } })
    const answer = await client.ask(
      post({ query: { a: 1, b: undefined, c: 'x y' }, body: { text: 'ü' }, headers: { 'x-version': '1' } }),
    )
    expect(answer._unsafeUnwrap()).toEqual({ status: 201, body: { fine: true }, isJson: true, requestId: 'req_7' })
    expect(asked).toMatchObject([
      {
        query: { a: '1', c: 'x y' },
        body: { text: 'ü' },
        headers: { authorization: `Bearer ${key}`, 'x-version': '1' },
      },
    ])
  })

  it('asks again, where that is allowed, until there is an answer', async () => {
    const { client, asked } = await open({ 'GET /v2/things': [down, { status: 429, body: {} }, fine] })
    expect((await client.ask(get())).isOk()).toBe(true)
    expect(asked).toHaveLength(3)
  })

  it.each([
    ['what may not happen twice', post(), down],
    ['what was refused', get(), { status: 404, body: {} }],
  ] as const)('does not ask again for %s', async (_, request, said) => {
    const { client, asked } = await open({ 'GET /v2/things': said, 'POST /v2/things': said })
    expect((await client.ask(request))._unsafeUnwrapErr()).toMatchObject({ kind: 'answered', status: said.status })
    expect(asked).toHaveLength(1)
  })

  it('gives up after three times', async () => {
    const { client, asked } = await open({ 'GET /v2/things': down })
    expect((await client.ask(get())).isErr()).toBe(true)
    expect(asked).toHaveLength(3)
  })

  it('answers within its time, whatever the vendor does', async () => {
    const { client } = await open({ 'GET /v2/things': undefined })
    const spent = realTime.measure()
    expect((await client.ask(get({ timeoutMs: 200 })))._unsafeUnwrapErr()).toMatchObject({ kind: 'unavailable' })
    expect(spent()).toBeLessThan(1_000)
  })

  it('sends nothing any more for whoever has left while it waited for its place', async () => {
    const heard: (string | undefined)[] = []
    const slow = createServer((request, response) => {
      heard.push(request.method)
      setTimeout(() => response.end('{}'), 400)
    })
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    closing(async () => void slow.close())
    const baseUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
    const client = jsonClient({
      baseUrl,
      credential: secret(key),
      limit,
      limits: noLimits,
      realTime,
      allowPrivate: true,
    })
    closing(client.close)
    const others = Array.from({ length: 10 }, () => client.ask(get()))
    const late = await client.ask(post({ timeoutMs: 150 }))
    expect(late._unsafeUnwrapErr()).toMatchObject({ kind: 'unavailable', wasSent: true })
    expect((await Promise.all(others)).every((one) => one.isOk())).toBe(true)
    expect((await client.ask(get())).isOk()).toBe(true)
    expect(heard).toEqual(Array(11).fill('GET'))
  })

  it('names a request of the vendor only where that is a name', async () => {
    const { client } = await open({
      'POST /v2/things': { ...fine, headers: { 'x-request-id': 'max@example.org' } },
    })
    expect((await client.ask(post()))._unsafeUnwrap().requestId).toBeUndefined()
  })

  it('follows no redirection', async () => {
    const { client, asked } = await open({
      'GET /v2/things': { status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' }, body: '' },
    })
    expect((await client.ask(get()))._unsafeUnwrapErr()).toMatchObject({ kind: 'answered', status: 302 })
    expect(asked.every(({ path }) => path === '/v2/things')).toBe(true)
  })

  it('calls a page no answer, and tells a refusal that is one apart', async () => {
    const { client } = await open({
      'GET /v2/things': { body: '<html>Welcome</html>' },
      'POST /v2/things': { status: 404, body: '<html>Nothing here</html>' },
    })
    expect((await client.ask(get()))._unsafeUnwrapErr().kind).toBe('unavailable')
    expect((await client.ask(post()))._unsafeUnwrapErr()).toMatchObject({
      kind: 'answered',
      status: 404,
      isJson: false,
    })
  })

  it('reads no answer without an end', async () => {
    const { client } = await open({ 'POST /v2/things': { body: { text: 'x'.repeat(9_000_000) } } })
    expect((await client.ask(post()))._unsafeUnwrapErr().kind).toBe('unavailable')
  })

  it('says nothing of what was sent or answered, nor of the key', async () => {
    const { client, url } = await open({ 'POST /v2/things': { status: 200, body: 'max@example.org' } })
    const gone = jsonClient({
      baseUrl: url.replace(/\d+$/, '1'),
      credential: secret(key),
      limit,
      limits: noLimits,
      realTime,
      allowPrivate: true,
    })
    closing(gone.close)
    const request = post({ body: { email: 'max@example.org' }, query: { phone: '+491713920001' } })
    const unsayable = {
      toJSON: () => {
        throw new Error('max@example.org cannot be written')
      },
    }
    const asked = [client.ask(request), gone.ask(request), client.ask(post({ body: unsayable }))]
    const told = JSON.stringify(await Promise.all(asked))
    expect(told).toContain('unavailable')
    for (const word of [key, 'max@', '39200', '127.0.0.1']) expect(told).not.toContain(word)
  })
})

describe('where a vendor may be', () => {
  it('is not in a private network, unless that is allowed, and nothing is sent', async () => {
    const { client, asked, states } = await open({ 'GET /v2/things': fine }, { allowPrivate: false })
    expect((await client.ask(get()))._unsafeUnwrapErr()).toEqual({ kind: 'forbidden-address' })
    expect(asked).toEqual([])
    expect(states).toEqual([])
  })

  it.each([
    ...['http://127.0.0.1:9', 'http://2130706433:9', 'http://0x7f.1:9', 'http://0177.0.0.1:9', 'http://0.0.0.0:9'],
    ...['http://[::1]:9', 'http://[::]:9', 'http://[::ffff:127.0.0.1]:9', 'https://[fe80::1]:9', 'https://10.0.0.1:9'],
    ...['http://192.0.2.1:9', 'http://[2001:db8::1]:9'],
  ])('is not at %s, however that is written', async (baseUrl) => {
    const needs = { baseUrl, credential: secret(key), limit, limits: noLimits, realTime }
    const client = jsonClient({ ...needs, allowPrivate: false })
    closing(client.close)
    expect((await client.ask(get({ timeoutMs: 500 })))._unsafeUnwrapErr()).toEqual({ kind: 'forbidden-address' })
  })

  it('is looked at where the connection is made, so that a name cannot lead there either', async () => {
    const server = await localServer({ 'GET /v2/things': fine })
    const baseUrl = server.url.replace('127.0.0.1', 'localhost')
    const needs = { baseUrl, credential: secret(key), limit, limits: noLimits, realTime }
    const closed = jsonClient({ ...needs, allowPrivate: false })
    const opened = jsonClient({ ...needs, allowPrivate: true })
    closing(closed.close)
    closing(opened.close)
    expect((await closed.ask(get({ path: '/v2/things' })))._unsafeUnwrapErr()).toEqual({ kind: 'forbidden-address' })
    expect((await opened.ask(get({ path: '/v2/things' }))).isOk()).toBe(true)
    expect(server.asked).toHaveLength(1)
  })
})

describe('a vendor that is down', () => {
  it('is left alone after five failures in a row, asked once when it has rested, and open again when it answers', async () => {
    let isDown = true
    const { client, asked, states } = await open({ 'POST /v2/things': () => (isDown ? down : fine) }, { restMs: 300 })
    for (let time = 0; time < 8; time += 1) expect((await client.ask(post())).isErr()).toBe(true)
    expect(asked).toHaveLength(5)
    expect(states).toEqual(['open'])
    isDown = false
    await realTime.deadlineIn(350).within(new Promise(() => {}))
    expect((await client.ask(post())).isOk()).toBe(true)
    expect(states).toEqual(['open', 'closed'])
  })

  it('is not down because it refuses, or because its limit is reached', async () => {
    const { client, states } = await open({
      'POST /v2/things': [
        ...Array(6).fill({ status: 400, body: {} }),
        ...Array(6).fill({ status: 429, body: {} }),
        fine,
      ],
    })
    for (let time = 0; time < 12; time += 1) await client.ask(post())
    expect((await client.ask(post())).isOk()).toBe(true)
    expect(states).toEqual(['closed'])
  })
})

describe('the limit of a vendor', () => {
  const few = { name: 'vendor/few', most: 4, windowMs: 60_000 }

  it('is kept, and what has no turn fails at once and is not sent', async () => {
    const { client, asked } = await open(
      { 'GET /v2/things': fine },
      { limit: few, limits: inProcessLimits({ realTime }) },
    )
    for (let time = 0; time < 4; time += 1) expect((await client.ask(get())).isOk()).toBe(true)
    const spent = realTime.measure()
    expect((await client.ask(get()))._unsafeUnwrapErr().kind).toBe('unavailable')
    expect(spent()).toBeLessThan(500)
    expect(asked).toHaveLength(4)
  })

  it('is waited for where that is short', async () => {
    const { client } = await open(
      { 'GET /v2/things': fine },
      { limit: { ...few, most: 1, windowMs: 300 }, limits: inProcessLimits({ realTime }) },
    )
    const spent = realTime.measure()
    await client.ask(get())
    expect((await client.ask(get())).isOk()).toBe(true)
    expect(spent()).toBeGreaterThanOrEqual(250)
  })

  it('keeps half of the turns for those who wait', async () => {
    const { client, asked } = await open(
      { 'GET /v2/things': fine },
      { limit: few, limits: inProcessLimits({ realTime }) },
    )
    const quiet = get({ urgency: 'background', repeatable: false, timeoutMs: 300 })
    for (let time = 0; time < 3; time += 1) await client.ask(quiet)
    expect(asked).toHaveLength(2)
    for (let time = 0; time < 3; time += 1) await client.ask(get({ repeatable: false }))
    expect(asked).toHaveLength(4)
  })

  it.each([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' }, body: {} }, 7_000],
    [
      '429 with Retry-After-Ms',
      { status: 429, headers: { 'retry-after-ms': '2500', 'retry-after': '9' }, body: {} },
      2_500,
    ],
    ['429 for years', { status: 429, headers: { 'retry-after': '99999999' }, body: {} }, 24 * 3_600_000],
    ['429 without a word', { status: 429, body: {} }, 60_000],
    ['429 with a reset', { status: 429, headers: { 'x-ratelimit-reset-default': '12' }, body: {} }, 12_000],
    [
      'the last turn',
      { body: {}, headers: { 'x-ratelimit-remaining-default': '0', 'x-ratelimit-reset-default': '20' } },
      20_000,
    ],
    [
      'a turn that is left',
      { body: {}, headers: { 'x-ratelimit-remaining-default': '1', 'x-ratelimit-reset-default': '20' } },
      undefined,
    ],
  ] as const)('is what the vendor says: %s', async (_, said, expected) => {
    const exhausted: (readonly [string, number])[] = []
    const limits: RateLimits = { ...noLimits, exhaust: async (name, ms) => void exhausted.push([name, ms]) }
    const { client } = await open({ 'POST /v2/things': said }, { limits })
    await client.ask(post())
    expect(exhausted).toEqual(expected === undefined ? [] : [['vendor/1', expected]])
  })
})
