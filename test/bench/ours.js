// The service as it is, with its worker paused, so that intake alone is measured; `drain` then times the worker.
import { parentPort, workerData } from 'node:worker_threads'
import { createFrontdesk } from '../../dist/index.js'

const { database, key, company } = workerData
const desk = await createFrontdesk({
  database,
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  retell: { webhookKeys: [key] },
  logLevel: 'silent',
})
await desk.apply(company)
parentPort.on('message', async (message) => {
  if (message === 'drain') {
    const at = performance.now()
    const { processed } = await desk.runDueJobs()
    parentPort.postMessage({ processed, seconds: (performance.now() - at) / 1000 })
  }
  if (message === 'close') {
    await desk.close()
    parentPort.postMessage('closed')
  }
})
parentPort.postMessage(await desk.http.listen({ port: 0, host: '127.0.0.1' }))
