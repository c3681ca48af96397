import type { FastifyBaseLogger } from 'fastify'
import type { Application } from '../application/application.ts'

export interface Background {
  /** There may be work. */
  readonly wake: () => void
  /** Lets the work in hand end, then stops. */
  readonly stop: () => Promise<void>
}

/** Work of other processes, and retries, are found by looking this often. */
const lookEveryMs = 500
const deliveriesAtOnce = 100
/** Few, for a job may wait for another machine, and those that are claimed later wait for it as well. */
const jobsAtOnce = 8

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
  const loops = [loopOf(inbox, 'inbox work failed', log), loopOf(jobs, 'jobs failed', log)]
  return {
    wake: () => {
      for (const { wake } of loops) wake()
    },
    stop: async () => {
      await Promise.all(loops.map(({ stop }) => stop()))
    },
  }
}

/** `work` says whether there is more at once. */
const loopOf = (work: () => Promise<boolean>, whenItFails: string, log: Log): Background => {
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

  const loop = async () => {
    while (!stopped) {
      awake = false
      try {
        if (await work()) continue
      } catch (fault) {
        log.error(
          {
            err: {
              name: fault instanceof Error ? fault.name : 'unknown',
              message: fault instanceof Error ? fault.message : '',
            },
          },
          whenItFails,
        )
      }
      if (!awake && !stopped) await pause()
    }
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
