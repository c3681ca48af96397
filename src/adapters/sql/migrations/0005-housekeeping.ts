import type { Migration } from './migration.ts'
import { run } from './words.ts'

/** For finding what is over, which the other indexes do not lead to; and where a person said that an unrouted call belongs. */
export const housekeeping: Migration = {
  name: '0005-housekeeping',
  up: (trx) =>
    run(trx, [
      "create index jobs_over on jobs (state, run_at) where state <> 'waiting'",
      'create index offers_until on offers (company_id, until)',
      'alter table unrouted_calls add column assigned_company text',
      'alter table unrouted_calls add column assigned_branch text',
    ]),
  down: (trx) =>
    run(trx, [
      'alter table unrouted_calls drop column assigned_branch',
      'alter table unrouted_calls drop column assigned_company',
      'drop index offers_until',
      'drop index jobs_over',
    ]),
}
