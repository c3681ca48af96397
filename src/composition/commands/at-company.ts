import { note } from '../../adapters/cli/terminal.ts'
import { grantCompany } from '../../application/grant-scope.ts'
import type { CompanyScope } from '../../application/scope.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Desk } from '../desk.ts'
import { type ExitCode, shell, withDesk } from './context.ts'

/** Runs `work` on the company of this slug, as whoever has the shell; says so when there is none. */
export const atCompany = (
  slug: string,
  work: (desk: Desk, scope: CompanyScope, profile: CompanyProfile) => Promise<ExitCode>,
): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const company = await desk.ports.directory.companyBySlug(slug)
    const profile = company && (await desk.ports.directory.profile(company))
    if (company && profile) return work(desk, grantCompany(company, shell.actor), profile)
    note(`There is no company ${slug}. Apply its file first: frontdesk apply FILE`)
    return 1
  })
