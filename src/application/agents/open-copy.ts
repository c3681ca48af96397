import type { CompanyProfile } from '../../domain/company.ts'
import type { Instant } from '../../domain/time.ts'
import { noteLook } from '../access/audited.ts'
import type { CompanyCopy } from '../ports/copies.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** A copy for one caller. Whom of the company's customers it knows, whoever plays on it is about to see. */
export const openCopy =
  (ports: Pick<Ports, 'copies' | 'store' | 'clock' | 'ids'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    at: Instant,
    caller: string | undefined,
  ): Promise<CompanyCopy> => {
    const copy = await ports.copies.of(scope, profile, at, caller === undefined ? [] : [caller])
    for (const id of copy.customers) {
      await noteLook(ports)(scope, { kind: 'customer.viewed', subject: { kind: 'customer', id } })
    }
    return copy
  }
