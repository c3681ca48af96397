// @ts-check
// The thread that writes batches into an SQLite file, so that nobody else waits for the disk. Plain JavaScript, because a
// thread is started from a file of its own, from the source as well as from the build.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** @typedef {import('./sqlite-batches.ts').Batch} Batch */
/** @typedef {import('./sqlite-batches.ts').Written} Written */

const { file, pragmas, patience } = /** @type {import('./sqlite-batches.ts').WriterData} */ (workerData)
const database = new Sqlite(file, { timeout: patience })
for (const pragma of pragmas) database.pragma(pragma)

/** @type {Map<string, Sqlite.Statement<unknown[]>>} */
const statements = new Map()
const prepared = (/** @type {string} */ text) => {
  const statement = statements.get(text) ?? database.prepare(text)
  statements.set(text, statement)
  return statement
}

const write = database.transaction((/** @type {Batch} */ { text, rows }) => {
  const statement = prepared(text)
  return rows.map((row) => statement.run(...row).changes)
})

/** @returns {Written} */
const answer = (/** @type {Batch} */ batch) => {
  try {
    return { changes: write.immediate(batch) }
  } catch (fault) {
    return { fault, code: fault instanceof Sqlite.SqliteError ? fault.code : undefined }
  }
}

parentPort?.on('message', (/** @type {Batch | 'close'} */ message) => {
  if (message !== 'close') return parentPort?.postMessage(answer(message))
  database.close()
  parentPort?.close()
})
