import type { BlockedTimes } from '../../application/ports/blocked-times.ts'
import type { BlockedTime } from '../../domain/booking/blocked-time.ts'
import type { Instant } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

const touches = (one: BlockedTime, from: Instant | undefined, to: Instant | undefined): boolean =>
  (from === undefined || from < one.endsAt) && (to === undefined || one.startsAt < to)

export const blockedTimesIn = (draft: Draft): BlockedTimes => ({
  find: async (id) => draft.row('blockedTimes', id),
  add: async (blocked) => {
    if (draft.row('blockedTimes', blocked.id)) throw new Error('A blocked time of this id is there already')
    draft.put('blockedTimes', blocked.id, blocked)
  },
  remove: async (id) => {
    const there = draft.row('blockedTimes', id) !== undefined
    draft.remove('blockedTimes', id)
    return there
  },
  between: async (from, to) =>
    draft
      .rows('blockedTimes')
      .filter((one) => touches(one, from, to))
      .toSorted((one, other) => one.startsAt - other.startsAt || (one.id < other.id ? -1 : 1)),
  list: async ({ from, to, ...request }) =>
    pageOf(
      draft.rows('blockedTimes').filter((one) => touches(one, from, to)),
      request,
      'oldest-first',
      ({ startsAt, id }) => [startsAt, id],
    ),
})
