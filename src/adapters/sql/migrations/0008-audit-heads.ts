import type { Migration } from './migration.ts'
import { run, visibleToItsCompany, walled, words } from './words.ts'

/** Where each log of looks and changes ended last, so that nobody cuts off its end unseen. */
export const auditHeads: Migration = {
  name: '0008-audit-heads',
  up: (trx, dialect) => {
    const { moment, strict } = words[dialect]
    return run(trx, [
      // Nothing that is deleted takes it along.
      `create table audit_heads (
        company_id text references companies (id), seq ${moment} not null, proof text not null, check (seq > 0)
      ) ${strict}`,
      'create unique index audit_heads_company on audit_heads (company_id)',
      'create unique index audit_heads_platform on audit_heads ((1)) where company_id is null',
      ...(dialect === 'postgres' ? [...walled('audit_heads'), ...visibleToItsCompany('audit_heads')] : []),
    ])
  },
  down: (trx) => run(trx, ['drop table audit_heads']),
}
