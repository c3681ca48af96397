import { ok } from 'neverthrow'
import type { CompanyId } from '../../domain/ids.ts'
import { after, HOUR, type Instant, MINUTE } from '../../domain/time.ts'
import { watchKey } from '../agents/watch-numbers.ts'
import { grantCompany } from '../grant-scope.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { Ports } from '../ports/ports.ts'
import { reconcileCallsKey, reconcileCallsNow } from './reconcile-calls.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'clock' | 'directory' | 'voiceAccounts' | 'mailer'>

const watcher = (company: CompanyId) => grantCompany(company, { kind: 'job', name: 'watch' })

/**
 * From now on it is looked how Retell has the company's numbers, and for calls that nobody told of. Saying it again changes
 * nothing. False: the company has no account that could be asked.
 */
const queueWatching = async (
  { store, ids, clock, directory, voiceAccounts }: Needs,
  company: CompanyId,
  inMs: number,
): Promise<boolean> => {
  const profile = await directory.profile(company)
  const account = profile && (await voiceAccounts.of(profile))
  if (!account) return false
  const now = clock.now()
  const first = { payload: {}, runAt: after(now, inMs), createdAt: now } as const
  await store.transact(watcher(company), async (tx) => {
    await tx.jobs.enqueue({ ...first, id: ids.next('job'), kind: 'calls-reconcile', key: reconcileCallsKey })
    await tx.jobs.enqueue({ ...first, id: ids.next('job'), kind: 'agents-watch', key: watchKey })
    return ok()
  })
  return true
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

/**
 * The same work, before which it is seen to, at first and then every hour, that every company is watched, and that calls
 * without an end are closed also where nobody could be asked for it.
 */
export const watchingAll = (ports: Needs, workJobs: JobWorker['workJobs']): JobWorker['workJobs'] => {
  let lookedAt: Instant | undefined
  const lookAt = async (company: CompanyId, now: Instant): Promise<void> => {
    if (!(await queueWatching(ports, company, 5 * MINUTE))) await reconcileCallsNow(ports)(watcher(company), now)
  }
  return async (limit) => {
    const now = ports.clock.now()
    if (lookedAt === undefined || now >= after(lookedAt, HOUR)) {
      lookedAt = now
      for (const { id } of await ports.directory.companies()) {
        // One that cannot be opened keeps neither the others nor any other work.
        await lookAt(id, now).catch(() => undefined)
      }
    }
    return workJobs(limit)
  }
}
