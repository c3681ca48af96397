import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqlAgentSyncs } from '../../../src/adapters/sql/agent-syncs.ts'
import { sqlAgents } from '../../../src/adapters/sql/agents.ts'
import type { Database } from '../../../src/adapters/sql/database.ts'
import { sqlHousekeeping } from '../../../src/adapters/sql/housekeeping.ts'
import { sqlRehearsals } from '../../../src/adapters/sql/rehearsals.ts'
import { sqlReleases } from '../../../src/adapters/sql/releases.ts'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import type { Drift } from '../../../src/domain/agents/drift.ts'
import type { AgentId } from '../../../src/domain/ids.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { aConfiguration, anAgent, aVersion } from '../../contracts/agents.contract.ts'
import { at, type Company, newCompany, platform, within } from '../../contracts/fixtures.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'
import { expectIndexed, expectOrdered, plansOfCompany, plansOn } from './plans.ts'

const states: readonly Drift[] = ['clean', 'ours_ahead', 'theirs_ahead', 'diverged', 'unknown']
const thousand = 1_000
const page = { limit: 50, cursor: undefined }

/** A prompt as long as one that does something, and twenty tools. */
const grown = (n: number): AgentConfiguration => {
  const { engine, ...rest } = aConfiguration(`${n} ${'Sie sind am Empfang. '.repeat(200)}`)
  const tools = Array.from({ length: 20 }, (_, tool) => ({
    ...{ type: 'custom', name: `tool_${tool}`, description: 'Fragt nach einem freien Termin. '.repeat(10) },
    parameters: { type: 'object', properties: { service: { type: 'string', description: 'Was gewünscht wird.' } } },
  }))
  return { ...rest, engine: { ...engine, general_tools: tools } }
}

