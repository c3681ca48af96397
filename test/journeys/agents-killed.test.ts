import { describe, expect, it } from 'vitest'
import { toolJson } from '../../src/adapters/retell/tool-json.ts'
import type { EndpointName } from '../../src/adapters/simulation/retell/faults.ts'
import { plainAgent } from '../../src/adapters/simulation/retell/plain-agent.ts'
import { type StandInVoicePlatform, startRetell } from '../../src/adapters/simulation/retell/start-retell.ts'
import { createFrontdesk } from '../../src/composition/frontdesk.ts'
import { contentOf } from '../../src/domain/agents/configuration.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import type { Item } from '../adapters/http/api.ts'
import { testDatabase } from '../databases/test-databases.ts'
import { encryptionKeys, type Served, serve } from './processes.ts'

const publicUrl = 'https://desk.example'
const webhook = `${publicUrl}/webhooks/retell`
/** How many agents a reading asks for at the same time. */
const atOnce = 8
/** Two for each of the agents that something is published of. */
const numbers = Array.from({ length: 18 }, (_, at) => `+4930231251${String(at + 10)}`)
const linesOf = (agent: number): readonly string[] => numbers.slice(2 * agent, 2 * agent + 2)
const idOf = (agent: number): string => `agent_${String(agent).padStart(2, '0')}`
const created = 8
const rolledBack = 6
const rolledOut = 7
/** Those that something is published of; the last is made here. */
const agents = Array.from({ length: created + 1 }, (_, agent) => agent)

const company: JsonObject = {
  company: { slug: 'salon', name: 'Salon', time_zone: 'Europe/Berlin', country: 'DE', language: 'de', booking: true },
  retell: { api_key: 'key_of_the_salon', webhook_keys: ['key_of_the_salon'] },
  branches: [{ slug: 'mitte', name: 'Mitte', phone_numbers: numbers, hours: { mon: ['09:00-18:00'] } }],
  services: [{ slug: 'schnitt', name: 'Schnitt', duration_minutes: 55, price: 3200 }],
  staff: [{ slug: 'nina', name: 'Nina Probe', branches: ['mitte'], services: ['schnitt'] }],
}

/** A Retell with so many agents, each with a prompt of its own; the first of them are rung. */
const startThere = async (total: number): Promise<StandInVoicePlatform> => {
  const retell = await startRetell({ now: Date.now, key: 'key_of_the_salon' })
  for (let agent = 0; agent < total; agent += 1) {
    retell.addAgent({
      id: idOf(agent),
      agent: { ...plainAgent(`Empfang ${agent}`), webhook_url: webhook },
      engine: {
        ...{ model: 'gpt-4.1', start_speaker: 'agent', begin_message: '{{greeting}}' },
        general_prompt: `Sie nehmen Anrufe ${agent} entgegen.`,
        general_tools: [{ type: 'end_call', name: 'end_call' }, ...toolJson('de', publicUrl, { booking: true })],
      },
    })
  }
  for (const [at, number] of numbers.entries()) {
    const agent = Math.floor(at / 2)
    const inbound_agents = agent === created ? null : [{ agent_id: idOf(agent), agent_version: 0, weight: 1 }]
    retell.setNumber(number, { inbound_agents, inbound_webhook_url: webhook })
  }
  return retell
}

/** How many requests Retell has kept its answer back of. */
const silentOf = (retell: StandInVoicePlatform): number =>
  retell.seen().filter(({ status }) => status === undefined).length

