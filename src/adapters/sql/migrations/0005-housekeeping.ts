import type { Migration } from './migration.ts'
import { run } from './words.ts'

/** For finding what is over, which the other indexes do not lead to. */
export const housekeeping: Migration = {
  name: '0005-housekeeping',
  up: (trx) =>
    run(trx, [
      "create index jobs_over on jobs (state, run_at) where state <> 'waiting'",
      'create index offers_until on offers (company_id, until)',
    ]),
  down: (trx) => run(trx, ['drop index offers_until', 'drop index jobs_over']),
}
