import { err, ok, type Result } from 'neverthrow'
import type { Clock } from '../../application/ports/ambient.ts'
import type { NewLiveEvent } from '../../application/ports/events.ts'
import type { CompanyTx, Store } from '../../application/ports/store.ts'
import { sqlAgentSyncs } from './agent-syncs.ts'
import { sqlAgents } from './agents.ts'
import { sqlAlerts } from './alerts.ts'
import { sqlAppointments } from './appointments.ts'
import { sqlAudit } from './audit.ts'
import type { Bell } from './bell.ts'
import { sqlBlockedTimes } from './blocked-times.ts'
import { sqlCalendarBookings } from './calendar-bookings.ts'
import { sqlCallbacks } from './callbacks.ts'
import { sqlCalls } from './calls.ts'
import { sqlCustomers } from './customers.ts'
import type { Engine, Trx } from './engine.ts'
import { sqlFeeds } from './feeds.ts'
import { sqlJobs } from './jobs.ts'
import { writeLiveEvents } from './live-events.ts'
import { sqlOccupancy } from './occupancy.ts'
import { sqlOffers } from './offers.ts'
import { sqlRehearsals } from './rehearsals.ts'
import { sqlReleases } from './releases.ts'
import { sqlRings } from './rings.ts'
import type { Seals } from './sealing.ts'
import { sqlSeenNumbers } from './seen-numbers.ts'
import { sqlSuggestions } from './suggestions.ts'
import { type TenantDb, tenantDb } from './tenant-db.ts'
import { sqlToolCalls } from './tool-calls.ts'
import { sqlWishes } from './wishes.ts'

/** Carries an `Err` out of a transaction, for Kysely commits whatever its callback returns. */
class RolledBack<E> extends Error {
  override readonly name = 'RolledBack'
  readonly failure: E

  constructor(failure: E) {
    super('Rolled back')
    this.failure = failure
  }
}

/** The unit of work over one database. Whoever waits at the bell in this process is told at once. */
export const sqlStore = (engine: Engine, seals: Seals, clock: Clock, { ring }: Pick<Bell, 'ring'>): Store => {
  const dbOf = (trx: Trx, { company }: { readonly company: TenantDb['company'] }, mode: 'read' | 'write') =>
    tenantDb(trx, engine.dialect, company, mode)

  return {
    transact: async <T, E>(
      scope: { readonly company: TenantDb['company'] },
      work: (tx: CompanyTx) => Promise<Result<T, E>>,
    ): Promise<Result<T, E>> => {
      let rolledBack: RolledBack<E> | undefined
      try {
        const { value, told } = await engine.asCompany(scope.company, async (trx) => {
          const db = dbOf(trx, scope, 'write')
          const published: NewLiveEvent[] = []
          const result = await work(txOver(db, seals, (event) => published.push(event)))
          if (result.isErr()) {
            rolledBack = new RolledBack(result.error)
            throw rolledBack
          }
          await writeLiveEvents(trx, db, published, clock.now())
          return { value: result.value, told: published.length > 0 }
        })
        if (told) ring(scope.company)
        return ok(value)
      } catch (fault) {
        if (rolledBack !== undefined && fault === rolledBack) return err(rolledBack.failure)
        throw fault
      }
    },
    read: (scope, work) =>
      engine.readAsCompany(scope.company, (trx) =>
        work(
          txOver(dbOf(trx, scope, 'read'), seals, () => {
            throw new Error('A reading cannot publish')
          }),
        ),
      ),
  }
}

const txOver = (db: TenantDb, seals: Seals, publish: CompanyTx['publish']): CompanyTx => {
  const seal = seals.of(db.company)
  return {
    calls: sqlCalls(db, seal),
    rings: sqlRings(db, seal),
    toolCalls: sqlToolCalls(db, seal),
    customers: sqlCustomers(db, seal),
    appointments: sqlAppointments(db, seal),
    offers: sqlOffers(db, seal),
    suggestions: sqlSuggestions(db, seal),
    occupancy: sqlOccupancy(db, seal),
    blockedTimes: sqlBlockedTimes(db, seal),
    calendarBookings: sqlCalendarBookings(db, seal),
    callbacks: sqlCallbacks(db, seal),
    wishes: sqlWishes(db, seal),
    feeds: sqlFeeds(db),
    agents: sqlAgents(db, seal),
    agentSyncs: sqlAgentSyncs(db, seal),
    releases: sqlReleases(db, seal),
    seenNumbers: sqlSeenNumbers(db, seal),
    rehearsals: sqlRehearsals(db, seal),
    jobs: sqlJobs(db, seals.platform),
    alerts: sqlAlerts(db, seal),
    audit: sqlAudit(db, seals),
    publish,
  }
}
