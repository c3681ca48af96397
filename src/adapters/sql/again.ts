import { codeOf } from './constraint.ts'
import { RaceLost } from './engine.ts'

const worthAgain = new Set(['40001', '40P01', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY'])
const runs = 10
const firstPause = 4
const longestPause = 250

/**
 * Runs a whole transaction again when the database asked for it or a race was lost, up to ten times in all, with
 * growing and uneven pauses so that rivals part. The last fault is passed on.
 */
export const again = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (fault) {
      if (attempt === runs || !(fault instanceof RaceLost || worthAgain.has(codeOf(fault) ?? ''))) throw fault
    }
    await pause(Math.random() * Math.min(firstPause * 2 ** attempt, longestPause))
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
