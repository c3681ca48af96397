import { ok } from 'neverthrow'
import type { CompanyId } from '../../domain/ids.ts'
import { after, HOUR, type Instant, MINUTE } from '../../domain/time.ts'
import { watchKey } from '../agents/watch-numbers.ts'
import { grantCompany } from '../grant-scope.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { Ports } from '../ports/ports.ts'
import { reconcileCallsKey } from './reconcile-calls.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'clock' | 'directory' | 'voiceAccounts'>

/** From now on it is looked how Retell has the company's numbers, and for calls that nobody told of. Saying it again changes nothing. */
const queueWatching = async (
  { store, ids, clock, directory, voiceAccounts }: Needs,
  company: CompanyId,
  inMs: number,
): Promise<void> => {
  const profile = await directory.profile(company)
  if (!profile) return
  const hasAccount = (await voiceAccounts.of(profile)) !== undefined
  const now = clock.now()
  const first = { payload: {}, runAt: after(now, inMs), createdAt: now } as const
  await store.transact(grantCompany(company, { kind: 'job', name: 'watch' }), async (tx) => {
    const calls = { id: ids.next('job'), kind: 'calls-reconcile', key: reconcileCallsKey } as const
    await tx.jobs.enqueue({ ...first, ...calls })
    if (hasAccount) await tx.jobs.enqueue({ ...first, id: ids.next('job'), kind: 'agents-watch', key: watchKey })
    return ok()
  })
}

/** The same companies; one that is written is watched from then on. */
export const watchedOnceWritten = (ports: Needs & Pick<Ports, 'companies'>): Ports['companies'] => ({
  ...ports.companies,
  write: async (...given) => {
    const written = await ports.companies.write(...given)
    if (written.isOk()) await queueWatching(ports, written.value.id, MINUTE)
    return written
  },
})

/** The same work, before which it is seen to, at first and then every hour, that every company is watched. */
export const watchingAll = (ports: Needs, workJobs: JobWorker['workJobs']): JobWorker['workJobs'] => {
  let lookedAt: Instant | undefined
  return async (limit) => {
    const now = ports.clock.now()
    if (lookedAt === undefined || now >= after(lookedAt, HOUR)) {
      lookedAt = now
      for (const { id } of await ports.directory.companies()) {
        // One that cannot be opened keeps neither the others nor any other work.
        await queueWatching(ports, id, 5 * MINUTE).catch(() => undefined)
      }
    }
    return workJobs(limit)
  }
}
