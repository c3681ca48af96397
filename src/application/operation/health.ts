import type { CompanyId } from '../../domain/ids.ts'
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts'
import type { Principal } from '../access/authenticate.ts'
import type { SlotCounts } from '../booking/remembered-slots.ts'
import type { Ports } from '../ports/ports.ts'

/** One account of a vendor, by where it is; never by its key. */
export interface AccountHealth {
  readonly address: string
  readonly companies: readonly CompanyId[]
  /** `open`: it failed several times in a row and is left alone for a while. Undefined: it has not answered yet. */
  readonly breaker: 'open' | 'closed' | undefined
}

/** What this process knows of a vendor from asking it lately. */
export interface VendorHealth {
  readonly vendor: string
  readonly accounts: readonly AccountHealth[]
}

/** What an installation stands on. */
export interface Vitals {
  /** The newest migration of the database. Undefined: it does not answer. */
  readonly schema: () => Promise<string | undefined>
  /** `away`: every process keeps for itself what several should share. */
  readonly cache: () => Promise<'own' | 'shared' | 'away'>
  readonly vendors: () => readonly VendorHealth[]
  /** Of the program. */
  readonly version: string
}

export interface QueueHealth {
  readonly jobsWaiting: number
  /** Seconds since the job or delivery that waits longest was due; 0 when none is. */
  readonly oldestJob: number
  readonly oldestDelivery: number
}

export interface CacheHealth extends Partial<SlotCounts> {
  readonly state: Awaited<ReturnType<Vitals['cache']>>
}

export interface HealthCheck {
  readonly name: string
  readonly ok: boolean
  readonly queue?: QueueHealth
  readonly cache?: CacheHealth
  readonly accounts?: readonly (Omit<AccountHealth, 'companies'> & { readonly companies: readonly string[] })[]
  readonly versions?: { readonly application: string; readonly schema: string | undefined }
}

export interface HealthReport {
  /** `degraded`: everything can be done, only less well or later. */
  readonly status: 'ok' | 'degraded' | 'down'
  readonly checks: readonly HealthCheck[]
}

type Needs = Pick<Ports, 'clock' | 'directory' | 'inbox' | 'jobs'> & { readonly slotCounts: () => SlotCounts }

/** Work that is due for longer waits for a worker that is not there. */
const lateAfter = MINUTE

/** Each part and the whole. Of a company are shown its own vendors and no figures, which are of everybody. */
export const health =
  (ports: Needs) =>
  async ({ company }: Pick<Principal, 'company'>, vitals: Vitals): Promise<HealthReport> => {
    const [schema, cache] = await Promise.all([vitals.schema(), vitals.cache()])
    const queue = schema === undefined ? undefined : await queueOf(ports)
    const isOnTime = queue !== undefined && Math.max(queue.oldestJob, queue.oldestDelivery) * SECOND <= lateAfter
    const isPlatform = company === undefined
    const checks: readonly HealthCheck[] = [
      { name: 'database', ok: schema !== undefined },
      { name: 'queue', ok: isOnTime, ...(isPlatform && queue ? { queue } : {}) },
      {
        name: 'cache',
        ok: cache !== 'away',
        cache: { state: cache, ...(isPlatform ? ports.slotCounts() : {}) },
      },
      ...(await vendorChecks(ports, vitals.vendors(), company)),
      { name: 'versions', ok: true, versions: { application: vitals.version, schema } },
    ]
    const status = schema === undefined ? 'down' : checks.every(({ ok }) => ok) ? 'ok' : 'degraded'
    return { status, checks }
  }

const queueOf = async ({ clock, inbox, jobs }: Needs): Promise<QueueHealth> => {
  const now = clock.now()
  const [{ waiting, nextDue }, delivery] = await Promise.all([jobs.tally(), inbox.nextDue()])
  const age = (due: Instant | undefined) => Math.max(0, Math.floor((now - (due ?? now)) / SECOND))
  return { jobsWaiting: waiting, oldestJob: age(nextDue), oldestDelivery: age(delivery) }
}

const vendorChecks = async (
  { directory }: Needs,
  vendors: readonly VendorHealth[],
  company: CompanyId | undefined,
): Promise<readonly HealthCheck[]> => {
  const slugs = new Map((await directory.companies()).map(({ id, slug }) => [id, slug]))
  return vendors.map(({ vendor, accounts }) => {
    const seen = accounts
      .map((one) => ({ ...one, companies: one.companies.filter((id) => company === undefined || id === company) }))
      .filter((one) => company === undefined || one.companies.length > 0)
    return {
      name: vendor,
      ok: seen.every(({ breaker }) => breaker !== 'open'),
      accounts: seen.map((one) => ({ ...one, companies: one.companies.flatMap((id) => slugs.get(id) ?? []) })),
    }
  })
}
