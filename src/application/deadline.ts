/** So much real time, whatever the clock of the desk says: a caller waits in real time. */
export interface Deadline {
  /** Milliseconds, never below zero. */
  readonly left: () => number
  /** What the work gives, or `too-late`; the work itself goes on. */
  readonly within: <T>(work: Promise<T>) => Promise<T | 'too-late'>
}

export const deadlineIn = (milliseconds: number): Deadline => {
  const end = performance.now() + milliseconds
  const left = () => Math.max(0, end - performance.now())
  return {
    left,
    within: async (work) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<'too-late'>((resolve) => {
        timer = setTimeout(() => resolve('too-late'), left())
      })
      try {
        return await Promise.race([work, late])
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
