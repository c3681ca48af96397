import type { ToolCalls } from '../../application/ports/tool-calls.ts'
import type { CallId } from '../../domain/ids.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

export const toolCallsIn = (draft: Draft): ToolCalls => {
  const ofCall = (call: CallId) =>
    draft
      .rows('toolCalls')
      .filter((one) => one.call === call)
      .toSorted((one, other) => one.at - other.at)
  const same = (call: CallId, fingerprint: string) => ofCall(call).filter((one) => one.fingerprint === fingerprint)
  return {
    add: async (toolCall) => draft.put('toolCalls', toolCall.id, toolCall),
    revise: async (id, answered) => {
      const known = draft.row('toolCalls', id)
      if (known) draft.put('toolCalls', id, { ...known, ...answered })
    },
    lastEffect: async (call, fingerprint, since) =>
      same(call, fingerprint).findLast(({ effect, at }) => effect !== undefined && since <= at),
    count: async (call, fingerprint) => same(call, fingerprint).length,
    last: async (call, fingerprint) => same(call, fingerprint).at(-1),
    list: async (call) => ofCall(call),
    recent: async (name, request) =>
      pageOf(
        draft.rows('toolCalls').filter((one) => one.name === name),
        request,
        'newest-first',
        ({ at, id }) => [at, id],
      ),
    p95: async (from, to) => {
      const sorted = draft
        .rows('toolCalls')
        .filter(({ at }) => from <= at && at < to)
        .map(({ ms }) => ms)
        .toSorted((one, other) => one - other)
      return sorted[Math.ceil(sorted.length * 0.95) - 1]
    },
  }
}
