/** Work that nobody waits for: a little of it at a time, and dropped where too much of it waits already. */
export interface InBackground {
  /** Begins it after whatever is being done now. A fault of it is nobody's. False: too much waits, and it is dropped. */
  readonly begin: (work: () => Promise<unknown>) => boolean
  /** Ends once everything that was begun has. */
  readonly idle: () => Promise<void>
}

const mostAtOnce = 8
const mostWaiting = 200

const afterwards = async (work: () => Promise<unknown>): Promise<void> => {
  await undefined
  try {
    await work()
  } catch {
    // A fault of it is nobody's.
  }
}

export const inBackground = (): InBackground => {
  const waiting: (() => Promise<unknown>)[] = []
  const running = new Set<Promise<void>>()

  const next = () => {
    const work = running.size < mostAtOnce ? waiting.shift() : undefined
    if (!work) return
    const mine = afterwards(work).then(() => {
      running.delete(mine)
      next()
    })
    running.add(mine)
  }

  return {
    begin: (work) => {
      if (waiting.length >= mostWaiting) return false
      waiting.push(work)
      next()
      return true
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
