// The stand-in for Retell in a thread of its own, so that neither its work nor its memory is counted as ours.
import { parentPort, workerData } from 'node:worker_threads'
import { startRetell } from '../../dist/adapters/simulation/retell/start-retell.js'

const { key, agents, toolsEach, number } = workerData
const retell = await startRetell({ now: () => Date.now(), key })
const ids = retell.seedAgents(agents, { toolsEach })
retell.setNumber(number, { inbound_agents: [{ agent_id: ids[0], agent_version: 0, weight: 1 }] })
parentPort.on('message', async (message) => {
  if (message === 'seen') parentPort.postMessage(retell.seen().length)
  if (message === 'close') {
    await retell.close()
    parentPort.postMessage('closed')
  }
})
parentPort.postMessage({ url: retell.url, ids })
