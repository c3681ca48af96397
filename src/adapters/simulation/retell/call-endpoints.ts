import type { JsonObject } from '../../../domain/canonical-json.ts'
import { done, malformed, noSuchAsset, pageOf } from './answers.ts'
import type { EndpointEntry } from './endpoint.ts'
import { callFilter } from './filter-calls.ts'
import { showListedCall } from './show.ts'

const startOf = ({ start_timestamp: start }: JsonObject): number => (typeof start === 'number' ? start : 0)
const idOf = ({ call_id: id }: JsonObject): string => String(id)

const list: EndpointEntry['act'] = ({ account, body }) => {
  const { filter_criteria, limit, pagination_key: cursor, skip, sort_order: order, include_total: total } = body
  if (cursor !== undefined && skip !== undefined) return malformed('pagination_key and skip must not be used together')
  const matches = callFilter(filter_criteria)
  if (typeof matches === 'string') return malformed(matches)
  const calls = [...account.calls.values()].filter(matches).toSorted((one, other) => startOf(one) - startOf(other))
  const skipped = typeof skip === 'number' ? skip : 0
  const rest = order === 'ascending' ? calls.slice(skipped) : calls.slice(0, calls.length - skipped)
  return pageOf(rest, { limit, cursor, order }, idOf, showListedCall).andThen((page) =>
    done(total === true ? { ...page, total: calls.length } : page),
  )
}

export const callEndpoints: readonly EndpointEntry[] = [
  { name: 'list-calls', method: 'POST', path: /^\/v3\/list-calls$/, act: list },
  {
    name: 'get-call',
    method: 'GET',
    path: /^\/v2\/get-call\/([^/]+)$/,
    act: ({ account, id }) => {
      const call = account.calls.get(id)
      return call ? done(call) : noSuchAsset()
    },
  },
  {
    name: 'delete-call',
    method: 'DELETE',
    path: /^\/v2\/delete-call\/([^/]+)$/,
    act: ({ account, id }) => (account.calls.delete(id) ? done(undefined, 204) : noSuchAsset()),
  },
]
