import type { RealTime } from '../../application/ports/ambient.ts'

/** The time of the process, which nobody can set back. */
export const realTime: RealTime = {
  measure: () => {
    const begun = performance.now()
    return () => Math.round(performance.now() - begun)
  },
  deadlineIn: (milliseconds) => {
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
  },
}
