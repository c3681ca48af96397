// The tools of the voice agent over real HTTP with real signatures: asking and booking beside 1,000 and 100,000
// appointments, by 1, 20 and 100 callers at once. What counts is how little the number of appointments matters.
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createFrontdesk } from '../../dist/index.js'
import { appointmentsBefore } from './appointments.js'

const key = 'key_bench'
const to = '+493023125101'
const colleagues = 20
const percentile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]
const rounded = (number) => Number(number.toFixed(1))

const company = {
  company: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Berlin', country: 'DE', language: 'de', currency: 'EUR' },
  branches: [
    {
      slug: 'mitte',
      name: 'Mitte',
      phone_numbers: [to],
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, ['08:00-20:00']])),
    },
  ],
  services: [{ slug: 'schnitt', name: 'Haarschnitt', duration_minutes: 30 }],
  staff: Array.from({ length: colleagues }, (_, index) => ({
    slug: `staff-${index}`,
    name: `Kollegin ${index}`,
    branches: ['mitte'],
    services: ['schnitt'],
  })),
}

const sender = (url) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  return (name, args, call, from) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        name,
        args,
        call: { call_id: call, call_type: 'phone_call', direction: 'inbound', from_number: from, to_number: to },
      })
      const now = Date.now()
      const digest = createHmac('sha256', key).update(`${body}${now}`).digest('hex')
      const begun = performance.now()
      const sent = request(
        `${url}/functions/retell`,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'x-retell-signature': `v=${now},d=${digest}` },
        },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ ms: performance.now() - begun, answer: JSON.parse(text) }))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
}

let calls = 0
/** A caller asks for a time on some day of the next weeks and takes it, or the first that is offered instead. */
const converse = async (ask, times, statuses) => {
  calls += 1
  const call = `call_${calls}`
  const from = `+4915550${String(100_000 + calls)}`
  const day = new Date(Date.now() + (1 + (calls % 40)) * 86_400_000).toISOString().slice(0, 10)
  const clock = `${String(8 + (calls % 11)).padStart(2, '0')}:${calls % 2 ? '00' : '30'}`
  const asked = await ask('check_availability', { service: 'Haarschnitt', date: day, time: clock }, call, from)
  times.check.push(asked.ms)
  statuses[asked.answer.status] = (statuses[asked.answer.status] ?? 0) + 1
  const [other] = asked.answer.alternatives ?? []
  const wish = asked.answer.offer_id
    ? { offer_id: asked.answer.offer_id }
    : other && { service: 'Haarschnitt', date: other.date, time: other.time }
  if (!wish) return
  const booked = await ask('book_appointment', { ...wish, customer_name: 'Max Muster' }, call, from)
  times.book.push(booked.ms)
  statuses[booked.answer.status] = (statuses[booked.answer.status] ?? 0) + 1
}

/** How long asking and booking take, on one database, beside so many appointments. */
export const toolTimes = async (name, database, count, conversations = 200) => {
  const desk = await createFrontdesk({
    database,
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    retell: { webhookKeys: [key] },
    logLevel: 'silent',
  })
  await desk.apply(company)
  await desk.close()
  await appointmentsBefore(database, count)
  const again = await createFrontdesk({
    database,
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    retell: { webhookKeys: [key] },
    logLevel: 'silent',
  })
  const ask = sender(await again.http.listen({ port: 0, host: '127.0.0.1' }))
  const rows = []
  await Promise.all(Array.from({ length: 5 }, () => converse(ask, { check: [], book: [] }, {})))
  for (const callers of [1, 20, 100]) {
    const times = { check: [], book: [] }
    const statuses = {}
    let left = conversations
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (left > 0) {
          left -= 1
          await converse(ask, times, statuses)
        }
      }),
    )
    rows.push({
      database: name,
      appointments: count,
      callers,
      check_p50_ms: rounded(percentile(times.check, 0.5)),
      check_p95_ms: rounded(percentile(times.check, 0.95)),
      book_p50_ms: rounded(percentile(times.book, 0.5)),
      book_p95_ms: rounded(percentile(times.book, 0.95)),
      statuses: JSON.stringify(statuses),
    })
  }
  await again.close()
  return rows
}
