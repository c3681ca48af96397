import type { Housekeeping, LeftoverKind } from '../../application/ports/housekeeping.ts'
import type { Instant } from '../../domain/time.ts'
import { type Draft, draftOf } from './tables.ts'
import type { TableOwner, World } from './world.ts'

/** Deletes at most so many of what was over, and says how many. */
export type Clearing = (before: Instant, limit: number) => number

/** A clearing of a map, by the moment at which a row is over; undefined: it is not. */
export const clearing =
  <Row>(rows: Map<string, Row>, over: (row: Row) => Instant | undefined): Clearing =>
  (before, limit) => {
    const doomed = [...rows].filter(([, row]) => (over(row) ?? Number.POSITIVE_INFINITY) <= before).slice(0, limit)
    for (const [key] of doomed) rows.delete(key)
    return doomed.length
  }

type ApartKind = Extract<LeftoverKind, 'idempotent-requests' | 'sessions' | 'password-links'>
type TableKind = Exclude<LeftoverKind, ApartKind>

const isApart = (kind: LeftoverKind): kind is ApartKind =>
  kind === 'idempotent-requests' || kind === 'sessions' || kind === 'password-links'

const inDraft = (draft: Draft, kind: TableKind, before: Instant, limit: number): number => {
  const remove = <Table extends 'jobs' | 'events' | 'rings' | 'offers' | 'holdings' | 'agentSyncs' | 'rehearsals', Row>(
    table: Table,
    doomed: readonly Row[],
    keyOf: (row: Row) => string,
  ): number => {
    for (const row of doomed.slice(0, limit)) draft.remove(table, keyOf(row))
    return Math.min(doomed.length, limit)
  }
  const jobs = (state: 'done' | 'given-up') =>
    remove(
      'jobs',
      draft.rows('jobs').filter((job) => job.state === state && job.runAt <= before),
      ({ id }) => id,
    )
  switch (kind) {
    case 'done-jobs':
      return jobs('done')
    case 'given-up-jobs':
      return jobs('given-up')
    case 'live-events':
      return remove(
        'events',
        draft.rows('events').filter(({ at }) => at <= before),
        ({ seq }) => String(seq),
      )
    case 'rings':
      return remove(
        'rings',
        draft.rows('rings').filter(({ at }) => at <= before),
        ({ id }) => id,
      )
    case 'offers':
      return remove(
        'offers',
        draft.rows('offers').filter(({ until }) => until <= before),
        ({ id }) => id,
      )
    case 'ended-holds': {
      const ended = draft.rows('holdings').filter(({ until }) => until !== undefined && until <= before)
      return remove('holdings', ended, ({ owner }) => owner)
    }
    case 'ended-syncs':
      return remove(
        'agentSyncs',
        draft.rows('agentSyncs').filter(({ state, startedAt }) => state !== 'running' && startedAt <= before),
        ({ id }) => id,
      )
    case 'rehearsals':
      return remove(
        'rehearsals',
        draft.rows('rehearsals').filter(({ at }) => at <= before),
        ({ id }) => id,
      )
    case 'suggestions':
      return clearSuggestions(draft, before, limit)
  }
}

const clearSuggestions = (draft: Draft, before: Instant, limit: number): number => {
  let cleared = 0
  for (const told of draft.rows('suggestions')) {
    const [call] = told.map((one) => one.call)
    const kept = told.filter(({ until }) => until > before || cleared++ >= limit)
    if (call === undefined || kept.length === told.length) continue
    if (kept.length === 0) draft.remove('suggestions', call)
    else draft.put('suggestions', call, kept)
  }
  return Math.min(cleared, limit)
}

/** `apart`: what is kept in no table. */
export const memoryHousekeeping = (world: World, apart: { readonly [Kind in ApartKind]: Clearing }): Housekeeping => ({
  clear: async (_scope, kind, before, limit) => {
    if (isApart(kind)) return apart[kind](before, limit)
    let cleared = 0
    for (const owner of ['platform' as const, ...world.companies.keys()]) {
      if (cleared < limit) cleared += await clearOf(world, owner, kind, before, limit - cleared)
    }
    return cleared
  },
})

const clearOf = (world: World, owner: TableOwner, kind: TableKind, before: Instant, limit: number): Promise<number> =>
  world.inTurn(owner, async () => {
    const { draft, close } = draftOf(world.tablesOf(owner), 'write')
    const cleared = inDraft(draft, kind, before, limit)
    world.commit(owner, close())
    return cleared
  })
