import type { Migration } from './migration.ts'
import {
  branch,
  company,
  id,
  key,
  ofBranch,
  run,
  service,
  staff,
  visibleToItsCompany,
  type Words,
  walled,
  words,
} from './words.ts'

const calls = (w: Words) =>
  `foreign key (company_id, call_id) references calls (company_id, id) ${w.emptied('call_id')}`

const tables = (w: Words): readonly string[] => [
  `create table callbacks (
    ${id}, call_id text, branch_id text, service_id text, kind text not null, priority text not null,
    state text not null, due_by ${w.moment} not null, escalated_at ${w.moment}, created_at ${w.moment} not null,
    body text not null, ${key}, ${branch}, ${service}, ${calls(w)}
  ) ${w.strict}`,
  `create table wishes (
    ${id}, call_id text, branch_id text, service_id text, created_at ${w.moment} not null, body text not null,
    ${key}, ${branch}, ${service}, ${calls(w)}
  ) ${w.strict}`,
  `create table routing_overrides (
    ${id}, number text not null, created_at ${w.moment} not null, ends_at ${w.moment} not null, body text not null,
    ${key}
  ) ${w.strict}`,
  `create table blocked_times (
    ${id}, staff_id text, branch_id text, starts_at ${w.moment} not null, ends_at ${w.moment} not null,
    created_at ${w.moment} not null, body text not null,
    ${key}, ${staff}, ${ofBranch}, check (starts_at < ends_at)
  ) ${w.strict}`,
  `create table calendar_feeds (
    ${company}, id text not null, staff_id text not null, digest text not null unique,
    created_at ${w.moment} not null, ${key}, ${staff} on delete cascade
  ) ${w.strict}`,
]

/** As it was before: over every job, done ones included. */
const jobsKeyBefore = "create unique index jobs_key on jobs (coalesce(company_id, ''), key) where key is not null"

const names = ['callbacks', 'wishes', 'routing_overrides', 'blocked_times', 'calendar_feeds']

const columns = ['sync', 'provider_kind', 'provider_uid', 'series_id']

const indexes: readonly string[] = [
  'create index callbacks_due on callbacks (company_id, state, due_by, id)',
  'create index callbacks_at on callbacks (company_id, created_at, id)',
  'create index callbacks_call on callbacks (company_id, call_id)',
  'create index wishes_at on wishes (company_id, created_at, id)',
  'create index wishes_call on wishes (company_id, call_id)',
  'create index routing_overrides_number on routing_overrides (company_id, number, created_at)',
  'create index routing_overrides_at on routing_overrides (company_id, created_at, id)',
  'create index blocked_times_time on blocked_times (company_id, starts_at, id)',
  'create index calendar_feeds_staff on calendar_feeds (company_id, staff_id)',
  "create index appointments_unsynced on appointments (company_id, sync, starts_at, id) where sync <> 'synced'",
  'create index appointments_provider on appointments (company_id, provider_uid) where provider_uid is not null',
  'create index jobs_at on jobs (created_at, id)',
  "create index jobs_given_up on jobs (created_at, id) where state = 'given-up'",
  'drop index jobs_key',
  "create unique index jobs_key on jobs (coalesce(company_id, ''), key) where key is not null and state = 'waiting'",
  'create index appointments_series on appointments (company_id, series_id, starts_at) where series_id is not null',
]

/** SQLite empties only the one column of a composite reference by a trigger. */
const onSqlite = `create trigger calls_delete_reception before delete on calls begin
  update callbacks set call_id = null where company_id = old.company_id and call_id = old.id;
  update wishes set call_id = null where company_id = old.company_id and call_id = old.id;
end`

/** All that a receptionist does besides booking, and what an appointment is in another calendar. */
export const reception: Migration = {
  name: '0002-reception',
  up: async (trx, dialect) => {
    await run(trx, tables(words[dialect]))
    await run(trx, [
      "alter table appointments add column sync text not null default 'synced'",
      "alter table appointments add column provider_kind text not null default 'embedded'",
      'alter table appointments add column provider_uid text',
      'alter table appointments add column series_id text',
    ])
    await run(trx, indexes)
    await run(
      trx,
      dialect === 'sqlite'
        ? [onSqlite]
        : [...names.flatMap(walled), ...[...names, 'jobs'].flatMap(visibleToItsCompany)],
    )
  },
  down: async (trx, dialect) => {
    await run(trx, [
      ...(dialect === 'sqlite' ? ['drop trigger calls_delete_reception'] : []),
      'drop index jobs_at',
      'drop index jobs_given_up',
      'drop index jobs_key',
      "update jobs set key = null where state <> 'waiting'",
      jobsKeyBefore,
      ...(dialect === 'sqlite' ? [] : ['drop policy company on jobs', 'revoke all on jobs from frontdesk_app']),
      'drop index appointments_unsynced',
      'drop index appointments_provider',
      'drop index appointments_series',
      ...columns.map((column) => `alter table appointments drop column ${column}`),
      ...names.toReversed().map((name) => `drop table ${name}`),
    ])
  },
}
