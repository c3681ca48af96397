import type { Inbox } from '../application/ports/inbox.ts'
import type { Ports } from '../application/ports/ports.ts'
import type { Store } from '../application/ports/store.ts'

/** What there is to do: deliveries in the inbox, or jobs. */
export type Work = 'inbox' | 'jobs'

/** The same ports; `wake` is told whenever this process stored a delivery or committed a job. */
export const wakeOnWork = <Given extends Pick<Ports, 'inbox' | 'store'>>(
  ports: Given,
  wake: (work: Work) => void,
): Given => {
  const inbox: Inbox = {
    ...ports.inbox,
    store: async (delivery) => {
      await ports.inbox.store(delivery)
      if (delivery.dueAt !== undefined) wake('inbox')
    },
  }
  const store: Store = {
    ...ports.store,
    transact: async (scope, work) => {
      let enqueued = false
      const result = await ports.store.transact(scope, (tx) => {
        const jobs: typeof tx.jobs = {
          ...tx.jobs,
          enqueue: (job) => {
            enqueued = true
            return tx.jobs.enqueue(job)
          },
        }
        return work({ ...tx, jobs })
      })
      if (enqueued && result.isOk()) wake('jobs')
      return result
    },
  }
  return { ...ports, inbox, store }
}