const until = async <T>(look: () => T | Promise<T>, isSo: (seen: T) => boolean, everyMs = 2): Promise<T> => {
  const end = performance.now() + 60_000
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    if (performance.now() > end) throw new Error(`It did not become so: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** One service after the other on one database, each minutes later: a killed worker's jobs are another one's by then. */
const open = async (database: string, retell: StandInVoicePlatform) => {
  const prepared = await createFrontdesk({ database, encryptionKeys, publicUrl, logLevel: 'silent' })
  await prepared.apply(company)
  const token = await prepared.createToken({ role: 'manager', company: 'salon' })
  await prepared.close()
  let service: Served | undefined
  let starts = 0
  const start = async () => {
    const ahead = `data:text/javascript,const{now}=Date;Date.now=()=>now()+${180_000 * starts}`
    starts += 1
    service = await serve(database, 'all', {
      ...{ RETELL_BASE_URL: retell.url, RETELL_REQUESTS_PER_SECOND: '100', PUBLIC_URL: publicUrl },
      NODE_OPTIONS: `--import ${ahead}`,
    })
  }
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: JsonObject): Promise<Item> => {
    const response = await fetch(`${service?.url}/api/v1/companies/salon/agents${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(payload ? { 'content-type': 'application/json' } : {}) },
      ...(payload ? { body: JSON.stringify(payload) } : {}),
    })
    const body = await response.text()
    expect([path, response.status < 300, response.status < 300 ? '' : body]).toEqual([path, true, ''])
    return JSON.parse(body)
  }
  return {
    ask,
    start,
    kill: async () => {
      await service?.kill()
      service = undefined
    },
    stop: async () => service?.stop(),
  }
}

type Services = Awaited<ReturnType<typeof open>>

const askedFor = (retell: StandInVoicePlatform) =>
  retell.seen('list-agent-versions').map(({ path }) => path.split('/').at(-1) ?? '')

/** Reads all agents in, killed when the `count`th request of an endpoint is in hand. */
const readIn = async (
  { ask, start, kill }: Services,
  retell: StandInVoicePlatform,
  total: number,
  [endpoint, count]: readonly [EndpointName, number],
): Promise<void> => {
  await start()
  retell.misbehave(endpoint, [...Array.from({ length: count - 1 }, () => undefined), 'silent'])
  await ask('POST', '/sync')
  await until(
    () => silentOf(retell),
    (silent) => silent === 1,
  )
  await kill()
  const before = askedFor(retell)
  expect(before).toHaveLength(2 * atOnce)
  await start()
  const { sync } = await until(
    () => ask('GET', '/sync'),
    (seen) => seen.sync.status !== 'running',
    25,
  )
  expect(sync).toMatchObject({ status: 'done', total, read: total, failed: 0 })
  expect(retell.seen('list-agents')).toHaveLength(1)
  const asked = askedFor(retell)
  // Only what was in hand is asked for again.
  expect(asked.slice(before.length).toSorted()).toEqual(
    Array.from({ length: total - atOnce }, (_, agent) => idOf(agent + atOnce)),
  )

  const known = (await ask('GET', '?limit=200')).items
  expect(known.map((one: Item) => one.retell_agent_id).toSorted()).toEqual(
    Array.from({ length: total }, (_, agent) => idOf(agent)),
  )
  for (const { slug, retell_agent_id: id, ...one } of known) {
    expect(one).toMatchObject({ sync_status: 'clean', live_version: 1, live_retell_version: 0 })
    const { agent, response_engine: engine } = await ask('GET', `/${slug}/draft`)
    const there = retell.show(id)
    expect(contentOf({ agent, engine, numbers: [] })).toEqual(
      contentOf({ agent: { ...there.agent, version: 0 }, engine: there.engine, numbers: [] }),
    )
    expect((await ask('GET', `/${slug}/versions`)).items).toHaveLength(1)
  }
}

const line = (agent: number, which: 0 | 1): string => linesOf(agent)[which] ?? ''
const newPrompt = 'Sie sind höflich.'
const slugOf = (agent: number): string => (agent === created ? 'notdienst' : `empfang-${agent}`)
const edit = async ({ ask }: Services, agent: number): Promise<void> => {
  const { agent: document, response_engine: engine } = await ask('GET', `/${slugOf(agent)}/draft`)
  await ask('PUT', `/${slugOf(agent)}/draft`, {
    agent: { ...document, voice_speed: 1.1 },
    response_engine: { ...engine, general_prompt: `${engine.general_prompt}\n${newPrompt}` },
  })
}

