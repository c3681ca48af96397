import type { CallbackQuery, Callbacks } from '../../application/ports/callbacks.ts'
import type { Wishes } from '../../application/ports/wishes.ts'
import type { ServiceId } from '../../domain/ids.ts'
import { type Callback, isOverdue, isStanding } from '../../domain/reception/callback.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

const isWanted = (one: Callback, { states, kind, branch, priority, overdue }: CallbackQuery): boolean =>
  (states === undefined || states.includes(one.state)) &&
  (kind === undefined || one.kind === kind) &&
  (branch === undefined || one.branch === branch) &&
  (priority === undefined || one.priority === priority) &&
  (overdue === undefined || isOverdue(one, overdue.at) === overdue.is)

const oldestFirst = (
  one: { readonly createdAt: number; readonly id: string },
  other: { readonly createdAt: number; readonly id: string },
): number => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)

export const callbacksIn = (draft: Draft): Callbacks => {
  const wanted = (query: CallbackQuery) => draft.rows('callbacks').filter((one) => isWanted(one, query))
  return {
    find: async (id) => draft.row('callbacks', id),
    open: async (id) => draft.row('callbacks', id),
    add: async (callback) => {
      if (draft.row('callbacks', callback.id)) throw new Error('A callback of this id is there already')
      draft.put('callbacks', callback.id, callback)
    },
    save: async (callback) => draft.put('callbacks', callback.id, callback),
    ofCall: async (call) =>
      draft
        .rows('callbacks')
        .filter(({ callId }) => callId === call)
        .toSorted(oldestFirst),
    list: async (query) => pageOf(wanted(query), query, 'newest-first', ({ createdAt, id }) => [createdAt, id]),
    listByDue: async (query) => pageOf(wanted(query), query, 'oldest-first', ({ dueBy, id }) => [dueBy, id]),
    tally: async (now) => {
      const standing = draft.rows('callbacks').filter(isStanding)
      return { standing: standing.length, overdue: standing.filter((one) => isOverdue(one, now)).length }
    },
  }
}

export const wishesIn = (draft: Draft): Wishes => ({
  put: async (wish) => draft.put('wishes', wish.id, wish),
  remove: async (id) => draft.remove('wishes', id),
  ofCall: async (call) =>
    draft
      .rows('wishes')
      .filter(({ callId }) => callId === call)
      .toSorted(oldestFirst),
  list: async ({ branch, service, from, to, ...request }) =>
    pageOf(
      draft
        .rows('wishes')
        .filter(
          (one) =>
            (branch === undefined || one.branch === branch) &&
            (service === undefined || one.service === service) &&
            (from === undefined || one.createdAt >= from) &&
            (to === undefined || one.createdAt < to),
        ),
      request,
      'newest-first',
      ({ createdAt, id }) => [createdAt, id],
    ),
  tally: async (since) => {
    const counts = new Map<ServiceId | undefined, number>()
    for (const { service, createdAt } of draft.rows('wishes')) {
      if (createdAt >= since) counts.set(service, (counts.get(service) ?? 0) + 1)
    }
    return [...counts]
      .map(([service, count]) => ({ service, count }))
      .toSorted((one, other) => other.count - one.count || ((one.service ?? '~') < (other.service ?? '~') ? -1 : 1))
  },
})
