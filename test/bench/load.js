// Fires signed webhooks for a while and tells what it saw, as JSON on stdout. A process of its own, so that it shares
// no event loop with what it measures.
import { createHmac } from 'node:crypto'
import autocannon from 'autocannon'

const [url, key, seconds, to, kind, connections = '50'] = process.argv.slice(2)
let count = 0
const seed = Math.random().toString(36).slice(2)

const payload = () => {
  count += 1
  const call_id = `call_${seed}${count.toString(36).padStart(10, '0')}`
  if (kind === 'inbound')
    return { event: 'call_inbound', call_inbound: { from_number: '+4915550100001', to_number: to } }
  return {
    event: 'call_started',
    call: {
      call_id,
      call_type: 'phone_call',
      agent_id: 'agent_bench',
      agent_version: 1,
      call_status: 'ongoing',
      direction: 'inbound',
      from_number: '+4915550100001',
      to_number: to,
      start_timestamp: Date.now(),
    },
  }
}

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [
    {
      method: 'POST',
      path: '/webhooks/retell',
      setupRequest: (request) => {
        const body = JSON.stringify(payload())
        const v = Date.now()
        const d = createHmac('sha256', key)
          .update(body + v)
          .digest('hex')
        return {
          ...request,
          body,
          headers: { 'content-type': 'application/json', 'x-retell-signature': `v=${v},d=${d}` },
        }
      },
    },
  ],
})
process.stdout.write(
  JSON.stringify({
    perSecond: result.requests.average,
    total: result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
    errors: result.errors + result.timeouts + result.non2xx,
  }),
)
