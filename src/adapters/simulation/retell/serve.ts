import { createServer, type IncomingMessage } from 'node:http'
import { isObject, type JsonObject } from '../../../domain/canonical-json.ts'
import { type RetellAnswer, type RetellFailure, refusal } from './answers.ts'
import { type EndpointMatch, endpointFor } from './endpoints.ts'
import { doesNothing, type EndpointName, type RetellFault } from './faults.ts'
import { type RetellAccount, type RetellStore, remembered } from './store.ts'

/** A request as it came, without the key. */
export interface SeenRequest {
  /** Undefined: nothing is served there. */
  readonly endpoint: EndpointName | undefined
  readonly method: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly body: JsonObject
  /** The name of the account whose key it carried; undefined without one, or with one that nobody has. */
  readonly account: string | undefined
  /** Real milliseconds since the start. */
  readonly at: number
  /** What was answered; undefined as long as nothing was. */
  status: number | undefined
}

export interface RetellServerSettings {
  readonly store: RetellStore
  readonly host: string
  readonly port: number
  /** More of one key in any second are answered with 429. Undefined: as many as come. */
  readonly requestsPerSecond: number | undefined
  /** The fault of the next request of an endpoint for this id, which is used up by asking. */
  readonly faultOf: (endpoint: EndpointName, id: string) => RetellFault | undefined
}

export interface RetellServerEntry {
  readonly url: string
  readonly seen: SeenRequest[]
  readonly close: () => Promise<void>
}

const says = (status: number, message: string): RetellAnswer => refusal({ status, message })
const page = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>'
const broken = says(500, 'An unexpected server error occurred.')
const tooMany = says(429, 'Account rate limited, please throttle your requests.')

/** What a fault makes of an answer. Undefined: the connection ends without one. `never`: it stays open. */
const turned = (fault: RetellFault | undefined, answer: RetellAnswer): RetellAnswer | undefined | 'never' => {
  switch (fault) {
    case 'silent':
    case 'silent-after':
      return 'never'
    case 'breaks-off':
    case 'breaks-off-after':
      return undefined
    case 'down-500':
    case 'down-after':
      return broken
    case 'down-html':
      return { status: 502, body: page }
    case 'limited':
      return tooMany
    case 'refuses':
      return says(400, 'Invalid request format, please check API reference.')
    case 'wrong-key':
      return says(401, 'API key is missing or invalid.')
    case 'no-money':
      return says(402, 'Trial has ended, please add payment method.')
    case 'no-right':
      return says(403, 'Forbidden')
    case 'garbled':
      return { status: 200, body: '{"items": [' }
    case 'endless':
      return isObject(answer.body)
        ? { ...answer, body: { ...answer.body, has_more: true, pagination_key: 'again' } }
        : answer
    default:
      return typeof fault === 'object' && 'limitedForSeconds' in fault ? tooMany : answer
  }
}

const readBody = async (request: IncomingMessage): Promise<JsonObject | undefined> => {
  request.setEncoding('utf8')
  const parts: string[] = []
  for await (const part of request) parts.push(String(part))
  if (parts.length === 0) return {}
  try {
    const parsed: unknown = JSON.parse(parts.join(''))
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

const without = (query: URLSearchParams, name: string): URLSearchParams =>
  new URLSearchParams([...query].filter(([key]) => key !== name))

const act = (
  store: RetellStore,
  account: RetellAccount | undefined,
  endpoint: EndpointMatch | undefined,
  asked: { readonly query: URLSearchParams; readonly body: JsonObject | undefined },
  fault: RetellFault | undefined,
): RetellAnswer => {
  const { query, body } = asked
  if (!account) return says(401, 'API key is missing or invalid.')
  if (!endpoint) return { status: 404, body: '<!DOCTYPE html><html><body><pre>Cannot serve this</pre></body></html>' }
  if (!body) return says(400, 'Invalid request format, please check API reference.')
  if (doesNothing(fault)) return { status: 200, body: undefined }
  const restore = fault === 'forgets' ? remembered(account) : undefined
  const { pagination_key: _, ...withoutCursor } = body
  const answer = endpoint.act({
    ...{ store, account, id: endpoint.id, fault },
    query: fault === 'endless' ? without(query, 'pagination_key') : query,
    body: fault === 'endless' ? withoutCursor : body,
  })
  restore?.()
  return answer.match(
    (good) => good,
    (failure: RetellFailure) => refusal(failure),
  )
}

/** How many of these moments lie in the busiest second, wherever it begins. */
export const mostInASecond = (moments: readonly number[]): number => {
  let first = 0
  let most = 0
  for (const [last, at] of moments.entries()) {
    while (at - (moments[first] ?? at) >= 1_000) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** Answers for a store over HTTP. Connections that wait for a silent answer are cut when it is closed. */
export const serveRetell = async (settings: RetellServerSettings): Promise<RetellServerEntry> => {
  const { store, faultOf, requestsPerSecond } = settings
  const seen: SeenRequest[] = []
  const timers = new Set<NodeJS.Timeout>()
  const begun = performance.now()

  const isOver = (entry: SeenRequest): boolean =>
    requestsPerSecond !== undefined &&
    seen.filter(({ account, at }) => account === entry.account && entry.at - at < 1_000).length > requestsPerSecond

  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://retell.example')
    const method = incoming.method ?? 'GET'
    const endpoint = endpointFor(method, url.pathname)
    const key = incoming.headers.authorization?.replace(/^Bearer /, '')
    const account = store.accounts.find((one) => one.key === key)
    const at = performance.now() - begun

    const answer = async () => {
      const body = await readBody(incoming)
      const entry: SeenRequest = {
        ...{ endpoint: endpoint?.name, method, path: url.pathname, query: Object.fromEntries(url.searchParams) },
        ...{ body: body ?? {}, account: account?.name, at, status: undefined },
      }
      seen.push(entry)
      const fault = endpoint && faultOf(endpoint.name, endpoint.id)
      const last = isOver(entry)
        ? tooMany
        : turned(fault, act(store, account, endpoint, { query: url.searchParams, body }, fault))
      if (last === 'never') return
      if (last === undefined) {
        incoming.socket.destroy()
        return
      }
      const send = () => {
        entry.status = last.status
        const isText = typeof last.body === 'string'
        response.writeHead(last.status, {
          'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
          ...(typeof fault === 'object' && 'limitedForSeconds' in fault
            ? { 'retry-after': String(fault.limitedForSeconds) }
            : {}),
        })
        if (isText || last.body === undefined) response.end(last.body)
        else response.end(JSON.stringify(last.body))
      }
      if (typeof fault !== 'object' || !('slow' in fault)) return send()
      const timer = setTimeout(() => {
        timers.delete(timer)
        send()
      }, fault.slow)
      timers.add(timer)
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, resolve)
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : settings.port
  return {
    url: `http://${settings.host}:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
