import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../../application/ports/ambient.ts'
import type { NewLiveEvent } from '../../application/ports/events.ts'
import type { CompanyTx, Store } from '../../application/ports/store.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { agentSyncsIn } from './agent-syncs.ts'
import { agentsIn } from './agents.ts'
import { alertsIn } from './alerts.ts'
import { auditIn } from './audit.ts'
import { blockedTimesIn } from './blocked-times.ts'
import { appointmentsIn, occupancyIn, offersIn, suggestionsIn } from './booking.ts'
import { calendarBookingsIn } from './calendar-bookings.ts'
import { callsIn, ringsIn } from './calls.ts'
import { customersIn } from './customers.ts'
import { feedsIn } from './feeds.ts'
import { jobsIn } from './jobs.ts'
import { callbacksIn, wishesIn } from './reception.ts'
import { rehearsalsIn } from './rehearsals.ts'
import { releasesIn } from './releases.ts'
import { seenNumbersIn } from './seen-numbers.ts'
import { type Draft, draftOf } from './tables.ts'
import { toolCallsIn } from './tool-calls.ts'
import type { World } from './world.ts'

interface Running {
  readonly world: World
  readonly company: CompanyId
  open: boolean
}

/** One for all stores: Node goes through every one that was ever used whenever a promise is made, and forgets none. */
const running = new AsyncLocalStorage<Running>()

/**
 * Transactions of one company run one after another; a reading sees what was committed when it began and waits for
 * nobody. A transaction begun inside another of the same company would wait for itself and is refused.
 */
export const memoryStore = (world: World, clock: Clock): Store => {
  const txOver = (company: CompanyId, draft: Draft, publish: (event: NewLiveEvent) => void): CompanyTx => ({
    calls: callsIn(draft, () => world.companies.get(company)?.profile.company.country),
    rings: ringsIn(draft),
    toolCalls: toolCallsIn(draft),
    customers: customersIn(draft),
    appointments: appointmentsIn(draft),
    offers: offersIn(draft),
    suggestions: suggestionsIn(draft),
    occupancy: occupancyIn(draft),
    blockedTimes: blockedTimesIn(draft),
    calendarBookings: calendarBookingsIn(draft),
    callbacks: callbacksIn(draft),
    wishes: wishesIn(draft),
    feeds: feedsIn(draft),
    agents: agentsIn(draft, company),
    agentSyncs: agentSyncsIn(draft),
    releases: releasesIn(draft),
    seenNumbers: seenNumbersIn(draft),
    rehearsals: rehearsalsIn(draft),
    jobs: jobsIn(draft, company),
    alerts: alertsIn(draft),
    audit: auditIn(draft),
    publish,
  })

  return {
    transact: async ({ company }, work) => {
      const around = running.getStore()
      if (around?.open && around.world === world && around.company === company)
        throw new Error('A transaction was begun inside another')
      return world.inTurn(company, async () => {
        const { draft, close } = draftOf(world.tablesOf(company), 'write')
        const mine: Running = { world, company, open: true }
        const published: NewLiveEvent[] = []
        try {
          const result = await running.run(mine, () => work(txOver(company, draft, (event) => published.push(event))))
          if (result.isOk()) {
            let seq = world.told.get(company) ?? 0
            const at = clock.now()
            for (const event of published) {
              seq += 1
              draft.put('events', String(seq), { ...event, seq, at })
            }
            world.told.set(company, seq)
            world.commit(company, close())
          }
          return result
        } finally {
          mine.open = false
          close()
        }
      })
    },
    read: async ({ company }, work) => {
      const { draft, close } = draftOf(world.tablesOf(company), 'read')
      const refuse = () => {
        throw new Error('A reading cannot write')
      }
      try {
        return await work(txOver(company, draft, refuse))
      } finally {
        close()
      }
    },
  }
}
