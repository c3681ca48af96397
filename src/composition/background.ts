import type { FastifyBaseLogger } from 'fastify'
import { realTime } from '../adapters/timing/real-time.ts'
import type { Application } from '../application/application.ts'
import type { Work } from './wake-on-work.ts'

export interface Background {
  /** There may be such work. */
  readonly wake: (work: Work) => void
  /** Lets the work in hand end, then stops. */
  readonly stop: () => Promise<void>
}

interface Loop extends Pick<Background, 'stop'> {
  readonly wake: () => void
}

/** Work of other processes, and retries, are found by looking this often. */
const lookEveryMs = 500
const deliveriesAtOnce = 100
/** Few, for a job may wait for another machine. */
const jobsAtOnce = 8
/** While the jobs of one look wait for another machine, the next look takes others, up to so many looks. */
const looksForJobs = 4

type Log = Pick<FastifyBaseLogger, 'error'>

/**
 * Works the inbox and the jobs off as long as it runs, apart from each other: a slow mail server keeps no call waiting. A
 * fault is logged and tried again; it never ends the work.
 */
export const startBackground = (app: Pick<Application, 'workInbox' | 'workJobs'>, log: Log): Background => {
  const inbox = async () => {
    const { processed, postponed, dead } = await app.workInbox(deliveriesAtOnce)
    return processed + postponed + dead === deliveriesAtOnce
  }
  const jobs = async () => {
    const { done, postponed, givenUp } = await app.workJobs(jobsAtOnce)
    return done + postponed + givenUp === jobsAtOnce
  }
  const loops: { readonly [Kind in Work]: Loop } = {
    inbox: loopOf(logged(inbox, 'inbox work failed', log), 1),
    jobs: loopOf(logged(jobs, 'jobs failed', log), looksForJobs),
  }
  return {
    wake: (work) => loops[work].wake(),
    stop: async () => {
      await Promise.all([loops.inbox.stop(), loops.jobs.stop()])
    },
  }
}

/** Never rejects; after a fault there is nothing more at once. */
const logged = (work: () => Promise<boolean>, whenItFails: string, log: Log) => (): Promise<boolean> =>
  work().catch((fault: unknown) => {
    const { name, message } = fault instanceof Error ? fault : { name: 'unknown', message: '' }
    log.error({ err: { name, message } }, whenItFails)
    return false
  })

/** `work` says whether there is more at once. It is begun again beside itself, up to `atOnce` times, while it is slow. */
const loopOf = (work: () => Promise<boolean>, atOnce: number): Loop => {
  const looks = new Set<Promise<boolean>>()
  let stopped = false
  let wakeUp: (() => void) | undefined
  let awake = true

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookEveryMs)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const look = async (): Promise<boolean> => {
    const mine = work().finally(() => looks.delete(mine))
    looks.add(mine)
    if (looks.size === atOnce) return Promise.race(looks)
    const more = await realTime.deadlineIn(lookEveryMs).within(mine)
    return more === 'too-late' || more
  }

  const loop = async () => {
    while (!stopped) {
      awake = false
      if ((await look()) || awake || stopped) continue
      await pause()
    }
    await Promise.all(looks)
  }
  const running = loop()

  return {
    wake: () => {
      awake = true
      wakeUp?.()
    },
    stop: async () => {
      stopped = true
      wakeUp?.()
      await running
    },
  }
}
