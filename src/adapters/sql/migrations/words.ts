import { sql } from 'kysely'
import type { Dialect, Trx } from '../engine.ts'

/** What the two databases spell differently. */
export interface Words {
  readonly moment: string
  readonly bytes: string
  /** At the end of a table. */
  readonly strict: string
  /** Behind a composite reference: only the one column is emptied, which SQLite leaves to a trigger. */
  readonly emptied: (column: string) => string
}

export const words: { readonly [D in Dialect]: Words } = {
  sqlite: { moment: 'integer', bytes: 'blob', strict: 'strict', emptied: () => '' },
  postgres: { moment: 'bigint', bytes: 'bytea', strict: '', emptied: (column) => `on delete set null (${column})` },
}

export const company = 'company_id text not null references companies (id) on delete cascade'
export const companyOrNone = 'company_id text references companies (id) on delete cascade'
export const id = `${company}, id text not null`
export const key = 'primary key (company_id, id)'
/** What belongs to a call goes with it. */
export const ofCall = 'foreign key (company_id, call_id) references calls (company_id, id) on delete cascade'
export const branch = 'foreign key (company_id, branch_id) references branches (company_id, id)'
export const service = 'foreign key (company_id, service_id) references services (company_id, id)'
export const staff = 'foreign key (company_id, staff_id) references staff (company_id, id)'
export const ofBranch = `${branch} on delete cascade`

/**
 * Whether a session acts in this role now. A plain comparison says the same, but the planner takes it for a condition
 * on rows that one in two hundred meets, and then reads and sorts whole tables instead of walking down an index.
 */
export const acting = (name: string): string => `(case when current_user = '${name}' then 1 end) is not null`

/** Every row is behind the second wall; only the service itself, not a company, passes it everywhere. */
export const walled = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy system on ${table} to frontdesk_system using (${acting('frontdesk_system')})`,
  `grant select, insert, update, delete on ${table} to frontdesk_system`,
]

export const visibleToItsCompany = (table: string): readonly string[] => [
  `create policy company on ${table} to frontdesk_app
    using (${acting('frontdesk_app')} and company_id = current_setting('frontdesk.company', true))`,
  `grant select, insert, update, delete on ${table} to frontdesk_app`,
]

export const run = async (trx: Trx, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(trx)
}
