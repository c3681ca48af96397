import type { Migration } from './migration.ts'
import {
  acting,
  branch,
  company,
  companyOrNone,
  id,
  key,
  ofBranch,
  ofCall,
  run,
  service,
  staff,
  visibleToItsCompany,
  type Words,
  walled,
  words,
} from './words.ts'

const documents = ({ moment, strict }: Words, name: string): string => `create table ${name} (
  ${id}, slug text not null, document text not null, position integer not null, retired_at ${moment},
  ${key}, unique (company_id, slug)
) ${strict}`

const tables = (w: Words): readonly string[] => [
  `create table companies (
    id text not null primary key, slug text not null unique, version integer not null,
    changed ${w.moment} not null unique, document text not null,
    created_at ${w.moment} not null, retired_at ${w.moment}
  ) ${w.strict}`,
  `create table company_secrets (
    ${company}, name text not null, sealed text not null, primary key (company_id, name)
  ) ${w.strict}`,
  documents(w, 'branches'),
  documents(w, 'services'),
  documents(w, 'staff'),
  documents(w, 'agents'),
  `create table phone_numbers (
    ${id}, number text not null, branch_id text not null, active integer not null check (active in (0, 1)),
    ${key}, ${ofBranch}
  ) ${w.strict}`,
  `create table branch_agents (
    ${company}, branch_id text not null, retell_agent_id text not null, primary key (company_id, branch_id), ${ofBranch}
  ) ${w.strict}`,
  `create table customers (
    ${id}, name text not null, phone text, phone_index text, email text, email_index text, language text,
    notes text, first_seen_at ${w.moment} not null,
    ${key}, unique (company_id, phone_index)
  ) ${w.strict}`,
  `create table calls (
    ${id}, branch_id text, customer_id text, status text not null, direction text, outcome text not null,
    at ${w.moment} not null, started_at ${w.moment}, ended_at ${w.moment}, duration_ms ${w.moment}, agent_id text,
    caller_index text, card text not null, record text not null, first_heard_at ${w.moment} not null,
    ${key}, ${branch},
    foreign key (company_id, customer_id) references customers (company_id, id) ${w.emptied('customer_id')}
  ) ${w.strict}`,
  `create table call_events (
    ${company}, call_id text not null, key text not null, event text not null, at ${w.moment} not null,
    received_at ${w.moment} not null, delivery_id text,
    primary key (company_id, call_id, key), ${ofCall}
  ) ${w.strict}`,
  `create table rings (
    ${id}, branch_id text not null, from_sealed text, from_index text, to_number text not null,
    at ${w.moment} not null, joined_call text,
    ${key}, ${branch},
    foreign key (company_id, joined_call) references calls (company_id, id) on delete cascade
  ) ${w.strict}`,
  `create table tool_calls (
    ${id}, call_id text not null, at ${w.moment} not null, name text not null, name_as_sent text not null,
    fingerprint text not null, status text not null, ms ${w.moment} not null, effect text, body text not null,
    ${key}, ${ofCall}
  ) ${w.strict}`,
  `create table offers (
    ${id}, call_id text not null, attendee text not null, attendee_index text not null,
    branch_id text not null, service_id text not null, staff_id text, resource_id text not null,
    starts_at ${w.moment} not null, ends_at ${w.moment} not null, until ${w.moment} not null, state text not null,
    ${key}, ${ofCall}, ${branch}, ${service}, ${staff}, check (starts_at < ends_at)
  ) ${w.strict}`,
  `create table suggestions (
    ${company}, call_id text not null, position integer not null, resource_id text not null,
    starts_at ${w.moment} not null, ends_at ${w.moment} not null, until ${w.moment} not null,
    primary key (company_id, call_id, position), ${ofCall}, check (starts_at < ends_at)
  ) ${w.strict}`,
  `create table occupancy (
    ${id}, resource_id text not null, starts_at ${w.moment} not null, ends_at ${w.moment} not null,
    owner text not null, until ${w.moment},
    ${key}, check (starts_at < ends_at)
  ) ${w.strict}`,
  `create table appointments (
    ${id}, branch_id text not null, service_id text not null, staff_id text, resource_id text not null,
    customer_id text, starts_at ${w.moment} not null, ends_at ${w.moment} not null, status text not null,
    source text not null, call_id text, created_at ${w.moment} not null, cancelled_at ${w.moment}, body text not null,
    ${key}, ${branch}, ${service}, ${staff}, check (starts_at < ends_at),
    foreign key (company_id, customer_id) references customers (company_id, id) ${w.emptied('customer_id')},
    foreign key (company_id, call_id) references calls (company_id, id) ${w.emptied('call_id')}
  ) ${w.strict}`,
  `create table alerts (
    ${companyOrNone}, id text not null, key text not null, kind text not null, severity text not null,
    message text not null, call_id text, appointment_id text, created_at ${w.moment} not null, resolved_at ${w.moment}
  ) ${w.strict}`,
  `create table deliveries (
    id text not null primary key, ${companyOrNone},
    owner_id text, account_id text,
    source text not null, event text not null, call_id text, received_at ${w.moment} not null, address text not null,
    outcome text not null, stages text not null, attempt integer not null, dedupe_key text unique, body ${w.bytes},
    due_at ${w.moment},
    check (company_id is not distinct from coalesce(owner_id, account_id))
  ) ${w.strict}`,
  `create table live_counters (${company}, last ${w.moment} not null, primary key (company_id)) ${w.strict}`,
  `create table live_events (
    ${company}, seq ${w.moment} not null, kind text not null, data text not null, at ${w.moment} not null,
    primary key (company_id, seq)
  ) ${w.strict}`,
  `create table security_events (
    id text not null primary key, ${companyOrNone}, kind text not null, severity text not null,
    at ${w.moment} not null, address text, actor text, detail text not null
  ) ${w.strict}`,
  `create table unrouted_calls (
    id text not null primary key, account_id text references companies (id) on delete cascade,
    call_key text not null unique, call_id text, from_number text, to_number text, agent_id text,
    received_at ${w.moment} not null, events text not null
  ) ${w.strict}`,
  `create table users (
    id text not null primary key, ${companyOrNone}, email text not null, email_index text not null unique,
    role text not null, password_hash text, failed_logins integer not null, locked_until ${w.moment},
    disabled integer not null check (disabled in (0, 1)), created_at ${w.moment} not null
  ) ${w.strict}`,
  `create table sessions (
    digest text not null primary key, user_id text not null references users (id) on delete cascade,
    created_at ${w.moment} not null, expires_at ${w.moment} not null
  ) ${w.strict}`,
  `create table tokens (
    id text not null primary key, digest text not null unique, ${companyOrNone}, role text not null,
    created_at ${w.moment} not null, expires_at ${w.moment}
  ) ${w.strict}`,
  `create table password_links (
    digest text not null primary key, user_id text not null references users (id) on delete cascade,
    expires_at ${w.moment} not null
  ) ${w.strict}`,
  `create table jobs (
    id text not null primary key, ${companyOrNone}, kind text not null, payload text not null, key text,
    run_at ${w.moment} not null, attempt integer not null, lease_until ${w.moment}, state text not null, error text,
    created_at ${w.moment} not null
  ) ${w.strict}`,
  `create table idempotent_requests (
    principal text not null, path text not null, key text not null, ${companyOrNone}, digest text not null,
    begun_at ${w.moment} not null, status integer, body text, primary key (principal, path, key)
  ) ${w.strict}`,
  `create table key_checks (key_id text not null primary key, check_value text not null) ${w.strict}`,
  `create table sealed_keys (purpose text not null primary key, sealed text not null) ${w.strict}`,
]

