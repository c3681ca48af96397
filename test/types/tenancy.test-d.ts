import type { TenantDb } from '../../src/adapters/sql/tenant-db.ts'

/** What the compiler promises of tenancy. Nothing here runs: each line below an expectation must not compile. */
export const accepted = async (db: TenantDb) => {
  const call = await db.from('calls').selectAll().where('id', '=', 'call_a').executeTakeFirst()
  const status: string | undefined = call?.status
  await db.locked('appointments').select(['id', 'body']).where('starts_at', '>=', 0).execute()
  await db
    .insert('occupancy', [{ id: 'a', resource_id: 'stf_a', starts_at: 0, ends_at: 1, owner: 'apt_a', until: null }])
    .execute()
  await db
    .insert('live_counters', { last: 1 })
    .onConflict((conflict) => conflict.column('company_id').doUpdateSet({ last: 2 }))
    .returning('last')
    .executeTakeFirstOrThrow()
  await db.update('customers').set({ notes: null }).where('id', '=', 'cus_a').execute()
  await db.delete('suggestions').where('call_id', '=', 'call_a').execute()
  const joined = await db
    .from('tool_calls')
    .innerJoin(db.from('calls').select(['id', 'branch_id']).as('call'), 'call.id', 'tool_calls.call_id')
    .select(['tool_calls.ms', 'call.branch_id'])
    .execute()
  return { status, branches: joined.map((row): string | null => row.branch_id) }
}

export const refused = (db: TenantDb) => {
  // @ts-expect-error A second table cannot be joined without its company.
  db.from('calls').innerJoin('customers', 'customers.id', 'calls.customer_id')
  // @ts-expect-error A subquery cannot begin at a table of its own.
  db.from('calls').where((where) => where.exists(where.selectFrom('customers').selectAll()))
  // @ts-expect-error A row cannot move to another company.
  db.update('calls').set({ company_id: 'com_other' })
  // @ts-expect-error A row cannot be written for another company.
  db.insert('live_counters', { company_id: 'com_other', last: 1 })
  // @ts-expect-error A conflict cannot move a row to another company.
  db.insert('live_counters', { last: 1 }).onConflict((one) => one.column('company_id').doUpdateSet({ company_id: 'x' }))
  // @ts-expect-error What is kept without a company is not a company's to read.
  db.from('users')
  // @ts-expect-error Secrets are not a repository's to read.
  db.from('company_secrets')
  // @ts-expect-error There is no way past the company.
  db.selectFrom('calls')
}