describe.each(testDatabases.filter(({ name }) => name !== 'an SQLite file'))('agents on $name', ({ make }) => {
  let database: TestDatabase
  let opened: OpenPorts
  let company: Company
  const agents: AgentId[] = []

  /** A thousand agents of twenty tools, each with six of everything, ten thousand calls, and a larger company beside them. */
  beforeAll(async () => {
    database = await make()
    opened = await openPorts(database)
    const { ports } = opened
    company = await newCompany(ports)
    for (let begin = 0; begin < thousand; begin += 100) {
      await within(ports, company, async (tx) => {
        for (let n = begin; n < begin + 100; n += 1) {
          const agent = anAgent(ports, {
            ...{ slug: `agent-${String(n).padStart(4, '0')}`, name: `Empfang ${n}` },
            ...{ syncStatus: states[n % 50] ?? 'clean', isGone: n % 100 === 99 },
          })
          agents.push(agent.id)
          await tx.agents.save(agent)
          await tx.agents.append(aVersion(agent.id, { configuration: grown(n) }))
        }
      })
    }
    const { engine } = opened.database
    const mine = company.scope.company
    const other = (await newCompany(ports)).scope.company
    await engine.asSystem(async (trx) => {
      const insert = (into: string, count: number, values: string, of: string = mine) =>
        sql
          .raw(
            `insert into ${into} with recursive counted (n) as
              (select cast(1 as bigint) union all select n + 1 from counted where n < ${count})
              select '${of}', ${values}`,
          )
          .execute(trx)
      const ofEach = `from counted, voice_agents where company_id = '${mine}'`
      await insert(
        'voice_agents (company_id, id, slug, searched, sync_status, is_gone, body)',
        5_000,
        `'agt_' || n, 'agent-' || n, 'agent', 'clean', 0, 'body' from counted`,
        other,
      )
      await insert(
        'agent_versions (company_id, agent_id, number, hash, origin, created_at, body)',
        5,
        `voice_agents.id, n + 1, (select hash from agent_configurations limit 1), 'seen', ${at(0)}, 'body' ${ofEach}`,
      )
      await insert(
        'retell_versions (company_id, agent_id, retell_version, number, is_published, is_current)',
        6,
        `voice_agents.id, n - 1, n, 1, 1 ${ofEach}`,
      )
      await insert(
        'live_decisions (company_id, id, agent_id, kind, version, retell_version, percent, at, body)',
        6,
        `'dec_' || n || voice_agents.id, voice_agents.id, 'publish', 1, 1, 100, ${at(0)} + n, 'body' ${ofEach}`,
      )
      for (const table of ['publications', 'agent_rollouts']) {
        const ended = table === 'publications' ? 'published' : 'finished'
        await insert(
          `${table} (company_id, id, agent_id, state, started_at, body)`,
          6,
          `'${table}_' || n || voice_agents.id, voice_agents.id,
            case when n = 6 and voice_agents.slug like '%7' then 'running' else '${ended}' end, ${at(0)} + n, 'body' ${ofEach}`,
        )
      }
      await insert(
        'rehearsals (company_id, id, agent_id, version, passed, at, report)',
        6,
        `'reh_' || n || voice_agents.id, voice_agents.id, 1, 1, ${at(0)} + n, 'report' ${ofEach}`,
      )
      await insert(
        'agent_syncs (company_id, id, state, started_at, body)',
        3_000,
        `'job_' || n, 'done', ${at(0)} + n, 'body' from counted`,
      )
      await insert(
        `calls (company_id, id, status, outcome, at, started_at, ended_at, agent_id, agent_version, card, record, first_heard_at)`,
        10_000,
        `'call_' || n, 'ended', 'none', ${at(0)} - n * ${MINUTE}, ${at(0)} - n * ${MINUTE}, ${at(0)}, 'agent_' || (n % 20), 4,
          'card', 'record', ${at(0)} from counted`,
      )
      await insert(
        'tool_calls (company_id, id, call_id, at, name, name_as_sent, fingerprint, status, ms, body)',
        30_000,
        `'tc_' || n, 'call_' || (1 + n % 10000), ${at(0)} - n * 1000, 'tool', 'tool', 'f' || (n % 7), 'booked', 1, 'body' from counted`,
      )
      await insert(
        'alerts (company_id, id, key, kind, severity, message, call_id, created_at)',
        10_000,
        `'alr_' || n, 'key_' || n, case when n % 50 = 0 then 'looping_agent' else 'claim_without_fact' end, 'warning', 'Oh.',
          'call_' || n, ${at(0)} - n * ${MINUTE} from counted`,
      )
    })
    if (engine.dialect === 'postgres') await engine.asOwner((trx) => sql`analyze`.execute(trx))
  }, 240_000)
  afterAll(async () => {
    await opened.close()
    await database.drop()
  })

  const ask = (question: Parameters<ReturnType<typeof plansOfCompany>>[0]) =>
    plansOfCompany(opened.database, company.scope.company)(question)
  const agentsOf = ({ seals }: Database) => seals.of(company.scope.company)
  const one = () => agents[500] ?? 'agt_00000000'
  const noRowApart = (plans: readonly string[]) => {
    for (const plan of plans) expect(plan).not.toContain('agent_configurations')
  }

  it('are listed by one query, by company and state in the order of an index, and no document is opened', async () => {
    const far = Buffer.from(JSON.stringify([0, 'agent-0700'])).toString('base64url')
    for (const cursor of [undefined, far]) {
      for (const status of ['ours_ahead', undefined] as const) {
        const plans = await ask((db, all) =>
          sqlAgents(db, agentsOf(all)).list({ ...page, cursor, ...(status ? { status } : {}) }),
        )
        expect(plans).toHaveLength(1)
        expectIndexed(plans, status ? 'voice_agents_status' : 'voice_agents_')
        expectOrdered(plans)
        noRowApart(plans)
      }
    }
    const tally = await ask((db, all) => sqlAgents(db, agentsOf(all)).tally())
    expect(tally).toHaveLength(1)
    expectIndexed(tally, 'voice_agents_')
  })

  it('are listed with less than ten milliseconds of work, however long others keep the machine', async () => {
    const list = (more: object) => opened.ports.store.read(company.scope, (tx) => tx.agents.list({ ...page, ...more }))
    const rounds = 20
    for (const more of [{}, { status: 'ours_ahead' as const }, { search: 'empfang 77' }]) {
      expect((await list(more)).items.length).toBeGreaterThan(9)
      const begun = process.cpuUsage()
      for (let round = 0; round < rounds; round += 1) await list(more)
      const { user, system } = process.cpuUsage(begun)
      expect((user + system) / 1_000 / rounds).toBeLessThan(10)
    }
  })

  it('are found by id, slug and Retell’s id by an index', async () => {
    const plans = await ask(async (db, all) => {
      const found = sqlAgents(db, agentsOf(all))
      await found.find(one())
      await found.bySlug('agent-0500')
      await found.byRetellId('agent_0500')
    })
    expect(plans).toHaveLength(3)
    expectIndexed(plans)
  })

  it('have a history that is read by an index, with Retell’s numbers of a whole page at once', async () => {
    const plans = await ask(async (db, all) => {
      const found = sqlAgents(db, agentsOf(all))
      await found.configuration(one(), 1)
      await found.byRetellVersion(one(), 0)
      await found.versions(one(), page)
    })
    expect(plans).toHaveLength(2 + 3 + 2)
    expectIndexed(plans, 'retell_versions')
    expectOrdered(plans.filter((plan) => !plan.includes('is_published')))
  })

  it('have decisions, publications, rollouts and rehearsals that are read by an index', async () => {
    const releases = ['decisions', 'publications', 'rollouts'] as const
    const indexes = ['live_decisions_at', 'publications_at', 'agent_rollouts_at']
    for (const [position, list] of releases.entries()) {
      const plans = await ask((db, all) => sqlReleases(db, agentsOf(all))[list](one(), page))
      expect(plans).toHaveLength(1)
      expectIndexed(plans, indexes[position] ?? '')
      expectOrdered(plans)
    }
    const running = [
      await ask((db, all) => sqlReleases(db, agentsOf(all)).runningPublication(one())),
      await ask((db, all) => sqlReleases(db, agentsOf(all)).runningRollout(one())),
      await ask((db, all) => sqlReleases(db, agentsOf(all)).runningRollouts()),
    ].flat()
    expect(running).toHaveLength(3)
    expectIndexed(running, 'publications_running', 'agent_rollouts_running')
    const rest = [
      await ask((db, all) => sqlRehearsals(db, agentsOf(all)).list(one(), page)),
      await ask((db, all) => sqlAgentSyncs(db, agentsOf(all)).newest()),
    ].flat()
    expect(rest).toHaveLength(2)
    expectIndexed(rest, 'rehearsals_at', 'agent_syncs_at')
    expectOrdered(rest)
  })

  it('leave nothing behind that housekeeping would not find by an index', async () => {
    const plans = await plansOn(opened.database)(async ({ engine }) => {
      const { clear } = sqlHousekeeping(engine)
      for (const kind of ['ended-syncs', 'rehearsals'] as const) await clear(platform, kind, at(-1), 500)
    })
    expect(plans).toHaveLength(2)
    for (const [position, index] of ['agent_syncs_at', 'rehearsals_over'].entries()) {
      expect(plans[position]).toMatch(index)
      expect(plans[position]).not.toMatch(/\bSCAN (agent_syncs|rehearsals)\b|Seq Scan on (agent_syncs|rehearsals)/)
    }
  })

  it('have calls that are counted by an index of those of the agent alone, with their tools in as few queries as fit', async () => {
    const count = (since: number) =>
      ask((db, all) => sqlReleases(db, agentsOf(all)).tallyByVersion('agent_7', at(since)))
    const [calls = '', ...few] = await count(-600)
    expectIndexed([calls], 'calls_agent')
    expectOrdered([calls])
    // Thirty calls, then three hundred, with two hundred to a query; the last query is for alerts.
    expect(few).toHaveLength(1 + 1)
    const rest = (await count(-6_000)).slice(1)
    expect(rest).toHaveLength(2 + 1)
    expectIndexed(
      [...few, ...rest].filter((plan) => plan.includes('tool_calls')),
      'tool_calls_fingerprint',
    )
    expectIndexed(few.slice(-1), 'alerts_at')
  })
})
