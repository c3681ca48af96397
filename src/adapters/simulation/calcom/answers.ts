import type { Json, JsonObject } from '../../../domain/canonical-json.ts'
import type { Instant } from '../../../domain/time.ts'

/** What goes back over the wire. A text is sent as it is, as the pages of proxies are. */
export interface CalcomAnswer {
  readonly status: number
  readonly body: JsonObject | string
}

export interface CalcomRequest {
  readonly method: string
  /** Without the query, beginning with `/v2`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: JsonObject
  /** The `cal-api-version` that counts: an unknown one and none are `2024-04-15`. */
  readonly version: string
  /** The account of the key; undefined without one. */
  readonly account: number | undefined
}

export const done = (data: Json, status = 200): CalcomAnswer => ({ status, body: { status: 'success', data } })

const names: { readonly [status: number]: readonly [exception: string, error: string] } = {
  400: ['BadRequestException', 'Bad Request'],
  401: ['UnauthorizedException', 'Unauthorized'],
  403: ['ForbiddenException', 'Forbidden'],
  404: ['NotFoundException', 'Not Found'],
  409: ['ConflictException', 'Conflict'],
  422: ['UnprocessableEntityException', 'Unprocessable Entity'],
}

/** A refusal before it is known when and where, for both are in the envelope. */
export interface CalcomFailure {
  readonly status: number
  readonly message: string
  /** The machine's word for it. With one, the other of the two envelopes is used. */
  readonly code?: string
  readonly details?: JsonObject
}

export const no = (status: number, message: string, code?: string): CalcomFailure => ({
  status,
  message,
  ...(code === undefined ? {} : { code }),
})

/** What the validation of a body says. */
export const malformed = (...faults: readonly (readonly [property: string, fault: string])[]): CalcomFailure => ({
  status: 400,
  message: 'Bad Request Exception',
  details: {
    errors: faults.map(([property, fault]) => ({ property, children: [], constraints: { isInvalid: fault } })),
  },
})

const envelope = ({ status, message, code, details }: CalcomFailure, path: string, now: Instant): JsonObject => {
  const [exception, error] = names[status] ?? ['HttpException', 'Error']
  const timestamp = new Date(now).toISOString()
  const more = details ?? { message, error, statusCode: status }
  if (code === undefined) {
    return { status: 'error', timestamp, path, error: { code: exception, message, details: more } }
  }
  const name = `${error.toLowerCase().replaceAll(' ', '_')}_error`
  return {
    statusCode: status,
    message: code,
    status: 'error',
    timestamp,
    path,
    error: { code: name, message, details: more },
  }
}

export const refusal = (failure: CalcomFailure, path: string, now: Instant): CalcomAnswer => ({
  status: failure.status,
  body: envelope(failure, path, now),
})

/** As Nest answers for what it does not serve in the version asked for. */
export const noSuchPath = ({ method, path }: Pick<CalcomRequest, 'method' | 'path'>): CalcomFailure =>
  no(404, `Cannot ${method} ${path}`)
