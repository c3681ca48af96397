import {
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
  isBrokenCircuitError,
} from 'cockatiel'
import { err, ok, type Result } from 'neverthrow'
import { Agent, type Dispatcher, request as send } from 'undici'
import type { Deadline, RealTime } from '../../application/ports/ambient.ts'
import type { RateLimits } from '../../application/ports/cache.ts'
import type { Secret } from '../../domain/secret.ts'
import { ForbiddenAddress, guardedConnector } from './address-guard.ts'
import { leastToAsk, noTurnsForMs, pause, takeTurn, turnsUnderWay, type VendorLimit } from './turns.ts'

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Under the base address, beginning with a slash. */
  readonly path: string
  readonly query?: { readonly [name: string]: string | number | undefined }
  readonly headers?: { readonly [name: string]: string }
  readonly body?: unknown
  /** May it happen twice? Only then is it asked again when nobody knows whether it was heard. */
  readonly repeatable: boolean
  /** Real milliseconds for all of it, waiting and repeating included; 8,000 unless told otherwise. */
  readonly timeoutMs?: number
  /** `background`: nobody waits, and it leaves turns to those who do. */
  readonly urgency?: 'caller' | 'background'
}

export interface JsonAnswer {
  readonly status: number
  /** Undefined: there was none, or it is not JSON. */
  readonly body: unknown
  readonly isJson: boolean
  readonly requestId: string | undefined
}

/** How asking can end without a yes. No detail holds a credential, an address of a person or anything that was sent. */
export type VendorFailure =
  /** Another status than 2xx, redirections included, which are not followed. */
  | ({ readonly kind: 'answered' } & JsonAnswer)
  /** No answer, or none that could be read. Once it was sent nobody knows whether it was heard. */
  | { readonly kind: 'unavailable'; readonly wasSent: boolean; readonly detail: string }
  /** The address is none that may be asked; nothing was sent. */
  | { readonly kind: 'forbidden-address' }

export interface JsonClient {
  readonly ask: (request: JsonRequest) => Promise<Result<JsonAnswer, VendorFailure>>
  /** Ends once the requests under way have. */
  readonly close: () => Promise<void>
}

/** `open`: the vendor failed several times in a row and is left alone for a while. `closed`: it answers. */
export type BreakerState = 'open' | 'closed'

export interface JsonClientOptions {
  /** `https://host/path`; a path of it stays in front of every request's. */
  readonly baseUrl: string
  readonly credential: Secret
  readonly limit: VendorLimit
  readonly limits: RateLimits
  readonly realTime: RealTime
  /** Whether loopback and private networks may be asked. */
  readonly allowPrivate: boolean
  /** Told of every change, and of the first answer. */
  readonly onBreaker?: (state: BreakerState) => void
  /** How long a request may take that names no time of its own, in milliseconds; 8,000 when not given. */
  readonly patienceMs?: number | undefined
  /** How long an open breaker lets nothing through. */
  readonly restMs?: number | undefined
}

const usualTimeoutMs = 8_000
const connectTimeoutMs = 4_000
const largestAnswer = 8_000_000
const failuresInARow = 5
const usualRestMs = 10_000
const atOnce = 10
const waiting = 100
const mostRepeats = 2

/** Carries a fault of the vendor through the breaker, which counts nothing else. */
class VendorFault extends Error {
  readonly failure: VendorFailure
  constructor(failure: VendorFailure) {
    super('The vendor failed.')
    this.name = 'VendorFault'
    this.failure = failure
  }
}

/**
 * Asks one vendor with one credential: in time, within its limit, not while it is down, and again only what may happen
 * twice. One client for each credential, however many companies share it.
 */
export const jsonClient = (options: JsonClientOptions): JsonClient => {
  const { limits, realTime, limit, restMs = usualRestMs } = options
  const agent = new Agent({
    connect: guardedConnector(options.allowPrivate, connectTimeoutMs),
    connections: atOnce,
    maxResponseSize: largestAnswer,
  })
  const places = bulkhead(atOnce, waiting)
  const turns = turnsUnderWay(limit, realTime)
  const breaker = circuitBreaker(handleType(VendorFault), {
    breaker: new ConsecutiveBreaker(failuresInARow),
    halfOpenAfter: restMs,
  })
  let told: BreakerState | undefined
  let rest: Deadline | undefined
  const tell = (state: BreakerState) => {
    if (told === state) return
    told = state
    options.onBreaker?.(state)
  }
  breaker.onBreak(() => {
    rest = realTime.deadlineIn(restMs)
    tell('open')
  })
  breaker.onReset(() => tell('closed'))
  const isResting = () => breaker.state === CircuitState.Open && (rest?.left() ?? 0) > 0

  const once = async (request: JsonRequest, deadline: Deadline): Promise<Result<JsonAnswer, VendorFailure>> => {
    if (isResting()) return atRest
    const hasTurn = await takeTurn({ limits, realTime, limit }, request.urgency ?? 'caller', deadline)
    const endTurn = hasTurn ? await turns.begin(deadline) : undefined
    if (!endTurn) return unsent('It has been asked as often as it allows; there is no turn left in time.')
    try {
      const answer = await places.execute(async () =>
        // Whoever asked has left already, and must not be surprised by what is done now.
        deadline.left() === 0 ? tooLate : breaker.execute(() => sendOnce(agent, options, request, deadline)),
      )
      // What was begun before the breaker opened says nothing of it.
      if (breaker.state === CircuitState.Closed) tell('closed')
      return answer
    } catch (fault) {
      return failureOf(fault)
    } finally {
      endTurn()
    }
  }

  return {
    ask: async (request) => {
      const deadline = realTime.deadlineIn(request.timeoutMs ?? options.patienceMs ?? usualTimeoutMs)
      const asked = async () => {
        for (let repeats = 0; ; repeats++) {
          const answer = await once(request, deadline)
          const waitMs = 150 * 2 ** repeats * (1 + Math.random())
          const isLast = repeats === mostRepeats || deadline.left() < waitMs + leastToAsk || isResting()
          if (!request.repeatable || isLast || !isPassing(answer)) return answer
          await pause(realTime, waitMs)
        }
      }
      const answer = await deadline.within(asked())
      return answer === 'too-late' ? tooLate : answer
    },
    close: () => agent.close(),
  }
}

