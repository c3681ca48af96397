import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { outsideTools } from '../../../src/adapters/vendor/outside-tools.ts'

const seen: { method: string | undefined; url: string | undefined; headers: object; body: string }[] = []
let server: Server
let url: string
const near = outsideTools({ allowPrivate: true, realTime })
const hasty = outsideTools({ allowPrivate: true, realTime, timeoutMs: 250 })
const guarded = outsideTools({ allowPrivate: false, realTime })

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body })
      if (request.url === '/moved') return response.writeHead(302, { location: '/there' }).end()
      if (request.url === '/silent') return
      if (request.url === '/trickle' || request.url === '/endless') {
        response.writeHead(200)
        const part = 'x'.repeat(request.url === '/endless' ? 100_000 : 1)
        const timer = setInterval(() => response.write(part), request.url === '/endless' ? 1 : 50)
        return void response.once('close', () => clearInterval(timer))
      }
      if (request.url === '/long') return response.end('x'.repeat(20_000))
      response.writeHead(request.url === '/broken' ? 500 : 200).end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await near.close()
  await guarded.close()
  await hasty.close()
  server.close()
})

const request = (path: string) => ({ method: 'POST', url: `${url}${path}`, headers: { 'x-key': 'k' }, body: '{"a":1}' })

describe('tools that others answer', () => {
  it('are sent what the configuration says, once', async () => {
    seen.length = 0
    const answer = (await near.call(request('/broken')))._unsafeUnwrap()
    expect(answer).toMatchObject({ status: 500, body: '{"ok":true}', isCut: false })
    expect(seen).toMatchObject([{ method: 'POST', url: '/broken', body: '{"a":1}', headers: { 'x-key': 'k' } }])
  })

  it('are not followed elsewhere', async () => {
    seen.length = 0
    expect((await near.call(request('/moved')))._unsafeUnwrap().status).toBe(302)
    expect(seen).toHaveLength(1)
  })

  it('answer as much as a voice agent is given', async () => {
    const answer = (await near.call(request('/long')))._unsafeUnwrap()
    expect([answer.body.length, answer.isCut]).toEqual([15_000, true])
  })

  it('are not read to the end when there is none', async () => {
    const began = performance.now()
    expect((await near.call(request('/endless')))._unsafeUnwrapErr().kind).toBe('unreachable')
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it.each(['/silent', '/trickle'])('are given up when they take too long: %s', async (path) => {
    expect((await hasty.call(request(path)))._unsafeUnwrapErr()).toEqual({
      kind: 'unreachable',
      detail: 'It did not answer within ten seconds.',
    })
  })

  it('say nothing of what could not be sent', async () => {
    const odd = { ...request('/'), headers: { 'x-key': 'geheim\n1' } }
    const failure = (await near.call(odd))._unsafeUnwrapErr()
    expect(failure.kind).toBe('unreachable')
    expect(JSON.stringify(failure)).not.toContain('geheim')
  })

  it('are there when anything answers, without being told anything', async () => {
    seen.length = 0
    expect((await near.reach(`${url}/broken`)).isOk()).toBe(true)
    expect(seen).toMatchObject([{ method: 'OPTIONS', body: '' }])
  })

  it('are not there when nothing does', async () => {
    expect((await near.reach('http://127.0.0.1:1/tool'))._unsafeUnwrapErr()).toMatchObject({ kind: 'unreachable' })
    expect((await near.call({ ...request('/'), url: 'no address' }))._unsafeUnwrapErr().kind).toBe('unreachable')
  })

  it('may not be in a private network unless that is allowed', async () => {
    seen.length = 0
    expect((await guarded.reach(url))._unsafeUnwrapErr()).toEqual({ kind: 'forbidden' })
    expect((await guarded.call(request('/')))._unsafeUnwrapErr()).toEqual({ kind: 'forbidden' })
    expect(seen).toEqual([])
  })
})
