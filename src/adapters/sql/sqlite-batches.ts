import { Worker } from 'node:worker_threads'

/** One statement for many rows, its parameters in their order. */
export interface Batch {
  readonly text: string
  readonly rows: readonly (readonly unknown[])[]
}

/** How many rows of the table each row of a batch changed; or what went wrong, with SQLite's code of it. */
export type Written =
  | { readonly changes: readonly number[] }
  | { readonly fault: unknown; readonly code: string | undefined }

export interface WriterData {
  readonly file: string
  readonly pragmas: readonly string[]
  /** Milliseconds for which the thread waits for a writer of another process. */
  readonly patience: number
}

export interface BatchWriter {
  /** Resolves when the batch is durable; rejects when nothing of it is kept, or, after a crash, nobody knows. One at a time. */
  readonly write: (batch: Batch) => Promise<readonly number[]>
  readonly close: () => Promise<void>
}

/** A thread with a connection of its own, started with the first batch, and anew after a crash. */
export const batchWriter = (data: WriterData): BatchWriter => {
  let thread: Worker | undefined

  const start = (): Worker => {
    const started = new Worker(new URL('./sqlite-writer.js', import.meta.url), { workerData: data })
    const forget = () => {
      if (thread === started) thread = undefined
    }
    return started.on('error', forget).on('exit', forget)
  }

  return {
    write: (batch) =>
      new Promise((resolve, reject) => {
        thread ??= start()
        const writer = thread
        const end = () => {
          writer.off('message', written).off('error', reject).off('exit', gone)
          writer.unref()
        }
        const written = (answer: Written) => {
          end()
          if ('changes' in answer) resolve(answer.changes)
          else reject(faultOf(answer))
        }
        const gone = () => reject(new Error('The thread that writes ended'))
        writer.ref()
        writer.on('message', written).on('error', reject).on('exit', gone)
        writer.postMessage(batch)
      }),
    close: async () => {
      const writer = thread
      if (!writer) return
      writer.ref()
      const ended = new Promise((resolve) => writer.once('exit', resolve))
      writer.postMessage('close')
      await ended
    },
  }
}

/** What a thread throws loses its code on the way. */
const faultOf = ({ fault, code }: { readonly fault: unknown; readonly code: string | undefined }): Error => {
  const error = fault instanceof Error ? fault : new Error('A batch could not be written')
  return code === undefined ? error : Object.assign(error, { code })
}
