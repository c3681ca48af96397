import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isObject, type JsonObject } from '../../../domain/canonical-json.ts'
import { type CalcomAnswer, type CalcomRequest, no, noSuchPath, refusal } from './answers.ts'
import { type EndpointMatch, endpointFor } from './endpoints.ts'
import { type CalcomFault, doesNothing, type EndpointName } from './faults.ts'
import { countRequests } from './rate-limit.ts'
import type { CalcomStore } from './store.ts'

/** A request as it came, without the key. */
export interface SeenRequest {
  /** Undefined: nothing is served there. */
  readonly endpoint: EndpointName | undefined
  readonly method: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly headers: { readonly [name: string]: string }
  readonly body: JsonObject
  /** Whose key it carried; undefined without one, or with one that nobody has. */
  readonly account: number | undefined
  /** What was answered; undefined as long as nothing was. */
  status: number | undefined
}

const selfHostedVersions = ['2024-04-15', '2024-06-11', '2024-06-14', '2024-08-13', '2024-09-04']
const hostedVersions = [...selfHostedVersions, '2026-02-25', '2026-05-01', '2026-06-12']
const oldest = '2024-04-15'

const readBody = async (request: IncomingMessage): Promise<JsonObject | undefined> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  if (text === '') return {}
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : {}
  } catch {
    return undefined
  }
}

export interface CalcomServerSettings {
  readonly store: CalcomStore
  readonly host: string
  readonly port: number
  readonly selfHosted: boolean
  readonly requestsPerMinute: number
  /** The fault of the next request of an endpoint, which is used up by asking. */
  readonly faultOf: (endpoint: EndpointName) => CalcomFault | undefined
}

const page = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>'
const wrongKey = no(401, 'ApiAuthStrategy - api key - Your api key is not valid')

/** What a fault makes of an answer. Undefined: the connection ends without one. `never`: it stays open. */
const turned = (
  fault: CalcomFault | undefined,
  answer: CalcomAnswer,
  path: string,
  { now }: CalcomStore,
): CalcomAnswer | undefined | 'never' => {
  const refused = (status: number, message: string) => refusal(no(status, message), path, now())
  switch (fault) {
    case 'silent':
    case 'silent-after':
      return 'never'
    case 'breaks-off':
    case 'breaks-off-after':
    case 'other-time-and-breaks-off':
      return undefined
    case 'down-503':
    case 'down-after':
      return { status: 503, body: 'upstream connect error' }
    case 'down-524':
      return { status: 524, body: '<html><head><title>524: A timeout occurred</title></head></html>' }
    case 'down-html':
      return { status: 502, body: page }
    case 'limited':
      return tooMany(path, now)
    case 'wrong-key':
      return refusal(wrongKey, path, now())
    case 'not-found':
    case 'not-found-although-done':
      return refused(404, `Booking with uid=${path.split('/')[3]} was not found in the database`)
    case 'refuses':
    case 'no-although-done':
      return refused(400, 'User either already has booking at this time or is not available')
    case 'empty-undone':
      return { status: 201, body: '' }
    case 'empty-after':
      return { status: answer.status, body: '' }
    default:
      return answer
  }
}

const tooMany = (path: string, now: CalcomStore['now']): CalcomAnswer => {
  const message = 'CustomThrottlerGuard - Too many requests. Please try again later.'
  const error = { code: 'ThrottlerException', message, details: message }
  return { status: 429, body: { status: 'error', timestamp: new Date(now()).toISOString(), path, error } }
}

export interface CalcomServerEntry {
  /** Ends in `/v2`. */
  readonly url: string
  readonly seen: SeenRequest[]
  readonly close: () => Promise<void>
}

/** Answers for a store over HTTP. Connections that wait for a silent answer are cut when it is closed. */
export const serveCalcom = async (settings: CalcomServerSettings): Promise<CalcomServerEntry> => {
  const { store, faultOf } = settings
  const seen: SeenRequest[] = []
  const count = countRequests(settings.requestsPerMinute)
  const versions = settings.selfHosted ? selfHostedVersions : hostedVersions
  const timers = new Set<NodeJS.Timeout>()

  const act = (
    endpoint: EndpointMatch | undefined,
    request: CalcomRequest | undefined,
    path: string,
    fault: CalcomFault | undefined,
    keyIsWrong: boolean,
  ): CalcomAnswer => {
    const say = (failure: ReturnType<typeof no>) => refusal(failure, path, store.now())
    if (!request) return say(no(400, 'Unexpected token in JSON'))
    if (!endpoint) return say(noSuchPath(request))
    if (keyIsWrong) return say(wrongKey)
    if (endpoint.needsKey && request.account === undefined)
      return say(
        no(
          401,
          "No authentication method provided. Either pass an API key as 'Bearer' header or OAuth client credentials.",
        ),
      )
    if (doesNothing(fault)) return { status: 200, body: '' }
    return endpoint.act(store, request, fault).match((answer) => answer, say)
  }

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://cal.example')
    const path = url.pathname.replace(/^\/api\/v2(?=\/|$)/, '/v2')
    const method = incoming.method ?? 'GET'
    const { authorization, ...headers } = incoming.headers
    const key = authorization?.replace(/^Bearer /, '')
    const account = store.accounts.find((one) => one.key === key)?.id
    const asked = String(headers['cal-api-version'] ?? '')
    const version = versions.includes(asked) ? asked : oldest
    const body = await readBody(incoming)
    const endpoint = endpointFor(method, path)
    const entry: SeenRequest = {
      endpoint: endpoint?.name,
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: body ?? {},
      account,
      status: undefined,
    }
    seen.push(entry)
    const limit = count(key ?? incoming.socket.remoteAddress ?? '', store.now())
    const fault = endpoint && faultOf(endpoint.name)
    const request = body && { method, path, query: url.searchParams, body, version, account }
    const usual = limit.isOver
      ? tooMany(path, store.now)
      : act(endpoint, request, path, fault, key !== undefined && account === undefined)
    const last = limit.isOver ? usual : turned(fault, usual, path, store)
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
        'x-request-id': `req_${seen.length}`,
        ...limit.headers,
      })
      response.end(isText ? last.body : JSON.stringify(last.body))
    }
    if (typeof fault !== 'object') return send()
    const timer = setTimeout(() => {
      timers.delete(timer)
      send()
    }, fault.slow)
    timers.add(timer)
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, resolve)
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : settings.port
  return {
    url: `http://${settings.host}:${port}/v2`,
    seen,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
