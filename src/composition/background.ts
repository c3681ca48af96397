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
const atOnce = 100

/** Works the inbox off as long as it runs. A fault is logged and tried again; it never ends the loop. */
export const startBackground = (
  app: Pick<Application, 'workInbox'>,
  log: Pick<FastifyBaseLogger, 'error'>,
): Background => {
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
        const { processed, postponed, dead } = await app.workInbox(atOnce)
        if (processed + postponed + dead === atOnce) continue
      } catch (fault) {
        log.error(
          {
            err: {
              name: fault instanceof Error ? fault.name : 'unknown',
              message: fault instanceof Error ? fault.message : '',
            },
          },
          'inbox work failed',
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
