import type { NewDelivery } from '../../application/ports/inbox.ts'
import { isOfTheRows } from './constraint.ts'

/** Commits all of them or none. */
export type WriteTogether = (deliveries: readonly NewDelivery[]) => Promise<void>

/**
 * Keeps deliveries durably. What is asked for in one turn of the event loop, or in the next ones while each brings more,
 * and while the batch before it is written, is committed together, with `atOnce` batches under way. When one cannot be
 * kept every one of its batch is tried alone, so that it takes nobody along.
 */
export const groupCommit = (write: WriteTogether, atOnce: number): ((delivery: NewDelivery) => Promise<void>) => {
  let waiting: Waiting[] = []
  let writing = 0

  const next = (): void => {
    if (waiting.length === 0 || writing === atOnce) return
    const batch = waiting.slice(0, lengthOfBatch(waiting))
    waiting = waiting.slice(batch.length)
    writing += 1
    void settled(write, batch).finally(() => {
      writing -= 1
      next()
    })
    next()
  }

  /** Half of those who send are still being read while the other half waits for the disk; together they wait once. */
  const gather = (before: number, since: number): void => {
    const brings = waiting.length > before && waiting.length < largestBatch
    if (brings && writing < atOnce && performance.now() - since < longestGathering)
      setImmediate(gather, waiting.length, since)
    else next()
  }

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject })
      if (waiting.length === 1) setImmediate(gather, 0, performance.now())
    })
}

interface Waiting {
  readonly delivery: NewDelivery
  readonly resolve: () => void
  readonly reject: (fault: unknown) => void
}

const largestBatch = 100
/** Milliseconds. */
const longestGathering = 2
/** Characters. One body alone may be longer. */
const longestBatch = 1_000_000

const lengthOfBatch = (waiting: readonly Waiting[]): number => {
  let characters = 0
  for (const [count, { delivery }] of waiting.entries()) {
    characters += delivery.body?.length ?? 0
    if (count === largestBatch || (count > 0 && characters > longestBatch)) return count
  }
  return waiting.length
}

const settled = async (write: WriteTogether, batch: readonly Waiting[]): Promise<void> => {
  try {
    await write(batch.map(({ delivery }) => delivery))
    for (const { resolve } of batch) resolve()
  } catch (fault) {
    if (batch.length > 1 && isOfTheRows(fault)) for (const one of batch) await settled(write, [one])
    else for (const { reject } of batch) reject(fault)
  }
}
