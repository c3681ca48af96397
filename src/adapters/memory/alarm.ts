import type { Alarm, NewAlert, SecurityEvent } from '../../application/ports/alarm.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { alertOf, alertsIn, placeOfAlert } from './alerts.ts'
import { keep } from './keep.ts'
import { pageOf } from './page.ts'
import { draftOf, type Tables } from './tables.ts'
import type { World } from './world.ts'

export const memoryAlarm = (world: World, companies: () => readonly CompanyId[]): Alarm => {
  const securityEvents: SecurityEvent[] = []

  const raise = async (tables: Tables, alert: NewAlert): Promise<Tables> => {
    const { draft, close } = draftOf(tables, 'write')
    await alertsIn(draft).raise(alert)
    return close()
  }

  return {
    security: async (event) => {
      securityEvents.push(keep(event))
    },
    alert: (company, alert) => {
      const owner = company ?? 'platform'
      return world.inTurn(owner, async () => world.commit(owner, await raise(world.tablesOf(owner), alert)))
    },
    resolve: (company, key, now) => {
      const owner = company ?? 'platform'
      return world.inTurn(owner, async () => {
        const { draft, close } = draftOf(world.tablesOf(owner), 'write')
        const resolved = await alertsIn(draft).resolveKey(key, now)
        world.commit(owner, close())
        return resolved
      })
    },
    securityEvents: async (_scope, query) => pageOf(securityEvents, query, 'newest-first', ({ at, id }) => [at, id]),
    securityEventsOf: async ({ company }, query) => {
      const own = securityEvents.filter((event) => event.company === company)
      return pageOf(own, query, 'newest-first', ({ at, id }) => [at, id])
    },
    alerts: async (_scope, query) => {
      const of = (company: CompanyId | undefined, tables: Tables) =>
        [...tables.alerts.values()].map((row) => ({ ...alertOf(row), company }))
      const all = [
        of(undefined, world.tablesOf('platform')),
        ...companies().map((company) => of(company, world.tablesOf(company))),
      ]
      return pageOf(all.flat(), query, 'newest-first', placeOfAlert)
    },
  }
}
