import { err, ok, type Result } from 'neverthrow'
import { Agent, type Dispatcher, request as send } from 'undici'
import type { RealTime } from '../../application/ports/ambient.ts'
import type {
  OutsideAnswer,
  OutsideFailure,
  OutsideRequest,
  OutsideTools,
} from '../../application/ports/outside-tools.ts'
import { ForbiddenAddress, guardedConnector } from './address-guard.ts'

const usualTimeoutMs = 10_000
const connectTimeoutMs = 4_000
/** What Retell gives its language model of an answer (custom function, "result capped at 15 000 characters"). */
const mostCharacters = 15_000
const largestAnswer = 1_000_000
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies readonly Dispatcher.HttpMethod[]

export interface OutsideToolsOptions {
  /** Whether loopback and private networks may be asked. */
  readonly allowPrivate: boolean
  readonly realTime: RealTime
  /** For all of an answer, in milliseconds; 10,000 when not given. */
  readonly timeoutMs?: number | undefined
}

/** Asks addresses that stand in agents' configurations: guarded as vendors are, and with no credential of ours. */
export const outsideTools = ({
  allowPrivate,
  realTime,
  timeoutMs = usualTimeoutMs,
}: OutsideToolsOptions): OutsideTools & { close: () => Promise<void> } => {
  const agent = new Agent({
    connect: guardedConnector(allowPrivate, connectTimeoutMs),
    connections: 4,
    maxResponseSize: largestAnswer,
  })

  const call = async ({
    method,
    url,
    headers,
    body,
  }: OutsideRequest): Promise<Result<OutsideAnswer, OutsideFailure>> => {
    const known = methods.find((one) => one === method.toUpperCase())
    if (!known || !URL.canParse(url)) return err({ kind: 'unreachable', detail: 'The address or the method is none.' })
    const measure = realTime.measure()
    try {
      const answer = await send(url, {
        dispatcher: agent,
        method: known,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await answer.body.text()
      return ok({
        status: answer.statusCode,
        ms: measure(),
        body: text.slice(0, mostCharacters),
        isCut: text.length > mostCharacters,
      })
    } catch (fault) {
      if (fault instanceof ForbiddenAddress) return err({ kind: 'forbidden' })
      return err({ kind: 'unreachable', detail: detailOf(fault) })
    }
  }

  return {
    call,
    reach: async (url) => {
      const answer = await call({ method: 'OPTIONS', url, headers: {}, body: undefined })
      return answer.map(() => undefined)
    },
    close: () => agent.close(),
  }
}

/** `ECONNREFUSED` and the like; what else a fault says may hold anything. */
const detailOf = (fault: unknown): string => {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  if (fault instanceof Error && fault.name === 'TimeoutError') return 'It did not answer within ten seconds.'
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)
    ? `It could not be reached (${code}).`
    : 'The connection broke off.'
}