/** What each was brought to: Retell's versions, and which of them rings. */
const expectReleased = (retell: StandInVoicePlatform): void => {
  const { account } = retell
  const made = [...account.agents.values()].filter(({ versions }) => versions[0]?.document.agent_name === 'Notdienst')
  expect(made).toHaveLength(1)
  expect(account.engines.size).toBe(account.agents.size)
  for (const agent of agents) {
    const id = agent === created ? made[0]?.id : idOf(agent)
    const versions = account.agents.get(id ?? '')?.versions.map(({ version, isPublished }) => [version, isPublished])
    expect([agent, versions]).toEqual([
      agent,
      agent === created
        ? [[0, true]]
        : [
            [0, true],
            [1, true],
          ],
    ])
    const rings = agent === created || agent === rolledBack ? 0 : 1
    for (const number of linesOf(agent)) {
      expect([number, account.numbers.get(number)?.inbound_agents]).toEqual([
        number,
        [{ agent_id: id, agent_version: rings, weight: 1 }],
      ])
    }
    if (agent === created) continue
    expect(retell.seen('create-agent-version').filter(({ path }) => path.endsWith(idOf(agent)))).toHaveLength(1)
    const { agent: document, engine } = retell.show(idOf(agent), 1)
    expect(document.voice_speed).toBe(1.1)
    expect(engine?.general_prompt).toBe(`Sie nehmen Anrufe ${agent} entgegen.\n${newPrompt}`)
    expect(engine?.general_tools).toHaveLength(toolJson('de', publicUrl, { booking: true }).length + 1)
  }
}

/** Whoever told a number which version to ring told it of a published one. */
const expectNoDraftRung = (retell: StandInVoicePlatform, total: number): void => {
  const published = new Set(Array.from({ length: total }, (_, agent) => `${idOf(agent)} 0`))
  let told = 0
  for (const { endpoint, path, body, status } of retell.seen()) {
    if (status !== undefined && status >= 300) continue
    if (endpoint === 'publish-agent-version') published.add(`${path.split('/').at(-1)} ${body.version}`)
    if (endpoint !== 'update-phone-number' || !Array.isArray(body.inbound_agents)) continue
    for (const { agent_id: id, agent_version: version } of body.inbound_agents as Item[]) {
      expect([...published]).toContain(`${id} ${version}`)
      told += 1
    }
  }
  expect(told).toBeGreaterThanOrEqual(numbers.length)
}

