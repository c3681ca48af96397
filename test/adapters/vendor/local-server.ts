import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import type { RateLimits } from '../../../src/application/ports/cache.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

export interface Said {
  readonly status?: number
  /** Sent as JSON, unless it is a text. */
  readonly body?: unknown
  readonly headers?: { readonly [name: string]: string }
}

/** Answers of Cal.com by `METHOD /path`; a list is used up from its beginning, and its last one stays. `undefined`: never. */
export type Script = {
  readonly [address: string]: Said | undefined | readonly (Said | undefined)[] | ((asked: Asked) => Said | undefined)
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
/** Run after the test. */
export const closing = (close: () => Promise<void>): void => {
  closers.push(close)
}

/** A server that answers as written down, and remembers what it was asked. */
export const localServer = async (script: Script) => {
  const asked: Asked[] = []
  const used = new Map<string, number>()
  const answerTo = (one: Asked): Said | undefined => {
    const address = `${one.method} ${one.path}`
    if (!Object.hasOwn(script, address)) return { status: 404, body: { error: { message: `Cannot ${address}` } } }
    const said = script[address]
    if (typeof said === 'function') return said(one)
    if (!Array.isArray(said)) return said as Said | undefined
    const turn = used.get(address) ?? 0
    used.set(address, turn + 1)
    return (said as readonly (Said | undefined)[])[Math.min(turn, said.length - 1)]
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://local.example')
      const text = Buffer.concat(parts).toString()
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
      asked.push(one)
      const said = answerTo(one)
      if (!said) return
      const { status = 200, body, headers } = said
      const isText = typeof body === 'string'
      response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers })
      response.end(isText ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked }
}

export const noLimits: RateLimits = { take: async () => ({ taken: true }), exhaust: async () => undefined }
