// Reading all agents of an account from Retell (the stand-in, over HTTP, in a thread of its own): side by side with the
// same requests made bare, how much memory it takes at two sizes, a second reading in which nothing changed, and how
// fast ringing calls are answered meanwhile and how long the event loop stands still. The limit of requests is lifted, for at ten a second it would be all there is to see.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { createFrontdesk } from '../../dist/index.js'

const key = 'key_bench'
const number = '+493023125101'
const atOnce = 8

const percentile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]
const rounded = (value, digits = 1) => Number(value.toFixed(digits))

const company = {
  company: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Berlin', country: 'DE', language: 'de', booking: true },
  retell: { api_key: key, webhook_keys: [key] },
  branches: [{ slug: 'mitte', name: 'Mitte', phone_numbers: [number], hours: {} }],
}

const startThere = async (agents, toolsEach) => {
  const worker = new Worker(new URL('./retell.js', import.meta.url), { workerData: { key, agents, toolsEach, number } })
  const [{ url, ids }] = await once(worker, 'message')
  const ask = async (message) => {
    worker.postMessage(message)
    return (await once(worker, 'message'))[0]
  }
  return { url, ids, seen: () => ask('seen'), close: () => ask('close').then(() => worker.terminate()) }
}

/** What a first reading needs of each agent: its versions, its document and its engine's. */
const bareReading = async ({ url, ids }) => {
  const headers = { authorization: `Bearer ${key}` }
  const get = async (path) => (await fetch(`${url}${path}`, { headers })).json()
  const begun = performance.now()
  const left = [...ids]
  const one = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      await get(`/list-agent-versions/${id}?limit=100`)
      const agent = await get(`/get-agent/${id}?version=0`)
      await get(`/get-retell-llm/${agent.response_engine.llm_id}?version=0`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return (performance.now() - begun) / 1000
}

/** Rings again and again until it is told to stop. */
const ringing = (http) => {
  const times = []
  let goesOn = true
  const rings = (async () => {
    while (goesOn) {
      const body = JSON.stringify({
        event: 'call_inbound',
        call_inbound: { from_number: '+4915550100001', to_number: number },
      })
      const now = Date.now()
      const digest = createHmac('sha256', key).update(`${body}${now}`).digest('hex')
      const begun = performance.now()
      await http.inject({
        method: 'POST',
        url: '/webhooks/retell',
        headers: { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` },
        payload: body,
      })
      times.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return async () => {
    goesOn = false
    await rings
    return times
  }
}

const synced = async (desk, token) => {
  const headers = { authorization: `Bearer ${token}` }
  const base = '/api/v1/companies/bench/agents'
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed)
  }, 20)
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const begun = performance.now()
  await desk.http.inject({ method: 'POST', url: `${base}/sync`, headers })
  await desk.runDueJobs()
  const seconds = (performance.now() - begun) / 1000
  clearInterval(look)
  const { sync } = (await desk.http.inject({ method: 'GET', url: `${base}/sync`, headers })).json()
  if (sync.status !== 'done' || sync.failed > 0) throw new Error(`the reading ended as ${JSON.stringify(sync)}`)
  return { seconds, mb: Math.max(0, most - before) / 1e6, read: sync.read }
}

/** `place` gives a database for a name. */
export const agentTimes = async (place) => {
  const figures = []
  for (const [agents, toolsEach] of [
    [100, 1],
    [1000, 1],
    [20, 1000],
  ]) {
    const there = await startThere(agents, toolsEach)
    const floor = await bareReading(there)
    const askedBare = await there.seen()
    const desk = await createFrontdesk({
      database: place(`agents-${agents}`),
      encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      retell: { baseUrl: there.url, requestsPerSecond: 1_000_000 },
      allowPrivateAddresses: true,
      logLevel: 'silent',
    })
    await desk.apply(company)
    const token = await desk.createToken({ role: 'manager', company: 'bench' })
    const stop = ringing(desk.http)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const first = await synced(desk, token)
    delay.disable()
    const rung = await stop()
    const askedFirst = (await there.seen()) - askedBare
    const again = await synced(desk, token)
    const askedAgain = (await there.seen()) - askedBare - askedFirst
    figures.push({
      agents,
      tools_each: toolsEach,
      floor_seconds: rounded(floor, 2),
      first_seconds: rounded(first.seconds, 2),
      ratio: rounded(floor / first.seconds, 2),
      requests: askedFirst,
      heap_mb: rounded(first.mb),
      inbound_p99_ms: rounded(percentile(rung, 0.99)),
      loop_p99_ms: rounded(delay.percentile(99) / 1e6),
      loop_most_ms: rounded(delay.max / 1e6),
      again_seconds: rounded(again.seconds, 2),
      again_requests: askedAgain,
    })
    await desk.close()
    await there.close()
  }
  return figures
}
