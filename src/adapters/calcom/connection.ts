import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import type { JsonAnswer, JsonClient, JsonRequest, VendorFailure } from '../vendor/json-client.ts'
import { calendarFailure } from './failures.ts'
import type { EndpointGroup, Versions } from './versions.ts'

export interface CalcomRequest extends Omit<JsonRequest, 'headers'> {
  /** Whose version goes with it. Undefined: the address has none. */
  readonly group?: EndpointGroup
  /** In place of the version of the connection. */
  readonly version?: string
}

/** One account of Cal.com, asked in the versions of one company. */
export interface Connection {
  /** Names the account without being its key. */
  readonly name: string
  readonly versions: Versions
  readonly ask: (request: CalcomRequest) => Promise<Result<JsonAnswer, VendorFailure>>
}

export const connectionOf = (name: string, client: JsonClient, versions: Versions): Connection => ({
  name,
  versions,
  ask: ({ group, version, ...request }) => {
    const chosen = version ?? (group && versions(group))
    return client.ask(chosen === undefined ? request : { ...request, headers: { 'cal-api-version': chosen } })
  },
})

/** The `data` of an answer. One of another shape than asked for comes from another version than asked for. */
export const dataOf = <Schema extends z.ZodType>(
  schema: Schema,
  { body }: JsonAnswer,
  { method, group }: CalcomRequest,
): Result<z.output<Schema>, CalendarFailure> => {
  const parsed = z.looseObject({ data: schema }).safeParse(body)
  if (parsed.success) return ok(parsed.data.data as z.output<Schema>)
  if (body === undefined) return err({ kind: 'unreachable', detail: 'Cal.com answered with nothing.' })
  const setting = group === undefined ? 'base_url' : `api_versions.${group}`
  return err({
    // What was told may have been done, whatever the answer looks like.
    kind: method === 'GET' ? 'misconfigured' : 'unreachable',
    detail: `Cal.com answered in a shape that is not known here. Look at ${setting} of the calendar.`,
  })
}

/** Asks, and reads the `data` of the answer. */
export const askFor = async <Schema extends z.ZodType>(
  { ask }: Connection,
  schema: Schema,
  request: CalcomRequest,
): Promise<Result<z.output<Schema>, CalendarFailure>> => {
  const answer = await ask(request)
  if (answer.isErr()) return err(calendarFailure(answer.error))
  return dataOf(schema, answer.value, request)
}
