import type { CompanyId } from '../../domain/ids.ts'
import type { RealTime } from '../ports/ambient.ts'
import type { JobWorker } from './work-jobs.ts'

const lookEveryMs = 100

/**
 * Has the job of this key done at once, or waits for whoever does it, for so many milliseconds of real time. What `look`
 * sees is the answer as soon as it is over, and whatever it sees when the time is.
 */
export const seeJob =
  (realTime: RealTime, worker: Pick<JobWorker, 'workNow'>) =>
  async <T>(
    job: { readonly company: CompanyId; readonly key: string },
    look: () => Promise<T>,
    isOver: (seen: T) => boolean,
    patienceMs: number,
  ): Promise<T> => {
    const deadline = realTime.deadlineIn(patienceMs)
    for (;;) {
      const worked = worker.workNow(job.company, job.key)
      // The work itself goes on when nobody waits any more, and a fault in it is the job's.
      worked.catch(() => undefined)
      await deadline.within(worked.catch(() => undefined))
      const now = await look()
      if (isOver(now) || deadline.left() === 0) return now
      await realTime.deadlineIn(lookEveryMs).within(new Promise<never>(() => {}))
    }
  }
