import { err, ok, type Result } from 'neverthrow'
import type { Json, JsonObject } from '../../../domain/canonical-json.ts'

/** What goes back over the wire. Undefined: nothing, as after publishing; a text is sent as it is, as pages of proxies are. */
export interface RetellAnswer {
  readonly status: number
  readonly body: JsonObject | string | undefined
}

/** A refusal, with the sentence that Retell says. */
export interface RetellFailure {
  readonly status: number
  readonly message: string
}

export type EndpointAnswer = Result<RetellAnswer, RetellFailure>

export const done = (body: JsonObject | undefined, status = 200): EndpointAnswer => ok({ status, body })
export const no = (status: number, message: string) => err<never, RetellFailure>({ status, message })

/** Of every unknown id but that of an address (errors.json). */
export const noSuchAsset = () => no(422, 'Cannot find requested asset under given api key.')
export const malformed = (what: string) => no(400, `Invalid request format, please check API reference. ${what}`)

export const refusal = ({ status, message }: RetellFailure): RetellAnswer => ({
  status,
  body: { status: 'error', message },
})

export interface PageWish {
  readonly limit: Json | undefined
  readonly cursor: Json | undefined
  readonly order: Json | undefined
}

/** `{items, has_more, pagination_key}` of what is sorted oldest first; descending unless asked otherwise, 50 to a page. */
export const pageOf = <Entry>(
  oldestFirst: readonly Entry[],
  { limit = 50, cursor, order = 'descending' }: PageWish,
  idOf: (entry: Entry) => string,
  show: (entry: Entry) => JsonObject,
): Result<JsonObject, RetellFailure> => {
  const most = Number(limit)
  if (!Number.isInteger(most) || most < 1 || most > 1000) return malformed('limit must be >= 1 and <= 1000')
  if (order !== 'ascending' && order !== 'descending') return malformed('sort_order must be ascending or descending')
  const sorted = order === 'ascending' ? oldestFirst : oldestFirst.toReversed()
  const from = cursor === undefined ? 0 : sorted.findIndex((entry) => idOf(entry) === cursor) + 1
  if (cursor !== undefined && from === 0) return malformed('pagination_key is invalid')
  const entries = sorted.slice(from, from + most)
  const last = entries.at(-1)
  const hasMore = last !== undefined && from + most < sorted.length
  return ok({ items: entries.map(show), has_more: hasMore, ...(hasMore ? { pagination_key: idOf(last) } : {}) })
}
