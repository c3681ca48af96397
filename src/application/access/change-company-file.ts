import { err, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { ApplyFailure } from '../companies/apply-company.ts'
import { type AppliedCompany, applyCompany, type CompanyToApply } from '../companies/apply-company.ts'
import type { InvalidInput } from '../failure.ts'
import { grantPlatform } from '../grant-scope.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** Brings a company to its file, by those who may act for it. The file is of this very company or of none. */
export const changeCompanyFile =
  (ports: Pick<Ports, 'companies' | 'directory' | 'clock'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    file: CompanyToApply,
    options: { readonly prune: boolean; readonly dryRun: boolean },
  ): Promise<Result<AppliedCompany, ApplyFailure | InvalidInput>> => {
    const { slug } = file.spec.company
    const owner = await ports.directory.companyBySlug(slug)
    if (slug !== profile.company.slug || owner !== scope.company) {
      const detail = `The file must be of the company that the address names: ${profile.company.slug}.`
      return err({ kind: 'invalid-input', errors: [{ pointer: '/company/slug', detail }] })
    }
    return applyCompany(ports)(grantPlatform(scope.actor), file, options)
  }