const unsent = (detail: string) => err<JsonAnswer, VendorFailure>({ kind: 'unavailable', wasSent: false, detail })
const atRest = unsent('It failed several times in a row and is left alone for a moment.')
const tooLate = err<JsonAnswer, VendorFailure>({
  kind: 'unavailable',
  wasSent: true,
  detail: 'It did not answer in time.',
})

/** May it be different in a moment? */
const isPassing = (answer: Result<JsonAnswer, VendorFailure>): boolean => {
  if (answer.isOk()) return false
  const { error } = answer
  if (error.kind === 'unavailable') return error.wasSent
  return error.kind === 'answered' && (error.status === 429 || error.status >= 500)
}

/** Rejects with a `VendorFault` for what the breaker counts. */
const sendOnce = async (
  agent: Agent,
  { baseUrl, credential, limit, limits }: JsonClientOptions,
  request: JsonRequest,
  deadline: Deadline,
): Promise<Result<JsonAnswer, VendorFailure>> => {
  const { status, header, text } = await exchange(agent, urlOf(baseUrl, request), credential, request, deadline)
  const exhaustedMs = noTurnsForMs(status, header, limit.windowMs)
  if (exhaustedMs !== undefined) await limits.exhaust(limit.name, exhaustedMs)
  const id = header(/^x-request-id$/)
  const requestId = id !== undefined && /^[\w.:-]{1,80}$/.test(id) ? id : undefined
  const answer: JsonAnswer = { status, requestId, ...parse(text) }
  if (status >= 500) throw new VendorFault({ kind: 'answered', ...answer })
  if (status < 200 || status > 299) return err({ kind: 'answered', ...answer })
  if (!answer.isJson)
    throw new VendorFault({
      kind: 'unavailable',
      wasSent: true,
      detail: 'It answered with something that is not JSON.',
    })
  return ok(answer)
}

const exchange = async (
  agent: Agent,
  url: URL,
  credential: Secret,
  { method, headers, body }: JsonRequest,
  deadline: Deadline,
) => {
  try {
    const answer = await send(url, {
      dispatcher: agent,
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        authorization: credential.use((plain) => `Bearer ${plain}`),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(deadline.left()))),
    })
    return { status: answer.statusCode, header: headerOf(answer.headers), text: await answer.body.text() }
  } catch (fault) {
    if (fault instanceof ForbiddenAddress) throw fault
    throw new VendorFault({ kind: 'unavailable', wasSent: true, detail: `It could not be reached (${codeOf(fault)}).` })
  }
}

const headerOf =
  (headers: Dispatcher.ResponseData['headers']) =>
  (name: RegExp): string | undefined => {
    const value = Object.entries(headers).find(([key]) => name.test(key.toLowerCase()))?.[1]
    return Array.isArray(value) ? value[0] : value
  }

/** `ECONNREFUSED` and the like; what else a fault says may hold anything. */
const codeOf = (fault: unknown): string => {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return code
  return fault instanceof Error && fault.name === 'TimeoutError' ? 'time-out' : 'broken off'
}

const failureOf = (fault: unknown): Result<JsonAnswer, VendorFailure> => {
  if (fault instanceof VendorFault) return err(fault.failure)
  if (fault instanceof ForbiddenAddress) return err({ kind: 'forbidden-address' })
  if (isBrokenCircuitError(fault)) return unsent('It failed several times in a row and is left alone for a moment.')
  if (fault instanceof BulkheadRejectedError) return unsent('Too many requests are under way already.')
  throw fault
}

const urlOf = (baseUrl: string, { path, query = {} }: JsonRequest): URL => {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

const parse = (text: string): Pick<JsonAnswer, 'body' | 'isJson'> => {
  if (text.trim() === '') return { body: undefined, isJson: true }
  try {
    return { body: JSON.parse(text), isJson: true }
  } catch {
    return { body: undefined, isJson: false }
  }
}
