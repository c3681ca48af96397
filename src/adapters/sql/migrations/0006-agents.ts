import type { Dialect } from '../engine.ts'
import type { Migration } from './migration.ts'
import { company, id, key, run, visibleToItsCompany, type Words, walled, words } from './words.ts'

/** Looked at when the transaction ends: its history may be written before the agent. */
const ofAgent = `agent_id text not null,
    foreign key (company_id, agent_id) references voice_agents (company_id, id) deferrable initially deferred`

/** PostgreSQL orders text as its locale says, unless it is told. */
const bytewise = (dialect: Dialect): string => (dialect === 'sqlite' ? 'text' : 'text collate "C"')

const flag = (name: string): string => `${name} integer not null check (${name} in (0, 1))`

const tables = (w: Words, dialect: Dialect): readonly string[] => [
  `create table voice_agents (
    ${id}, slug ${bytewise(dialect)} not null, retell_agent_id text, searched text not null, sync_status text not null,
    ${flag('is_gone')}, body text not null,
    ${key}, unique (company_id, slug), unique (company_id, retell_agent_id)
  ) ${w.strict}`,
  `create table agent_configurations (
    ${company}, hash text not null, body text not null, primary key (company_id, hash)
  ) ${w.strict}`,
  `create table agent_versions (
    ${company}, number integer not null, hash text not null, origin text not null, created_at ${w.moment} not null,
    body text not null, ${ofAgent}, primary key (company_id, agent_id, number),
    foreign key (company_id, hash) references agent_configurations (company_id, hash), check (number > 0)
  ) ${w.strict}`,
  `create table retell_versions (
    ${company}, agent_id text not null, retell_version ${w.moment} not null, number integer not null,
    ${flag('is_published')}, ${flag('is_current')}, primary key (company_id, agent_id, retell_version, number),
    foreign key (company_id, agent_id, number) references agent_versions (company_id, agent_id, number)
  ) ${w.strict}`,
  `create table agent_secrets (${id}, value text not null, ${key}) ${w.strict}`,
  `create table live_decisions (
    ${id}, kind text not null, version integer not null, retell_version ${w.moment} not null, percent integer not null,
    at ${w.moment} not null, body text not null, ${ofAgent}, ${key}
  ) ${w.strict}`,
  ...['publications', 'agent_rollouts'].map(
    (name) => `create table ${name} (
      ${id}, state text not null, started_at ${w.moment} not null, body text not null, ${ofAgent}, ${key}
    ) ${w.strict}`,
  ),
  `create table agent_syncs (
    ${id}, state text not null, started_at ${w.moment} not null, body text not null, ${key}
  ) ${w.strict}`,
  `create table seen_numbers (
    ${company}, number text not null, seen_at ${w.moment} not null, body text not null, primary key (company_id, number)
  ) ${w.strict}`,
  `create table rehearsal_scripts (
    ${id}, name text not null, changed_at ${w.moment} not null, source text not null, ${key}, unique (company_id, name)
  ) ${w.strict}`,
  `create table rehearsals (
    ${id}, version integer not null, ${flag('passed')}, at ${w.moment} not null, report text not null, ${ofAgent}, ${key}
  ) ${w.strict}`,
]

const names = [
  'voice_agents',
  'agent_configurations',
  'agent_versions',
  'retell_versions',
  'agent_secrets',
  'live_decisions',
  'publications',
  'agent_rollouts',
  'agent_syncs',
  'seen_numbers',
  'rehearsal_scripts',
  'rehearsals',
]

const indexes: readonly string[] = [
  'create index voice_agents_status on voice_agents (company_id, sync_status, slug, is_gone)',
  'create unique index retell_versions_current on retell_versions (company_id, agent_id, retell_version) where is_current = 1',
  'create index live_decisions_at on live_decisions (company_id, agent_id, at, id)',
  'create index publications_at on publications (company_id, agent_id, started_at, id)',
  "create unique index publications_running on publications (company_id, agent_id) where state = 'running'",
  'create index agent_rollouts_at on agent_rollouts (company_id, agent_id, started_at, id)',
  "create unique index agent_rollouts_running on agent_rollouts (company_id, agent_id) where state = 'running'",
  'create index agent_syncs_at on agent_syncs (company_id, started_at, id)',
  'create index rehearsals_over on rehearsals (company_id, at)',
  'create index rehearsals_at on rehearsals (company_id, agent_id, at, id)',
  'create index calls_agent on calls (company_id, agent_id, started_at, id)',
  'create index tool_calls_name on tool_calls (company_id, name, at, id)',
]

/** Voice agents, their history, what is live of them, and how far work has come. */
export const agents: Migration = {
  name: '0006-agents',
  up: async (trx, dialect) => {
    await run(trx, tables(words[dialect], dialect))
    await run(trx, [
      `alter table calls add column agent_version ${words[dialect].moment}`,
      'alter table jobs add column progress text',
      ...indexes,
    ])
    if (dialect === 'postgres') await run(trx, [...names.flatMap(walled), ...names.flatMap(visibleToItsCompany)])
  },
  down: (trx) =>
    run(trx, [
      'drop index tool_calls_name',
      'drop index calls_agent',
      'alter table jobs drop column progress',
      'alter table calls drop column agent_version',
      ...names.toReversed().map((name) => `drop table ${name}`),
    ]),
}
