import { ok } from 'neverthrow'
import type { CompanyId } from '../../domain/ids.ts'
import { grantCompany } from '../grant-scope.ts'
import type { Ports } from '../ports/ports.ts'
import type { PlatformScope } from '../scope.ts'
import { type AuditedAct, auditEntry } from './audited.ts'

export type Noting = Pick<Ports, 'store' | 'audit' | 'clock' | 'ids'>

/** Writes down what somebody of the platform did: in the log of the company that it concerns, else in the platform's own. */
export const noteAct =
  (ports: Noting) =>
  async (scope: PlatformScope, company: CompanyId | undefined, act: AuditedAct): Promise<void> => {
    const entry = auditEntry(ports, scope, act)
    if (company === undefined) {
      await ports.audit.append(scope, entry)
      return
    }
    await ports.store.transact(grantCompany(company, scope.actor), async (tx) => ok(await tx.audit.append(entry)))
  }
