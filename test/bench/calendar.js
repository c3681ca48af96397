// The tools of a company whose calendar is at a vendor that takes 200 ms for every answer (the stand-in for Cal.com,
// over HTTP): what is free in a week that was asked about when the call began, in one that nobody asked about, and when
// the vendor does not answer in time.
import { createHmac } from 'node:crypto'
import { startCalcom } from '../../dist/adapters/simulation/calcom/start-calcom.js'
import { createFrontdesk } from '../../dist/index.js'

const key = 'key_bench'
const to = '+493023125101'
const latencyMs = 200
const conversations = 24
const pauseMs = 500
const DAY = 86_400_000

const percentile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]
const rounded = (number) => Number(number.toFixed(1))
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const companyAt = (calcom, eventType) => ({
  company: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Berlin', country: 'DE', language: 'de', booking: true },
  calendar: { kind: 'calcom', base_url: calcom.url, api_key: calcom.key },
  branches: [
    {
      slug: 'mitte',
      name: 'Mitte',
      phone_numbers: [to],
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-18:00']])),
    },
  ],
  services: [{ slug: 'schnitt', name: 'Haarschnitt', duration_minutes: 30, calcom_event_type_id: eventType }],
  staff: [{ slug: 'nina', name: 'Nina Probe', branches: ['mitte'], services: ['schnitt'] }],
})

const poster = (url) => async (path, payload) => {
  const body = JSON.stringify(payload)
  const now = Date.now()
  const digest = createHmac('sha256', key).update(`${body}${now}`).digest('hex')
  const begun = performance.now()
  const headers = { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body })
  const text = await response.text()
  return { ms: performance.now() - begun, answer: text === '' ? undefined : JSON.parse(text) }
}

/** Monday of the week that begins in so many weeks. */
const mondayIn = (weeks) => {
  const today = new Date()
  return new Date(today.getTime() + (((8 - today.getUTCDay()) % 7 || 7) + 7 * (weeks - 1)) * DAY)
}

/** Nth working time of a week, an hour apart. */
const timeIn = (weeks, n) => ({
  service: 'Haarschnitt',
  date: new Date(mondayIn(weeks).getTime() + (n % 5) * DAY).toISOString().slice(0, 10),
  time: `${String(9 + (Math.floor(n / 5) % 9)).padStart(2, '0')}:00`,
})

export const calendarTimes = async (database) => {
  const calcom = await startCalcom({ now: () => Date.now(), requestsPerMinute: 1_000_000 })
  const eventType = calcom.addEventType({ minutes: 30 })
  const desk = await createFrontdesk({
    database,
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    retell: { webhookKeys: [key] },
    logLevel: 'silent',
    background: true,
  })
  await desk.apply(companyAt(calcom, eventType.id))
  for (const endpoint of ['slots', 'event-types', 'reserve', 'unreserve']) {
    calcom.misbehave(endpoint, { slow: latencyMs })
  }
  const post = poster(await desk.http.listen({ port: 0, host: '127.0.0.1' }))
  let calls = 0
  const converse = async (wish, tools) => {
    calls += 1
    const call = { call_id: `call_${calls}`, call_type: 'phone_call', direction: 'inbound', to_number: to }
    const from_number = `+4915550${String(100_000 + calls)}`
    const ongoing = { ...call, from_number, call_status: 'ongoing' }
    await post('/webhooks/retell', { event: 'call_started', call: ongoing })
    await sleep(pauseMs)
    const answers = []
    for (const name of tools) answers.push(await post('/functions/retell', { name, args: wish, call: ongoing }))
    await post('/webhooks/retell', { event: 'call_ended', call: { ...ongoing, call_status: 'ended' } })
    return answers
  }
  const measure = async (what, count, wishOf, tools) => {
    const before = calcom.seen('slots').length
    const answers = []
    for (let n = 0; n < count; n += 1) answers.push(...(await converse(wishOf(n), tools)))
    const statuses = {}
    for (const { answer } of answers) statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    const times = answers.map(({ ms }) => ms)
    return {
      what,
      answers: answers.length,
      p50_ms: rounded(percentile(times, 0.5)),
      p95_ms: rounded(percentile(times, 0.95)),
      most_ms: rounded(Math.max(...times)),
      slots_requests: calcom.seen('slots').length - before,
      statuses: JSON.stringify(statuses),
    }
  }
  try {
    const both = ['check_availability', 'find_alternatives']
    await converse(timeIn(1, 44), both)
    return [
      await measure('asked about when the call began', conversations, (n) => timeIn(1, n), both),
      await measure('asked about by nobody', conversations, (n) => timeIn(2 + (n % 20), n), ['check_availability']),
      await (async () => {
        calcom.misbehave('slots', { slow: 20_000 })
        return measure('not answered in time', 2, (n) => timeIn(23, n), ['check_availability'])
      })(),
    ]
  } finally {
    await desk.close()
    await calcom.close()
  }
}