/** Begins to publish of nine agents, each held at another step, and is killed there; then as often as `later` says. */
const publishAll = async (
  services: Services,
  retell: StandInVoicePlatform,
  total: number,
  holdsOf: readonly (readonly (readonly [EndpointName, string?])[])[],
): Promise<void> => {
  const { ask, start, kill } = services
  const running = async () => {
    const all = await Promise.all(agents.map((agent) => ask('GET', `/${slugOf(agent)}/publications`)))
    return all.filter(({ items }) => items.some(({ status }: Item) => status === 'running')).length
  }
  await ask('POST', '', { name: 'Notdienst', language: 'de-DE' })
  for (let agent = 0; agent < created; agent += 1) await edit(services, agent)
  expect(await ask('POST', `/${slugOf(rolledBack)}/publish`, {})).toMatchObject({ status: 'published' })
  const candidate = await ask('POST', `/${slugOf(rolledOut)}/publish`, { numbers: [] })
  await ask('POST', `/${slugOf(rolledOut)}/rollout`, { version: candidate.version, percent: 50 })

  const engine = String((retell.show(idOf(1)).agent.response_engine as Item).llm_id)
  const [atFirst = [], ...later] = holdsOf
  const holds: readonly (readonly [EndpointName, string?])[] = [
    ['create-agent-version', idOf(0)],
    ['update-engine', engine],
    ['update-agent', idOf(2)],
    ['publish-agent-version', idOf(3)],
    ['update-phone-number', line(4, 0)],
    ['update-phone-number', line(5, 1)],
    ['update-phone-number', line(rolledBack, 1)],
    ['update-phone-number', line(rolledOut, 0)],
  ]
  const hold = (some: typeof holds) => {
    for (const [endpoint, id] of some) retell.misbehave(endpoint, ['silent-after'], id)
    const before = silentOf(retell)
    return () =>
      until(
        () => silentOf(retell) - before,
        (now) => now >= some.length,
      )
  }
  const unawaited = { wait_seconds: 0 }
  const areHeld = hold(holds)
  for (let agent = 0; agent < rolledBack; agent += 1) await ask('POST', `/${slugOf(agent)}/publish`, unawaited)
  await ask('POST', `/${slugOf(rolledBack)}/rollback`, unawaited)
  await ask('POST', `/${slugOf(rolledOut)}/rollout`, { version: candidate.version, percent: 100 })
  await areHeld()
  const asked = askedFor(retell).length
  const isRead = hold([['list-agent-versions', idOf(18)]])
  await ask('POST', '/sync')
  await isRead()
  const isMade = hold(atFirst)
  await ask('POST', `/${slugOf(created)}/publish`, { ...unawaited, numbers: linesOf(created) })
  await isMade()
  await kill()
  for (const some of later) {
    const before = silentOf(retell)
    hold(some)
    await start()
    // Those that are held, and no others, are still under way.
    await until(running, (now) => now <= silentOf(retell) - before, 150)
    await kill()
  }
  await start()
  await until(running, (now) => now === 0, 150)
  for (const agent of agents) {
    const { items } = await ask('GET', `/${slugOf(agent)}/publications`)
    expect([agent, items.map(({ status }: Item) => status)]).toEqual([agent, items.map(() => 'published')])
    expect(items).toHaveLength([rolledBack, rolledOut].includes(agent) ? 2 : 1)
    const live = { live_retell_version: agent === created || agent === rolledBack ? 0 : 1, numbers: linesOf(agent) }
    expect(await ask('GET', `/${slugOf(agent)}`)).toMatchObject(live)
  }
  const { sync } = await until(
    () => ask('GET', '/sync'),
    (seen) => seen.sync.status !== 'running',
    150,
  )
  expect(sync).toMatchObject({ status: 'done', failed: 0, read: sync.total })
  // What was read before the agents that were in hand is not read again.
  for (const id of [idOf(8), idOf(9)]) {
    expect(askedFor(retell).filter((one, at) => one === id && at >= asked)).toHaveLength(1)
  }
  const known = (await ask('GET', '?limit=200&gone=true')).items
  expect(known.map(({ sync_status }: Item) => sync_status)).toEqual(Array.from({ length: total + 1 }, () => 'clean'))
  const decided = async (agent: number) =>
    (await ask('GET', `/${slugOf(agent)}/live`)).items.map(({ kind }: Item) => kind)
  expect(await decided(0)).toEqual(['publish'])
  expect(await decided(rolledBack)).toEqual(['rollback', 'publish'])
  expect((await decided(rolledOut)).slice(0, 2)).toEqual(['rollout_finished', 'rollout_changed'])
  expectReleased(retell)
}

const plans = [
  {
    name: 'an SQLite file',
    total: 40,
    kill: ['get-agent', 14],
    holds: [
      [['create-engine']],
      [
        ['create-agent'],
        ['publish-agent-version', idOf(0)],
        ['update-phone-number', line(1, 0)],
        ['update-phone-number', line(2, 1)],
      ],
    ],
  },
  { name: 'PostgreSQL', total: 24, kill: ['get-engine', 12], holds: [[['create-agent']]] },
] as const

describe.concurrent('a service that is killed while it works on agents', () => {
  it.each(plans)('goes on where it was, and does nothing twice, on $name', { timeout: 120_000 }, async (plan) => {
    const database = await testDatabase(plan.name).make()
    const retell = await startThere(plan.total)
    const services = await open(database.url, retell)
    try {
      await readIn(services, retell, plan.total, plan.kill)
      await publishAll(services, retell, plan.total, plan.holds)
      expectNoDraftRung(retell, plan.total)
      expect(await services.stop()).toBe(0)
    } finally {
      await services.kill()
      await retell.close()
      await database.drop()
    }
  })
})
