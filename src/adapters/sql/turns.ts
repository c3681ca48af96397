export type Release = () => void

/** Who may use a connection now. Readers share, a writer is alone; a reader never waits for a writer that waits. */
export interface Turns {
  readonly shared: () => Promise<Release>
  readonly alone: () => Promise<Release>
}

/**
 * Turns in the order of asking, except that readers go before writers that still wait: a reading inside a reading would
 * otherwise wait for itself.
 */
export const turns = (): Turns => {
  let readers = 0
  let writing = false
  const waitingReaders: (() => void)[] = []
  const waitingWriters: (() => void)[] = []

  const next = (): void => {
    if (writing) return
    for (const start of waitingReaders.splice(0)) {
      readers += 1
      start()
    }
    if (readers > 0) return
    const start = waitingWriters.shift()
    writing = start !== undefined
    start?.()
  }
  const ask = async (queue: (() => void)[], end: () => void): Promise<Release> => {
    await new Promise<void>((resolve) => {
      queue.push(resolve)
      next()
    })
    return () => {
      end()
      next()
    }
  }

  return {
    shared: () =>
      ask(waitingReaders, () => {
        readers -= 1
      }),
    alone: () =>
      ask(waitingWriters, () => {
        writing = false
      }),
  }
}
