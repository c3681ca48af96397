// `npm run bench [-- --seconds N] [--only intake,numbers,tools,calendar,agents] [--against FILE] [--json]`: intake side by side with the
// bare floor in the same run, the number look-up at three sizes, the tools beside few and many appointments, and before a slow vendor's calendar. Ratios
// travel between machines, absolute figures do not.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { keepRequestsYoung } from '../../dist/composition/keep-requests-young.js'
import { agentTimes } from './agents.js'
import { calendarTimes } from './calendar.js'
import { lookUps } from './numbers.js'
import { startPostgres } from './postgres.js'
import { toolTimes } from './tools.js'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    against: { type: 'string' },
    save: { type: 'string' },
    json: { type: 'boolean', default: false },
    databases: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string', default: 'intake,numbers,tools,calendar,agents' },
  },
})
// As `serve` does; it counts for the floor as well.
keepRequestsYoung()
const key = 'key_bench'
const to = '+493023125101'
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'))
const company = {
  company: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Berlin', country: 'DE' },
  branches: [{ slug: 'mitte', name: 'Mitte', phone_numbers: [to] }],
}
const say = (text) => process.stderr.write(`${text}\n`)

const open = (file, data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: data })
    worker.once('message', (url) => resolve({ worker, url }))
    worker.once('error', reject)
  })
const ask = ({ worker }, message) =>
  new Promise((resolve) => {
    worker.once('message', resolve)
    worker.postMessage(message)
  })

const load = (url, seconds, kind, connections = 50) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [
      fileURLToPath(new URL('load.js', import.meta.url)),
      url,
      key,
      String(seconds),
      to,
      kind,
      String(connections),
    ])
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(out)) : reject(new Error(`load ended with ${code}`))))
  })

const seconds = Number(values.seconds)
const rounds = 5
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const rounded = (number, digits = 0) => Number(number.toFixed(digits))

/** Floor and service take turns, for a machine's disk is not equally fast all the time; the medians of the turns count. */
const measure = async (name, floorDatabase, ourDatabase) => {
  const floor = await open('floor.js', { database: floorDatabase, key })
  const ours = await open('ours.js', { database: ourDatabase, key, company })
  await load(floor.url, 2, 'started')
  await load(ours.url, 2, 'started')
  await ask(ours, 'drain')
  const turns = []
  for (let round = 0; round < rounds; round += 1) {
    const bare = await load(floor.url, seconds / rounds, 'started')
    const intake = await load(ours.url, seconds / rounds, 'started')
    turns.push({ bare, intake, ratio: intake.perSecond / bare.perSecond })
  }
  await floor.worker.terminate()
  const drain = await ask(ours, 'drain')
  const inbound = await load(ours.url, Math.max(2, seconds / 2), 'inbound', 10)
  await ask(ours, 'close')
  await ours.worker.terminate()
  return {
    name,
    floor_per_second: rounded(median(turns.map(({ bare }) => bare.perSecond))),
    intake_per_second: rounded(median(turns.map(({ intake }) => intake.perSecond))),
    ratio: rounded(median(turns.map(({ ratio }) => ratio)), 3),
    floor_p99_ms: median(turns.map(({ bare }) => bare.p99)),
    intake_p99_ms: median(turns.map(({ intake }) => intake.p99)),
    errors: turns.reduce((sum, { bare, intake }) => sum + bare.errors + intake.errors, inbound.errors),
    drained: drain.processed,
    drain_seconds: rounded(drain.seconds, 2),
    inbound_per_second: rounded(inbound.perSecond),
    inbound_p99_ms: inbound.p99,
  }
}

const parts = values.only.split(',')
const figures = { intake: [], numbers: [], tools: [], calendar: [], agents: [] }
let postgres
try {
  if (parts.includes('intake') && values.databases.includes('sqlite')) {
    say('intake on SQLite …')
    figures.intake.push(
      await measure('sqlite', `sqlite:${join(folder, 'floor.sqlite')}`, `sqlite:${join(folder, 'ours.sqlite')}`),
    )
  }
  if (values.databases.includes('postgres')) {
    postgres = await startPostgres().catch((fault) => {
      say(`PostgreSQL is left out: ${fault.message}`)
      return undefined
    })
  }
  if (postgres && parts.includes('intake')) {
    say('intake on PostgreSQL …')
    figures.intake.push(await measure('postgres', postgres.url('bench_floor'), postgres.url('bench_ours')))
  }
  for (const count of parts.includes('numbers') ? [10, 1000, 100_000] : []) {
    say(`look-up at ${count} numbers …`)
    figures.numbers.push(await lookUps(count, 20_000))
  }
  for (const count of parts.includes('tools') ? [1000, 100_000] : []) {
    const places = {
      sqlite: () => `sqlite:${join(folder, `tools-${count}.sqlite`)}`,
      postgres: () => postgres.url(`bench_tools_${count}`),
    }
    for (const [name, place] of Object.entries(places)) {
      if (name === 'postgres' ? !postgres : !values.databases.includes(name)) continue
      say(`tools on ${name} beside ${count} appointments …`)
      figures.tools.push(...(await toolTimes(name, place(), count)))
    }
  }
  if (parts.includes('calendar')) {
    say("tools before a slow vendor's calendar …")
    figures.calendar.push(...(await calendarTimes(`sqlite:${join(folder, 'calendar.sqlite')}`)))
  }
  if (parts.includes('agents')) {
    say('reading agents from Retell …')
    figures.agents.push(...(await agentTimes((name) => `sqlite:${join(folder, `${name}.sqlite`)}`)))
  }
} finally {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
}

if (values.save) writeFileSync(values.save, JSON.stringify(figures, null, 2))
if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
else {
  console.table(figures.intake)
  console.table(figures.numbers)
  console.table(figures.tools)
  console.table(figures.calendar)
  console.table(figures.agents)
}

/** Ratios that must not fall and latencies that must not rise by more than a fifth. */
if (values.against) {
  const before = JSON.parse(readFileSync(values.against, 'utf8'))
  const worse = figures.intake.filter((now) => {
    const then = before.intake.find(({ name }) => name === now.name)
    return then && now.ratio < then.ratio * 0.8
  })
  for (const { name, ratio } of worse) say(`${name}: the ratio fell to ${ratio}, more than 20 % worse`)
  if (worse.length > 0) process.exitCode = 1
}
