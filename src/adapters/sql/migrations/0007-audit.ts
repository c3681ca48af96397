import type { Dialect } from '../engine.ts'
import type { Migration } from './migration.ts'
import { acting, run, type Words, walled, words } from './words.ts'

const yesOrNo = (name: string): string => `${name} integer not null default 0 check (${name} in (0, 1))`

/** Only `body` may be written again, for a new key; that its content is what it was is what the hash says. */
const columns = ['id', 'seq', 'at', 'kind', 'actor_index', 'subject_kind', 'subject_id', 'hash']

const tables = (w: Words): readonly string[] => [
  // A company that has a log cannot be deleted: the log is what remains of it.
  `create table audit_log (
    company_id text references companies (id), id text not null, seq ${w.moment} not null, at ${w.moment} not null,
    kind text not null, actor_index text not null, subject_kind text, subject_id text, hash text not null,
    body text not null, check (seq > 0)
  ) ${w.strict}`,
  `create table feature_flags (
    name text not null primary key, rules text not null, changed_at ${w.moment} not null
  ) ${w.strict}`,
  `alter table users add column ${yesOrNo('sees_vip')}`,
  `alter table tokens add column ${yesOrNo('sees_vip')}`,
  `alter table customers add column ${yesOrNo('vip')}`,
  `alter table customers add column vip_at ${w.moment}`,
  'alter table customers add column vip_by text',
]

const indexes: readonly string[] = [
  'create unique index audit_log_seq on audit_log (company_id, seq)',
  'create unique index audit_log_platform on audit_log (seq) where company_id is null',
  'create index audit_log_at on audit_log (at, id)',
  'create index audit_log_kind on audit_log (company_id, kind, seq)',
  'create index audit_log_actor on audit_log (company_id, actor_index, seq)',
  'create index audit_log_subject on audit_log (company_id, subject_kind, subject_id, seq)',
]

const onlyGrows: { readonly [D in Dialect]: readonly string[] } = {
  sqlite: [
    `create trigger audit_log_no_delete before delete on audit_log
      begin select raise(abort, 'the audit log only grows'); end`,
    `create trigger audit_log_no_update before update of company_id, ${columns.join(', ')} on audit_log
      begin select raise(abort, 'the audit log only grows'); end`,
  ],
  postgres: [
    ...walled('audit_log'),
    'revoke update, delete on audit_log from frontdesk_system',
    'grant update (body) on audit_log to frontdesk_system',
    `create policy company on audit_log to frontdesk_app
      using (${acting('frontdesk_app')} and company_id = current_setting('frontdesk.company', true))`,
    'grant select, insert on audit_log to frontdesk_app',
    ...walled('feature_flags'),
  ],
}

/** Who looked at what and changed what, for whom a feature is on, and who is dear to a company. */
export const audit: Migration = {
  name: '0007-audit',
  up: (trx, dialect) => run(trx, [...tables(words[dialect]), ...indexes, ...onlyGrows[dialect]]),
  down: (trx) =>
    run(trx, [
      ...['vip_by', 'vip_at', 'vip'].map((column) => `alter table customers drop column ${column}`),
      'alter table tokens drop column sees_vip',
      'alter table users drop column sees_vip',
      'drop table feature_flags',
      'drop table audit_log',
    ]),
}