/** For look-ups by what is not the key, for what refers to another row, and for clearing away what is old. */
const indexes: readonly string[] = [
  'create unique index phone_numbers_active on phone_numbers (number) where active = 1',
  'create index phone_numbers_branch on phone_numbers (company_id, branch_id)',
  'create index branch_agents_agent on branch_agents (retell_agent_id)',
  'create index customers_email on customers (company_id, email_index)',
  'create index customers_seen on customers (company_id, first_seen_at, id)',
  'create index calls_at on calls (company_id, at, id)',
  'create index calls_status on calls (company_id, status, at, id)',
  'create index calls_caller on calls (company_id, caller_index, at, id)',
  'create index calls_customer on calls (company_id, customer_id, at, id)',
  'create index calls_branch on calls (company_id, branch_id, at, id)',
  'create index calls_by_id on calls (id)',
  'create index rings_at on rings (company_id, at)',
  'create index rings_joined on rings (company_id, joined_call)',
  'create index tool_calls_fingerprint on tool_calls (company_id, call_id, fingerprint, at)',
  'create index tool_calls_at on tool_calls (company_id, at)',
  'create index offers_call on offers (company_id, call_id, state)',
  "create index offers_open on offers (company_id, until) where state = 'open'",
  'create index suggestions_time on suggestions (company_id, starts_at)',
  'create index suggestions_until on suggestions (company_id, until)',
  'create index occupancy_time on occupancy (company_id, resource_id, starts_at)',
  'create index occupancy_owner on occupancy (company_id, owner)',
  'create index occupancy_until on occupancy (company_id, until) where until is not null',
  'create index appointments_time on appointments (company_id, starts_at, id)',
  'create index appointments_branch on appointments (company_id, branch_id, starts_at, id)',
  'create index appointments_staff on appointments (company_id, staff_id, starts_at, id)',
  'create index appointments_customer on appointments (company_id, customer_id, starts_at, id)',
  'create index appointments_call on appointments (company_id, call_id, starts_at, id)',
  "create unique index alerts_id on alerts (coalesce(company_id, ''), id)",
  "create unique index alerts_open on alerts (coalesce(company_id, ''), key) where resolved_at is null",
  'create index alerts_at on alerts (company_id, created_at, id)',
  'create index deliveries_due on deliveries (due_at, received_at, id) where due_at is not null',
  'create index deliveries_company on deliveries (company_id, received_at, id)',
  'create index deliveries_at on deliveries (received_at, id)',
  'create index deliveries_call on deliveries (call_id) where call_id is not null',
  'create index live_events_at on live_events (company_id, at)',
  'create index security_events_at on security_events (at, id)',
  'create index security_events_company on security_events (company_id, at)',
  'create index unrouted_calls_at on unrouted_calls (received_at, id)',
  'create index unrouted_calls_account on unrouted_calls (account_id, received_at)',
  'create index users_company on users (company_id)',
  'create index sessions_user on sessions (user_id)',
  'create index sessions_end on sessions (expires_at)',
  'create index tokens_company on tokens (company_id)',
  'create index password_links_user on password_links (user_id)',
  'create index password_links_end on password_links (expires_at)',
  'create index idempotent_requests_begun on idempotent_requests (begun_at)',
  'create index idempotent_requests_company on idempotent_requests (company_id)',
  "create index jobs_due on jobs (run_at, id) where state = 'waiting'",
  "create unique index jobs_key on jobs (coalesce(company_id, ''), key) where key is not null",
]

