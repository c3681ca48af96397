import type { RealTime } from './ports/ambient.ts'

/** Milliseconds of work after which whoever rings has a turn. */
const stretchMs = 5

/** Lets everybody who waits go first. */
export const letOthers = async (realTime: RealTime): Promise<void> => {
  await realTime.deadlineIn(1).within(new Promise<never>(() => {}))
}

/** Does work that consists of short parts, and lets others go first every few milliseconds. */
export const inParts = async <T>(realTime: RealTime, parts: Generator<undefined, T>): Promise<T> => {
  let stretch = realTime.deadlineIn(stretchMs)
  for (;;) {
    const { done, value } = parts.next()
    if (done) return value
    if (stretch.left() > 0) continue
    await letOthers(realTime)
    stretch = realTime.deadlineIn(stretchMs)
  }
}
