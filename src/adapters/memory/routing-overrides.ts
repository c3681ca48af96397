import type { RoutingOverrides } from '../../application/ports/routing-overrides.ts'
import type { CompanyScope } from '../../application/scope.ts'
import { stands } from '../../domain/calling/routing.ts'
import { instant } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import { type Draft, draftOf } from './tables.ts'
import type { World } from './world.ts'

export const memoryRoutingOverrides = (world: World): RoutingOverrides => {
  const change = <T>({ company }: CompanyScope, work: (draft: Draft) => T): Promise<T> =>
    world.inTurn(company, async () => {
      const { draft, close } = draftOf(world.tablesOf(company), 'write')
      const done = work(draft)
      world.commit(company, close())
      return done
    })

  return {
    set: (scope, override) =>
      change(scope, (draft) => {
        if (draft.row('routingOverrides', override.id)) throw new Error('An override of this id is there already')
        const before = draft
          .rows('routingOverrides')
          .filter((one) => one.number === override.number && stands(one, override.createdAt))
        for (const one of before) draft.put('routingOverrides', one.id, { ...one, endsAt: override.createdAt })
        draft.put('routingOverrides', override.id, override)
      }),
    end: (scope, id, at) =>
      change(scope, (draft) => {
        const found = draft.row('routingOverrides', id)
        if (!found) return undefined
        const ended = { ...found, endsAt: instant(Math.min(found.endsAt, at)) }
        draft.put('routingOverrides', id, ended)
        return ended
      }),
    list: async ({ company }, { number, at, ...request }) =>
      pageOf(
        [...world.tablesOf(company).routingOverrides.values()].filter(
          (one) => (number === undefined || one.number === number) && (at === undefined || stands(one, at)),
        ),
        request,
        'newest-first',
        ({ createdAt, id }) => [createdAt, id],
      ),
  }
}