/**
 * Rows of one resource never overlap, so of those that begin before a new one ends only the last can reach into it:
 * one look into the index decides.
 */
const overlapOf = (self: string): string => `select raise(abort, 'occupancy overlap') where new.starts_at < (
    select ends_at from occupancy where company_id = new.company_id and resource_id = new.resource_id
      and starts_at < new.ends_at ${self} order by starts_at desc limit 1
  )`

const onSqlite: readonly string[] = [
  `create trigger occupancy_insert before insert on occupancy begin ${overlapOf('')}; end`,
  `create trigger occupancy_update before update of company_id, resource_id, starts_at, ends_at on occupancy begin
    ${overlapOf('and not (company_id = old.company_id and id = old.id)')};
  end`,
  `create trigger customers_delete before delete on customers begin
    update calls set customer_id = null where company_id = old.company_id and customer_id = old.id;
    update appointments set customer_id = null where company_id = old.company_id and customer_id = old.id;
  end`,
  `create trigger calls_delete before delete on calls begin
    update appointments set call_id = null where company_id = old.company_id and call_id = old.id;
  end`,
]

/** Both roles are the cluster's, not the database's: another database may have made them, even at this moment. */
const role = (name: string): string => `do $$ begin
  if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin nobypassrls; end if;
exception when duplicate_object or unique_violation then null; end $$`
/** Being the role's maker is not enough to take its part. Who may not grant it must have been granted it. */
const membership = (name: string): string => `do $$ begin
  execute format('grant ${name} to %I', current_user);
exception when insufficient_privilege then
  if not pg_has_role(current_user, '${name}', 'member') then raise; end if;
end $$`

/** What a company may see; `companies` by its id, and secrets not at all. */
const ofCompanies = [
  ...['branches', 'services', 'staff', 'agents', 'phone_numbers', 'branch_agents', 'customers', 'calls', 'call_events'],
  ...['rings', 'tool_calls', 'offers', 'suggestions', 'occupancy', 'appointments', 'alerts', 'deliveries'],
  ...['live_counters', 'live_events'],
]
const ofNobody = [
  'security_events',
  'unrouted_calls',
  'users',
  'sessions',
  'tokens',
  'password_links',
  'jobs',
  'idempotent_requests',
]
const ofSystem = ['companies', 'company_secrets', ...ofNobody, 'key_checks', 'sealed_keys']

const onPostgres: readonly string[] = [
  'create extension if not exists btree_gist',
  `alter table occupancy add constraint occupancy_overlap exclude using gist
    (company_id with =, resource_id with =, int8range(starts_at, ends_at) with &&)`,
  role('frontdesk_app'),
  role('frontdesk_system'),
  membership('frontdesk_app'),
  membership('frontdesk_system'),
  ...[...ofCompanies, ...ofSystem].flatMap(walled),
  ...ofCompanies.flatMap(visibleToItsCompany),
  `create policy company on companies for select to frontdesk_app
    using (${acting('frontdesk_app')} and id = current_setting('frontdesk.company', true))`,
  'grant select on companies to frontdesk_app',
  'grant select on migrations to frontdesk_system',
]

const createdTables = (): readonly string[] =>
  tables(words.sqlite).map((statement) => /create table (\w+)/.exec(statement)?.[1] ?? '')

export const beginning: Migration = {
  name: '0001-beginning',
  up: async (trx, dialect) => {
    await run(trx, tables(words[dialect]))
    await run(trx, indexes)
    await run(trx, dialect === 'sqlite' ? onSqlite : onPostgres)
  },
  /** The roles and the extension stay, for other databases or tables may use them. */
  down: async (trx) => {
    await run(
      trx,
      createdTables()
        .toReversed()
        .map((table) => `drop table ${table}`),
    )
  },
}
